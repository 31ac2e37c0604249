package nonmercer.data.task;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import nonmercer.random.RandomStream;

/// Multi-query associative recall (Arora et al. 2024): `k₁ v₁ k₂ v₂ …`, then each key once more, to
/// be answered with its value.
///
/// The keys are different numbers of `1 … V/2 - 1`, the values different ones of `V/2 … V - 1`.
/// After the `2K` tokens of the pairs, key `i` stands at `2K + 2gᵢ`; the `gᵢ` are different, drawn
/// from `0 … (L - 2K)/2 - 1` with weights `(g + 1)^(power - 1)`: most questions come soon, some
/// late. Every other place holds a filler, and nothing is asked there.
///
/// @param vocabulary `V`, even
/// @param length `L`, at least `4K`
/// @param pairs `K`
/// @param power the smaller, the sooner most questions come; 0.01 in the paper
/// @param filler what stands between the questions
public record Mqar(int vocabulary, int length, int pairs, double power, Filler filler)
        implements AnswerTask {
    /// The tokens between the questions.
    public enum Filler {
        /// Any token at random, be it a key or a value.
        RANDOM,
        /// Token 0, which is no key and no value.
        BLANK
    }

    /// Refuses more pairs than there is room or are keys for.
    public Mqar {
        if (pairs < 1 || 4L * pairs > length) {
            throw new IllegalArgumentException(
                    "recall of "
                            + pairs
                            + " pairs needs at least 1 pair and a length of 4 tokens a pair, "
                            + 4L * pairs
                            + "; got a length of "
                            + length);
        }
        if (vocabulary % 2 != 0 || vocabulary / 2 <= pairs) {
            throw new IllegalArgumentException(
                    "recall of "
                            + pairs
                            + " pairs needs an even vocabulary of at least "
                            + 2 * (pairs + 1)
                            + " tokens, got "
                            + vocabulary);
        }
        if (!(power > 0)) {
            throw new IllegalArgumentException("the power must be positive, got " + power);
        }
    }

    /// Recall as the paper draws it: 8,192 tokens, random fillers.
    public static Mqar of(int length, int pairs) {
        return new Mqar(8192, length, pairs, 0.01, Filler.RANDOM);
    }

    @Override
    public int longest() {
        return length;
    }

    @Override
    public Answered draw(RandomStream random) {
        int half = vocabulary / 2;
        int[] keys = different(half - 1, random);
        int[] values = different(half, random);
        int[] gaps = gaps(random);
        int[] tokens = new int[length];
        int[] answers = new int[length];
        Arrays.fill(answers, Answered.NOTHING);
        if (filler == Filler.RANDOM) {
            Arrays.setAll(tokens, i -> random.nextInt(vocabulary));
        }
        for (int i = 0; i < pairs; i++) {
            tokens[2 * i] = 1 + keys[i];
            tokens[2 * i + 1] = half + values[i];
            int at = 2 * pairs + 2 * gaps[i];
            tokens[at] = 1 + keys[i];
            answers[at] = half + values[i];
        }
        return new Answered(tokens, answers);
    }

    /// As many different numbers of `0 … n - 1` as there are pairs, each order equally likely
    /// (Fisher-Yates, stopped early).
    private int[] different(int n, RandomStream random) {
        int[] p = new int[n];
        Arrays.setAll(p, i -> i);
        for (int i = 0; i < pairs; i++) {
            int j = i + random.nextInt(n - i);
            int x = p[i];
            p[i] = p[j];
            p[j] = x;
        }
        return Arrays.copyOf(p, pairs);
    }

    /// Draws without replacement by weight: the order of exponential times `E / w` is that of the
    /// draws (Efraimidis & Spirakis 2006).
    private int[] gaps(RandomStream random) {
        int slots = (length - 2 * pairs) / 2;
        double[] time = new double[slots];
        Integer[] order = new Integer[slots];
        for (int g = 0; g < slots; g++) {
            time[g] = -Math.log1p(-random.nextDouble()) / Math.pow(g + 1, power - 1);
            order[g] = g;
        }
        Arrays.sort(order, Comparator.comparingDouble(g -> time[g]));
        return Arrays.stream(order).limit(pairs).mapToInt(g -> g).toArray();
    }

    /// `√(K - m)` for `m < K`, else 0: the least Frobenius distance from the identity of the `K ×
    /// K` recall weights of an attention with `m` features, whose rank is at most `m` (Eckart &
    /// Young 1936). Above 0, vectors cannot be recalled exactly; the likeliest token still may be
    /// right.
    public double leastRecallError(int features) {
        return Math.sqrt(Math.max(0, pairs - features));
    }

    @Override
    public List<Guess> guesses() {
        return List.of(
                new Guess("a value at random", 2.0 / vocabulary),
                new Guess("a value of the sequence at random", 1.0 / pairs));
    }
}
