// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;

/// The loops by whole vectors, with the bits of [ScalarDoubleLanes].
///
/// What remains after the last whole vector is done by one more vector that ends where the array
/// ends, where elements may be computed twice; by the scalar loop where they may not.
final class VectorDoubleLanes implements DoubleLanes {
    private static final ScalarDoubleLanes REST = new ScalarDoubleLanes();

    @Override
    public void unary(Unary f, double[] x, int xo, double[] out, int oo, int n) {
        int m = whole(n);
        VectorDoubleUnary.apply(f, x, xo, out, oo, m);
        if (m < n && m > 0 && apart(x, out)) {
            VectorDoubleUnary.apply(f, x, xo + n - LANES, out, oo + n - LANES, LANES);
        } else {
            REST.unary(f, x, xo + m, out, oo + m, n - m);
        }
    }

    @Override
    public void binary(
            Binary f, double[] a, int ao, double[] b, int bo, double[] out, int oo, int n) {
        int m = whole(n);
        VectorDoubleBinary.apply(f, a, ao, b, bo, out, oo, m);
        if (m < n && m > 0 && apart(a, out) && apart(b, out)) {
            int last = n - LANES;
            VectorDoubleBinary.apply(f, a, ao + last, b, bo + last, out, oo + last, LANES);
        } else {
            REST.binary(f, a, ao + m, b, bo + m, out, oo + m, n - m);
        }
    }

    @Override
    public void binary(Binary f, double[] a, int ao, /*64*/ double b, double[] out, int oo, int n) {
        int m = whole(n);
        VectorDoubleScalarBinary.right(f, a, ao, F64.of(b), out, oo, m);
        if (m < n && m > 0 && apart(a, out)) {
            VectorDoubleScalarBinary.right(
                    f, a, ao + n - LANES, F64.of(b), out, oo + n - LANES, LANES);
        } else {
            REST.binary(f, a, ao + m, b, out, oo + m, n - m);
        }
    }

