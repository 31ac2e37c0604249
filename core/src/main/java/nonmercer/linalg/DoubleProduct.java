// twin: float
package nonmercer.linalg;

import java.util.Arrays;
import nonmercer.array.DType;
import nonmercer.lanes.DoubleTiles;
import nonmercer.parallel.Parallel;

/// One matrix product on raw storage, cut into blocks that fit the caches and tiles that fit the
/// registers.
///
/// Each element of C is one chain of fused multiply-adds over the summed index in ascending order,
/// from 0 or, when accumulating, from what C held. Blocks, tiles, vector width and threads only
/// choose which chains advance together: none splits or reorders one, so that none changes a bit.
///
/// The loops, outermost first: tasks (rows × columns of C, on the pool), columns of B, depth (a
/// block of B is packed), strips of rows, panels two vectors wide, and in [DoubleTiles] the depth.
/// A strip is finished, and still in the first-level cache, when its last depth block is done.
final class DoubleProduct {
    private static final /*64*/ double TASK_FLOPS = 0x1p21; // about ten microseconds of one core
    private static final int FEW_ROWS =
            64; // up to here a plain B is read where it stands, beyond it is packed
    private static final DoubleProduct INSTANCE =
            new DoubleProduct(DoubleTiles.chosen(), Blocks.of(DType.FLOAT64.bytes()));

    private final DoubleTiles tiles;
    private final Blocks blocks;
    private final int panel; // columns of the widest tile
    private final ThreadLocal<Workspace> workspaces = ThreadLocal.withInitial(Workspace::new);

    DoubleProduct(DoubleTiles tiles, Blocks blocks) {
        this.tiles = tiles;
        this.blocks = blocks;
        this.panel = 2 * tiles.lanes();
    }

    /// The product with the tiles and blocks of this machine.
    static DoubleProduct instance() {
        return INSTANCE;
    }

    /// `C = A·B`, or `C += A·B`.
    void multiply(
            Extents e,
            double[] a,
            int ao,
            double[] b,
            int bo,
            double[] c,
            int co,
            boolean accumulate) {
        if (e.m() == 0 || e.n() == 0) {
            return;
        }
        // A matrix times a vector is a vector times a matrix.
        if (e.n() == 1 && e.cRow() == 1 && e.m() > 1) {
            run(e.turned(), b, bo, a, ao, c, co, accumulate);
        } else {
            run(e, a, ao, b, bo, c, co, accumulate);
        }
    }

    private void run(
            Extents e,
            double[] a,
            int ao,
            double[] b,
            int bo,
            double[] c,
            int co,
            boolean accumulate) {
        int columnTasks = ceil(e.n(), blocks.columns());
        int rowTasks = 1;
        int wanted = (int) Math.min(4 * Parallel.threads(), e.flops() / TASK_FLOPS);
        if (Parallel.threads() > 1 && columnTasks < wanted) {
            // Each row task packs all of B again, so it must have rows enough to pay for that.
            int fewest = e.bColumn() == 1 ? 2 * FEW_ROWS : 4 * FEW_ROWS;
            rowTasks = Math.max(1, Math.min(ceil(wanted, columnTasks), e.m() / fewest));
            columnTasks = Math.max(columnTasks, Math.min(ceil(e.n(), panel), wanted / rowTasks));
        }
        int rows = ceil(ceil(e.m(), rowTasks), 8) * 8;
        int columns = ceil(ceil(e.n(), columnTasks), panel) * panel;
        int across = ceil(e.n(), columns);
        Parallel.forEach(
                across * ceil(e.m(), rows),
                task -> {
                    int i = task / across * rows;
                    int j = task % across * columns;
                    Task t = new Task(e, a, ao, b, bo, c, co, accumulate, workspaces.get());
                    t.run(i, Math.min(e.m(), i + rows), j, Math.min(e.n(), j + columns));
                });
    }

    private static int ceil(int n, int d) {
        return (n + d - 1) / d;
    }

    /// The buffers of one thread: a packed block of B, a packed strip of A.
    private static final class Workspace {
        double[] b = {};
        double[] a = {};

        void fit(int b, int a) {
            this.b = this.b.length < b ? new double[b] : this.b;
            this.a = this.a.length < a ? new double[a] : this.a;
        }
    }

    /// The work on one range of rows and columns of C, on one thread.
    private final class Task {
        private final Extents e;
        private final double[] a;
        private final int ao;
        private final double[] b;
        private final int bo;
        private final double[] c;
        private final int co;
        private final boolean accumulate;
        private final Workspace work;

        Task(
                Extents e,
                double[] a,
                int ao,
                double[] b,
                int bo,
                double[] c,
                int co,
                boolean accumulate,
                Workspace work) {
            this.e = e;
            this.a = a;
            this.ao = ao;
            this.b = b;
            this.bo = bo;
            this.c = c;
            this.co = co;
            this.accumulate = accumulate;
            this.work = work;
        }

