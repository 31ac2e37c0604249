package nonmercer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import nonmercer.io.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledCorpusTest {
    @TempDir Path folder;

    @Test
    void theModulesOfTheJdk() {
        LabelledCorpus corpus = LabelledCorpus.ofJdk();
        assertTrue(corpus.labels().contains(LabelledCorpus.OTHER));
        assertTrue(
                corpus.labels()
                        .containsAll(
                                List.of("java.base", "java.xml", "jdk.compiler", "jdk.jshell")));
        int[] sizes = corpus.sizes();
        for (int i = 0; i < sizes.length; i++) {
            assertTrue(sizes[i] >= 100 || corpus.labels().get(i).equals(LabelledCorpus.OTHER));
        }
        assertEquals(corpus.items().size(), Arrays.stream(sizes).sum());
        Map<String, Set<String>> modules = new HashMap<>();
        JdkMessages.english()
                .forEach(m ->
                        modules.computeIfAbsent(m.text(), t -> new TreeSet<>()).add(m.module()));
        assertEquals(
                modules.keySet(),
                corpus.items().stream().map(Labelled::text).collect(Collectors.toSet()));
        assertEquals(modules.size(), corpus.items().size());
        for (Labelled item : corpus.items()) {
            Set<String> of = modules.getOrDefault(item.text(), Set.of());
            assertTrue(
                    item.label().equals(of.iterator().next())
                            || item.label().equals(LabelledCorpus.OTHER));
        }
        Split<Labelled> split = corpus.split(Shares.DEFAULT, new SplittableRandom(7));
        assertEquals(0.2, split.test().size() / (double) corpus.items().size(), 0.01);
    }

    @Test
    void aFileOfLabelsAndTexts() throws IOException {
        Path file =
                write(
                        "\uFEFFspam\tbuy  now\r\n\nham\tsee you at ten\nham\tsee you at ten\nspam\tsee you at ten");
        LabelledCorpus corpus = LabelledCorpus.read(file);
        assertEquals(List.of("ham", "spam"), corpus.labels());
        assertEquals(
                List.of(
                        new Labelled("buy now", "spam", 0),
                        new Labelled("see you at ten", "ham", 1),
                        new Labelled("see you at ten", "spam", 1)),
                corpus.items());
        assertArrayEquals(new int[] {1, 2}, corpus.sizes());
        assertEquals(2, corpus.groups());
    }

    @Test
    void badFilesAreNamedWithTheirLine() throws IOException {
        refused("", ": the file holds no data; each line should be label<TAB>text");
        refused("\n \n", ": the file holds no data; each line should be label<TAB>text");
        refused("a\tb\n\nno tab here\n", ":3: expected label<TAB>text, found no tab");
        refused("a\tb\tc\n", ":1: expected label<TAB>text, found 2 tabs");
        refused("a\tb\n \tc\n", ":2: expected label<TAB>text, found nothing before the tab");
        refused("a\tb\nc\t\n", ":2: expected label<TAB>text, found nothing after the tab");
        refused(
                "a\tb\na\tc\n",
                ": every line has the label \"a\"; a classifier needs at least two labels");
        Path file = folder.resolve("latin1.tsv");
        Files.write(file, "a\tb\nc\t\u00fc\n".getBytes(StandardCharsets.ISO_8859_1));
        refused(file, ":2: the line is not valid UTF-8");
        refused(folder.resolve("absent.tsv"), ": there is no such file");
    }

    private void refused(String content, String message) throws IOException {
        refused(write(content), message);
    }

    private static void refused(Path file, String message) {
        var e = assertThrows(BadInputException.class, () -> LabelledCorpus.read(file));
        assertEquals(file + message, e.getMessage());
    }

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("data.tsv"), content);
    }
}
