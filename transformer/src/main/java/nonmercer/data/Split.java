package nonmercer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import nonmercer.io.BadInputException;

/// Items parted into training, validation and test. In each part the items keep their order.
///
/// @param train to fit the parameters
/// @param validation to choose among models
/// @param test to report, once
public record Split<T>(List<T> train, List<T> validation, List<T> test) {
    /// Copies the lists.
    public Split {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }

    /// A split that keeps every group whole and, as far as the groups allow, gives each part its
    /// share of every stratum.
    ///
    /// Greedy: groups in random order, the larger before the smaller; each goes where it adds least
    /// to Pearson's `χ² = Σ (n − share·N)² / (share·N)`, summed over parts and strata of `N` items
    /// of which the part has `n`. Where every group is one item this is Webster's apportionment,
    /// and `n` is less than one item off (Balinski and Young 1982: with three parts it stays within
    /// the quota). Where strata of a few items each would leave a part empty, they are ignored.
    ///
    /// @param group what must stay together
    /// @param stratum what should be spread evenly, such as the label
    /// @param random decides the order of the groups; the same stream gives the same split
    /// @throws BadInputException if a part would be empty
    public static <T> Split<T> byGroup(
            List<T> items,
            ToIntFunction<T> group,
            Function<T, ?> stratum,
            Shares shares,
            RandomGenerator random) {
        Map<Integer, List<Integer>> members = new LinkedHashMap<>();
        Map<Object, Integer> strata = new HashMap<>();
        int[] stratumOf = new int[items.size()];
        for (int i = 0; i < items.size(); i++) {
            members.computeIfAbsent(group.applyAsInt(items.get(i)), g -> new ArrayList<>()).add(i);
            stratumOf[i] = strata.computeIfAbsent(stratum.apply(items.get(i)), s -> strata.size());
        }
        List<List<Integer>> groups = new ArrayList<>(members.values());
        shuffle(groups, random);
        groups.sort((a, b) ->
                Integer.compare(b.size(), a.size())); // stable: random among groups of one size
        double[] share = {shares.train(), shares.validation(), shares.test()};
        int[] partOf = assign(groups, stratumOf, strata.size(), share);
        if (Arrays.stream(partOf).distinct().count() < share.length) {
            partOf = assign(groups, new int[items.size()], 1, share);
        }
        List<List<T>> parts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < items.size(); i++) {
            parts.get(partOf[i]).add(items.get(i));
        }
        if (parts.stream().anyMatch(List::isEmpty)) {
            throw new BadInputException(
                    "the data cannot be split: "
                            + items.size()
                            + " texts in "
                            + groups.size()
                            + " groups of near-duplicates leave the training, the validation or the test part empty");
        }
        return new Split<>(parts.get(0), parts.get(1), parts.get(2));
    }

    /// A split that ignores groups: near-duplicates may fall on both sides, so its test part
    /// flatters whatever copies.
    public static <T> Split<T> random(List<T> items, Shares shares, RandomGenerator random) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            order.add(i);
        }
        shuffle(order, random);
        int train = (int) Math.round(shares.train() * items.size());
        int held = (int) Math.round((shares.train() + shares.validation()) * items.size());
        Function<List<Integer>, List<T>> part = at -> at.stream().sorted().map(items::get).toList();
        return new Split<>(
                part.apply(order.subList(0, train)),
                part.apply(order.subList(train, held)),
                part.apply(order.subList(held, items.size())));
    }

    private static int[] assign(
            List<List<Integer>> groups, int[] stratumOf, int strata, double[] share) {
        int[] total = new int[strata];
        for (int s : stratumOf) {
            total[s]++;
        }
        int[][] have = new int[share.length][strata];
        int[] partOf = new int[stratumOf.length];
        for (List<Integer> group : groups) {
            Map<Integer, Integer> gains = new TreeMap<>(); // stratum -> items of it in this group
            group.forEach(i -> gains.merge(stratumOf[i], 1, Integer::sum));
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int p = 0; p < share.length; p++) {
                double added = 0; // (n + g - share N)² - (n - share N)² = g (2 (n - share N) + g)
                for (var gain : gains.entrySet()) {
                    int s = gain.getKey();
                    int g = gain.getValue();
                    double expected = share[p] * total[s];
                    added += g * (2 * (have[p][s] - expected) + g) / expected;
                }
                if (added < least) {
                    least = added;
                    best = p;
                }
            }
            for (int i : group) {
                have[best][stratumOf[i]]++;
                partOf[i] = best;
            }
        }
        return partOf;
    }

    /// Fisher and Yates.
    private static void shuffle(List<?> list, RandomGenerator random) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, random.nextInt(i + 1));
        }
    }
}
