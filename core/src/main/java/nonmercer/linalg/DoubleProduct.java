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
    private static final int PAYING = 128; // columns, or half the rows, of a task that packs
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

    /// Cuts C into about so many tasks. Each packs the B of its columns, and the A of its rows if
    /// that is transposed: so by columns first, and by rows as far as there are many of them.
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
        int enough = 2 * Parallel.threads();
        int most = e.aColumn() == 1 ? wanted : Parallel.threads();
        int columnTasks = Math.clamp(e.n() / PAYING, 1, most);
        int rowTasks = 1;
        if (columnTasks < enough) {
            rowTasks = Math.clamp(e.m() / (2 * PAYING), 1, wanted / columnTasks);
        }
        if (columnTasks * rowTasks < Parallel.threads()) {
            columnTasks = Math.clamp(wanted / rowTasks, 1, ceil(e.n(), panel));
        }
        int rows = ceil(ceil(e.m(), rowTasks), 8) * 8;
        int columns =
                Math.max(1, (e.n() + columnTasks * panel / 2) / (columnTasks * panel)) * panel;
        // The last task takes on what would be less than half a task, or less than a vector.
        int across =
                Math.max(1, (e.n() + Math.min(columns / 2, columns - tiles.lanes())) / columns);
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
