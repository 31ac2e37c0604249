package nonmercer.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nonmercer.io.Json;

/// Lines of JSON in a file, each with a key that stands there once. A line is written when what it
/// says is finished; what a killed process left half-written is cut off.
///
/// @param <L> what a line says
final class RunFile<L extends RunFile.Line> {
    private final Path file;
    private final List<L> lines = new ArrayList<>();
    private final Set<Object> known = new HashSet<>();

    private RunFile(Path file) {
        this.file = file;
    }

    /// What a line says.
    interface Line {
        /// What makes it the same line.
        Object key();

        /// The line.
        Json json();
    }

    /// Reads a line.
    interface Parser<L> {
        L parse(Json line);
    }

    /// What the file holds; nothing if there is none.
    static <L extends Line> RunFile<L> open(Path file, Parser<L> parser) throws IOException {
        RunFile<L> found = new RunFile<>(file);
        if (Files.exists(file)) {
            String text = Files.readString(file);
            int whole = text.lastIndexOf('\n') + 1;
            if (whole < text.length()) {
                Files.writeString(file, text.substring(0, whole), StandardCharsets.UTF_8);
            }
            int number = 0;
            for (String line : text.substring(0, whole).split("\n", -1)) {
                number++;
                if (!line.isBlank()) {
                    found.take(parser.parse(Json.parse(line, file + ", line " + number)));
                }
            }
        }
        return found;
    }

    private void take(L line) {
        if (known.add(line.key())) {
            lines.add(line);
        }
    }

    boolean holds(Object key) {
        return known.contains(key);
    }

    /// All lines, in the order of the file.
    List<L> lines() {
        return List.copyOf(lines);
    }

    /// Adds a line to the file.
    void add(L line) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(
                file,
                line.json().write() + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        take(line);
    }
}
