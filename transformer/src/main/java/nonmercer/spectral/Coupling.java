package nonmercer.spectral;

import java.util.OptionalDouble;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.random.RandomStream;

/// How `m` rows of noise in `d` coordinates are drawn together. Each row is standard normal,
/// exactly or nearly; what differs is how they depend on each other.
public sealed interface Coupling
        permits Coupling.Independent,
                Coupling.Orthogonal,
                Coupling.StructuredOrthogonal,
                Coupling.Simplex,
                Coupling.Fastfood,
                Coupling.Lattice,
                Coupling.GaussHermite {
    /// `[m, d]` rows, and weights as in [Noise.Rows].
    Noise.Rows draw(int m, int d, RandomStream stream);

    /// Whether each row is exactly standard normal, so that features are unbiased.
    boolean exact();

    /// The number of rows of a block: rows of one block depend on each other, those of two are
    /// independent.
    int block(int m, int d);

    /// `E exp((εᵢ + sign εⱼ)·z)` of two rows of a block, as a function of `x = ‖z‖²`; for negative
    /// `x`, of cosines with `‖z‖² = −x`.
    OptionalDouble pair(int sign, int d, double x);

    /// The number of ordered pairs of different rows that depend on each other.
    default long dependent(int m, int d) {
        long block = Math.max(1, block(m, d));
        long rest = m % block;
        return m / block * block * (block - 1) + rest * (rest - 1);
    }

    /// Rows without weights and chi-squared numbers.
    private static Noise.Rows rows(Array normal) {
        return new Noise.Rows(normal, Array.vector(), Array.vector());
    }

    private static Array normal(int m, int d, RandomStream stream) {
        Array a = Array.zeros(DType.FLOAT64, Shape.of(m, d));
        stream.fillNormal(a, 0, 1);
        return a;
    }

    /// Independent rows.
    record Independent() implements Coupling {
        @Override
        public Noise.Rows draw(int m, int d, RandomStream stream) {
            return rows(normal(m, d, stream));
        }

        @Override
        public boolean exact() {
            return true;
        }

        @Override
        public int block(int m, int d) {
            return 1;
        }

        @Override
        public OptionalDouble pair(int sign, int d, double x) {
            return OptionalDouble.of(Math.exp(x));
        }
    }

    /// Blocks of `d` rows in orthogonal directions, uniformly random (Haar), with independent
    /// lengths (Yu et al. 2016; Choromanski et al. 2021).
    record Orthogonal() implements Coupling {
        @Override
        public Noise.Rows draw(int m, int d, RandomStream stream) {
            return rows(Blocks.of(m, d, stream, Blocks::orthogonal));
        }

        @Override
        public boolean exact() {
            return true;
        }

        @Override
        public int block(int m, int d) {
            return Math.min(m, d);
        }

        @Override
        public OptionalDouble pair(int sign, int d, double x) {
            return OptionalDouble.of(Series.confluent(d, x / 2));
        }
    }

    /// Blocks of rows of `√D H D₁ H D₂ H D₃/D^(3/2)`, `D` the power of two from `d` on and `Dᵢ`
    /// random signs, with independent chi lengths (Yu et al. 2016): orthogonal where `d = D`, in
    /// `O(D log D)`, and only nearly normal.
    record StructuredOrthogonal() implements Coupling {
        @Override
        public Noise.Rows draw(int m, int d, RandomStream stream) {
            return rows(Blocks.of(m, d, stream, Blocks::structured));
        }

        @Override
        public boolean exact() {
            return false;
        }

        @Override
        public int block(int m, int d) {
            return Math.min(m, Blocks.powerOfTwo(d));
        }

        @Override
        public OptionalDouble pair(int sign, int d, double x) {
            return OptionalDouble.empty();
        }
    }

    /// Blocks of `d` rows at pairwise cosine `−1/(d − 1)`, in a uniformly random position, with
    /// independent lengths (Reid et al. 2023).
    record Simplex() implements Coupling {
        @Override
        public Noise.Rows draw(int m, int d, RandomStream stream) {
            if (d < 2) {
                throw new IllegalArgumentException(
                        "a simplex of directions needs d >= 2, got " + d);
            }
            return rows(Blocks.of(m, d, stream, Blocks::simplex));
        }

        @Override
        public boolean exact() {
            return true;
        }

        @Override
        public int block(int m, int d) {
            return Math.min(m, d);
        }

        @Override
        public OptionalDouble pair(int sign, int d, double x) {
            return Series.atCosine(d, -sign / (d - 1.0), x);
        }
    }

    /// Blocks of `D` rows of `D^-½ S H G P H B`, `D` the power of two from `d` on, `B` random
    /// signs, `P` a permutation, `G` normal, `S` chi lengths over `‖G‖` (Le, Sarlós & Smola 2013).
    /// Each row is exactly normal; rows depend on each other through `G`.
    record Fastfood() implements Coupling {
        @Override
        public Noise.Rows draw(int m, int d, RandomStream stream) {
            return rows(Blocks.of(m, d, stream, Blocks::fastfood));
        }

        @Override
        public boolean exact() {
            return true;
        }

        @Override
        public int block(int m, int d) {
            return Math.min(m, Blocks.powerOfTwo(d));
        }

        @Override
        public OptionalDouble pair(int sign, int d, double x) {
            return OptionalDouble.empty();
        }
    }

    /// The normal quantiles of a rank-1 lattice of Korobov's form, shifted at random, so that each
    /// row is exactly normal: randomised quasi-Monte Carlo. The generator is the one of up to 64
    /// candidates that integrates periodic functions with square-integrable mixed derivatives best
    /// in the worst case (the criterion `P₂`).
    record Lattice() implements Coupling {
        @Override
        public Noise.Rows draw(int m, int d, RandomStream stream) {
            return rows(Korobov.normal(m, d, stream));
        }

        @Override
        public boolean exact() {
            return true;
        }

        @Override
        public int block(int m, int d) {
            return m;
        }

        @Override
        public OptionalDouble pair(int sign, int d, double x) {
            return OptionalDouble.empty();
        }
    }

    /// The product grid of Gauss–Hermite quadrature with so many nodes a coordinate, `m = nodesᵈ`
    /// rows with their weights: no randomness, for small `d`; exact where `f(ω)` is a polynomial of
    /// degree below `2·nodes` in each coordinate.
    record GaussHermite(int nodes) implements Coupling {
        /// Refuses less than one node.
        public GaussHermite {
            if (nodes < 1 || nodes > 64) {
                throw new IllegalArgumentException(
                        "Gauss-Hermite quadrature takes 1 to 64 nodes a coordinate, got " + nodes);
            }
        }

        @Override
        public Noise.Rows draw(int m, int d, RandomStream stream) {
            return Hermite.grid(nodes, d, m);
        }

        @Override
        public boolean exact() {
            return false;
        }

        @Override
        public int block(int m, int d) {
            return m;
        }

        @Override
        public OptionalDouble pair(int sign, int d, double x) {
            return OptionalDouble.empty();
        }
    }
}
