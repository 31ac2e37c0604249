package nonmercer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import nonmercer.io.BadInputException;
import org.junit.jupiter.api.Test;

class SplitTest {
    @Provide
    Arbitrary<List<Labelled>> items() {
        return Combinators.combine(
                        Arbitraries.of("x", "y", "z"), Arbitraries.integers().between(0, 30))
                .as((label, group) -> new Labelled(label + group, label, group))
                .list()
                .ofMinSize(3)
                .ofMaxSize(80);
    }

    @Property
    void noGroupIsSeparatedAndNoItemLost(@ForAll("items") List<Labelled> items, @ForAll long seed) {
        Assume.that(items.stream().map(Labelled::group).distinct().count() >= 12);
        Split<Labelled> split = split(items, seed);
        Map<Integer, Integer> partOf = new HashMap<>();
        List<List<Labelled>> parts = List.of(split.train(), split.validation(), split.test());
        for (int p = 0; p < 3; p++) {
            for (Labelled item : parts.get(p)) {
                Integer other = partOf.putIfAbsent(item.group(), p);
                assertTrue(
                        other == null || other == p, "group " + item.group() + " is in two parts");
            }
        }
        List<Labelled> all = new ArrayList<>(items);
        Stream.of(split.train(), split.validation(), split.test())
                .forEach(part -> part.forEach(all::remove));
        assertEquals(List.of(), all);
        assertEquals(
                items.size(),
                split.train().size() + split.validation().size() + split.test().size());
    }

    /// Webster's apportionment to three parts stays within the quota: less than one item off.
    @Property
    void groupsOfOneItemGiveEveryLabelItsShare(
            @ForAll @IntRange(min = 40, max = 300) int size,
            @ForAll @IntRange(min = 2, max = 6) int rarity,
            @ForAll long seed) {
        List<Labelled> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(new Labelled("t" + i, i % rarity == 0 ? "rare" : "common", i));
        }
        Split<Labelled> split = split(items, seed);
        for (String label : List.of("rare", "common")) {
            int total = count(items, label);
            assertTrue(Math.abs(0.7 * total - count(split.train(), label)) < 1, label);
            assertTrue(Math.abs(0.1 * total - count(split.validation(), label)) < 1, label);
            assertTrue(Math.abs(0.2 * total - count(split.test(), label)) < 1, label);
        }
    }

    @Test
    void theSeedDecides() {
        List<Labelled> items = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            items.add(new Labelled("t" + i, "x", i));
        }
        assertEquals(split(items, 5), split(items, 5));
        assertTrue(!split(items, 5).equals(split(items, 6)));
        assertEquals(
                20, Split.random(items, Shares.DEFAULT, new SplittableRandom(1)).test().size());
    }

    @Test
    void tooFewGroupsAreRefused() {
        List<Labelled> items =
                List.of(
                        new Labelled("a", "x", 0),
                        new Labelled("b", "y", 0),
                        new Labelled("c", "x", 1));
        var e = assertThrows(BadInputException.class, () -> split(items, 1));
        assertEquals(
                "the data cannot be split: 3 texts in 2 groups of near-duplicates leave the training, the validation or"
                        + " the test part empty",
                e.getMessage());
    }

    @Test
    void sharesMustAddUpToOne() {
        assertThrows(IllegalArgumentException.class, () -> new Shares(0.5, 0.1, 0.2));
        assertThrows(IllegalArgumentException.class, () -> new Shares(1, 0, 0));
    }

    private static Split<Labelled> split(List<Labelled> items, long seed) {
        return Split.byGroup(
                items,
                Labelled::group,
                Labelled::label,
                Shares.DEFAULT,
                new SplittableRandom(seed));
    }

    private static int count(List<Labelled> items, String label) {
        return (int) items.stream().filter(i -> i.label().equals(label)).count();
    }
}
