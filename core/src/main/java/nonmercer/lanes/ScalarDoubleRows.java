// twin: float
package nonmercer.lanes;

/// The definition of [DoubleRows], and what runs where the Vector API is missing or slow.
final class ScalarDoubleRows implements DoubleRows {
    private static final int STRIPE = DoubleLanes.STRIPE;

    @Override
    public void multiplyAdd(
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
            double[] s,
            int so,
            int ss,
            double[] c,
            int co,
            int cs) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                c[co + i * cs + j] = s[so + i * ss + (ss == 0 ? 0 : j)];
            }
            for (int p = 0; p < k; p++) {
                double x = a[ao + i * ar + p * ak];
                for (int j = 0; j < columns; j++) {
                    c[co + i * cs + j] = Math.fma(x, b[bo + p * bs + j], c[co + i * cs + j]);
                }
            }
        }
    }

    @Override
    public void maxima(
            int rows,
            int columns,
            double[] s,
            int so,
            int ss,
            double scale,
            double[] most,
            int mo) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double x = s[so + i * ss + j] * scale;
                if (x > most[mo + i]) {
                    most[mo + i] = x;
                }
            }
        }
    }

    @Override
    public boolean exceed(
            int rows,
            int columns,
            double[] s,
            int so,
            int ss,
            double scale,
            double[] limit,
            int lo) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                if (s[so + i * ss + j] * scale > limit[lo + i]) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void exponentials(
            int rows,
            int columns,
            double[] s,
            int so,
            int ss,
            double scale,
            double[] shift,
            int ho) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int at = so + i * ss + j;
                s[at] = decay(Math.fma(s[at], scale, -shift[ho + i]));
            }
        }
    }

    @Override
    public void addedExponentials(
            int rows,
            int columns,
            double[] s,
            int so,
            int ss,
            double scale,
            double[] shift,
            int ho,
            double[] sums,
            int uo) {
        exponentials(rows, columns, s, so, ss, scale, shift, ho);
        addUp(rows, columns, s, so, ss, sums, uo);
    }

    @Override
    public void addedExponentials(
            int rows,
            int columns,
            double[] m,
            double[] s,
            int so,
            int ss,
            double scale,
            double[] shift,
            int ho,
            double[] sums,
            int uo) {
        exponentials(rows, columns, s, so, ss, scale, shift, ho);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                s[so + i * ss + j] += m[so + i * ss + j];
            }
        }
        addUp(rows, columns, s, so, ss, sums, uo);
    }

    /// eˣ as [ScalarDoubleExp#exp] gives it where the result is normal, and 0 below.
    static double decay(double x) {
        double t = Math.fma(x, F64.LOG2_E, F64.BIASED_MAGIC);
        double k = t - F64.BIASED_MAGIC;
        double r = Math.fma(k, -F64.LN2_LOW, Math.fma(k, -F64.LN2_HIGH, x));
        double z = r * r;
        double y = 1.0 + Math.fma(z, ScalarDoubleExp.polynomial(r, z), r);
        y = y * F64.ofBits(F64.bits(t) << F64.SIGNIFICAND);
        return x < F64.DECAY_LIMIT ? 0.0 : y;
    }

    @Override
    public void addUp(int rows, int columns, double[] s, int so, int ss, double[] sums, int uo) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                sums[uo + i * STRIPE + j % STRIPE] += s[so + i * ss + j];
            }
        }
    }

    @Override
    public void centredProducts(
            int rows,
            int columns,
            double[] p,
            int po,
            double[] g,
            int go,
            int stride,
            double[] c,
            int co,
            double scale) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int at = go + i * stride + j;
                g[at] = p[po + i * stride + j] * (g[at] - c[co + i]) * scale;
            }
        }
    }

    @Override
    public void centre(int rows, int columns, double[] g, int go, int stride, double[] c, int co) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                g[go + i * stride + j] -= c[co + i];
            }
        }
    }

    @Override
    public boolean distances(
            int rows,
            int columns,
            double[] s,
            double[] out,
            int so,
            int ss,
            double[] x,
            int xo,
            double[] y,
            int yo,
            double least) {
        boolean cancelled = false;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = x[xo + i] + y[yo + j];
                double distance = Math.fma(-2.0, s[so + i * ss + j], sum);
                out[so + i * ss + j] = distance < 0.0 ? 0.0 : distance;
                cancelled |= distance < sum * least;
            }
        }
        return cancelled;
    }
}
