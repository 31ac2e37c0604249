// twin: float
package nonmercer.lanes;

/// The loops one number at a time: the definition of [DoubleLanes], and what runs where vectors
/// would not be fast.
final class ScalarDoubleLanes implements DoubleLanes {
    @Override
    public void unary(Unary f, double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i++) {
            out[oo + i] = ScalarDoubleFunctions.apply(f, x[xo + i]);
        }
    }

    @Override
    public void binary(
            Binary f, double[] a, int ao, double[] b, int bo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i++) {
            out[oo + i] = ScalarDoubleFunctions.apply(f, a[ao + i], b[bo + i]);
        }
    }

    @Override
    public void binary(Binary f, double[] a, int ao, /*64*/ double b, double[] out, int oo, int n) {
        double right = F64.of(b);
        for (int i = 0; i < n; i++) {
            out[oo + i] = ScalarDoubleFunctions.apply(f, a[ao + i], right);
        }
    }

    @Override
    public void binary(Binary f, /*64*/ double a, double[] b, int bo, double[] out, int oo, int n) {
        double left = F64.of(a);
        for (int i = 0; i < n; i++) {
            out[oo + i] = ScalarDoubleFunctions.apply(f, left, b[bo + i]);
        }
    }

    @Override
    public void affine(
            double[] x,
            int xo, /*64*/
            double scale, /*64*/
            double shift,
            double[] out,
            int oo,
            int n) {
        double s = F64.of(scale);
        double t = F64.of(shift);
        for (int i = 0; i < n; i++) {
            out[oo + i] = Math.fma(s, x[xo + i], t);
        }
    }

    @Override
    public void centre(
            double[] x,
            int xo, /*64*/
            double centre, /*64*/
            double scale,
            double[] out,
            int oo,
            int n) {
        double c = F64.of(centre);
        double s = F64.of(scale);
        for (int i = 0; i < n; i++) {
            out[oo + i] = (x[xo + i] - c) * s;
        }
    }

    @Override
    public void standardise(
            double[] x,
            int xo, /*64*/
            double centre, /*64*/
            double scale,
            double[] gain,
            double[] bias,
            double[] out,
            int oo,
            int n) {
        standardise(x, xo, F64.of(centre), F64.of(scale), gain, bias, 0, out, oo, n);
    }

    /// Elements `from … n-1`.
    static void standardise(
            double[] x,
            int xo,
            double centre,
            double scale,
            double[] gain,
            double[] bias,
            int from,
            double[] out,
            int oo,
            int n) {
        for (int i = from; i < n; i++) {
            out[oo + i] = Math.fma((x[xo + i] - centre) * scale, gain[i], bias[i]);
        }
    }

    @Override
    public void expShifted(double[] x, int xo, /*64*/ double shift, double[] out, int oo, int n) {
        double c = F64.of(shift);
        for (int i = 0; i < n; i++) {
            out[oo + i] = ScalarDoubleExp.exp(x[xo + i] - c);
        }
    }

    @Override
    public void addScaled(/*64*/ double scale, double[] x, int xo, double[] into, int io, int n) {
        double s = F64.of(scale);
        for (int i = 0; i < n; i++) {
            into[io + i] = Math.fma(s, x[xo + i], into[io + i]);
        }
    }

    @Override
    public void select(
            double[] mask,
            int mo,
            double[] a,
            int ao,
            double[] b,
            int bo,
            double[] out,
            int oo,
            int n) {
        for (int i = 0; i < n; i++) {
            out[oo + i] = mask[mo + i] != 0.0 ? a[ao + i] : b[bo + i];
        }
    }

    @Override
    public void softmaxGradient(
            double[] y, int yo, double[] g, int go, double[] out, int oo, int rows, int n) {
        for (int at = 0; at < rows * n; at += n) {
            double centre = dot(g, go + at, y, yo + at, n);
            for (int i = at; i < at + n; i++) {
                out[oo + i] = y[yo + i] * (g[go + i] - centre);
            }
        }
    }

    @Override
    public void residual(
            double[] y,
            int yo,
            double[] g,
            int go, /*64*/
            double a, /*64*/
            double b, /*64*/
            double scale,
            double[] out,
            int oo,
            int n) {
        double constant = F64.of(a);
        double slope = F64.of(-b);
        double s = F64.of(scale);
        for (int i = 0; i < n; i++) {
            out[oo + i] = s * Math.fma(slope, y[yo + i], g[go + i] - constant);
        }
    }

    @Override
    public double sum(double[] x, int xo, int n) {
        double total = 0.0;
        for (int i = 0; i < n; i += CHUNK) {
            total += ScalarDoubleSums.sum(x, xo + i, Math.min(CHUNK, n - i));
        }
        return total;
    }

    @Override
    public double dot(double[] a, int ao, double[] b, int bo, int n) {
        double total = 0.0;
        for (int i = 0; i < n; i += CHUNK) {
            total += ScalarDoubleSums.dot(a, ao + i, b, bo + i, Math.min(CHUNK, n - i));
        }
        return total;
    }

    @Override
    public double squaredDeviations(double[] x, int xo, /*64*/ double centre, int n) {
        double total = 0.0;
        for (int i = 0; i < n; i += CHUNK) {
            total +=
                    ScalarDoubleSums.squaredDeviations(
                            x, xo + i, F64.of(centre), Math.min(CHUNK, n - i));
        }
        return total;
    }

    @Override
    public double sumExp(double[] x, int xo, /*64*/ double shift, int n) {
        double total = 0.0;
        for (int i = 0; i < n; i += CHUNK) {
            total += ScalarDoubleSums.sumExp(x, xo + i, F64.of(shift), Math.min(CHUNK, n - i));
        }
        return total;
    }

    @Override
    public double expShiftedSum(
            double[] x, int xo, /*64*/ double shift, double[] out, int oo, int n) {
        expShifted(x, xo, shift, out, oo, n);
        return sum(out, oo, n);
    }

    @Override
    public double max(double[] x, int xo, int n) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            most = Math.max(most, x[xo + i]);
        }
        return most;
    }

    @Override
    public double min(double[] x, int xo, int n) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            least = Math.min(least, x[xo + i]);
        }
        return least;
    }

    @Override
    public void pair(
            Pairing f,
            double[] q,
            int qo,
            int d,
            double[] keys,
            int ko,
            int stride,
            double[] out,
            int oo,
            int n) {
        for (int j = 0; j < n; j++) {
            double total = 0.0;
            for (int l = 0; l < d; l++) {
                total = ScalarDoubleFunctions.add(f, total, q[qo + l], keys[ko + l * stride + j]);
            }
            out[oo + j] = total;
        }
    }

    @Override
    public double pairGradient(
            Pairing f, /*64*/
            double q,
            double[] keys,
            int ko,
            double[] g,
            int go,
            double[] dkeys,
            int dko,
            int n) {
        double total = 0.0;
        for (int i = 0; i < n; i += CHUNK) {
            total +=
                    ScalarDoubleSums.pairGradient(
                            f,
                            F64.of(q),
                            keys,
                            ko + i,
                            g,
                            go + i,
                            dkeys,
                            dko + i,
                            Math.min(CHUNK, n - i));
        }
        return total;
    }

    @Override
    public void addProduct(double[] a, int ao, double[] b, int bo, double[] into, int io, int n) {
        for (int i = 0; i < n; i++) {
            into[io + i] = Math.fma(a[ao + i], b[bo + i], into[io + i]);
        }
    }

    @Override
    public void addRows(double[] x, int xo, int stride, int rows, double[] into, int io, int n) {
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < n; i++) {
                into[io + i] += x[xo + r * stride + i];
            }
        }
    }

    @Override
    public void adam(
            AdamStep step,
            double[] p,
            int po,
            double[] g,
            int go,
            double[] m,
            int mo,
            double[] v,
            int vo,
            int n) {
        double b1 = F64.of(step.beta1());
        double c1 = F64.of(1 - step.beta1());
        double b2 = F64.of(step.beta2());
        double c2 = F64.of(1 - step.beta2());
        double correction = F64.of(step.correction());
        double epsilon = F64.of(step.epsilon());
        double rate = F64.of(-step.rate());
        double decay = F64.of(-step.decay());
        for (int i = 0; i < n; i++) {
            double slope = g[go + i];
            double first = Math.fma(b1, m[mo + i], c1 * slope);
            double second = Math.fma(b2, v[vo + i], c2 * slope * slope);
            m[mo + i] = first;
            v[vo + i] = second;
            double old = Math.fma(decay, p[po + i], p[po + i]);
            p[po + i] =
                    Math.fma(rate, first / Math.fma(F64.sqrt(second), correction, epsilon), old);
        }
    }

    @Override
    public void momentum(
            /*64*/ double rate, /*64*/
            double momentum, /*64*/
            double decay,
            double[] p,
            int po,
            double[] g,
            int go,
            double[] v,
            int vo,
            int n) {
        double keep = F64.of(momentum);
        double shrink = F64.of(-decay);
        double step = F64.of(-rate);
        for (int i = 0; i < n; i++) {
            double speed = Math.fma(keep, v[vo + i], g[go + i]);
            v[vo + i] = speed;
            p[po + i] = Math.fma(step, speed, Math.fma(shrink, p[po + i], p[po + i]));
        }
    }
}
