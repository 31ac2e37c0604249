package nonmercer.lanes;

import nonmercer.parallel.Parallel;

/// The bound of all loops that compute little: how many bytes a second the best loop in this JVM moves with the same
/// mix of reads and writes.
///
/// A loop over arrays that fit a cache measures that cache; take arrays of several times the last-level cache for the
/// memory. What the hardware reads of a line before it is written is not counted. The best of many runs, of loops by
/// the compiler and by the Vector API, in GB/s, 10⁹ bytes a second; takes about a second.
public final class Bandwidth {
    private static volatile double sink;

    private Bandwidth() {}

    /// The bandwidth of so many threads together that read `reads` (0 to 3) and write `writes` (0 or 1) arrays of so
    /// many bytes each, element by element.
    public static double of(int reads, int writes, int bytes, int threads) {
        boolean known = writes == 1 ? reads >= 0 && reads <= 3 : writes == 0 && (reads == 1 || reads == 2);
        if (!known || bytes < 4096) {
            throw new IllegalArgumentException("bandwidth: expected 1 or 2 reads, or 0 to 3 reads and 1 write, of at"
                    + " least 4096 bytes, got " + reads + " reads and " + writes + " writes of " + bytes);
        }
        int n = bytes / Double.BYTES;
        double[][] x = new double[4][];
        for (int i = 0; i < 4; i++) {
            x[i] = i < reads || i == 3 && writes == 1 ? new double[n] : new double[0];
        }
        double best = rate(new Traffic.Plain(), reads, writes, x, n, threads);
        return Lanes.vector() ? Math.max(best, rate(new VectorTraffic(), reads, writes, x, n, threads)) : best;
    }

    private static double rate(Traffic traffic, int reads, int writes, double[][] x, int n, int threads) {
        return Stopwatch.best(threads, passes -> {
            Parallel.forEach(threads, t -> {
                int from = (int) ((long) n * t / threads);
                int to = (int) ((long) n * (t + 1) / threads);
                for (int pass = 0; pass < passes; pass++) {
                    sink = pass(traffic, reads - 4 * writes, x, from, to);
                }
            });
            return (double) passes * (reads + writes) * n * Double.BYTES;
        });
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
            default -> throw new IllegalArgumentException("bandwidth: no loop has mix " + mix);
        }
        return x[3][from];
    }
}
