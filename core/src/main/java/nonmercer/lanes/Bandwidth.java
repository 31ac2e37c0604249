package nonmercer.lanes;

import java.util.List;
import nonmercer.parallel.Parallel;

/// The bound of all loops that compute little: how many bytes a second the best loop in this JVM
/// moves with the same mix of reads and writes.
///
/// The loops are those the compiler makes, the JVM's own copy and fill, and loops by the Vector API
/// that touch whole cache lines, several streams at a time where that is faster. A loop over arrays
/// that fit a cache measures that cache; take arrays of several times the last-level cache for the
/// memory. All write through the caches, as every loop that computes must: the hardware reads a
/// line before it is written, which is not counted. (Only the JVM's copy of 2.5 MiB or more at a
/// time writes past them.) The best of many runs, in GB/s, 10⁹ bytes a second; takes about a
/// second.
public final class Bandwidth {
    private static final int LEAST_BYTES = 4096;
    private static final int UPDATE = -5;
    private static final int UPDATES = -6;

    private static volatile double sink;

    private Bandwidth() {}

    /// The bandwidth of so many threads together that read `reads` (0 to 3) and write `writes` (0
    /// or 1) arrays of so many bytes each, element by element.
    public static double of(int reads, int writes, int bytes, int threads) {
        return best(loads(reads, writes, bytes, threads), threads);
    }

    /// The bandwidth of so many threads together that add one array of so many bytes to another:
    /// two reads and a write in place, which costs less than [`of(2, 1, …)`][#of(int, int, int,
    /// int)].
    public static double ofUpdate(int bytes, int threads) {
        return best(updateLoads(bytes, threads), threads);
    }

    /// What [#of(int, int, int, int)] times: pieces are passes over the arrays, work is bytes.
    public static List<Load> loads(int reads, int writes, int bytes, int threads) {
        boolean known =
                writes == 1 ? reads >= 0 && reads <= 3 : writes == 0 && (reads == 1 || reads == 2);
        if (!known || bytes < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "bandwidth: expected 1 or 2 reads, or 0 to 3 reads and 1 write, of at"
                            + " least "
                            + LEAST_BYTES
                            + " bytes, got "
                            + reads
                            + " reads and "
                            + writes
                            + " writes of "
                            + bytes);
        }
        int n = bytes / Double.BYTES;
        double[][] x = new double[4][];
        for (int i = 0; i < 4; i++) {
            x[i] = i < reads || i == 3 && writes == 1 ? array(n) : new double[0];
        }
        return loads(reads - 4 * writes, reads + writes, x, n, threads);
    }

    /// What [#ofUpdate(int, int)] times: pieces are passes over the arrays, work is bytes.
    public static List<Load> updateLoads(int bytes, int threads) {
        if (bytes < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "bandwidth: expected arrays of at least "
                            + LEAST_BYTES
                            + " bytes, got "
                            + bytes);
        }
        int n = bytes / Double.BYTES;
        return loads(UPDATE, 3, new double[][] {array(n), {}, {}, array(n)}, n, threads);
    }

    /// Passes that read four arrays of so many bytes and write three of them in place, as a step of
    /// Adam does; work is bytes.
    public static List<Load> updatesLoads(int bytes, int threads) {
        if (bytes < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "bandwidth: expected arrays of at least "
                            + LEAST_BYTES
                            + " bytes, got "
                            + bytes);
        }
        int n = bytes / Double.BYTES;
        double[][] x = {array(n), array(n), array(n), array(n)};
        return loads(UPDATES, 7, x, n, threads);
    }

    private static List<Load> loads(int mix, int streams, double[][] x, int n, int threads) {
        Load plain = load(new Traffic.Plain(), mix, streams, x, n, threads);
        return Lanes.vector()
                ? List.of(plain, load(new VectorTraffic(), mix, streams, x, n, threads))
                : List.of(plain);
    }

    private static double best(List<Load> loads, int threads) {
        double best = 0;
        for (Load load : loads) {
            best = Math.max(best, Stopwatch.best(threads, load));
        }
        return best;
    }

    private static Load load(
            Traffic traffic, int mix, int streams, double[][] x, int n, int threads) {
        return passes -> {
            Parallel.forEach(
                    threads,
                    t -> {
                        int from = share(n, t, threads);
                        int to = share(n, t + 1, threads);
                        for (int pass = 0; pass < passes; pass++) {
                            sink = pass(traffic, mix, x, from, to);
                        }
                    });
            return (double) passes * streams * n * Double.BYTES;
        };
    }

    /// An array of so many elements from its first cache line on, if it is long.
    private static double[] array(int n) {
        return new double[DoubleLanes.HEAD + n];
    }

    /// Where the share of thread t begins: with a cache line.
    private static int share(int n, int t, int threads) {
        long lines = n / DoubleLanes.STRIPE;
        return DoubleLanes.HEAD
                + (t == threads ? n : (int) (lines * t / threads) * DoubleLanes.STRIPE);
    }

    /// One pass; 4 is subtracted from the number of reads where there is a write.
    private static double pass(Traffic traffic, int mix, double[][] x, int from, int to) {
        switch (mix) {
            case 1 -> {
                return traffic.read(x[0], from, to);
            }
            case 2 -> {
                return traffic.read(x[0], x[1], from, to);
            }
            case -4 -> traffic.write(x[3], from, to);
            case -3 -> traffic.copy(x[0], x[3], from, to);
            case -2 -> traffic.add(x[0], x[1], x[3], from, to);
            case -1 -> traffic.multiplyAdd(x[0], x[1], x[2], x[3], from, to);
            case UPDATES -> traffic.updates(x[0], x[1], x[2], x[3], from, to);
            case UPDATE -> traffic.update(x[0], x[3], from, to);
            default -> throw new IllegalArgumentException("bandwidth: no loop has mix " + mix);
        }
        return x[3][from];
    }
}
