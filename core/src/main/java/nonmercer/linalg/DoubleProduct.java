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
    private static final int TURNING = 1 << 16; // elements of an A whose turning is worth sharing
    private static final int PAYING = 128; // columns, or half the rows, of a task that packs
    private static final DoubleProduct INSTANCE =
            new DoubleProduct(DoubleTiles.chosen(), Blocks.of(DType.FLOAT64.bytes()));

    private final DoubleTiles tiles;
    private final Blocks blocks;
    private final ThreadLocal<DoubleTask> tasks;
    private final ThreadLocal<DoubleStrip> strips;

    DoubleProduct(DoubleTiles tiles, Blocks blocks) {
        this.tiles = tiles;
        this.blocks = blocks;
        this.strips = ThreadLocal.withInitial(() -> new DoubleStrip(tiles));
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
        if (Parallel.threads() > 1 && sharesTurning(e)) {
            turned(e, a, ao, b, bo, s, so, c, co);
        } else {
            cut(e, a, ao, b, bo, s, so, c, co);
        }
    }

    /// Whether several tasks need rows of a transposed A, and turning them takes long beside
    /// handing it over.
    private static boolean sharesTurning(Extents e) {
        return e.aColumn() != 1
                && e.m() >= PAYING
                && e.n() >= 2 * PAYING
                && (double) e.m() * e.k() >= TURNING;
    }

    private void cut(
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

    /// With a transposed A that several tasks need: all threads turn rows of it, then all multiply
    /// them.
    private void turned(
            Extents e,
            double[] a,
            int ao,
            double[] b,
            int bo,
            double[] s,
            int so,
            double[] c,
            int co) {
        DoubleStrip strip = strips.get();
        for (int i = 0, rows; i < e.m(); i += rows) {
            // The last strip takes on what would be few rows.
            rows = e.m() - i < blocks.strip() + PAYING ? e.m() - i : blocks.strip();
            int to = co + i * e.cRow();
            for (int p = 0; p < e.k(); p += blocks.depth()) {
                int k = Math.min(blocks.depth(), e.k() - p);
                strip.share(rows, k, a, ao + i + p * e.aColumn(), e.aColumn());
                Extents part = e.part(rows, k, DoubleStrip.step(k), p == 0);
                double[] x = strip.elements();
                int y = bo + p * e.bRow();
                if (p == 0) {
                    cut(part, x, 0, b, y, s, so + i * e.sRow(), c, to);
                } else {
                    cut(part, x, 0, b, y, c, to, c, to);
                }
            }
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
        if (rowTasks == 1 && columnTasks > Parallel.threads()) {
            // None is left over, for which all threads but one would wait.
            columnTasks = ceil(columnTasks, Parallel.threads()) * Parallel.threads();
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
