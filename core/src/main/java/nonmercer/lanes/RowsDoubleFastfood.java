// twin: float
package nonmercer.lanes;

/// [DoubleFastfood] row by row: the definition, and what runs where rows are few, short or long.
final class RowsDoubleFastfood implements DoubleFastfood {
    private final DoubleHadamard hadamard;

    RowsDoubleFastfood(DoubleHadamard hadamard) {
        this.hadamard = hadamard;
    }

    @Override
    public int scratch(DoubleDiagonals v) {
        return 2 * v.n;
    }

    @Override
    public void spread(
            DoubleDiagonals v,
            double[] x,
            int xo,
            int d,
            double[] out,
            int oo,
            int rows,
            double[] scratch) {
        int m = v.count();
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < m; k += v.n) {
                block(v, k, x, xo + row * d, d, scratch);
                scaled(v.s, k, scratch, v.n, out, oo + row * m + k, v.n);
            }
        }
    }

    @Override
    public void gather(
            DoubleDiagonals v,
            double[] y,
            int yo,
            double[] out,
            int oo,
            int d,
            int rows,
            double[] scratch) {
        int m = v.count();
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < m; k += v.n) {
                block(v, k, y, yo + row * m + k, v.n, scratch);
                if (k == 0) {
                    scaled(v.s, k, scratch, v.n, out, oo + row * d, d);
                } else {
                    addScaled(v.s, k, scratch, v.n, out, oo + row * d, d);
                }
            }
        }
    }

    /// `H G Π H B x` of one block, into the second half of the scratch.
    private void block(DoubleDiagonals v, int k, double[] x, int xo, int d, double[] scratch) {
        int n = v.n;
        scaled(v.b, k, x, xo, scratch, 0, d);
        for (int i = d; i < n; i++) {
            scratch[i] = v.b[k + i] * 0;
        }
        hadamard.transform(scratch, 0, scratch, 0, n);
        for (int i = 0; i < n; i++) {
            scratch[n + i] = v.g[k + i] * scratch[v.order[k + i] - k];
        }
        hadamard.transform(scratch, n, scratch, n, n);
    }

    private static void scaled(
            double[] factor, int fo, double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i++) {
            out[oo + i] = factor[fo + i] * x[xo + i];
        }
    }

    private static void addScaled(
            double[] factor, int fo, double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i++) {
            out[oo + i] += factor[fo + i] * x[xo + i];
        }
    }
}