        void run(int rowFrom, int rowTo, int columnFrom, int columnTo) {
            if (e.k() == 0) {
                clear(rowFrom, rowTo - rowFrom, columnFrom, columnTo - columnFrom);
                return;
            }
            if (e.bColumn() == 1 && rowTo - rowFrom < 4) {
                fewRows(rowFrom, rowTo, columnFrom, columnTo - columnFrom);
                return;
            }
            for (int j = columnFrom; j < columnTo; j += blocks.columns()) {
                int n = Math.min(blocks.columns(), columnTo - j);
                for (int p = 0; p < e.k(); p += blocks.depth()) {
                    block(rowFrom, rowTo, j, n, p, Math.min(blocks.depth(), e.k() - p));
                }
            }
        }

        /// The start of every chain: 0, unless it is what C holds.
        private void clear(int i, int rows, int j, int n) {
            if (accumulate) {
                return;
            }
            int at = co + i * e.cRow() + j;
            if (n == e.cRow()) {
                Arrays.fill(c, at, at + rows * n, 0);
            } else {
                for (int r = 0; r < rows; r++, at += e.cRow()) {
                    Arrays.fill(c, at, at + n, 0);
                }
            }
        }

        /// Few rows times a plain B, which is read once, along its rows: the memory is the bound.
        private void fewRows(int rowFrom, int rowTo, int j, int n) {
            clear(rowFrom, rowTo - rowFrom, j, n);
            for (int i = rowFrom; i < rowTo; i++) {
                tiles.row(
                        n,
                        e.k(),
                        a,
                        ao + i * e.aRow(),
                        e.aColumn(),
                        b,
                        bo + j,
                        e.bRow(),
                        c,
                        co + i * e.cRow() + j);
            }
        }

        /// All rows times the block of B of columns `j … j+n-1` and depth `p … p+k-1`.
        private void block(int rowFrom, int rowTo, int j, int n, int p, int k) {
            boolean plain = e.bColumn() == 1;
            boolean there = plain && (rowTo - rowFrom <= FEW_ROWS || e.bRow() == panel);
            int whole = !there ? 0 : n % tiles.lanes() == 0 ? n : n / panel * panel;
            boolean packA = e.aRow() == 1 && e.aColumn() != 1 && n > 2 * panel;
            work.fit(k * ceil(n - whole, panel) * panel, packA ? k * blocks.strip() : 0);
            packB(j, n, p, k, whole);
            int strip = packA ? blocks.strip() : 8;
            for (int i = rowFrom; i < rowTo; i += strip) {
                int rows = Math.min(strip, rowTo - i);
                if (p == 0) {
                    clear(i, rows, j, n);
                }
                if (packA) {
                    tiles.pack(k, rows, a, ao + p * e.aColumn() + i, e.aColumn(), work.a, 0, rows);
                    rows(work.a, 0, 1, rows, i, rows, j, n, p, k, whole);
                } else {
                    rows(
                            a,
                            ao + i * e.aRow() + p * e.aColumn(),
                            e.aRow(),
                            e.aColumn(),
                            i,
                            rows,
                            j,
                            n,
                            p,
                            k,
                            whole);
                }
            }
        }

        /// Packs the columns of B from `whole` on, which are not read where they stand.
        private void packB(int j, int n, int p, int k, int whole) {
            int at = 0;
            for (int q = whole; q < n; q += panel) {
                int columns = Math.min(panel, n - q);
                int width = width(columns);
                int from = bo + p * e.bRow() + (j + q) * e.bColumn();
                if (e.bColumn() == 1) {
                    tiles.pack(k, columns, b, from, e.bRow(), work.b, at, width);
                } else {
                    tiles.packTransposed(k, columns, b, from, e.bColumn(), work.b, at, width);
                }
                at += k * panel;
            }
        }

        /// The length of a packed row: so many columns, filled up to whole vectors.
        private int width(int columns) {
            return ceil(columns, tiles.lanes()) * tiles.lanes();
        }

        /// A strip of rows of A, wherever it stands, times a block of B.
        private void rows(
                double[] a,
                int ao,
                int ar,
                int ak,
                int i,
                int rows,
                int j,
                int n,
                int p,
                int k,
                int whole) {
            for (int r = 0; r < rows; ) {
                int height = tiles.rows(rows - r);
                int from = ao + r * ar;
                int to = co + (i + r) * e.cRow() + j;
                for (int q = 0; q < whole; q += panel) {
                    int columns = Math.min(panel, whole - q);
                    int row = bo + p * e.bRow() + j + q;
                    tiles.tile(
                            height, columns, k, a, from, ar, ak, b, row, e.bRow(), c, to + q,
                            e.cRow());
                }
                for (int q = whole, at = 0; q < n; q += panel, at += k * panel) {
                    int columns = Math.min(panel, n - q);
                    tiles.tile(
                            height,
                            columns,
                            k,
                            a,
                            from,
                            ar,
                            ak,
                            work.b,
                            at,
                            width(columns),
                            c,
                            to + q,
                            e.cRow());
                }
                r += height;
            }
        }
    }
}
