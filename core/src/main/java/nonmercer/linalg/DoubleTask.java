// twin: float
package nonmercer.linalg;

import java.util.Arrays;
import nonmercer.lanes.DoubleTiles;

/// The work on one range of rows and columns of a product, on one thread, with that thread's
/// buffers: cut into blocks that fit the caches and tiles that fit the registers.
///
/// The loops, outermost first: depth, many rows (a transposed A is packed), columns (a block of B
/// is packed), few rows, panels, and in [DoubleTiles] the depth. Rows of C are walked along, which
/// the hardware prefetches.
final class DoubleTask {
    private static final int PAD = 16; // elements between packed rows, lest they share cache sets
    private static final double[] NONE = {};
    private static final int SMALL = 64; // rows, columns: half of what need not be packed

    private final DoubleTiles tiles;
    private final Blocks blocks;
    private final int lanes;
    private final double[] same; // a start whose elements are equal
    private final double[] slim; // rows of a C that is less than a vector wide
    private double[] panels = {}; // a packed block of B
    private final DoubleStrip strip; // of a transposed A

    private Extents e = Extents.NONE;
    private double[] a = NONE;
    private int ao;
    private double[] b = NONE;
    private int bo;
    private double[] s = NONE;
    private int so;
    private double[] c = NONE;
    private int co;

    DoubleTask(DoubleTiles tiles, Blocks blocks) {
        this.tiles = tiles;
        this.blocks = blocks;
        this.lanes = tiles.lanes();
        this.strip = new DoubleStrip(tiles);
        this.same = new double[5 * lanes];
        this.slim = new double[tiles.rows() * lanes];
    }

    /// Computes rows `top … bottom-1` and columns `left … right-1` of C.
    void run(
            Extents e,
            double[] a,
            int ao,
            double[] b,
            int bo,
            double[] s,
            int so,
            double[] c,
            int co,
            int top,
            int bottom,
            int left,
            int right) {
        if (small(e, bottom - top, right - left)) {
            inPlace(e, a, ao, b, bo, s, so, c, co, top, bottom - top, left, right - left);
            return;
        }
        this.e = e;
        this.a = a;
        this.ao = ao;
        this.b = b;
        this.bo = bo;
        this.s = s;
        this.so = so;
        this.c = c;
        this.co = co;
        if (e.sColumn() == 0) {
            Arrays.fill(same, s[so]);
            this.s = same;
            this.so = 0;
        }
        if (e.inner()) {
            longDots(left, right - left);
        } else if (e.bColumn() == 1 && bottom - top < 4) {
            for (int i = top; i < bottom; i++) {
                row(i, left, right - left);
            }
        } else if (e.bRow() == 1 && e.aColumn() == 1 && bottom - top == 1) {
            dots(top, left, right - left);
        } else {
            blocks(top, bottom, left, right);
        }
        this.a = NONE;
        this.b = NONE;
        this.s = NONE;
        this.c = NONE;
    }

    /// A row times a plain B, which is read once, along its rows: the memory is the bound.
    private void row(int i, int j, int n) {
        int to = co + i * e.cRow() + j;
        begin(i, j, n, c, to);
        tiles.row(n, e.k(), a, ao + i * e.aRow(), e.aColumn(), b, bo + j, e.bRow(), c, to);
    }

    /// A row times a transposed B, which is read once, along its columns.
    private void dots(int i, int j, int n) {
        int to = co + i * e.cRow() + j;
        int step = e.bColumn();
        begin(i, j, n, c, to);
        tiles.dots(n, e.k(), a, ao + i * e.aRow(), b, bo + j * step, step, c, to);
    }

    /// A row times a transposed B of long columns: a dot product each.
    private void longDots(int j, int n) {
        int step = e.bColumn();
        begin(0, j, n, c, co + j);
        tiles.longDots(n, e.k(), a, ao, b, bo + j * step, step, c, co + j);
    }

    /// Whether to read A and B row by row, where they stand if they are not transposed: they fit
    /// the first caches, and rows are so few that packing would show. Rows of B a power of two
    /// apart share cache sets, which fewer rows of A bear.
    private boolean small(Extents e, int rows, int n) {
        boolean some = rows >= 4 || e.bColumn() != 1 && (rows > 1 || e.aColumn() != 1);
        boolean few = rows <= SMALL && e.k() <= blocks.depth();
        boolean spread = rows <= 2 * SMALL && e.k() <= 2 * SMALL && e.bRow() % (2 * SMALL) != 0;
        return e.n() <= 2 * SMALL && some && (few || spread) && tiles.inPlace(n);
    }

    /// Keeps no reference to the arrays: one stored in a field costs the collector's barrier, which
    /// shows in a product of a microsecond.
    private void inPlace(
            Extents e,
            double[] a,
            int ao,
            double[] b,
            int bo,
            double[] s,
            int so,
            double[] c,
            int co,
            int i,
            int rows,
            int j,
            int n) {
        int k = e.k();
        double[] start = s;
        int from = so + i * e.sRow() + j * e.sColumn();
        if (e.sColumn() == 0) {
            Arrays.fill(same, s[so]);
            start = same;
            from = 0;
        }
        double[] x = a;
        int xo = ao + i * e.aRow();
        int xr = e.aRow();
        if (e.aColumn() != 1) {
            strip.turn(rows, k, a, xo, e.aColumn());
            x = strip.elements();
            xo = 0;
            xr = DoubleStrip.step(k);
        }
        double[] y = b;
        int yo = bo + j * e.bColumn();
        int yr = e.bRow();
        if (e.bColumn() != 1) {
            panels = fit(panels, k * (n + PAD));
            tiles.turn(k, n, b, yo, e.bColumn(), panels, 0, n + PAD);
            y = panels;
            yo = 0;
            yr = n + PAD;
        }
        int to = co + i * e.cRow() + j;
        int sr = e.sRow();
        int sj = e.sColumn();
        tiles.inPlace(rows, n, k, x, xo, xr, y, yo, yr, start, from, sr, sj, c, to, e.cRow());
    }

