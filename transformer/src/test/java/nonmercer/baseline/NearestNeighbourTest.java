package nonmercer.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import nonmercer.data.Pair;
import org.junit.jupiter.api.Test;

class NearestNeighbourTest {
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "C", "d", "{", "文")
                .list()
                .ofMaxSize(6)
                .map(words -> String.join(" ", words));
    }

    @Property
    void theFirstOfTheMostSimilarIsFound(
            @ForAll("corpora") List<String> sources, @ForAll("texts") String text) {
        List<Pair> pairs =
                IntStream.range(0, sources.size())
                        .mapToObj(i -> new Pair(sources.get(i), "target " + i, i))
                        .toList();
        String expected = text;
        double most = 0;
        for (Pair pair : pairs) {
            var union = new HashSet<>(Terms.FOLDED.of(pair.source()));
            var common = new HashSet<>(Terms.FOLDED.of(text));
            int total = common.size() + union.size();
            common.retainAll(union);
            double similarity = total == 0 ? 0 : (double) common.size() / (total - common.size());
            if (similarity > most) {
                most = similarity;
                expected = pair.target();
            }
        }
        assertEquals(expected, NearestNeighbour.of(pairs).translate(text));
    }

    @Provide
    Arbitrary<List<String>> corpora() {
        return texts().list().ofMaxSize(12);
    }

    @Test
    void signsCount() {
        var neighbour =
                NearestNeighbour.of(
                        List.of(
                                new Pair("Can't open file", "kann Datei nicht öffnen", 0),
                                new Pair("Open {0}?", "{0} öffnen?", 1)));
        assertEquals("{0} öffnen?", neighbour.translate("open {1}?"));
        assertEquals("Sonst nichts", neighbour.translate("Sonst nichts"));
    }
}
