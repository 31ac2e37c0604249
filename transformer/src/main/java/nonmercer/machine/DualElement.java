package nonmercer.machine;

import nonmercer.array.Array;
import org.jspecify.annotations.Nullable;

/// `h = Σᵢ cᵢ κ(xᵢ, ·)`: a finite expansion in the kernel. It lives on the OTHER domain than the
/// function it is dual to.
///
/// By the representer theorem the dual of a machine's solution has this form; the solution itself
/// has not, unless p = 2. That is why an expansion is no [Function]: [#function] applies the
/// inverse duality map. Source: Wright & Gonzalez 2021, Theorem 1; Lin, Zhang & Zhang 2019,
/// Corollary 4.8.
public final class DualElement {
    private final Space space;
    private final Array points;
    private final double[] coefficients;
    private final Trace trace;

    private DualElement(Space space, Array points, double[] coefficients, Trace trace) {
        this.space = space;
        this.points = points;
        this.coefficients = coefficients;
        this.trace = trace;
    }

    /// The element with these coefficients, dual to a function in this space.
    ///
    /// @param points the `xᵢ`, in the domain of that space, `[n, d]`
    public static DualElement of(Space space, Array points, double... coefficients) {
        Trace trace = space.at(points);
        if (trace.size() != coefficients.length) {
            throw new IllegalArgumentException(
                    "an expansion needs a coefficient a point, got "
                            + coefficients.length
                            + " for "
                            + trace.size());
        }
        return new DualElement(space, points, coefficients.clone(), trace);
    }

    static DualElement of(Space space, Array points, Trace trace, double[] coefficients) {
        return new DualElement(space, points, coefficients, trace);
    }

    /// The points `xᵢ`.
    public Array points() {
        return points;
    }

    /// The `cᵢ`, a copy.
    public double[] coefficients() {
        return coefficients.clone();
    }

    /// How many coefficients exceed `10⁻⁸` of the largest.
    public int support() {
        double most = 0;
        for (double c : coefficients) {
            most = Math.max(most, Math.abs(c));
        }
        int support = 0;
        for (double c : coefficients) {
            support += Math.abs(c) > 1e-8 * most ? 1 : 0;
        }
        return support;
    }

    /// `h(yⱼ) = Σᵢ cᵢ κ(xᵢ, yⱼ)` at points of the other domain, by kernel values alone.
    public double[] at(Array others) {
        return Dense.transposedTimes(space.kernel(points, others), coefficients);
    }

    /// `‖h‖`, in the dual norm; the same as the norm of its function.
    public double norm() {
        return Math.sqrt(2 * trace.energy(coefficients, new double[coefficients.length]));
    }

    /// `f = J⁻¹(h)`, the function this element is dual to.
    public Function function() {
        return new Function(this, null);
    }

    /// The same with the coefficients of its features, where they are known.
    Function function(double @Nullable [] v) {
        return new Function(this, v);
    }

    Space space() {
        return space;
    }

    Trace trace() {
        return trace;
    }
}
