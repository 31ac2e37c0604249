// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// [Binary] over whole vectors, one operand a single number: one small loop each, `n` a multiple of
/// the lanes.
final class VectorDoubleScalarBinary {
    private VectorDoubleScalarBinary() {}

    /// f(x, number).
    static void right(Binary f, double[] x, int xo, double number, double[] out, int oo, int n) {
        switch (f) {
            case ADD -> add(x, xo, number, out, oo, n);
            case SUBTRACT -> subtract(x, xo, number, out, oo, n);
            case MULTIPLY -> multiply(x, xo, number, out, oo, n);
            case DIVIDE -> divide(x, xo, number, out, oo, n);
            case MAXIMUM -> maximum(x, xo, number, out, oo, n);
            case MINIMUM -> minimum(x, xo, number, out, oo, n);
            case POWER -> VectorDoubleComposite.power(x, xo, number, out, oo, n);
            case GREATER -> greater(x, xo, number, out, oo, n);
            case GREATER_EQUAL -> greaterEqual(x, xo, number, out, oo, n);
            case LESS -> less(x, xo, number, out, oo, n);
            case LESS_EQUAL -> lessEqual(x, xo, number, out, oo, n);
            case EQUAL -> equal(x, xo, number, out, oo, n);
        }
    }

    /// f(number, x).
    static void left(Binary f, double number, double[] x, int xo, double[] out, int oo, int n) {
        switch (f) {
            case SUBTRACT -> subtractFrom(x, xo, number, out, oo, n);
            case DIVIDE -> divideFrom(x, xo, number, out, oo, n);
            case POWER -> powerOf(x, xo, number, out, oo, n);
            case ADD, MULTIPLY, MAXIMUM, MINIMUM, EQUAL -> right(f, x, xo, number, out, oo, n);
            case GREATER -> less(x, xo, number, out, oo, n);
            case GREATER_EQUAL -> lessEqual(x, xo, number, out, oo, n);
            case LESS -> greater(x, xo, number, out, oo, n);
            case LESS_EQUAL -> greaterEqual(x, xo, number, out, oo, n);
        }
    }

    private static void add(double[] x, int xo, double number, double[] out, int oo, int n) {
        DoubleVector s = DoubleVector.broadcast(SPECIES, number);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            v.add(s).intoArray(out, oo + i);
        }
    }

    private static void subtract(double[] x, int xo, double number, double[] out, int oo, int n) {
        DoubleVector s = DoubleVector.broadcast(SPECIES, number);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            v.sub(s).intoArray(out, oo + i);
        }
    }

    private static void multiply(double[] x, int xo, double number, double[] out, int oo, int n) {
        DoubleVector s = DoubleVector.broadcast(SPECIES, number);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            v.mul(s).intoArray(out, oo + i);
        }
    }

    private static void divide(double[] x, int xo, double number, double[] out, int oo, int n) {
        DoubleVector s = DoubleVector.broadcast(SPECIES, number);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            v.div(s).intoArray(out, oo + i);
        }
    }

    private static void maximum(double[] x, int xo, double number, double[] out, int oo, int n) {
        DoubleVector s = DoubleVector.broadcast(SPECIES, number);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            v.max(s).intoArray(out, oo + i);
        }
    }

    private static void minimum(double[] x, int xo, double number, double[] out, int oo, int n) {
        DoubleVector s = DoubleVector.broadcast(SPECIES, number);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            v.min(s).intoArray(out, oo + i);
        }
    }

    private static void greater(double[] x, int xo, double number, double[] out, int oo, int n) {
        DoubleVector s = DoubleVector.broadcast(SPECIES, number);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            DoubleVector.zero(SPECIES).blend(1.0, v.compare(GT, s)).intoArray(out, oo + i);
        }
    }

    private static void greaterEqual(
            double[] x, int xo, double number, double[] out, int oo, int n) {
        DoubleVector s = DoubleVector.broadcast(SPECIES, number);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            DoubleVector.zero(SPECIES).blend(1.0, v.compare(GE, s)).intoArray(out, oo + i);
        }
    }

    private static void less(double[] x, int xo, double number, double[] out, int oo, int n) {
        DoubleVector s = DoubleVector.broadcast(SPECIES, number);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            DoubleVector.zero(SPECIES).blend(1.0, v.compare(LT, s)).intoArray(out, oo + i);
        }
    }

    private static void lessEqual(double[] x, int xo, double number, double[] out, int oo, int n) {
        DoubleVector s = DoubleVector.broadcast(SPECIES, number);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            DoubleVector.zero(SPECIES).blend(1.0, v.compare(LE, s)).intoArray(out, oo + i);
        }
    }

    private static void equal(double[] x, int xo, double number, double[] out, int oo, int n) {
        DoubleVector s = DoubleVector.broadcast(SPECIES, number);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            DoubleVector.zero(SPECIES).blend(1.0, v.compare(EQ, s)).intoArray(out, oo + i);
        }
    }

    private static void subtractFrom(
            double[] x, int xo, double number, double[] out, int oo, int n) {
        DoubleVector s = DoubleVector.broadcast(SPECIES, number);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            s.sub(v).intoArray(out, oo + i);
        }
    }

    private static void divideFrom(double[] x, int xo, double number, double[] out, int oo, int n) {
        DoubleVector s = DoubleVector.broadcast(SPECIES, number);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            s.div(v).intoArray(out, oo + i);
        }
    }

    private static void powerOf(double[] x, int xo, double number, double[] out, int oo, int n) {
        double log = ScalarDoubleLog.log(number);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
            VectorDoubleExp.exp(v.mul(log)).blend(1.0, v.compare(EQ, 0.0)).intoArray(out, oo + i);
        }
    }
}
