package nonmercer.spectral;

import java.util.OptionalDouble;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Tensor;

/// What the laws share: numbers a head, and noise in rows.
final class Heads {
    private Heads() {}

    static void check(Array mean, Spread spread) {
        int a = mean.dim(0);
        int b = spread.heads();
        if (mean.shape().rank() != 2 || a != b && a != 1 && b != 1) {
            throw new IllegalArgumentException(
                    "a spectral law takes a mean [heads, d] and a covariance for as many heads, got"
                            + " a mean "
                            + mean.shape()
                            + " and numbers "
                            + spread.numbers().value().shape());
        }
    }

    static Noise.Rows rows(Noise noise) {
        if (noise instanceof Noise.Rows rows) {
            return rows;
        }
        throw new IllegalArgumentException(
                "this noise was not drawn by this law, whose noise is rows; draw it with law.noise");
    }

    /// `ω` `[heads, m, d]` with weights `[m]`, or equal ones if there are none.
    static Frequencies frequencies(Tensor omega, Array weights) {
        if (weights.size() == 0) {
            return Frequencies.of(omega);
        }
        Tensor w = Tensor.of(weights.cast(omega.dtype())).log();
        return Frequencies.weighted(omega, w.reshape(1, weights.size()));
    }

    static double dot(Array mean, int head, double... t) {
        double sum = 0;
        for (int l = 0; l < t.length; l++) {
            sum += mean.get(head % mean.dim(0), l) * t[l];
        }
        return sum;
    }

    /// `LᵀL + μμᵀ`, by polarisation.
    static double[][] secondMoments(Array mean, Spread spread, int head) {
        int d = mean.dim(1);
        double[][] columns = new double[d][];
        for (int i = 0; i < d; i++) {
            double[] unit = new double[d];
            unit[i] = 1;
            columns[i] = spread.times(head, unit);
        }
        double[][] s = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                s[i][j] = mean.get(head % mean.dim(0), i) * mean.get(head % mean.dim(0), j);
                for (int l = 0; l < d; l++) {
                    s[i][j] += columns[i][l] * columns[j][l];
                }
            }
        }
        return s;
    }

    static OptionalDouble times(double factor, OptionalDouble x) {
        return x.isPresent() ? OptionalDouble.of(factor * x.getAsDouble()) : x;
    }

    /// Chi-squared numbers with so many degrees of freedom, `[m]`.
    static Array chiSquared(int m, int degrees, nonmercer.random.RandomStream stream) {
        Array a = Array.zeros(DType.FLOAT64, nonmercer.array.Shape.of(m));
        for (int i = 0; i < m; i++) {
            double sum = 0;
            for (int l = 0; l < degrees; l++) {
                double x = stream.nextGaussian();
                sum += x * x;
            }
            a.doubles()[i] = sum;
        }
        return a;
    }
}
