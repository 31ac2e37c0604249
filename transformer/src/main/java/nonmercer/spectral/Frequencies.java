package nonmercer.spectral;

import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.op.FastfoodProjection;
import nonmercer.linalg.Transpose;

/// Weighted frequencies `Σᵢ wᵢ δ(ωᵢ)`, `wᵢ > 0`, `Σ wᵢ = 1`: a law, sampled.
public sealed interface Frequencies {
    /// `m`, the number of frequencies.
    int count();

    /// The number of heads with frequencies of their own; 1 if shared.
    int heads();

    /// `ωᵢ·x`: `[…, n, d] → […, n, m]`. With frequencies a head, `x` is `[…, heads, n, d]`.
    Tensor project(Tensor x);

    /// All frequencies, `[heads, m, d]`.
    Tensor dense();

    /// `ln wᵢ`, of shape `[m]`, or `[heads, 1, m]` with frequencies a head; empty if all are `1/m`.
    Optional<Tensor> logWeights();

    /// `‖ωᵢ‖²`, of shape `[m]`, or `[heads, 1, m]`.
    default Tensor squaredNorms() {
        Tensor squares = dense().square().sum(-1); // [h, m]
        return heads() == 1 ? squares.reshape(count()) : squares.reshape(heads(), 1, count());
    }

    /// Frequencies `[heads, m, d]`, weights `1/m`.
    static Frequencies of(Tensor omega) {
        return new Dense(omega, Optional.empty());
    }

    /// Frequencies `[heads, m, d]` and the logarithms of their weights, `[heads, m]` or `[1, m]`.
    static Frequencies weighted(Tensor omega, Tensor logWeights) {
        int h = omega.dim(0);
        int m = omega.dim(1);
        Tensor w = logWeights.broadcastTo(Shape.of(h, m));
        return new Dense(omega, Optional.of(h == 1 ? w.reshape(m) : w.reshape(h, 1, m)));
    }

    /// Stored.
    record Dense(Tensor dense, Optional<Tensor> logWeights) implements Frequencies {
        @Override
        public int count() {
            return dense.dim(1);
        }

        @Override
        public int heads() {
            return dense.dim(0);
        }

        @Override
        public Tensor project(Tensor x) {
            int h = heads();
            if (h == 1) {
                return x.matmul(dense.reshape(count(), dense.dim(2)), Transpose.TRANSPOSED);
            }
            if (x.rank() < 3 || x.dim(-3) != h) {
                throw new IllegalArgumentException(
                        "a spectral law with frequencies for each of "
                                + h
                                + " heads takes [..., "
                                + h
                                + ", n, d], got "
                                + x.shape());
            }
            return x.matmul(dense, Transpose.TRANSPOSED);
        }
    }

    /// Rows of `D^-½ S H G P H B` (Le, Sarlós & Smola 2013), never stored: `O(log d)` additions a
    /// projection. `s`, `g`, `b` are `[blocks, D]`, `D` the power of two from `d` on.
    record Transformed(int dimension, Tensor s, Tensor g, Tensor b, int... permutation)
            implements Frequencies {
        @Override
        public int count() {
            return s.value().size();
        }

        @Override
        public int heads() {
            return 1;
        }

        @Override
        public Optional<Tensor> logWeights() {
            return Optional.empty();
        }

        @Override
        public Tensor project(Tensor x) {
            Tensor lengths = s.scale(1 / Math.sqrt(s.dim(1)));
            return Tensor.apply(new FastfoodProjection(dimension, permutation), x, lengths, g, b);
        }

        @Override
        public Tensor dense() {
            double[] unit = new double[dimension * dimension];
            for (int i = 0; i < dimension; i++) {
                unit[i * dimension + i] = 1;
            }
            Array identity = Array.of(Shape.of(dimension, dimension), unit).cast(s.dtype());
            return project(Tensor.of(identity)).permute(1, 0).reshape(1, count(), dimension);
        }
    }
}
