package nonmercer.data.task;

import java.util.ArrayList;
import java.util.List;
import nonmercer.random.RandomStream;

/// ListOps (Nangia & Bowman 2018), as the Long Range Arena draws it (Tay et al. 2021): the value of
/// a nested expression over digits.
///
/// An expression at depth `d` of `D` is a digit with probability 3/4, and always at `d = D`; else
/// an operator, each of the four equally likely, with 2 to `arity` arguments at depth `d + 1`. The
/// root stands at depth 1. Expressions are drawn until one has an accepted number of tokens.
///
/// Tokens: 0 … 9 the digits, 10 … 13 MIN, MAX, MED and SM, 14 the closing bracket.
///
/// @param depth `D`: at most `D - 1` operators are nested
/// @param arity the most arguments of an operator
/// @param shortest the fewest tokens of an expression
/// @param longest the most tokens of an expression
public record ListOps(int depth, int arity, int shortest, int longest) implements ClassTask {
    private static final double DIGIT = 0.75;
    private static final int TRIES = 200_000;

    /// Refuses settings without expressions.
    public ListOps {
        if (depth < 1 || arity < 2) {
            throw new IllegalArgumentException(
                    "ListOps needs a depth of at least 1 and an arity of at least 2, got "
                            + depth
                            + " and "
                            + arity);
        }
        if (shortest < 1 || longest < shortest) {
            throw new IllegalArgumentException(
                    "expected a shortest length of at least 1 and a longest of no less, got "
                            + shortest
                            + " to "
                            + longest);
        }
    }

    /// The setting of the Long Range Arena: depth 10, up to 10 arguments, more than 500 and fewer
    /// than 2,000 tokens.
    public static ListOps longRange() {
        return new ListOps(10, 10, 501, 1999);
    }

    @Override
    public int vocabulary() {
        return ListOpsTree.CLOSE + 1;
    }

    @Override
    public int classes() {
        return 10;
    }

    @Override
    public Classified draw(RandomStream random) {
        ListOpsTree tree = tree(random);
        return new Classified(tree.tokens(), tree.value());
    }

    /// A tree of an accepted length.
    ///
    /// @throws IllegalArgumentException if such trees are rare: none among 200,000
    public ListOpsTree tree(RandomStream random) {
        for (int i = 0; i < TRIES; i++) {
            ListOpsTree tree = anyTree(random);
            if (tree.length() >= shortest && tree.length() <= longest) {
                return tree;
            }
        }
        throw new IllegalArgumentException(
                "among "
                        + TRIES
                        + " expressions of depth "
                        + depth
                        + " with up to "
                        + arity
                        + " arguments none has "
                        + shortest
                        + " to "
                        + longest
                        + " tokens; ask for other lengths or another depth");
    }

    /// A tree of any length.
    public ListOpsTree anyTree(RandomStream random) {
        return grow(1, random);
    }

    private ListOpsTree grow(int at, RandomStream random) {
        if (at >= depth || random.nextDouble() < DIGIT) {
            return ListOpsTree.Digit.of(random.nextInt(10));
        }
        int n = 2 + random.nextInt(arity - 1);
        List<ListOpsTree> arguments = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            arguments.add(grow(at + 1, random));
        }
        return ListOpsTree.Applied.of(ListOpsTree.Operator.draw(random), arguments);
    }

    /// The distribution of the length of [#anyTree]: element `n` is the probability of `n` tokens,
    /// for `n` up to the longest accepted; exact but for rounding.
    ///
    /// `p_D = δ₁`, `p_d = ¾ δ₁ + ¼ · mean over k of the k-fold convolution of p_{d+1}`, moved by
    /// the two tokens of operator and bracket.
    public double[] lengths() {
        int n = longest + 1;
        double[] p = new double[n]; // at this depth
        p[1] = 1;
        for (int d = depth - 1; d >= 1; d--) {
            double[] next = new double[n];
            double[] power = p; // the k-fold convolution
            for (int k = 2; k <= arity; k++) {
                power = convolve(power, p);
                for (int i = 2; i < n; i++) {
                    next[i] += (1 - DIGIT) / (arity - 1) * power[i - 2];
                }
            }
            next[1] += DIGIT;
            p = next;
        }
        return p;
    }

    private static double[] convolve(double[] a, double[] b) {
        double[] c = new double[a.length];
        for (int i = 1; i < a.length; i++) {
            double x = a[i];
            for (int j = 1; x != 0 && j < a.length - i; j++) {
                c[i + j] += x * b[j];
            }
        }
        return c;
    }

    /// The probability that an expression has an accepted length.
    public double acceptance() {
        double[] p = lengths();
        double sum = 0;
        for (int n = shortest; n <= longest; n++) {
            sum += p[n];
        }
        return sum;
    }

    /// The expected number of tokens of what [#draw] gives.
    public double meanLength() {
        double[] p = lengths();
        double sum = 0;
        double moment = 0;
        for (int n = shortest; n <= longest; n++) {
            sum += p[n];
            moment += n * p[n];
        }
        return moment / sum;
    }

    /// One of ten; the shallow predictors are in `nonmercer.baseline.ListOpsLadder`, measured on
    /// data.
    @Override
    public List<Guess> guesses() {
        return List.of(new Guess("a digit at random", 0.1));
    }
}
