// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.NE;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// The loops with several operands, over whole vectors: `n` a multiple of the lanes.
final class VectorDoubleUpdates {
    private VectorDoubleUpdates() {}

    static void affine(
            double[] x, int xo, double scale, double shift, double[] out, int oo, int n) {
        DoubleVector s = DoubleVector.broadcast(SPECIES, scale);
        DoubleVector t = DoubleVector.broadcast(SPECIES, shift);
        for (int i = 0; i < n; i += LANES) {
            s.fma(DoubleVector.fromArray(SPECIES, x, xo + i), t).intoArray(out, oo + i);
        }
    }

    static void centre(
            double[] x, int xo, double centre, double scale, double[] out, int oo, int n) {
        DoubleVector c = DoubleVector.broadcast(SPECIES, centre);
        DoubleVector s = DoubleVector.broadcast(SPECIES, scale);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.fromArray(SPECIES, x, xo + i).sub(c).mul(s).intoArray(out, oo + i);
        }
    }

    static void standardise(
            double[] x,
            int xo,
            double centre,
            double scale,
            double[] gain,
            double[] bias,
            double[] out,
            int oo,
            int n) {
        DoubleVector c = DoubleVector.broadcast(SPECIES, centre);
        DoubleVector s = DoubleVector.broadcast(SPECIES, scale);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector hat = DoubleVector.fromArray(SPECIES, x, xo + i).sub(c).mul(s);
            hat.fma(
                            DoubleVector.fromArray(SPECIES, gain, i),
                            DoubleVector.fromArray(SPECIES, bias, i))
                    .intoArray(out, oo + i);
        }
    }

    static void expShifted(double[] x, int xo, double shift, double[] out, int oo, int n) {
        DoubleVector c = DoubleVector.broadcast(SPECIES, shift);
        for (int i = 0; i < n; i += LANES) {
            VectorDoubleExp.exp(DoubleVector.fromArray(SPECIES, x, xo + i).sub(c))
                    .intoArray(out, oo + i);
        }
    }

    static void addScaled(double scale, double[] x, int xo, double[] into, int io, int n) {
        DoubleVector s = DoubleVector.broadcast(SPECIES, scale);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector old = DoubleVector.fromArray(SPECIES, into, io + i);
            s.fma(DoubleVector.fromArray(SPECIES, x, xo + i), old).intoArray(into, io + i);
        }
    }

    static void addProduct(double[] a, int ao, double[] b, int bo, double[] into, int io, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector u = DoubleVector.fromArray(SPECIES, a, ao + i);
            DoubleVector v = DoubleVector.fromArray(SPECIES, b, bo + i);
            u.fma(v, DoubleVector.fromArray(SPECIES, into, io + i)).intoArray(into, io + i);
        }
    }

    /// Eight rows go by for each time that `into` is read and written.
    static void addRows(double[] x, int xo, int stride, int rows, double[] into, int io, int n) {
        int r = 0;
        for (; r + 8 <= rows; r += 8) {
            addEight(x, xo + r * stride, stride, into, io, n);
        }
        for (; r < rows; r++) {
            for (int i = 0; i < n; i += LANES) {
                DoubleVector a = DoubleVector.fromArray(SPECIES, into, io + i);
                a.add(DoubleVector.fromArray(SPECIES, x, xo + r * stride + i))
                        .intoArray(into, io + i);
            }
        }
    }

    private static void addEight(double[] x, int xo, int s, double[] into, int io, int n) {
        for (int i = 0; i < n; i += LANES) {
            int at = xo + i;
            DoubleVector a = DoubleVector.fromArray(SPECIES, into, io + i);
            a = a.add(DoubleVector.fromArray(SPECIES, x, at));
            a = a.add(DoubleVector.fromArray(SPECIES, x, at + s));
            a = a.add(DoubleVector.fromArray(SPECIES, x, at + 2 * s));
            a = a.add(DoubleVector.fromArray(SPECIES, x, at + 3 * s));
            a = a.add(DoubleVector.fromArray(SPECIES, x, at + 4 * s));
            a = a.add(DoubleVector.fromArray(SPECIES, x, at + 5 * s));
            a = a.add(DoubleVector.fromArray(SPECIES, x, at + 6 * s));
            a = a.add(DoubleVector.fromArray(SPECIES, x, at + 7 * s));
            a.intoArray(into, io + i);
        }
    }

    static void select(
            double[] mask,
            int mo,
            double[] a,
            int ao,
            double[] b,
            int bo,
            double[] out,
            int oo,
            int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector u = DoubleVector.fromArray(SPECIES, a, ao + i);
            DoubleVector v = DoubleVector.fromArray(SPECIES, b, bo + i);
            v.blend(u, DoubleVector.fromArray(SPECIES, mask, mo + i).compare(NE, 0.0))
                    .intoArray(out, oo + i);
        }
    }

    static void centredProduct(
            double[] y, int yo, double[] g, int go, double c, double[] out, int oo, int n) {
        DoubleVector centre = DoubleVector.broadcast(SPECIES, c);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector slope = DoubleVector.fromArray(SPECIES, g, go + i).sub(centre);
            DoubleVector.fromArray(SPECIES, y, yo + i).mul(slope).intoArray(out, oo + i);
        }
    }

    static void residual(
            double[] y,
            int yo,
            double[] g,
            int go,
            double constant,
            double slope,
            double scale,
            double[] out,
            int oo,
            int n) {
        DoubleVector c = DoubleVector.broadcast(SPECIES, constant);
        DoubleVector b = DoubleVector.broadcast(SPECIES, slope);
        DoubleVector s = DoubleVector.broadcast(SPECIES, scale);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector centred = DoubleVector.fromArray(SPECIES, g, go + i).sub(c);
            b.fma(DoubleVector.fromArray(SPECIES, y, yo + i), centred)
                    .mul(s)
                    .intoArray(out, oo + i);
        }
    }

    static void adam(
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
        DoubleVector b1 = DoubleVector.broadcast(SPECIES, F64.of(step.beta1()));
        DoubleVector c1 = DoubleVector.broadcast(SPECIES, F64.of(1 - step.beta1()));
        DoubleVector b2 = DoubleVector.broadcast(SPECIES, F64.of(step.beta2()));
        DoubleVector c2 = DoubleVector.broadcast(SPECIES, F64.of(1 - step.beta2()));
        DoubleVector correction = DoubleVector.broadcast(SPECIES, F64.of(step.correction()));
        DoubleVector epsilon = DoubleVector.broadcast(SPECIES, F64.of(step.epsilon()));
        DoubleVector rate = DoubleVector.broadcast(SPECIES, F64.of(-step.rate()));
        DoubleVector decay = DoubleVector.broadcast(SPECIES, F64.of(-step.decay()));
        for (int i = 0; i < n; i += LANES) {
            DoubleVector slope = DoubleVector.fromArray(SPECIES, g, go + i);
            DoubleVector first = b1.fma(DoubleVector.fromArray(SPECIES, m, mo + i), c1.mul(slope));
            DoubleVector second =
                    b2.fma(DoubleVector.fromArray(SPECIES, v, vo + i), c2.mul(slope).mul(slope));
            first.intoArray(m, mo + i);
            second.intoArray(v, vo + i);
            DoubleVector old = DoubleVector.fromArray(SPECIES, p, po + i);
            DoubleVector move = first.div(second.sqrt().fma(correction, epsilon));
            rate.fma(move, decay.fma(old, old)).intoArray(p, po + i);
        }
    }

    static void momentum(
            double rate,
            double momentum,
            double decay,
            double[] p,
            int po,
            double[] g,
            int go,
            double[] v,
            int vo,
            int n) {
        DoubleVector keep = DoubleVector.broadcast(SPECIES, momentum);
        DoubleVector shrink = DoubleVector.broadcast(SPECIES, decay);
        DoubleVector step = DoubleVector.broadcast(SPECIES, rate);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector slope = DoubleVector.fromArray(SPECIES, g, go + i);
            DoubleVector speed = keep.fma(DoubleVector.fromArray(SPECIES, v, vo + i), slope);
            speed.intoArray(v, vo + i);
            DoubleVector old = DoubleVector.fromArray(SPECIES, p, po + i);
            step.fma(speed, shrink.fma(old, old)).intoArray(p, po + i);
        }
    }
}
