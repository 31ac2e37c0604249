package nonmercer.data.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import nonmercer.data.Split;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Against the law of the Long Range Arena's generator, worked out here another way. Each
/// statistical check is wrong with a probability of at most 1e-9 an assertion ([Chance]).
class ListOpsTest {
    private static final ListOps LONG = ListOps.longRange();
    private static final int DRAWN = 100_000;
    private static final int[] LENGTH = new int[DRAWN];
    private static final int[] VALUE = new int[DRAWN];

    @BeforeAll
    static void draw() {
        RandomStream random = RandomStream.of(11);
        for (int i = 0; i < DRAWN; i++) {
            ListOpsTree tree = LONG.anyTree(random);
            LENGTH[i] = tree.length();
            VALUE[i] = tree.value();
        }
    }

    private static boolean accepted(int length) {
        return length > 500 && length < 2000;
    }

    @Test
    void itReadsLikeThis() {
        ListOps task = new ListOps(4, 10, 16, 128);
        Split<Classified> data = task.split(100, 10, 20, RandomStream.of(1));
        Classified first = data.train().getFirst();
        assertEquals(ListOpsTree.of(first.tokens()).value(), first.label());
        assertTrue(first.tokens().length >= 16 && first.tokens().length <= 128);
    }

    @Test
    void theLengthsOfAShallowTaskFollowTheRecursionOfTheMean() {
        // L_3 = 1, L_d = 3/4 + 1/4 (2 + 6 L_{d+1}): L_2 = 2.75, L_1 = 5.375; at most 2 + 10 · 12.
        double[] p = new ListOps(3, 10, 1, 122).lengths();
        double sum = 0;
        double mean = 0;
        for (int n = 0; n < p.length; n++) {
            sum += p[n];
            mean += n * p[n];
        }
        // Sums of 123 positive terms of at most 20 roundings each.
        assertEquals(1, sum, 150 * 0x1p-53);
        assertEquals(5.375, mean, 5.375 * 150 * 0x1p-53);
        assertEquals(0.75, p[1], 0);
    }

    @Test
    void oneTreeInTwelveIsLongEnoughAndTheyHave1035Tokens() {
        assertEquals(0.0827553, LONG.acceptance(), 5e-8); // the digits known
        assertEquals(1035.02, LONG.meanLength(), 5e-3);
    }

    @Test
    void asManyAreAcceptedAndTheyAreAsLongAsTheLawSays() {
        double p = LONG.acceptance();
        int[] kept = Arrays.stream(LENGTH).filter(ListOpsTest::accepted).toArray();
        assertEquals(p, (double) kept.length / DRAWN, Chance.bernstein(DRAWN, p * (1 - p), 1));
        double[] law = LONG.lengths();
        double variance = 0;
        for (int n = 501; n < 2000; n++) {
            variance += law[n] / p * Math.pow(n - LONG.meanLength(), 2);
        }
        assertEquals(
                LONG.meanLength(),
                Arrays.stream(kept).average().orElseThrow(),
                Chance.bernstein(kept.length, variance, 1999 - 501));
    }

    /// `E L = 3.5 · 1.5⁹ - 2.5 = 132.05`. The tail is heavy: the median of the means of 166 blocks,
    /// which is within `σ √(32 ln(1/α) / n)` (Lugosi & Mendelson 2019); `σ²` by the recursion of `E
    /// L²`.
    @Test
    void theMeanLengthOfAllTreesIs132() {
        double mean = 1;
        double square = 1;
        for (int d = 9; d >= 1; d--) { // k of 2 … 10: E k = 6, E k(k - 1) = 384/9 - 6
            double s =
                    0.75 + 0.25 * (4 + 4 * 6 * mean + 6 * square + (384 / 9.0 - 6) * mean * mean);
            mean = 0.75 + 0.25 * (2 + 6 * mean);
            square = s;
        }
        assertEquals(132.0518, mean, 5e-5);
        double sigma = Math.sqrt(square - mean * mean);
        int blocks = (int) Math.ceil(8 * Math.log(1 / Chance.ALPHA));
        int size = DRAWN / blocks;
        double[] means = new double[blocks];
        for (int b = 0; b < blocks; b++) {
            means[b] = Arrays.stream(LENGTH, b * size, (b + 1) * size).average().orElseThrow();
        }
        Arrays.sort(means);
        double bound = sigma * Math.sqrt(32 * Math.log(1 / Chance.ALPHA) / (blocks * size));
        assertTrue(bound < 0.35 * mean, "a bound that tells something: " + bound);
        assertEquals(mean, (means[blocks / 2 - 1] + means[blocks / 2]) / 2, bound);
    }

    @Test
    void theValuesOfExpressionsFollowTheirLaw() {
        double[] law = uniform();
        double[] applied = law;
        for (int d = 9; d >= 1; d--) {
            applied = applied(law);
            for (int v = 0; v < 10; v++) {
                law[v] = 0.75 * 0.1 + 0.25 * applied[v];
            }
        }
        int[] counts = new int[10];
        int n = 0;
        for (int i = 0; i < DRAWN; i++) {
            if (LENGTH[i] > 1) {
                counts[VALUE[i]]++;
                n++;
            }
        }
        for (int v = 0; v < 10; v++) {
            double p = applied[v];
            assertEquals(
                    p, (double) counts[v] / n, Chance.bernstein(n, p * (1 - p), 1), "value " + v);
        }
    }

