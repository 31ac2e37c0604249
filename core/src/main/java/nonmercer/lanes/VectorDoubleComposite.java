// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.EQ;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// The functions made of two long ones, as passes over a block that stays in the first-level cache.
///
/// One loop would be too much for the compiler (see [VectorDoubleExp]). One of the long functions
/// goes through [VectorDoubleUnary#apply], which is too large to be inlined (more than 325
/// bytecodes), so that it is compiled by itself; the other stands behind no more than a few
/// operations. The operations are those of [ScalarDoubleErf] and its neighbours, in their order;
/// `n` is a multiple of the lanes.
final class VectorDoubleComposite {
    private static final int BLOCK = 1024;
    private static final ThreadLocal<double[]> BETWEEN =
            ThreadLocal.withInitial(() -> new double[BLOCK]);

    private VectorDoubleComposite() {}

    static void geluSlope(double[] x, int xo, double[] out, int oo, int n) {
        double[] erf = BETWEEN.get();
        for (int i = 0; i < n; i += BLOCK) {
            int m = Math.min(BLOCK, n - i);
            scaled(x, xo + i, erf, m);
            VectorDoubleUnary.apply(Unary.ERF, erf, 0, erf, 0, m);
            geluSlopeOf(x, xo + i, erf, out, oo + i, m);
        }
    }

    private static void scaled(double[] x, int xo, double[] out, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.fromArray(SPECIES, x, xo + i).mul(F64.SQRT_HALF_VALUE).intoArray(out, i);
        }
    }

    private static void geluSlopeOf(double[] x, int xo, double[] erf, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            DoubleVector density =
                    VectorDoubleExp.expOfNegative(v.mul(-0.5).mul(v)).mul(F64.INVERSE_SQRT_2PI);
            DoubleVector half = DoubleVector.broadcast(SPECIES, 0.5);
            DoubleVector probability = half.fma(DoubleVector.fromArray(SPECIES, erf, i), half);
            v.fma(density, probability).intoArray(out, oo + i);
        }
    }

    static void softplus(double[] x, int xo, double[] out, int oo, int n) {
        double[] bend = BETWEEN.get();
        for (int i = 0; i < n; i += BLOCK) {
            int m = Math.min(BLOCK, n - i);
            expOfMinusAbs(x, xo + i, bend, m);
            VectorDoubleUnary.apply(Unary.LOG1P, bend, 0, bend, 0, m);
            softplusOf(x, xo + i, bend, out, oo + i, m);
        }
    }

    private static void expOfMinusAbs(double[] x, int xo, double[] out, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            VectorDoubleExp.expOfNegative(v.lanewise(ABS).neg()).intoArray(out, i);
        }
    }

    private static void softplusOf(double[] x, int xo, double[] bend, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            v.max(0.0).add(DoubleVector.fromArray(SPECIES, bend, i)).intoArray(out, oo + i);
        }
    }

    /// aᵇ.
    static void power(double[] a, int ao, double[] b, int bo, double[] out, int oo, int n) {
        double[] log = BETWEEN.get();
        for (int i = 0; i < n; i += BLOCK) {
            int m = Math.min(BLOCK, n - i);
            VectorDoubleUnary.apply(Unary.LOG, a, ao + i, log, 0, m);
            powerOfLog(log, b, bo + i, out, oo + i, m);
        }
    }

    private static void powerOfLog(double[] log, double[] b, int bo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector power = DoubleVector.fromArray(SPECIES, b, bo + i);
            DoubleVector y =
                    VectorDoubleExp.exp(power.mul(DoubleVector.fromArray(SPECIES, log, i)));
            y.blend(1.0, power.compare(EQ, 0.0)).intoArray(out, oo + i);
        }
    }

    /// aᵇ with one number b.
    static void power(double[] a, int ao, double b, double[] out, int oo, int n) {
        VectorDoubleUnary.apply(Unary.LOG, a, ao, out, oo, n);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector log = DoubleVector.fromArray(SPECIES, out, oo + i);
            DoubleVector y = VectorDoubleExp.exp(log.mul(b));
            y.blend(1.0, DoubleVector.broadcast(SPECIES, b).compare(EQ, 0.0))
                    .intoArray(out, oo + i);
        }
    }
}
