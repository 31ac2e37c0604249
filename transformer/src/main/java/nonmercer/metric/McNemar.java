package nonmercer.metric;

/// McNemar's exact test of two classifiers on the same items.
///
/// Only the items count on which one is right and the other wrong. If both are equally good, each
/// such item is a fair coin: with `b` won by the first and `c` by the second, `p = min(1, 2·P(X <=
/// min(b, c)))`, `X ~ Binomial(b + c, 1/2)`.
///
/// @param firstOnly `b`, the items only the first classifies right
/// @param secondOnly `c`, the items only the second classifies right
public record McNemar(int firstOnly, int secondOnly) {
    /// Where `p` is below this, the two differ.
    public static final double LEVEL = 0.05;

    /// How the first stands to the second.
    public enum Standing {
        /// Better, and unlikely by chance.
        ABOVE,
        /// Not shown to differ.
        TIED,
        /// Worse, and unlikely by chance.
        BELOW
    }

    /// Checks that the counts are not negative.
    public McNemar {
        if (firstOnly < 0 || secondOnly < 0) {
            throw new IllegalArgumentException(
                    "mcnemar: negative counts " + firstOnly + " and " + secondOnly);
        }
    }

    /// Of two classifiers, given for each item whether each was right.
    public static McNemar of(boolean[] first, boolean[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "mcnemar: the test is paired, but there are "
                            + first.length
                            + " and "
                            + second.length
                            + " results");
        }
        int b = 0;
        int c = 0;
        for (int i = 0; i < first.length; i++) {
            b += first[i] && !second[i] ? 1 : 0;
            c += second[i] && !first[i] ? 1 : 0;
        }
        return new McNemar(b, c);
    }

    /// The two-sided p-value.
    public double p() {
        int n = firstOnly + secondOnly;
        int least = Math.min(firstOnly, secondOnly);
        double logTerm = -n * Math.log(2); // log (n choose k) / 2ⁿ, from k = 0
        double sum = 0;
        for (int k = 0; k <= least; k++) {
            sum += Math.exp(logTerm);
            logTerm += Math.log((double) (n - k) / (k + 1));
        }
        return Math.min(1, 2 * sum);
    }

    /// How the first stands to the second at [#LEVEL].
    public Standing standing() {
        return p() >= LEVEL
                ? Standing.TIED
                : firstOnly > secondOnly ? Standing.ABOVE : Standing.BELOW;
    }
}
