// twin: float
package nonmercer.lanes;

/// Rows of a matrix times a vector: `c[i] += Σₚ b[i, p]·x[p]`.
///
/// Vectors of sixteen lanes take sixteen rows at a time ([DoubleTurnedDots]). Else eight rows, so
/// that eight chains of scalars hide the latency of the two FMA units.
final class DoubleDots {
    private DoubleDots() {}

    /// For n rows; row i of b begins at `bo + i·bs`.
    static void rows(
            int n, int k, double[] x, int xo, double[] b, int bo, int bs, double[] c, int co) {
        int i = 0;
        if (DoubleTurnedDots.HERE) {
            for (; i <= n - 16; i += 16) {
                int from = bo + i * bs;
                int p = DoubleTurnedDots.sixteen(k, x, xo, b, from, bs, c, co + i);
                if (p < k) {
                    eight(k - p, x, xo + p, b, from + p, bs, c, co + i);
                    eight(k - p, x, xo + p, b, from + p + 8 * bs, bs, c, co + i + 8);
                }
            }
        }
        for (; i <= n - 8; i += 8) {
            eight(k, x, xo, b, bo + i * bs, bs, c, co + i);
        }
        for (; i < n; i++) {
            one(k, x, xo, b, bo + i * bs, c, co + i);
        }
    }

    private static void eight(
            int k, double[] x, int xo, double[] b, int bo, int bs, double[] c, int co) {
        double c0 = c[co];
        double c1 = c[co + 1];
        double c2 = c[co + 2];
        double c3 = c[co + 3];
        double c4 = c[co + 4];
        double c5 = c[co + 5];
        double c6 = c[co + 6];
        double c7 = c[co + 7];
        int b1 = bo + bs;
        int b2 = b1 + bs;
        int b3 = b2 + bs;
        int b4 = b3 + bs;
        int b5 = b4 + bs;
        int b6 = b5 + bs;
        int b7 = b6 + bs;
        for (int p = 0; p < k; p++) {
            double y = x[xo + p];
            c0 = Math.fma(b[bo + p], y, c0);
            c1 = Math.fma(b[b1 + p], y, c1);
            c2 = Math.fma(b[b2 + p], y, c2);
            c3 = Math.fma(b[b3 + p], y, c3);
            c4 = Math.fma(b[b4 + p], y, c4);
            c5 = Math.fma(b[b5 + p], y, c5);
            c6 = Math.fma(b[b6 + p], y, c6);
            c7 = Math.fma(b[b7 + p], y, c7);
        }
        c[co] = c0;
        c[co + 1] = c1;
        c[co + 2] = c2;
        c[co + 3] = c3;
        c[co + 4] = c4;
        c[co + 5] = c5;
        c[co + 6] = c6;
        c[co + 7] = c7;
    }

    private static void one(int k, double[] x, int xo, double[] b, int bo, double[] c, int co) {
        double sum = c[co];
        for (int p = 0; p < k; p++) {
            sum = Math.fma(b[bo + p], x[xo + p], sum);
        }
        c[co] = sum;
    }
}
