package nonmercer.machine;

/// How the two functions of a binary machine make one prediction.
public enum Coupling {
    /// `f(x) + g(y)`: jointly convex.
    ADDITIVE {
        @Override
        double of(double f, double g) {
            return f + g;
        }
    },
    /// `f(x) g(y)`: convex in each, not in both. With `(f, g)` always `(-f, -g)` is a solution too.
    PRODUCT {
        @Override
        double of(double f, double g) {
            return f * g;
        }
    };

    abstract double of(double f, double g);
}