    /// The labels of 40,000 long expressions of the original, counted; both samples are off.
    @Test
    void theLabelsAreDistributedAsTheOriginals() {
        double[] original = {.167, .091, .077, .083, .091, .087, .077, .072, .087, .169};
        int[] counts = new int[10];
        int n = 0;
        for (int i = 0; i < DRAWN; i++) {
            if (accepted(LENGTH[i])) {
                counts[VALUE[i]]++;
                n++;
            }
        }
        for (int v = 0; v < 10; v++) {
            double p = original[v];
            double bound =
                    Chance.bernstein(n, p * (1 - p), 1)
                            + Chance.bernstein(40_000, p * (1 - p), 1)
                            + 5e-4;
            assertEquals(p, (double) counts[v] / n, bound, "label " + v);
        }
    }

    @Test
    void operatorsNestAsDeepAsAllowedAndNoDeeper() {
        for (int i = 0; i < 100; i++) {
            int[] tokens = LONG.draw(RandomStream.of(3).at(i)).tokens();
            int open = 0;
            int deepest = 0;
            for (int t : tokens) {
                open += t == ListOpsTree.CLOSE ? -1 : t >= 10 ? 1 : 0;
                deepest = Math.max(deepest, open);
            }
            assertEquals(0, open);
            // 40,000 of 40,000 long expressions of the original reach the ninth level.
            assertEquals(9, deepest);
        }
    }

    @Test
    void twoThousandLongExpressionsTakeSeconds() {
        long start = System.nanoTime();
        LONG.split(2000, 0, 0, RandomStream.of(5));
        double seconds = (System.nanoTime() - start) * 1e-9;
        assertTrue(seconds < 10, seconds + " s"); // 0.5 s on a quiet machine
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new ListOps(2, 2, 5, 9).draw(RandomStream.of(1)));
        assertEquals(
                "among 200000 expressions of depth 2 with up to 2 arguments none has 5 to 9 tokens;"
                        + " ask for other lengths or another depth",
                e.getMessage());
        assertEquals(0, new ListOps(2, 2, 5, 9).acceptance());
        assertThrows(IllegalArgumentException.class, () -> new ListOps(0, 10, 1, 9));
        assertThrows(IllegalArgumentException.class, () -> new ListOps(3, 10, 9, 8));
    }

    @Test
    void aTaskOfFewExpressionsSaysHowFew() {
        ListOps digits = new ListOps(1, 2, 1, 1);
        assertEquals(10, digits.split(6, 2, 2, RandomStream.of(1)).train().size() + 4);
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> digits.split(20, 1, 1, RandomStream.of(1)));
        assertEquals(
                "found only 10 different sequences of the 22 wanted; ask for fewer, or for longer"
                        + " ones",
                e.getMessage());
        assertArrayEquals(new int[] {1}, new int[] {digits.longest()});
    }

    private static double[] uniform() {
        double[] p = new double[10];
        Arrays.fill(p, 0.1);
        return p;
    }

    /// The law of an operator's value on 2 to 10 arguments with this law.
    private static double[] applied(double[] p) {
        double[] cdf = new double[11]; // P(x < v)
        for (int v = 0; v < 10; v++) {
            cdf[v + 1] = cdf[v] + p[v];
        }
        double[] q = new double[10];
        double[] sum = p;
        for (int k = 2; k <= 10; k++) {
            double[] next = new double[10];
            for (int a = 0; a < 10; a++) {
                for (int b = 0; b < 10; b++) {
                    next[(a + b) % 10] += sum[a] * p[b];
                }
            }
            sum = next;
            for (int v = 0; v < 10; v++) {
                q[v] += Math.pow(1 - cdf[v], k) - Math.pow(1 - cdf[v + 1], k); // the least is v
                q[v] += Math.pow(cdf[v + 1], k) - Math.pow(cdf[v], k); // the largest is v
                q[v] += sum[v];
            }
            medians(p, new int[10], 0, k, 1, q);
        }
        for (int v = 0; v < 10; v++) {
            q[v] /= 4 * 9; // operators and numbers of arguments
        }
        return q;
    }

    /// Adds the law of the median: over all counts of each digit, by the multinomial law.
    private static void medians(
            double[] p, int[] counts, int digit, int left, double weight, double[] q) {
        if (digit == 9) {
            counts[9] = left;
            double w = weight * Math.pow(p[9], left);
            q[(ranked(counts, true) + ranked(counts, false)) / 2] += w;
            return;
        }
        double w = weight;
        for (int c = 0; c <= left; c++) {
            counts[digit] = c;
            medians(p, counts, digit + 1, left - c, w, q);
            w *= p[digit] * (left - c) / (c + 1); // binomial coefficient of the digits left
        }
    }

    /// The lower or the upper of the middle two.
    private static int ranked(int[] counts, boolean upper) {
        int k = Arrays.stream(counts).sum();
        int rank = upper ? k / 2 + 1 : (k + 1) / 2;
        int v = 0;
        for (int seen = counts[0]; seen < rank; seen += counts[v]) {
            v++;
        }
        return v;
    }
}
