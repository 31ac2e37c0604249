package nonmercer.experiment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import nonmercer.io.AtomicFile;

/// The page of an experiment, in Markdown, made of its results alone.
public sealed interface ExperimentPage permits LearnPage, SwapPage {
    /// The text.
    ///
    /// @param stem what the names of its pictures begin with
    /// @param pictures receives them, name and SVG
    String text(String stem, Map<String, String> pictures);

    /// Writes the page and its pictures beside it.
    default void write(Path page) {
        Map<String, String> pictures = new LinkedHashMap<>();
        String text = text(stem(page), pictures);
        pictures.forEach((name, svg) -> AtomicFile.write(page.resolveSibling(name), svg));
        AtomicFile.write(page, text);
    }

    /// The file of results that belongs to a page: beside it, under the same name in `.jsonl`.
    static Path results(Path page) {
        return page.resolveSibling(stem(page) + ".jsonl");
    }

    private static String stem(Path page) {
        return Objects.requireNonNull(page.getFileName()).toString().replaceFirst("\\.md$", "");
    }
}
