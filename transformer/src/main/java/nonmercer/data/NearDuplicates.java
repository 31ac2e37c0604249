package nonmercer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import nonmercer.text.Words;

/// Groups texts that say nearly the same: `J(A, B) = |A ∩ B| / |A ∪ B|` over the sets of words of
/// two texts.
///
/// Two texts with `J >= threshold` are in one group, and groups are closed transitively: they are
/// the connected components of that relation. A text without words is alone in its group.
///
/// The join is exact and reads only candidates that can qualify (prefix filtering: Chaudhuri, Ganti
/// and Kaushik 2006; Bayardo, Ma and Srikant 2007). With the words of every set in one fixed order,
/// rarest first, two sets of sizes `n >= m` with `J >= t` have `m >= t·n` and share a word among
/// the first `n - ⌈t·n⌉ + 1` of the one and the first `m - ⌈t·m⌉ + 1` of the other.
public final class NearDuplicates {
    /// The threshold of this library's splits.
    public static final double THRESHOLD = 0.7;

    private NearDuplicates() {}

    /// The group of each text, with [#THRESHOLD].
    public static int[] groups(List<String> texts) {
        return groups(texts, THRESHOLD);
    }

    /// The group of each text: groups are numbered from 0 in the order of their first texts.
    ///
    /// @param threshold in `(0, 1]`
    public static int[] groups(List<String> texts, double threshold) {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    "near-duplicates: the threshold must lie in (0, 1], got " + threshold);
        }
        int[][] sets = wordSets(texts);
        int[] parent = new int[texts.size()];
        Arrays.setAll(parent, i -> i);
        join(sets, threshold, parent);
        return numbered(parent);
    }

    /// The Jaccard similarity of the word sets of two texts; 0 if neither has a word.
    public static double similarity(String a, String b) {
        var left = new HashSet<>(Words.of(a));
        var right = new HashSet<>(Words.of(b));
        int total = left.size() + right.size();
        left.retainAll(right);
        return total == 0 ? 0 : (double) left.size() / (total - left.size());
    }

    /// Each text as an ascending array of word numbers, where rarer words have smaller numbers.
    private static int[][] wordSets(List<String> texts) {
        Map<String, Integer> ids = new HashMap<>();
        List<int[]> counts = new ArrayList<>(); // word id -> {texts that contain it, id}
        int[][] sets = new int[texts.size()][];
        for (int i = 0; i < sets.length; i++) {
            sets[i] =
                    Words.of(texts.get(i)).stream()
                            .distinct()
                            .mapToInt(w ->
                                    ids.computeIfAbsent(
                                            w,
                                            k -> {
                                                counts.add(new int[] {0, counts.size()});
                                                return counts.size() - 1;
                                            }))
                            .toArray();
            for (int id : sets[i]) {
                counts.get(id)[0]++;
            }
        }
        int[] rank = new int[counts.size()];
        counts.sort(
                (a, b) -> a[0] != b[0] ? Integer.compare(a[0], b[0]) : Integer.compare(a[1], b[1]));
        for (int r = 0; r < rank.length; r++) {
            rank[counts.get(r)[1]] = r;
        }
        for (int[] set : sets) {
            for (int k = 0; k < set.length; k++) {
                set[k] = rank[set[k]];
            }
            Arrays.sort(set);
        }
        return sets;
    }

    private static void join(int[][] sets, double threshold, int[] parent) {
        Integer[] bySize = new Integer[sets.length];
        Arrays.setAll(bySize, i -> i);
        Arrays.sort(bySize, (a, b) -> Integer.compare(sets[a].length, sets[b].length));
        // word -> the sets before, so no larger, that have it in their prefix
        Map<Integer, List<Integer>> index = new HashMap<>();
        int[] seenBy = new int[sets.length];
        Arrays.fill(seenBy, -1);
        for (int i : bySize) {
            int[] set = sets[i];
            // The slack guards against the rounding of t·n; a longer prefix costs time, never a
            // result.
            int prefix =
                    Math.min(
                            set.length,
                            set.length - (int) Math.ceil(threshold * set.length - 1e-9) + 1);
            for (int k = 0; k < prefix; k++) {
                List<Integer> others = index.computeIfAbsent(set[k], w -> new ArrayList<>());
                for (int j : others) {
                    if (seenBy[j] != i) {
                        seenBy[j] = i;
                        if (sets[j].length >= threshold * set.length - 1e-9
                                && root(parent, i) != root(parent, j)
                                && isSimilar(set, sets[j], threshold)) {
                            parent[root(parent, i)] = root(parent, j);
                        }
                    }
                }
                others.add(i);
            }
        }
    }

    private static boolean isSimilar(int[] a, int[] b, double threshold) {
        int common = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                common++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return (double) common / (a.length + b.length - common) >= threshold;
    }

    private static int root(int[] parent, int i) {
        int r = i;
        while (parent[r] != r) {
            parent[r] = parent[parent[r]];
            r = parent[r];
        }
        return r;
    }

    private static int[] numbered(int[] parent) {
        int[] number = new int[parent.length];
        Arrays.fill(number, -1);
        int[] groups = new int[parent.length];
        int next = 0;
        for (int i = 0; i < groups.length; i++) {
            int r = root(parent, i);
            if (number[r] < 0) {
                number[r] = next++;
            }
            groups[i] = number[r];
        }
        return groups;
    }
}
