package nonmercer.machine;

/// `‖v‖ₚ = (Σ |vₙ|ᵖ)^(1/p)`, `1 < p < ∞`: a norm of sequences with its duality map.
///
/// Between the ends the norm is strictly convex and differentiable, which is what a representer
/// theorem needs; at 1 and ∞ it is neither. Source: Lin, Zhang & Zhang 2019 (arXiv:1901.01002),
/// Example 3.9.
public record Lp(double p) {
    /// Refuses exponents without a strictly convex, differentiable norm.
    public Lp {
        if (!(p > 1) || Double.isInfinite(p)) {
            throw new IllegalArgumentException(
                    "the norm needs an exponent 1 < p < ∞, got "
                            + p
                            + "; for p = 1 use SparseLearner");
        }
    }

    /// The norm of a Hilbert space.
    public static Lp hilbert() {
        return new Lp(2);
    }

    /// The norm of the dual space: `1/p + 1/p' = 1`.
    public Lp conjugate() {
        return p == 2 ? this : new Lp(p / (p - 1));
    }

    /// `‖v‖ₚ`; no power overflows.
    public double norm(double[] v) {
        double most = 0;
        for (double x : v) {
            most = Math.max(most, Math.abs(x));
        }
        if (most == 0) {
            return 0;
        }
        double sum = 0;
        for (double x : v) {
            double r = Math.abs(x) / most;
            sum += p == 2 ? r * r : Math.pow(r, p);
        }
        return most * (p == 2 ? Math.sqrt(sum) : Math.pow(sum, 1 / p));
    }

    /// `J(v)ₙ = ‖v‖²⁻ᵖ sign(vₙ) |vₙ|ᵖ⁻¹`, the derivative of `½‖v‖ₚ²`: `⟨J(v), v⟩ = ‖v‖²`, and
    /// `J(v)` has the same norm in the dual space. Its inverse is the map of [#conjugate()]. It is
    /// homogeneous, and additive only for p = 2.
    public double[] duality(double[] v) {
        if (p == 2) {
            return v.clone();
        }
        double norm = norm(v);
        double[] j = new double[v.length];
        if (norm == 0) {
            return j;
        }
        for (int n = 0; n < v.length; n++) {
            j[n] = norm * Math.signum(v[n]) * Math.pow(Math.abs(v[n]) / norm, p - 1);
        }
        return j;
    }
}
