// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// The functions made of several polynomials, as passes over a block that stays in the first-level
/// cache.
///
/// One loop would be too much for the compiler: beyond some 50 vector operations it stops inlining
/// and puts vectors on the heap. [VectorDoubleUnary#apply] is too large to be inlined, so what goes
/// through it is compiled by itself. The operations are those of [ScalarDoubleErf] and its
/// neighbours, in their order; `n` is a multiple of the lanes.
final class VectorDoubleComposite {
    private static final int BLOCK = 512;

    private VectorDoubleComposite() {}

    static void erf(double[] x, int xo, double[] out, int oo, int n) {
        double[] tail = new double[Math.min(n, BLOCK)];
        for (int i = 0; i < n; i += BLOCK) {
            erfBlock(x, xo + i, tail, out, oo + i, Math.min(BLOCK, n - i));
        }
    }

    /// x + x·P(x²) up to |x| = 1, then 1 − e^(−Q(|x| − 1)); odd.
    private static void erfBlock(double[] x, int xo, double[] tail, double[] out, int oo, int n) {
        erfcExponents(x, xo, tail, n);
        VectorDoubleUnary.apply(Unary.EXP, tail, 0, tail, 0, n);
        erfOfTail(x, xo, tail, out, oo, n);
    }

    private static void erfcExponents(double[] x, int xo, double[] out, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, xo + i).lanewise(ABS);
            VectorDoubleErf.erfcPolynomial(a.sub(1.0)).neg().intoArray(out, i);
        }
    }

    private static void erfOfTail(double[] x, int xo, double[] tail, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            DoubleVector a = v.lanewise(ABS);
            DoubleVector near = a.fma(VectorDoubleErf.erfPolynomial(a.mul(a)), a);
            DoubleVector far =
                    DoubleVector.broadcast(SPECIES, 1.0)
                            .sub(DoubleVector.fromArray(SPECIES, tail, i));
            DoubleVector y =
                    far.blend(near, a.compare(LT, 1.0)).blend(1.0, a.compare(GT, F64.ERFC_LIMIT));
            VectorDoubleExp.withSign(y, v).intoArray(out, oo + i);
        }
    }

    static void gelu(double[] x, int xo, double[] out, int oo, int n) {
        double[] s = new double[Math.min(n, BLOCK)];
        double[] tail = new double[s.length];
        for (int i = 0; i < n; i += BLOCK) {
            int m = Math.min(BLOCK, n - i);
            scaled(x, xo + i, s, m);
            erfBlock(s, 0, tail, s, 0, m);
            geluOfErf(x, xo + i, s, out, oo + i, m);
        }
    }

    private static void scaled(double[] x, int xo, double[] out, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.fromArray(SPECIES, x, xo + i).mul(F64.SQRT_HALF_VALUE).intoArray(out, i);
        }
    }

    private static void geluOfErf(double[] x, int xo, double[] erf, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector twice = DoubleVector.fromArray(SPECIES, erf, i).add(1.0);
            DoubleVector.fromArray(SPECIES, x, xo + i).mul(0.5).mul(twice).intoArray(out, oo + i);
        }
    }

    static void geluSlope(double[] x, int xo, double[] out, int oo, int n) {
        double[] erf = new double[Math.min(n, BLOCK)];
        double[] exp = new double[erf.length];
        for (int i = 0; i < n; i += BLOCK) {
            int m = Math.min(BLOCK, n - i);
            scaled(x, xo + i, erf, m);
            VectorDoubleUnary.apply(Unary.ERF, erf, 0, erf, 0, m);
            halfSquares(x, xo + i, exp, m);
            VectorDoubleUnary.apply(Unary.EXP, exp, 0, exp, 0, m);
            geluSlopeOf(x, xo + i, erf, exp, out, oo + i, m);
        }
    }

    private static void halfSquares(double[] x, int xo, double[] out, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            v.mul(-0.5).mul(v).intoArray(out, i);
        }
    }

    private static void geluSlopeOf(
            double[] x, int xo, double[] erf, double[] exp, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector density =
                    DoubleVector.fromArray(SPECIES, exp, i).mul(F64.INVERSE_SQRT_2PI);
            DoubleVector probability =
                    DoubleVector.fromArray(SPECIES, erf, i).lanewise(FMA, 0.5, 0.5);
            DoubleVector.fromArray(SPECIES, x, xo + i)
                    .fma(density, probability)
                    .intoArray(out, oo + i);
        }
    }

    static void geluTanhSlope(double[] x, int xo, double[] out, int oo, int n) {
        double[] tanh = new double[Math.min(n, BLOCK)];
        for (int i = 0; i < n; i += BLOCK) {
            int m = Math.min(BLOCK, n - i);
            tanhOfCubic(x, xo + i, tanh, m);
            geluTanhSlopeOf(x, xo + i, tanh, out, oo + i, m);
        }
    }

    private static void tanhOfCubic(double[] x, int xo, double[] out, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            DoubleVector u = v.mul(F64.GELU_CUBIC).fma(v.mul(v), v).mul(F64.SQRT_2_OVER_PI);
            VectorDoubleExp.tanh(u).intoArray(out, i);
        }
    }

    private static void geluTanhSlopeOf(
            double[] x, int xo, double[] tanh, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            DoubleVector t = DoubleVector.fromArray(SPECIES, tanh, i);
            DoubleVector inner =
                    v.mul(v).lanewise(FMA, F64.GELU_CUBIC_3, 1.0).mul(F64.SQRT_2_OVER_PI);
            DoubleVector steep = t.neg().lanewise(FMA, t, 1.0);
            v.mul(0.5).mul(steep).fma(inner, t.lanewise(FMA, 0.5, 0.5)).intoArray(out, oo + i);
        }
    }

    static void softplus(double[] x, int xo, double[] out, int oo, int n) {
        double[] e = new double[Math.min(n, BLOCK)];
        for (int i = 0; i < n; i += BLOCK) {
            int m = Math.min(BLOCK, n - i);
            minusAbs(x, xo + i, e, m);
            VectorDoubleUnary.apply(Unary.EXP, e, 0, e, 0, m);
            softplusOf(x, xo + i, e, out, oo + i, m);
        }
    }

    private static void minusAbs(double[] x, int xo, double[] out, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.fromArray(SPECIES, x, xo + i).lanewise(ABS).neg().intoArray(out, i);
        }
    }

    private static void softplusOf(double[] x, int xo, double[] exp, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector bend = VectorDoubleLog.log1p(DoubleVector.fromArray(SPECIES, exp, i));
            DoubleVector.fromArray(SPECIES, x, xo + i).max(0.0).add(bend).intoArray(out, oo + i);
        }
    }

    /// aᵇ; for one number b, `bo` is that number's place in every lane of `b` and `step` is 0, else
    /// 1.
    static void power(
            double[] a, int ao, double[] b, int bo, int step, double[] out, int oo, int n) {
        double[] log = new double[Math.min(n, BLOCK)];
        for (int i = 0; i < n; i += BLOCK) {
            int m = Math.min(BLOCK, n - i);
            VectorDoubleUnary.apply(Unary.LOG, a, ao + i, log, 0, m);
            powerOfLog(log, b, bo + step * i, step, out, oo + i, m);
        }
    }

    private static void powerOfLog(
            double[] log, double[] b, int bo, int step, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector power = DoubleVector.fromArray(SPECIES, b, bo + step * i);
            DoubleVector y =
                    VectorDoubleExp.exp(power.mul(DoubleVector.fromArray(SPECIES, log, i)));
            y.blend(1.0, power.compare(EQ, 0.0)).intoArray(out, oo + i);
        }
    }
}
