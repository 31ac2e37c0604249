// twin: float
package nonmercer.array;

import java.util.Arrays;
import nonmercer.lanes.AdamStep;
import nonmercer.lanes.Binary;
import nonmercer.lanes.DoubleLanes;
import nonmercer.lanes.Lanes;
import nonmercer.lanes.Pairing;
import nonmercer.lanes.Unary;

/// [Loops] of one type: the lanes on the arrays' storage, and the rows made of them.
final class DoubleLoops implements Loops {
    static final DoubleLoops INSTANCE = new DoubleLoops();

    private static final DoubleLanes LANES = Lanes.doubles();

    private DoubleLoops() {}

    @Override
    public void unary(Unary f, Array x, int xo, Array out, int oo, int n) {
        LANES.unary(f, x.doubles(), xo, out.doubles(), oo, n);
    }

    @Override
    public void binary(Binary f, Array a, int ao, Array b, int bo, Array out, int oo, int n) {
        LANES.binary(f, a.doubles(), ao, b.doubles(), bo, out.doubles(), oo, n);
    }

    @Override
    public void binaryRight(Binary f, Array a, int ao, /*64*/ double b, Array out, int oo, int n) {
        LANES.binary(f, a.doubles(), ao, b, out.doubles(), oo, n);
    }

    @Override
    public void binaryLeft(Binary f, /*64*/ double a, Array b, int bo, Array out, int oo, int n) {
        LANES.binary(f, a, b.doubles(), bo, out.doubles(), oo, n);
    }

    @Override
    public void affine(
            Array x, int xo, /*64*/ double scale, /*64*/ double shift, Array out, int oo, int n) {
        LANES.affine(x.doubles(), xo, scale, shift, out.doubles(), oo, n);
    }

    @Override
    public void addScaled(/*64*/ double scale, Array x, int xo, Array into, int io, int n) {
        LANES.addScaled(scale, x.doubles(), xo, into.doubles(), io, n);
    }

    @Override
    public void addProduct(Array a, int ao, Array b, int bo, Array into, int io, int n) {
        LANES.addProduct(a.doubles(), ao, b.doubles(), bo, into.doubles(), io, n);
    }

    @Override
    public void select(
            Array mask, int mo, Array a, int ao, Array b, int bo, Array out, int oo, int n) {
        LANES.select(mask.doubles(), mo, a.doubles(), ao, b.doubles(), bo, out.doubles(), oo, n);
    }

    @Override
    public void fill(Array out, int oo, int n, /*64*/ double value) {
        Arrays.fill(out.doubles(), oo, oo + n, DoubleLanes.of(value));
    }

    @Override
    public void copy(Array x, int xo, Array out, int oo, int n) {
        System.arraycopy(x.doubles(), xo, out.doubles(), oo, n);
    }

    @Override
    public void put(Array out, int at, /*64*/ double value) {
        out.doubles()[at] = DoubleLanes.of(value);
    }

    @Override
    public /*64*/ double sum(Array x, int xo, int n) {
        return LANES.sum(x.doubles(), xo, n);
    }

    @Override
    public /*64*/ double dot(Array a, int ao, Array b, int bo, int n) {
        return LANES.dot(a.doubles(), ao, b.doubles(), bo, n);
    }

    @Override
    public /*64*/ double max(Array x, int xo, int n) {
        return LANES.max(x.doubles(), xo, n);
    }

    @Override
    public /*64*/ double min(Array x, int xo, int n) {
        return LANES.min(x.doubles(), xo, n);
    }

    @Override
    public int indexOfMax(Array x, int xo, int n) {
        return LANES.indexOfMax(x.doubles(), xo, n);
    }

    @Override
    public int firstNonFinite(Array x, int xo, int n) {
        return LANES.firstNonFinite(x.doubles(), xo, n);
    }

    @Override
    public void expShifted(Array x, int xo, /*64*/ double shift, Array out, int oo, int n) {
        LANES.expShifted(x.doubles(), xo, shift, out.doubles(), oo, n);
    }

    @Override
    public void softmax(Array x, int xo, Array out, int oo, int n) {
        double[] y = out.doubles();
        double most = LANES.max(x.doubles(), xo, n);
        if (most == Double.NEGATIVE_INFINITY) {
            Arrays.fill(y, oo, oo + n, 0.0);
            return;
        }
        double total = LANES.expShiftedSum(x.doubles(), xo, most, y, oo, n);
        LANES.binary(Binary.MULTIPLY, y, oo, 1.0 / total, y, oo, n);
    }

    @Override
    public void softmaxGradient(Array y, Array g, Array out, int from, int rows, int n) {
        int at = from * n;
        LANES.softmaxGradient(y.doubles(), at, g.doubles(), at, out.doubles(), at, rows, n);
    }

    @Override
    public /*64*/ double logSumExp(Array x, int xo, int n) {
        double most = LANES.max(x.doubles(), xo, n);
        return most == Double.NEGATIVE_INFINITY
                ? most
                : most + LANES.one(Unary.LOG, LANES.sumExp(x.doubles(), xo, most, n));
    }

    @Override
    public /*64*/ double mean(Array x, int xo, int n) {
        return LANES.sum(x.doubles(), xo, n) / n;
    }

    @Override
    public /*64*/ double inverseDeviation(
            Array x, int xo, /*64*/ double mean, /*64*/ double epsilon, int n) {
        double variance = LANES.squaredDeviations(x.doubles(), xo, mean, n) / n;
        return 1.0 / LANES.one(Unary.SQRT, variance + DoubleLanes.of(epsilon));
    }

