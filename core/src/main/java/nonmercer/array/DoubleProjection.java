// twin: float
package nonmercer.array;

import nonmercer.lanes.DoubleDiagonals;
import nonmercer.lanes.DoubleFastfood;
import nonmercer.parallel.Parallel;

/// [Fastfood] on raw storage, cut into tasks for the pool.
final class DoubleProjection {
    private static final DoubleFastfood LOOPS = DoubleFastfood.chosen();
    private static final int TILE = 16; // rows that a task has a multiple of
    private static final ThreadLocal<double[]> SCRATCH =
            ThreadLocal.withInitial(() -> new double[0]);

    private DoubleProjection() {}

    static void spread(DoubleDiagonals v, double[] x, int d, double[] out, int rows) {
        int m = v.count();
        Parallel.forRanges(
                rows,
                grain(m),
                (from, to) ->
                        LOOPS.spread(v, x, from * d, d, out, from * m, to - from, scratch(v)));
    }

    static void gather(DoubleDiagonals v, double[] y, double[] out, int d, int rows) {
        int m = v.count();
        DoubleDiagonals turned = v.turned();
        Parallel.forRanges(
                rows,
                grain(m),
                (from, to) ->
                        LOOPS.gather(turned, y, from * m, out, from * d, d, to - from, scratch(v)));
    }

    private static int grain(int m) {
        return (Chunks.GRAIN / m / TILE + 1) * TILE;
    }

    private static double[] scratch(DoubleDiagonals v) {
        int elements = LOOPS.scratch(v);
        double[] scratch = SCRATCH.get();
        if (scratch.length < elements) {
            scratch = new double[elements];
            SCRATCH.set(scratch);
        }
        return scratch;
    }
}
