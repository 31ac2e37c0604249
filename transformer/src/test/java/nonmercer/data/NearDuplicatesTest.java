package nonmercer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
    /// Few words, so that many pairs of texts overlap at every degree; empty texts included.
    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.of("a", "b", "c", "d", "e", "f", "g")
                .list()
                .ofMaxSize(9)
                .map(words -> String.join(" ", words))
                .list()
                .ofMaxSize(25);
    }

    @Property
    void theJoinEqualsTheComponentsOfAllPairs(
            @ForAll("texts") List<String> texts, @ForAll("thresholds") double threshold) {
        assertArrayEquals(components(texts, threshold), NearDuplicates.groups(texts, threshold));
    }

    @Provide
    Arbitrary<Double> thresholds() {
        return Arbitraries.of(0.1, 1.0 / 3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 1.0);
    }

    /// The definition: flood fill over the relation `J >= threshold`.
    private static int[] components(List<String> texts, double threshold) {
        int[] group = new int[texts.size()];
        java.util.Arrays.fill(group, -1);
        int next = 0;
        for (int i = 0; i < group.length; i++) {
            if (group[i] >= 0) {
                continue;
            }
            List<Integer> queue = new ArrayList<>(List.of(i));
            group[i] = next;
            while (!queue.isEmpty()) {
                int at = queue.removeLast();
                for (int j = 0; j < group.length; j++) {
                    if (group[j] < 0
                            && NearDuplicates.similarity(texts.get(at), texts.get(j))
                                    >= threshold) {
                        group[j] = next;
                        queue.add(j);
                    }
                }
            }
            next++;
        }
        return group;
    }

    @Test
    void aChainIsOneGroup() {
        // J(first, second) = J(second, third) = 7/9 >= 0.7, J(first, third) = 6/10 < 0.7.
        assertArrayEquals(
                new int[] {0, 0, 0, 1, 2, 3},
                NearDuplicates.groups(
                        List.of(
                                "a b c d e f g h",
                                "b c d e f g h i",
                                "C d e, f g h i j!",
                                "a b",
                                "",
                                "?")));
    }

    @Test
    void aThresholdOutsideItsRangeIsRefused() {
        var e =
                assertThrows(
                        IllegalArgumentException.class, () -> NearDuplicates.groups(List.of(), 0));
        assertEquals("near-duplicates: the threshold must lie in (0, 1], got 0.0", e.getMessage());
    }
}