    @Override
    public void centre(
            Array x, int xo, /*64*/ double centre, /*64*/ double scale, Array out, int oo, int n) {
        LANES.centre(x.doubles(), xo, centre, scale, out.doubles(), oo, n);
    }

    @Override
    public void standardise(
            Array x,
            int xo, /*64*/
            double centre, /*64*/
            double scale,
            Array gain,
            Array bias,
            Array out,
            int oo,
            int n) {
        LANES.standardise(
                x.doubles(),
                xo,
                centre,
                scale,
                gain.doubles(),
                bias.doubles(),
                out.doubles(),
                oo,
                n);
    }

    @Override
    public void standardiseGradient(
            Array x,
            Array g,
            int at, /*64*/
            double mean, /*64*/
            double inverse,
            Array gain,
            Array dx,
            Array hats,
            Array gains,
            Array biases,
            int so,
            int n) {
        LANES.standardiseGradient(
                x.doubles(),
                at,
                mean,
                inverse,
                gain.doubles(),
                g.doubles(),
                at,
                dx.doubles(),
                at,
                hats.doubles(),
                gains.doubles(),
                biases.doubles(),
                so,
                n);
    }

    @Override
    public /*64*/ double layerNorm(
            Array x, int xo, /*64*/ double epsilon, Array out, int oo, int n) {
        /*64*/ double mean = mean(x, xo, n);
        /*64*/ double inverse = inverseDeviation(x, xo, mean, epsilon, n);
        centre(x, xo, mean, inverse, out, oo, n);
        return inverse;
    }

    @Override
    public void layerNormGradient(
            Array y, int yo, Array g, int go, /*64*/ double inverse, Array out, int oo, int n) {
        double mean = LANES.sum(g.doubles(), go, n) / n;
        double slope = LANES.dot(g.doubles(), go, y.doubles(), yo, n) / n;
        LANES.residual(
                y.doubles(), yo, g.doubles(), go, mean, slope, inverse, out.doubles(), oo, n);
    }

    @Override
    public /*64*/ double rmsNorm(Array x, int xo, /*64*/ double epsilon, Array out, int oo, int n) {
        double square = LANES.dot(x.doubles(), xo, x.doubles(), xo, n) / n;
        double inverse = 1.0 / LANES.one(Unary.SQRT, square + DoubleLanes.of(epsilon));
        LANES.centre(x.doubles(), xo, 0.0, inverse, out.doubles(), oo, n);
        return inverse;
    }

    @Override
    public void rmsNormGradient(
            Array y, int yo, Array g, int go, /*64*/ double inverse, Array out, int oo, int n) {
        double slope = LANES.dot(g.doubles(), go, y.doubles(), yo, n) / n;
        LANES.residual(y.doubles(), yo, g.doubles(), go, 0.0, slope, inverse, out.doubles(), oo, n);
    }

    @Override
    public /*64*/ double crossEntropy(Array x, int xo, int target, /*64*/ double smoothing, int n) {
        double[] a = x.doubles();
        double most = LANES.max(a, xo, n);
        double s = DoubleLanes.of(smoothing);
        double log = LANES.one(Unary.LOG, LANES.sumExp(a, xo, most, n));
        double aimed = most - a[xo + target];
        double spread = s == 0.0 ? 0.0 : s * (most - LANES.sum(a, xo, n) / n);
        return log + ((1.0 - s) * aimed + spread);
    }

    @Override
    public void crossEntropyGradient(
            Array x,
            int xo,
            int target, /*64*/
            double smoothing, /*64*/
            double g,
            Array out,
            int oo,
            int n) {
        double[] y = out.doubles();
        double most = LANES.max(x.doubles(), xo, n);
        if (most == Double.NEGATIVE_INFINITY) {
            Arrays.fill(y, oo, oo + n, DoubleLanes.of(-g * smoothing / n));
        } else {
            double total = LANES.expShiftedSum(x.doubles(), xo, most, y, oo, n);
            LANES.affine(y, oo, g / total, -g * smoothing / n, y, oo, n);
        }
        y[oo + target] -= DoubleLanes.of(g * (1 - smoothing));
    }

    @Override
    public void pair(
            Pairing f,
            Array q,
            int qo,
            int d,
            Array columns,
            int co,
            int stride,
            Array out,
            int oo,
            int n) {
        LANES.pair(f, q.doubles(), qo, d, columns.doubles(), co, stride, out.doubles(), oo, n);
    }

    @Override
    public void pairGradient(
            Pairing f,
            Array q,
            int qo,
            int count,
            Array keys,
            int ko,
            Array g,
            int go,
            int n,
            Array dq,
            Array dkeys) {
        for (int l = 0; l < count; l++) {
            dq.doubles()[qo + l] =
                    LANES.pairGradient(
                            f,
                            q.doubles()[qo + l],
                            keys.doubles(),
                            ko + l * n,
                            g.doubles(),
                            go,
                            dkeys.doubles(),
                            ko + l * n,
                            n);
        }
    }

    @Override
    public void addRows(Array x, int xo, int stride, int rows, Array into, int io, int n) {
        LANES.addRows(x.doubles(), xo, stride, rows, into.doubles(), io, n);
    }

    @Override
    public void adam(AdamStep step, Array p, Array g, Array m, Array v, int from, int n) {
        LANES.adam(
                step,
                p.doubles(),
                from,
                g.doubles(),
                from,
                m.doubles(),
                from,
                v.doubles(),
                from,
                n);
    }

    @Override
    public void momentum(
            /*64*/ double rate, /*64*/
            double momentum, /*64*/
            double decay,
            Array p,
            Array g,
            Array v,
            int from,
            int n) {
        LANES.momentum(
                rate, momentum, decay, p.doubles(), from, g.doubles(), from, v.doubles(), from, n);
    }
}
