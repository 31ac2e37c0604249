package nonmercer.spectral;

import java.util.List;
import nonmercer.array.Array;

/// The explicit randomness that a law turns into frequencies: fixed numbers, so that the
/// frequencies are a differentiable function of the law's parameters. Drawn by [SpectralLaw#noise];
/// another draw is another object.
public sealed interface Noise {
    /// The number of frequencies.
    int count();

    /// Rows with standard normal marginals `[m, r]`, a chi-squared number for each `[m]` (of no
    /// elements where the law needs none), and weights `[m]` that sum to 1 (of no elements where
    /// all are `1/m`); float64.
    record Rows(Array normal, Array chiSquared, Array weights) implements Noise {
        @Override
        public int count() {
            return normal.dim(0);
        }
    }

    /// The noise of each component of a mixture, drawn independently.
    record Parts(List<Noise> parts) implements Noise {
        /// Copies the list.
        public Parts {
            parts = List.copyOf(parts);
        }

        @Override
        public int count() {
            return parts.stream().mapToInt(Noise::count).sum();
        }
    }

    /// The diagonals `[blocks, D]` of blocks of Fastfood, and the permutations of all blocks as one
    /// of `blocks · D` numbers.
    record Diagonals(Array s, Array g, Array b, List<Integer> permutation) implements Noise {
        /// Copies the permutation.
        public Diagonals {
            permutation = List.copyOf(permutation);
        }

        @Override
        public int count() {
            return s.size();
        }
    }

    /// No randomness: frequencies that are parameters.
    record None(int count) implements Noise {}
}
