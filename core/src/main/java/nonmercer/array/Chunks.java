package nonmercer.array;

import java.util.Locale;
import nonmercer.parallel.Parallel;

/// How the operations divide their work, in constants that do not depend on the number of threads,
/// and what they check.
final class Chunks {
    /// Elements of one task: far above the cost of handing it over, a fraction of a second-level
    /// cache.
    static final int GRAIN = 1 << 15;

    private Chunks() {}

    /// `body` on ranges of `0 … n-1`, elements.
    static void elements(int n, Parallel.Range body) {
        Parallel.forRanges(n, GRAIN, body);
    }

    /// `body` on ranges of rows of `run` elements each.
    static void rows(int rows, int run, Parallel.Range body) {
        Parallel.forRanges(rows, Math.max(1, GRAIN / Math.max(1, run)), body);
    }

    /// The loops for these arrays, which must be of one type.
    static Loops loops(String operation, Array first, Array... others) {
        for (Array other : others) {
            if (other.dtype() != first.dtype()) {
                throw new IllegalArgumentException(
                        operation
                                + ": expected arrays of one type, got "
                                + describe(first)
                                + " and "
                                + describe(other)
                                + "; use cast");
            }
        }
        return Loops.of(first.dtype());
    }

    /// Refuses an array of another shape.
    static void shape(String operation, String role, Shape expected, Array actual) {
        if (!actual.shape().equals(expected)) {
            throw new IllegalArgumentException(
                    operation
                            + ": expected "
                            + role
                            + " of shape "
                            + expected
                            + ", got "
                            + actual.shape());
        }
    }

    private static String describe(Array a) {
        return a.dtype().name().toLowerCase(Locale.ROOT) + a.shape();
    }
}
