// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// [Binary] over whole vectors, both operands arrays: one small loop each, `n` a multiple of the
/// lanes.
final class VectorDoubleBinary {
    private VectorDoubleBinary() {}

    static void apply(
            Binary f, double[] a, int ao, double[] b, int bo, double[] out, int oo, int n) {
        switch (f) {
            case ADD -> add(a, ao, b, bo, out, oo, n);
            case SUBTRACT -> subtract(a, ao, b, bo, out, oo, n);
            case MULTIPLY -> multiply(a, ao, b, bo, out, oo, n);
            case DIVIDE -> divide(a, ao, b, bo, out, oo, n);
            case MAXIMUM -> maximum(a, ao, b, bo, out, oo, n);
            case MINIMUM -> minimum(a, ao, b, bo, out, oo, n);
            case POWER -> VectorDoubleComposite.power(a, ao, b, bo, out, oo, n);
            case GREATER -> greater(a, ao, b, bo, out, oo, n);
            case GREATER_EQUAL -> greaterEqual(a, ao, b, bo, out, oo, n);
            case LESS -> greater(b, bo, a, ao, out, oo, n);
            case LESS_EQUAL -> greaterEqual(b, bo, a, ao, out, oo, n);
            case EQUAL -> equal(a, ao, b, bo, out, oo, n);
        }
    }

    private static void add(double[] a, int ao, double[] b, int bo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector u = DoubleVector.fromArray(SPECIES, a, ao + i);
            DoubleVector v = DoubleVector.fromArray(SPECIES, b, bo + i);
            u.add(v).intoArray(out, oo + i);
        }
    }

    private static void subtract(
            double[] a, int ao, double[] b, int bo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector u = DoubleVector.fromArray(SPECIES, a, ao + i);
            DoubleVector v = DoubleVector.fromArray(SPECIES, b, bo + i);
            u.sub(v).intoArray(out, oo + i);
        }
    }

    private static void multiply(
            double[] a, int ao, double[] b, int bo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector u = DoubleVector.fromArray(SPECIES, a, ao + i);
            DoubleVector v = DoubleVector.fromArray(SPECIES, b, bo + i);
            u.mul(v).intoArray(out, oo + i);
        }
    }

    private static void divide(
            double[] a, int ao, double[] b, int bo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector u = DoubleVector.fromArray(SPECIES, a, ao + i);
            DoubleVector v = DoubleVector.fromArray(SPECIES, b, bo + i);
            u.div(v).intoArray(out, oo + i);
        }
    }

    private static void maximum(
            double[] a, int ao, double[] b, int bo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector u = DoubleVector.fromArray(SPECIES, a, ao + i);
            DoubleVector v = DoubleVector.fromArray(SPECIES, b, bo + i);
            u.max(v).intoArray(out, oo + i);
        }
    }

    private static void minimum(
            double[] a, int ao, double[] b, int bo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector u = DoubleVector.fromArray(SPECIES, a, ao + i);
            DoubleVector v = DoubleVector.fromArray(SPECIES, b, bo + i);
            u.min(v).intoArray(out, oo + i);
        }
    }

    private static void greater(
            double[] a, int ao, double[] b, int bo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector u = DoubleVector.fromArray(SPECIES, a, ao + i);
            DoubleVector v = DoubleVector.fromArray(SPECIES, b, bo + i);
            DoubleVector.zero(SPECIES).blend(1.0, u.compare(GT, v)).intoArray(out, oo + i);
        }
    }

    private static void greaterEqual(
            double[] a, int ao, double[] b, int bo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector u = DoubleVector.fromArray(SPECIES, a, ao + i);
            DoubleVector v = DoubleVector.fromArray(SPECIES, b, bo + i);
            DoubleVector.zero(SPECIES).blend(1.0, u.compare(GE, v)).intoArray(out, oo + i);
        }
    }

    private static void equal(double[] a, int ao, double[] b, int bo, double[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector u = DoubleVector.fromArray(SPECIES, a, ao + i);
            DoubleVector v = DoubleVector.fromArray(SPECIES, b, bo + i);
            DoubleVector.zero(SPECIES).blend(1.0, u.compare(EQ, v)).intoArray(out, oo + i);
        }
    }
}
