package nonmercer.spectral;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// A linear map of standard normal noise, `ω = Lᵀ ε` with covariance `LᵀL`: of one scale, of one a
/// coordinate, or full. One for each head, or one for all.
public sealed interface Spread {
    /// The leading extent of its numbers.
    int heads();

    /// Rows `[m, d]` → `[heads, m, d]`.
    Tensor of(Tensor noise, Pass pass);

    /// `L t`: the covariance's quadratic form is `‖L t‖²`.
    double[] times(int head, double... t);

    /// Its numbers.
    Numbers numbers();

    /// How its covariance prints.
    String covariance();

    /// `‖L t‖² = tᵀ (LᵀL) t`, the variance of `ω·t`.
    default double variance(int head, double... t) {
        double sum = 0;
        for (double y : times(head, t)) {
            sum += y * y;
        }
        return sum;
    }

    /// The trained parameters.
    default List<Parameter> parameters() {
        return numbers().parameters();
    }

    /// Covariance `e^λ I`; `λ`: `[heads]`.
    record Isotropic(Numbers logVariance) implements Spread {
        /// Covariance `I`.
        public static Isotropic unit() {
            return new Isotropic(Numbers.fixed(Array.vector(0)));
        }

        @Override
        public int heads() {
            return logVariance.value().dim(0);
        }

        @Override
        public Tensor of(Tensor noise, Pass pass) {
            Tensor sd = logVariance.of(noise.dtype(), pass).scale(0.5).exp();
            return noise.mul(sd.reshape(heads(), 1, 1));
        }

        @Override
        public double[] times(int head, double... t) {
            double sd = Math.exp(logVariance.value().at(head % heads()) / 2);
            double[] y = t.clone();
            for (int l = 0; l < y.length; l++) {
                y[l] *= sd;
            }
            return y;
        }

        @Override
        public Numbers numbers() {
            return logVariance;
        }

        @Override
        public String covariance() {
            return logVariance instanceof Numbers.Fixed(Array v) && v.size() == 1
                    ? v.at(0) == 0 ? "I" : Math.exp(v.at(0)) + " I"
                    : "e^λ I";
        }
    }

    /// Covariance `diag(e^λ)`; `λ`: `[heads, d]`.
    record Diagonal(Numbers logVariance) implements Spread {
        @Override
        public int heads() {
            return logVariance.value().dim(0);
        }

        @Override
        public Tensor of(Tensor noise, Pass pass) {
            Tensor sd = logVariance.of(noise.dtype(), pass).scale(0.5).exp();
            return noise.mul(sd.reshape(heads(), 1, sd.dim(1)));
        }

        @Override
        public double[] times(int head, double... t) {
            double[] y = t.clone();
            for (int l = 0; l < y.length; l++) {
                y[l] *= Math.exp(logVariance.value().get(head % heads(), l) / 2);
            }
            return y;
        }

        @Override
        public Numbers numbers() {
            return logVariance;
        }

        @Override
        public String covariance() {
            return "diag(e^λ)";
        }
    }

    /// Covariance `LᵀL` of any factor `L`: `[heads, d, d]`.
    record Full(Numbers factor) implements Spread {
        @Override
        public int heads() {
            return factor.value().dim(0);
        }

        /// `εᵀ L` for each row: `ω = Lᵀ ε`.
        @Override
        public Tensor of(Tensor noise, Pass pass) {
            return noise.reshape(1, noise.dim(0), noise.dim(1))
                    .matmul(factor.of(noise.dtype(), pass));
        }

        @Override
        public double[] times(int head, double... t) {
            double[] y = new double[t.length];
            for (int i = 0; i < y.length; i++) {
                for (int l = 0; l < t.length; l++) {
                    y[i] += factor.value().get(head % heads(), i, l) * t[l];
                }
            }
            return y;
        }

        @Override
        public Numbers numbers() {
            return factor;
        }

        @Override
        public String covariance() {
            return "LᵀL";
        }
    }
}
