package nonmercer.feature;

import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Monomials;

/// `φ(x)ₐ = √(cⁿ/a!) xᵃ` for all multi-indices `a` of `n = |a| ≤ p`: the features of `exp(c q·k)`,
/// cut off at degree `p`.
///
/// `⟨φ(q), φ(k)⟩ = Σₙ (c q·k)ⁿ/n!` for `n ≤ p`, the Taylor polynomial of the exponential, by the
/// multinomial theorem. There are `(d+p)!/(d! p!)` of them. An odd-degree polynomial is negative
/// far out, so these are features for analysis, not for attention. Source: Wright & Gonzalez 2021,
/// Prop. 1, with the coefficients corrected: the printed ones give a geometric series.
public record TaylorExp(Coefficient scale, int degree) implements FeatureMap {
    /// Refuses a negative degree.
    public TaylorExp {
        if (degree < 0) {
            throw new IllegalArgumentException(
                    "a Taylor polynomial has a degree of at least 0, got " + degree);
        }
    }

    /// The features of `exp(q·k/√d)`.
    public TaylorExp(int degree) {
        this(Coefficient.inverseRootDimension(), degree);
    }

    /// `(d+p)!/(d! p!)`.
    ///
    /// @throws IllegalArgumentException if that is more than an array can hold
    @Override
    public int dimension(int d) {
        return monomials().dimension(d);
    }

    /// How far the Taylor polynomial is from `exp(a)` at most: `aᵖ⁺¹ eᵃ/(p+1)!` for `a ≥ 0`,
    /// `|a|ᵖ⁺¹/(p+1)!` for `a < 0` (Lagrange). Both grow with `|a|`, so the bound at the largest
    /// score holds for all.
    public double remainder(double a) {
        double term = a < 0 ? 1 : Math.exp(a);
        for (int i = 1; i <= degree + 1; i++) {
            term *= Math.abs(a) / i;
        }
        return term;
    }

    @Override
    public Tensor queries(Tensor q, Pass pass) {
        return monomials().queries(q, pass);
    }

    @Override
    public Tensor keys(Tensor k, Pass pass) {
        return monomials().keys(k, pass);
    }

    private Monomials monomials() {
        return Monomials.exponential(scale, degree);
    }
}
