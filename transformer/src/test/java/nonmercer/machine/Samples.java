package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.random.RandomStream;

/// Points and responses for the tests of machines.
final class Samples {
    private Samples() {}

    /// `n` points uniform in the cube `[-radius, radius]ᵈ`.
    static Array points(String name, int n, int d, double radius) {
        Array x = Array.zeros(DType.FLOAT64, Shape.of(n, d));
        RandomStream.of(11).at(name).fillUniform(x, -radius, radius);
        return x;
    }

    /// A row of a matrix.
    static double[] row(Array a, int i) {
        int d = a.dim(1);
        double[] row = new double[d];
        for (int l = 0; l < d; l++) {
            row[l] = a.get(i, l);
        }
        return row;
    }

    /// `sin 3x₁ + x₂²` at each point.
    static double[] wave(Array x) {
        double[] z = new double[x.dim(0)];
        for (int i = 0; i < z.length; i++) {
            z[i] = Math.sin(3 * x.get(i, 0)) + x.get(i, 1) * x.get(i, 1);
        }
        return z;
    }

    /// ±1 by the sign of `x₁ + y₂ + x₁ y₁/2`, `[n, m]`.
    static Array signs(Array x, Array y) {
        double[] z = new double[x.dim(0) * y.dim(0)];
        for (int i = 0; i < x.dim(0); i++) {
            for (int j = 0; j < y.dim(0); j++) {
                double s = x.get(i, 0) + y.get(j, 1) + x.get(i, 0) * y.get(j, 0) / 2;
                z[i * y.dim(0) + j] = s > 0 ? 1 : -1;
            }
        }
        return Array.of(Shape.of(x.dim(0), y.dim(0)), z);
    }
}
