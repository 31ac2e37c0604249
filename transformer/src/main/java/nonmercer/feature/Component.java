package nonmercer.feature;

/// What a feature makes of a frequency: `f(ω, x)` with `E f(ω, x) f(ω, y)` the kernel. `M(z) = E
/// exp(ω·z)`, `h(x) = ‖x‖²` or `‖x‖²/2` for the target Gaussian or softmax.
public sealed interface Component {
    /// The kernel that fixes the factor of the features.
    Target target();

    /// The number of features of `m` frequencies.
    int features(int m);

    /// Whether all features are positive.
    default boolean positive() {
        return true;
    }

    /// `[cos ω·x, sin ω·x]`: the stationary kernel `E cos(ω·(x − y))` (Rahimi & Recht 2007), times
    /// `exp((‖x‖² + ‖y‖²)/2)` for softmax. The estimate lies in `[−1, 1]` (before that factor).
    ///
    /// @param constant `s ≥ 0`: a further feature `s` adds `s²` to the kernel. With `s ≥ 1` the sum
    ///   of weights is not negative; it also caps a weight at `(1 + s²)/(s² L)` of `L` keys where
    ///   the kernel is not negative
    record Trigonometric(Target target, double constant) implements Component {
        /// Refuses a negative constant.
        public Trigonometric {
            if (!(constant >= 0) || Double.isInfinite(constant)) {
                throw new IllegalArgumentException(
                        "a constant feature is a number of at least 0, got " + constant);
            }
        }

        @Override
        public int features(int m) {
            return 2 * m + (constant > 0 ? 1 : 0);
        }

        @Override
        public boolean positive() {
            return false;
        }
    }

    /// `exp(ω·x − h(x))`: the kernel `M(x + y) exp(−h(x) − h(y))` (Choromanski et al. 2021).
    record Positive(Target target) implements Component {
        @Override
        public int features(int m) {
            return m;
        }
    }

    /// `[exp(ω·x − h(x)), exp(−ω·x − h(x))]/√2`: that of the symmetrised law.
    record Hyperbolic(Target target) implements Component {
        @Override
        public int features(int m) {
            return 2 * m;
        }
    }

    /// `(1 − 4A)^(d/4) exp(A‖ω‖² + √(1 − 4A) ω·x − ‖x‖²/2)` for `ω ~ N(0, I)`: the softmax kernel
    /// for every `A < 1/8`, bounded features for `A < 0` (Likhosherstov et al. 2022).
    ///
    /// @param a `A`; 0 gives [Positive]; NaN: the one of least variance at the data, from the mean
    ///   of `‖x + y‖²` ([#best])
    record OptimalPositive(double a) implements Component {
        /// `A` chosen by the data.
        public OptimalPositive() {
            this(Double.NaN);
        }

        /// Refuses an `A` for which the variance is infinite.
        public OptimalPositive {
            if (a >= 0.125) {
                throw new IllegalArgumentException(
                        "optimal positive features need A < 1/8, where their variance is finite;"
                                + " got "
                                + a);
            }
        }

        @Override
        public Target target() {
            return Target.SOFTMAX;
        }

        @Override
        public int features(int m) {
            return m;
        }

        /// Whether `A` is chosen by the data.
        public boolean adaptive() {
            return Double.isNaN(a);
        }

        /// `ρ*`, at which the relative variance `((ρ+1)/2)^d ρ^(−d/2) e^(ρZ) − 1` is least: the
        /// positive root of `d/(ρ+1) − d/(2ρ) + Z = 0`.
        ///
        /// @param z `Z = ‖x + y‖²`
        public static double bestRho(int d, double z) {
            double p = 2 * z + d;
            // The root of 2Z ρ² + (2Z + d) ρ − d = 0, without cancellation.
            return 2.0 * d / (p + Math.sqrt(p * p + 8 * d * z));
        }

        /// `A* = (1 − 1/ρ*)/8`, at most 0.
        public static double best(int d, double z) {
            return (1 - 1 / bestRho(d, z)) / 8;
        }
    }
}
