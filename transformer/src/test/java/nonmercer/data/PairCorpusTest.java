package nonmercer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import nonmercer.io.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairCorpusTest {
    @TempDir Path folder;

    @Test
    void theGermanOfTheJdk() {
        PairCorpus corpus = PairCorpus.ofJdk("de").upTo(300);
        assertTrue(
                corpus.pairs().stream()
                        .allMatch(p -> p.source().length() <= 300 && p.target().length() <= 300));
        Split<Pair> split = corpus.split(Shares.DEFAULT, new SplittableRandom(1));
        Set<Integer> train = split.train().stream().map(Pair::group).collect(Collectors.toSet());
        assertTrue(split.test().stream().noneMatch(p -> train.contains(p.group())));
        assertEquals(0.2, split.test().size() / (double) corpus.pairs().size(), 0.01);
    }

    @Test
    void aFileOfPairs() throws IOException {
        Path file = folder.resolve("pairs.tsv");
        Files.writeString(
                file,
                "open the file\tDatei öffnen\nopen the file\tDatei öffnen\nclose\tschließen\n");
        assertEquals(
                List.of(
                        new Pair("open the file", "Datei öffnen", 0),
                        new Pair("close", "schließen", 1)),
                PairCorpus.read(file).pairs());
        Files.writeString(file, "open\n");
        var e = assertThrows(BadInputException.class, () -> PairCorpus.read(file));
        assertEquals(file + ":1: expected source<TAB>target, found no tab", e.getMessage());
    }
}