    /// The starts of n chains of row i.
    private void begin(int i, int j, int n, double[] to, int at) {
        if (e.sColumn() == 0) {
            Arrays.fill(to, at, at + n, s[so]);
        } else {
            System.arraycopy(s, so + i * e.sRow() + j, to, at, n);
        }
    }

    /// Depth outermost: a packed A serves all columns.
    private void blocks(int top, int bottom, int left, int right) {
        int depth = Math.min(e.k(), blocks.depth());
        columns(top, bottom, left, right, 0, depth);
        for (int p = depth; p < e.k(); p += depth) {
            columns(top, bottom, left, right, p, Math.min(depth, e.k() - p));
        }
    }

    private void columns(int top, int bottom, int left, int right, int p, int k) {
        boolean direct = e.aColumn() == 1;
        int most = direct ? bottom - top : blocks.strip();
        for (int i = top; i < bottom; i += most) {
            int rows = Math.min(most, bottom - i);
            int from = ao + i * e.aRow() + p * e.aColumn();
            if (!direct) {
                strip.turn(rows, k, a, from, e.aColumn());
            }
            for (int j = left, n; j < right; j += n) {
                // The last block takes on what would be less than a vector.
                n = right - j < blocks.columns() + lanes ? right - j : blocks.columns();
                packB(j, n, p, k);
                if (direct) {
                    rows(a, from, e.aRow(), i, rows, j, n, p, k);
                } else {
                    rows(strip.elements(), 0, DoubleStrip.step(k), i, rows, j, n, p, k);
                }
            }
        }
    }

    /// Packs the block of B of columns `j … j+n-1` and depth `p … p+k-1`.
    private void packB(int j, int n, int p, int k) {
        int from = bo + p * e.bRow() + j * e.bColumn();
        panels = fit(panels, k * tiles.width(n));
        if (e.bColumn() == 1) {
            tiles.pack(k, n, b, from, e.bRow(), panels);
        } else {
            tiles.packTransposed(k, n, b, from, e.bColumn(), panels);
        }
    }

    private static double[] fit(double[] buffer, int size) {
        return buffer.length < size ? new double[size] : buffer;
    }

    /// Rows of A, wherever they stand, times a block of B: each chain from its start in S, or from
    /// where the block before left it in C.
    private void rows(double[] a, int ao, int ar, int i, int rows, int j, int n, int p, int k) {
        int to = co + i * e.cRow() + j;
        if (n < lanes) {
            slim(a, ao, ar, i, rows, j, n, p, k);
        } else if (p == 0) {
            int start = so + i * e.sRow() + j * e.sColumn();
            rows(a, ao, ar, rows, n, k, s, start, e.sRow(), e.sColumn(), to);
        } else {
            rows(a, ao, ar, rows, n, k, c, to, e.cRow(), 1, to);
        }
    }

    private void rows(
            double[] a,
            int ao,
            int ar,
            int rows,
            int n,
            int k,
            double[] s,
            int so,
            int sRow,
            int sColumn,
            int to) {
        for (int r = 0; r < rows; r += tiles.rows()) {
            int height = Math.min(tiles.rows(), rows - r);
            int from = ao + r * ar;
            int start = so + r * sRow;
            int row = to + r * e.cRow();
            for (int q = 0, at = 0, columns; q < n; q += columns) {
                columns = tiles.columns(n - q);
                tiles.tile(
                        height,
                        columns,
                        k,
                        a,
                        from,
                        ar,
                        panels,
                        at,
                        s,
                        start + q * sColumn,
                        sRow,
                        c,
                        row + q,
                        e.cRow());
                at += k * tiles.width(columns);
            }
        }
    }

    /// Rows of C that are less than a vector wide, computed beside it.
    private void slim(double[] a, int ao, int ar, int i, int rows, int j, int n, int p, int k) {
        for (int r = 0; r < rows; r += tiles.rows()) {
            int height = Math.min(tiles.rows(), rows - r);
            int to = co + (i + r) * e.cRow() + j;
            for (int h = 0; h < height; h++) {
                if (p == 0) {
                    begin(i + r + h, j, n, slim, h * lanes);
                } else {
                    System.arraycopy(c, to + h * e.cRow(), slim, h * lanes, n);
                }
            }
            tiles.tile(
                    height,
                    lanes,
                    k,
                    a,
                    ao + r * ar,
                    ar,
                    panels,
                    0,
                    slim,
                    0,
                    lanes,
                    slim,
                    0,
                    lanes);
            for (int h = 0; h < height; h++) {
                System.arraycopy(slim, h * lanes, c, to + h * e.cRow(), n);
            }
        }
    }
}
