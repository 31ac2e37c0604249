// twin: float
package nonmercer.lanes;

/// The definition of [DoubleTiles], and what runs where the Vector API is missing or slow.
final class ScalarDoubleTiles implements DoubleTiles {
    @Override
    public int lanes() {
        return 8;
    }

    @Override
    public int rows(int left) {
        return Math.min(left, 8);
    }

    @Override
    public void tile(
            int rows,
            int columns,
            int k,
            double[] a,
            int ao,
            int ar,
            int ak,
            double[] b,
            int bo,
            int bs,
            double[] c,
            int co,
            int cs) {
        for (int i = 0; i < rows; i++) {
            row(columns, k, a, ao + i * ar, ak, b, bo, bs, c, co + i * cs);
        }
    }

    @Override
    public void row(
            int n,
            int k,
            double[] a,
            int ao,
            int ak,
            double[] b,
            int bo,
            int bs,
            double[] c,
            int co) {
        for (int p = 0; p < k; p++) {
            double x = a[ao + p * ak];
            int bp = bo + p * bs;
            for (int j = 0; j < n; j++) {
                c[co + j] = Math.fma(x, b[bp + j], c[co + j]);
            }
        }
    }

    @Override
    public void pack(int k, int n, double[] b, int bo, int bs, double[] panel, int to, int width) {
        for (int p = 0; p < k; p++) {
            System.arraycopy(b, bo + p * bs, panel, to + p * width, n);
        }
    }

    @Override
    public void packTransposed(
            int k, int n, double[] b, int bo, int bs, double[] panel, int to, int width) {
        for (int p = 0; p < k; p++) {
            int at = to + p * width;
            for (int j = 0; j < n; j++) {
                panel[at + j] = b[bo + j * bs + p];
            }
        }
    }
}
