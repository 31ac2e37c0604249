package nonmercer.kernel;

import java.util.function.IntToLongFunction;

/// The least number of features `φ, ψ` with `k(x, y) = ⟨φ(x), ψ(y)⟩` on `ℝᵈ × ℝᵈ`: the rank of the
/// kernel.
public sealed interface FeatureDimension {
    /// Not known.
    FeatureDimension UNKNOWN = new Unknown();

    /// Exactly (or, where `exact` is false, at most) `count(d)` features.
    record Finite(IntToLongFunction count, String formula, boolean exact, String source)
            implements FeatureDimension {
        @Override
        public String toString() {
            return (exact ? "" : "at most ") + formula;
        }
    }

    /// No finite number of features suffices.
    record Infinite(String source) implements FeatureDimension {
        @Override
        public String toString() {
            return "infinite";
        }
    }

    /// Not known.
    record Unknown() implements FeatureDimension {
        @Override
        public String toString() {
            return "unknown";
        }
    }
}
