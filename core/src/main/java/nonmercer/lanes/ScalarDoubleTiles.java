// twin: float
package nonmercer.lanes;

/// The definition of [DoubleTiles], and what runs where the Vector API is missing or slow.
final class ScalarDoubleTiles implements DoubleTiles {
    private static final DoubleLanes SUMS = new ScalarDoubleLanes();

    @Override
    public int lanes() {
        return 8;
    }

    @Override
    public int rows() {
        return 8;
    }

    @Override
    public void tile(
            int rows,
            int columns,
            int k,
            double[] a,
            int ao,
            int ar,
            double[] b,
            int bo,
            double[] s,
            int so,
            int ss,
            double[] c,
            int co,
            int cs) {
        for (int i = 0; i < rows; i++) {
            System.arraycopy(s, so + i * ss, c, co + i * cs, columns);
            row(columns, k, a, ao + i * ar, 1, b, bo, width(columns), c, co + i * cs);
        }
    }

    @Override
    public boolean inPlace(int columns) {
        return true;
    }

    @Override
    public void inPlace(
            int rows,
            int columns,
            int k,
            double[] a,
            int ao,
            int ar,
            double[] b,
            int bo,
            int bs,
            double[] s,
            int so,
            int ss,
            int sj,
            double[] c,
            int co,
            int cs) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                c[co + i * cs + j] = s[so + i * ss + j * sj];
            }
            row(columns, k, a, ao + i * ar, 1, b, bo, bs, c, co + i * cs);
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
    public void dots(
            int n, int k, double[] a, int ao, double[] b, int bo, int bs, double[] c, int co) {
        for (int j = 0; j < n; j++) {
            double sum = c[co + j];
            for (int p = 0; p < k; p++) {
                sum = Math.fma(a[ao + p], b[bo + j * bs + p], sum);
            }
            c[co + j] = sum;
        }
    }

    @Override
    public void longDots(
            int n, int k, double[] a, int ao, double[] b, int bo, int bs, double[] c, int co) {
        int head = Math.min(DoubleLanes.HEAD, k);
        for (int j = 0; j < n; j++) {
            int at = bo + j * bs;
            double first = SUMS.dot(a, ao, b, at, head);
            c[co + j] += first + SUMS.dot(a, ao + head, b, at + head, k - head);
        }
    }

    @Override
    public void pack(int k, int n, double[] b, int bo, int bs, double[] panels) {
        for (int q = 0, at = 0, columns; q < n; q += columns) {
            columns = columns(n - q);
            for (int p = 0; p < k; p++) {
                System.arraycopy(b, bo + p * bs + q, panels, at, columns);
                at += width(columns);
            }
        }
    }

    @Override
    public void packTransposed(int k, int n, double[] b, int bo, int bs, double[] panels) {
        for (int q = 0, at = 0, columns; q < n; q += columns) {
            columns = columns(n - q);
            turn(k, columns, b, bo + q * bs, bs, panels, at, width(columns));
            at += k * width(columns);
        }
    }

    @Override
    public void turn(int k, int n, double[] b, int bo, int bs, double[] to, int at, int width) {
        for (int p = 0; p < k; p++) {
            for (int j = 0; j < n; j++) {
                to[at + p * width + j] = b[bo + j * bs + p];
            }
        }
    }
}
