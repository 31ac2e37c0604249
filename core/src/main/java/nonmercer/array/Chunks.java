package nonmercer.array;

import java.util.Locale;
import nonmercer.lanes.DoubleLanes;
import nonmercer.parallel.Parallel;

/// How the operations divide their work, in constants that do not depend on the number of threads,
/// and what they check.
final class Chunks {
    /// Elements of one task: far above the cost of handing it over, a fraction of a second-level
    /// cache.
    static final int GRAIN = 1 << 15;

    private static final int HEAD = DoubleLanes.HEAD * Double.BYTES;
    private static final int LONG = 1 << 20; // bytes
    private static final int TASKS = 32;

    private Chunks() {}

    /// `body` on ranges of all elements of arrays like this one. Those of a long one begin with a
    /// cache line; several blocks make one task, so that a thread reads on where it left off.
    static void elements(Array x, Parallel.Range body) {
        int n = x.size();
        int head = head(x);
        Parallel.forRanges(
                n - head,
                Math.max(1, n / GRAIN / TASKS) * GRAIN,
                (from, to) -> {
                    if (from == 0 && head > 0) {
                        body.accept(0, head);
                    }
                    body.accept(head + from, head + to);
                });
    }

    /// `body` on each [block][#block] of elements by itself.
    static void blocks(Array x, Parallel.Range body) {
        elements(
                x,
                (from, to) -> {
                    for (int i = from; i < to; i += GRAIN) {
                        body.accept(i, Math.min(to, i + GRAIN));
                    }
                });
    }

    /// The number of the block of [#GRAIN] elements that begins here. In a long array what is
    /// before its first cache line is block 0.
    static int block(Array x, int from) {
        int head = head(x);
        return head == 0 ? from / GRAIN : (from - head + GRAIN) / GRAIN;
    }

    /// The number of blocks.
    static int count(Array x) {
        return x.size() == 0 ? 0 : block(x, x.size() - 1) + 1;
    }

    private static int head(Array x) {
        int bytes = x.dtype().bytes();
        return x.size() < LONG / bytes ? 0 : HEAD / bytes;
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
