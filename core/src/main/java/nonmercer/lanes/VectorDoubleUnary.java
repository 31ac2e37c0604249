// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// [Unary] over whole vectors: one small loop each, `n` a multiple of the lanes.
final class VectorDoubleUnary {
    private VectorDoubleUnary() {}

    static void apply(Unary f, double[] x, int xo, double[] out, int oo, int n) {
        switch (f) {
            case NEGATE -> negate(x, xo, out, oo, n);
            case ABS -> abs(x, xo, out, oo, n);
            case SIGN -> sign(x, xo, out, oo, n);
            case SQRT -> sqrt(x, xo, out, oo, n);
            case RECIPROCAL -> reciprocal(x, xo, out, oo, n);
            case SQUARE -> square(x, xo, out, oo, n);
            case EXP -> exp(x, xo, out, oo, n);
            case EXPM1 -> expm1(x, xo, out, oo, n);
            case LOG -> log(x, xo, out, oo, n);
            case LOG1P -> log1p(x, xo, out, oo, n);
            case TANH -> tanh(x, xo, out, oo, n);
            case ERF -> VectorDoubleErf.erf(x, xo, out, oo, n);
            case SIGMOID -> sigmoid(x, xo, out, oo, n);
            case SIN -> sin(x, xo, out, oo, n);
            case COS -> cos(x, xo, out, oo, n);
            case RELU -> relu(x, xo, out, oo, n);
            case STEP -> step(x, xo, out, oo, n);
            case GELU -> VectorDoubleGelu.gelu(x, xo, out, oo, n);
            case GELU_SLOPE -> VectorDoubleComposite.geluSlope(x, xo, out, oo, n);
            case GELU_TANH -> geluTanh(x, xo, out, oo, n);
            case GELU_TANH_SLOPE -> geluTanhSlope(x, xo, out, oo, n);
            case SOFTPLUS -> VectorDoubleComposite.softplus(x, xo, out, oo, n);
            case ELU -> elu(x, xo, out, oo, n);
            case ACOS -> VectorDoubleAcos.acos(x, xo, out, oo, n);
            case RECIPROCAL_OR_ZERO -> reciprocalOrZero(x, xo, out, oo, n);
        }
    }

    private static void negate(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            v.neg().intoArray(out, oo + i);
        }
    }

    private static void abs(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            v.lanewise(ABS).intoArray(out, oo + i);
        }
    }

    private static void sign(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            DoubleVector one = VectorDoubleExp.withSign(DoubleVector.broadcast(SPECIES, 1.0), v);
            one.blend(v, v.compare(EQ, 0.0).or(v.compare(EQ, v).not())).intoArray(out, oo + i);
        }
    }

    private static void sqrt(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            v.sqrt().intoArray(out, oo + i);
        }
    }

    private static void reciprocal(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            DoubleVector.broadcast(SPECIES, 1.0).div(v).intoArray(out, oo + i);
        }
    }

    private static void reciprocalOrZero(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            DoubleVector.broadcast(SPECIES, 1.0)
                    .div(v)
                    .blend(0.0, v.compare(EQ, 0.0))
                    .intoArray(out, oo + i);
        }
    }

    private static void square(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            v.mul(v).intoArray(out, oo + i);
        }
    }

    private static void exp(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            VectorDoubleExp.exp(v).intoArray(out, oo + i);
        }
    }

    private static void expm1(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            VectorDoubleExp.expm1(v).intoArray(out, oo + i);
        }
    }

    private static void log(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            VectorDoubleLog.log(v).intoArray(out, oo + i);
        }
    }

    private static void log1p(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            VectorDoubleLog.log1p(v).intoArray(out, oo + i);
        }
    }

    private static void tanh(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            VectorDoubleExp.tanh(v).intoArray(out, oo + i);
        }
    }

    private static void geluTanhSlope(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            VectorDoubleExp.geluTanhSlope(v).intoArray(out, oo + i);
        }
    }

    private static void sigmoid(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            VectorDoubleExp.sigmoid(v).intoArray(out, oo + i);
        }
    }

    private static void sin(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            if (v.lanewise(ABS).compare(LE, F64.TRIG_LIMIT).allTrue()) {
                VectorDoubleTrig.near(v, 0).intoArray(out, oo + i);
            } else {
                farSin(x, xo + i, out, oo + i);
            }
        }
    }

    private static void farSin(double[] x, int xo, double[] out, int oo) {
        for (int i = 0; i < LANES; i++) {
            out[oo + i] = ScalarDoubleTrig.sin(x[xo + i]);
        }
    }

    private static void cos(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            if (v.lanewise(ABS).compare(LE, F64.TRIG_LIMIT).allTrue()) {
                VectorDoubleTrig.near(v, 1).intoArray(out, oo + i);
            } else {
                farCos(x, xo + i, out, oo + i);
            }
        }
    }

    private static void farCos(double[] x, int xo, double[] out, int oo) {
        for (int i = 0; i < LANES; i++) {
            out[oo + i] = ScalarDoubleTrig.cos(x[xo + i]);
        }
    }

    private static void relu(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            v.max(0.0).intoArray(out, oo + i);
        }
    }

    private static void step(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            DoubleVector.zero(SPECIES).blend(1.0, v.compare(GT, 0.0)).intoArray(out, oo + i);
        }
    }

    private static void geluTanh(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            VectorDoubleExp.geluTanh(v).intoArray(out, oo + i);
        }
    }

    private static void elu(double[] x, int xo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            VectorDoubleExp.expm1(v).blend(v, v.compare(GT, 0.0)).intoArray(out, oo + i);
        }
    }
}
