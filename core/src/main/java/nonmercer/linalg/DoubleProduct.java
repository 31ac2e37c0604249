// twin: float
package nonmercer.linalg;

import nonmercer.array.DType;
import nonmercer.lanes.DoubleTiles;
import nonmercer.parallel.Parallel;

/// One matrix product on raw storage, `C = S + A·B`, cut into tasks for the pool.
///
/// Each element of C is one chain of fused multiply-adds over the summed index in ascending order,
/// from its start: 0, what C held, or an element of a bias. Tasks, blocks, tiles and vector width
/// only choose which chains advance together: none splits or reorders one, so that none changes a
/// bit.
final class DoubleProduct {
    private static final /*64*/ double TASK_FLOPS = 0x1p21; // about ten microseconds of one core
    private static final int PAYING_ROWS = 128; // of a task, to pack a block of B for itself
    private static final DoubleProduct INSTANCE =
            new DoubleProduct(DoubleTiles.chosen(), Blocks.of(DType.FLOAT64.bytes()));

    private final DoubleTiles tiles;
    private final ThreadLocal<DoubleTask> tasks;

    DoubleProduct(DoubleTiles tiles, Blocks blocks) {
        this.tiles = tiles;
        this.tasks = ThreadLocal.withInitial(() -> new DoubleTask(tiles, blocks));
    }

    /// The product with the tiles and blocks of this machine.
    static DoubleProduct instance() {
        return INSTANCE;
    }

    /// `C = S + A·B`; S may be C.
    void multiply(
            Extents e,
            double[] a,
            int ao,
            double[] b,
            int bo,
            double[] s,
            int so,
            double[] c,
            int co) {
        // A matrix times a vector is a vector times a matrix.
        if (e.n() == 1 && e.cRow() == 1 && e.m() > 1) {
            run(e.turned(), b, bo, a, ao, s, so, c, co);
        } else {
            run(e, a, ao, b, bo, s, so, c, co);
        }
    }

    private void run(
            Extents e,
            double[] a,
            int ao,
            double[] b,
            int bo,
            double[] s,
            int so,
            double[] c,
            int co) {
        int wanted =
                Parallel.threads() == 1
                        ? 1
                        : (int) Math.min(4 * Parallel.threads(), e.flops() / TASK_FLOPS);
        if (wanted <= 1) {
            tasks.get().run(e, a, ao, b, bo, s, so, c, co, 0, e.m(), 0, e.n());
        } else {
            share(wanted, e, a, ao, b, bo, s, so, c, co);
        }
    }

    /// Cuts C into about so many tasks, by rows as long as each has rows enough to pay for packing
    /// all of B again, else by columns too.
    private void share(
            int wanted,
            Extents e,
            double[] a,
            int ao,
            double[] b,
            int bo,
            double[] s,
            int so,
            double[] c,
            int co) {
        int panel = 2 * tiles.lanes();
        int fewest = e.bColumn() == 1 ? PAYING_ROWS : 2 * PAYING_ROWS;
        int rowTasks = Math.clamp(e.m() / fewest, 1, wanted);
        int columnTasks = Math.clamp(wanted / rowTasks, 1, ceil(e.n(), panel));
        int rows = ceil(ceil(e.m(), rowTasks), 8) * 8;
        int columns = ceil(ceil(e.n(), columnTasks), panel) * panel;
        // The last task takes on what would be less than a vector.
        int across = Math.max(1, ceil(e.n() - tiles.lanes() + 1, columns));
        Parallel.forEach(
                across * ceil(e.m(), rows),
                task -> {
                    int i = task / across * rows;
                    int j = task % across * columns;
                    int right = task % across == across - 1 ? e.n() : j + columns;
                    int below = Math.min(e.m(), i + rows);
                    tasks.get().run(e, a, ao, b, bo, s, so, c, co, i, below, j, right);
                });
    }

    private static int ceil(int n, int d) {
        return (n + d - 1) / d;
    }
}