    @Override
    public void binary(Binary f, /*64*/ double a, double[] b, int bo, double[] out, int oo, int n) {
        int m = whole(n);
        VectorDoubleScalarBinary.left(f, F64.of(a), b, bo, out, oo, m);
        if (m < n && m > 0 && apart(b, out)) {
            VectorDoubleScalarBinary.left(
                    f, F64.of(a), b, bo + n - LANES, out, oo + n - LANES, LANES);
        } else {
            REST.binary(f, a, b, bo + m, out, oo + m, n - m);
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
        int m = whole(n);
        VectorDoubleUpdates.affine(x, xo, F64.of(scale), F64.of(shift), out, oo, m);
        REST.affine(x, xo + m, scale, shift, out, oo + m, n - m);
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
        int m = whole(n);
        VectorDoubleUpdates.centre(x, xo, F64.of(centre), F64.of(scale), out, oo, m);
        REST.centre(x, xo + m, centre, scale, out, oo + m, n - m);
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
        int m = whole(n);
        double c = F64.of(centre);
        double s = F64.of(scale);
        VectorDoubleUpdates.standardise(x, xo, c, s, gain, bias, out, oo, m);
        ScalarDoubleLanes.standardise(x, xo, c, s, gain, bias, m, out, oo, n);
    }

    @Override
    public void expShifted(double[] x, int xo, /*64*/ double shift, double[] out, int oo, int n) {
        int m = whole(n);
        VectorDoubleUpdates.expShifted(x, xo, F64.of(shift), out, oo, m);
        if (m < n && m > 0 && apart(x, out)) {
            shiftedThenExp(x, xo + n - LANES, F64.of(shift), out, oo + n - LANES, LANES);
        } else {
            REST.expShifted(x, xo + m, shift, out, oo + m, n - m);
        }
    }

    @Override
    public void addScaled(/*64*/ double scale, double[] x, int xo, double[] into, int io, int n) {
        int m = whole(n);
        VectorDoubleUpdates.addScaled(F64.of(scale), x, xo, into, io, m);
        REST.addScaled(scale, x, xo + m, into, io + m, n - m);
    }

    @Override
    public void addProduct(double[] a, int ao, double[] b, int bo, double[] into, int io, int n) {
        int m = whole(n);
        VectorDoubleUpdates.addProduct(a, ao, b, bo, into, io, m);
        REST.addProduct(a, ao + m, b, bo + m, into, io + m, n - m);
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
        int m = whole(n);
        VectorDoubleUpdates.select(mask, mo, a, ao, b, bo, out, oo, m);
        REST.select(mask, mo + m, a, ao + m, b, bo + m, out, oo + m, n - m);
    }

    @Override
    public void softmaxGradient(
            double[] y, int yo, double[] g, int go, double[] out, int oo, int rows, int n) {
        int m = whole(n);
        boolean ahead = VectorDoubleSoftmax.fits(n);
        double centre = rows > 0 ? dot(g, go, y, yo, n) : 0;
        for (int row = 0, at = 0; row < rows; row++, at += n) {
            boolean last = row == rows - 1;
            if (ahead && !last) {
                centre =
                        VectorDoubleSoftmax.gradient(
                                y, yo + at, g, go + at, centre, out, oo + at, n);
                continue;
            }
            VectorDoubleUpdates.centredProduct(y, yo + at, g, go + at, centre, out, oo + at, m);
            for (int i = at + m; i < at + n; i++) {
                out[oo + i] = y[yo + i] * (g[go + i] - centre);
            }
            if (!last) {
                centre = dot(g, go + at + n, y, yo + at + n, n);
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
        int m = whole(n);
        VectorDoubleUpdates.residual(
                y, yo, g, go, F64.of(a), F64.of(-b), F64.of(scale), out, oo, m);
        REST.residual(y, yo + m, g, go + m, a, b, scale, out, oo + m, n - m);
    }

    @Override
    public double sum(double[] x, int xo, int n) {
        double total = 0.0;
        int i = 0;
        for (; VectorDoubleSums.TWO && i <= n - 2 * CHUNK; i += 2 * CHUNK) {
            total = VectorDoubleSums.sumOfTwo(total, x, xo + i);
        }
        for (; i < n; i += CHUNK) {
            total += VectorDoubleSums.sum(x, xo + i, Math.min(CHUNK, n - i));
        }
        return total;
    }

    @Override
    public double dot(double[] a, int ao, double[] b, int bo, int n) {
        double total = 0.0;
        for (int i = 0; i < n; i += CHUNK) {
            total += VectorDoubleSums.dot(a, ao + i, b, bo + i, Math.min(CHUNK, n - i));
        }
        return total;
    }

    @Override
    public double squaredDeviations(double[] x, int xo, /*64*/ double centre, int n) {
        double c = F64.of(centre);
        double total = 0.0;
        for (int i = 0; i < n; i += CHUNK) {
            total += VectorDoubleSums.squaredDeviations(x, xo + i, c, Math.min(CHUNK, n - i));
        }
        return total;
    }

    @Override
    public double sumExp(double[] x, int xo, /*64*/ double shift, int n) {
        double c = F64.of(shift);
        double total = 0.0;
        for (int i = 0; i < n; i += CHUNK) {
            total += VectorDoubleExpSums.sum(x, xo + i, c, Math.min(CHUNK, n - i));
        }
        return total;
    }

    @Override
    public double expShiftedSum(
            double[] x, int xo, /*64*/ double shift, double[] out, int oo, int n) {
        double c = F64.of(shift);
        double total = 0.0;
        for (int i = 0; i < n; i += CHUNK) {
            int m = Math.min(CHUNK, n - i);
            int from = m & -STRIPE;
            expTail(x, xo + i, c, out, oo + i, from, m);
            total += VectorDoubleExpSums.write(x, xo + i, c, out, oo + i, m);
        }
        return total;
    }

    /// out = e^(x − shift) from element `from` to element n, fewer than STRIPE.
    private static void expTail(
            double[] x, int xo, double shift, double[] out, int oo, int from, int n) {
        int m = whole(n);
        shiftedThenExp(x, xo + from, shift, out, oo + from, m - from);
        if (m < n && m > 0 && apart(x, out)) {
            shiftedThenExp(x, xo + n - LANES, shift, out, oo + n - LANES, LANES);
        } else {
            REST.expShifted(x, xo + m, shift, out, oo + m, n - m);
        }
    }

    /// out = e^(x − shift) of a few whole vectors, in two passes, the second in a method that is
    /// compiled by itself: a caller that was given two exponentials to inline would hand their
    /// vectors over on the heap (see [VectorDoubleExp]).
    private static void shiftedThenExp(
            double[] x, int xo, double shift, double[] out, int oo, int n) {
        VectorDoubleScalarBinary.right(Binary.SUBTRACT, x, xo, shift, out, oo, n);
        VectorDoubleUnary.apply(Unary.EXP, out, oo, out, oo, n);
    }

    @Override
    public double max(double[] x, int xo, int n) {
        int m = whole(n);
        double most = m == 0 ? Double.NEGATIVE_INFINITY : VectorDoubleExtremes.max(x, xo, m);
        return Math.max(most, REST.max(x, xo + m, n - m));
    }

    @Override
    public double min(double[] x, int xo, int n) {
        int m = whole(n);
        double least = m == 0 ? Double.POSITIVE_INFINITY : VectorDoubleExtremes.min(x, xo, m);
        return Math.min(least, REST.min(x, xo + m, n - m));
    }

    @Override
    public int indexOfMax(double[] x, int xo, int n) {
        double most = max(x, xo, n);
        int from = VectorDoubleExtremes.findMax(x, xo, most, whole(n));
        for (int i = from; i < n; i++) {
            if (x[xo + i] == most || Double.isNaN(x[xo + i])) {
                return i;
            }
        }
        throw new IllegalArgumentException("indexOfMax: there is no largest of " + n + " numbers");
    }

    @Override
    public int firstNonFinite(double[] x, int xo, int n) {
        int from = VectorDoubleExtremes.findNonFinite(x, xo, whole(n));
        int rest = REST.firstNonFinite(x, xo + from, n - from);
        return rest < 0 ? rest : from + rest;
    }

    @Override
    public void standardiseGradient(
            double[] x,
            int xo, /*64*/
            double mean, /*64*/
            double inverse,
            double[] gain,
            double[] g,
            int go,
            double[] dx,
            int dxo,
            double[] hat,
            double[] gains,
            double[] biases,
            int so,
            int n) {
        if (VectorDoubleNorm.takes(n)) {
            VectorDoubleNorm.gradient(
                    x,
                    xo,
                    F64.of(mean),
                    F64.of(inverse),
                    gain,
                    g,
                    go,
                    dx,
                    dxo,
                    gains,
                    biases,
                    so,
                    n);
        } else {
            DoubleLanes.super.standardiseGradient(
                    x, xo, mean, inverse, gain, g, go, dx, dxo, hat, gains, biases, so, n);
        }
    }

    @Override
    public void addRows(double[] x, int xo, int stride, int rows, double[] into, int io, int n) {
        int m = whole(n);
        VectorDoubleUpdates.addRows(x, xo, stride, rows, into, io, m);
        REST.addRows(x, xo + m, stride, rows, into, io + m, n - m);
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
        int m = whole(n);
        VectorDoublePairs.apply(f, q, qo, d, keys, ko, stride, out, oo, m);
        REST.pair(f, q, qo, d, keys, ko + m, stride, out, oo + m, n - m);
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
                    VectorDoublePairs.gradient(
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
        int w = whole(n);
        VectorDoubleUpdates.adam(step, p, po, g, go, m, mo, v, vo, w);
        REST.adam(step, p, po + w, g, go + w, m, mo + w, v, vo + w, n - w);
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
        int w = whole(n);
        VectorDoubleUpdates.momentum(
                F64.of(-rate), F64.of(momentum), F64.of(-decay), p, po, g, go, v, vo, w);
        REST.momentum(rate, momentum, decay, p, po + w, g, go + w, v, vo + w, n - w);
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean apart(double[] a, double[] b) {
        return a != b;
    }

    private static int whole(int n) {
        return n & -LANES;
    }
}
