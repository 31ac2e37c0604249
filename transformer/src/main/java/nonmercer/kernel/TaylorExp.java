package nonmercer.kernel;

import java.util.List;
import java.util.Optional;

/// `k(q, k) = Σₙ (c q·k)ⁿ/n!` for `n ≤ p`, `p = 2` and `c = 1/√d` unless said otherwise: [ExpDot]
/// cut off at degree `p`.
///
/// A finite kernel between the quadratic one and the softmax: its `(d+p)!/(d! p!)` features are the
/// monomials. Source: Wright & Gonzalez 2021, Prop. 1, with the coefficients corrected; Keles et
/// al. 2023.
public record TaylorExp(int degree, Coefficient scale) implements Profile {
    /// Degree 2, scale `1/√d`.
    public TaylorExp() {
        this(2);
    }

    /// Scale `1/√d`.
    public TaylorExp(int degree) {
        this(degree, Coefficient.inverseRootDimension());
    }

    /// Refuses a degree below 0.
    public TaylorExp {
        if (degree < 0 || degree > 30) {
            throw new IllegalArgumentException(
                    "a Taylor polynomial has a degree of 0 to 30 here, got " + degree);
        }
    }

    @Override
    public double at(double[] q, double[] k) {
        double t = scale.value(q.length) * Pairing.DOT.at(q, k);
        double term = 1;
        double sum = 1;
        for (int n = 1; n <= degree; n++) {
            term *= t / n;
            sum += term;
        }
        return sum;
    }

    @Override
    public Pairing pairing() {
        return Pairing.DOT;
    }

    /// `1 + t(1 + t/2(1 + t/3(…)))`.
    @Override
    public Expression profile(Expression s) {
        Expression t = s.times(scale);
        Expression sum = Expression.constant(1);
        for (int n = degree; n >= 1; n--) {
            sum = t.times(1.0 / n).times(sum).plus(1);
        }
        return sum;
    }

    @Override
    public String formula() {
        return "Σ ("
                + Expression.constant(1).times(new Expression.Variable()).times(scale).print("q·k")
                + ")ⁿ/n!, n ≤ "
                + degree;
    }

    @Override
    public Optional<FeatureMap> featureMap() {
        return Optional.of(Monomials.exponential(scale, degree));
    }

    @Override
    public String about() {
        return "The softmax kernel cut off at a degree: finitely many features.";
    }

    @Override
    public String source() {
        return "Wright & Gonzalez 2021, Prop. 1";
    }

    @Override
    public Traits traits() {
        Traits t =
                Traits.none()
                        .proved(Trait.SYMMETRIC, "q·k is")
                        .proved(
                                Trait.POSITIVE_DEFINITE,
                                "polynomial of q·k with non-negative coefficients: Schur 1911")
                        .features(Monomials.count(degree, true));
        if (degree > 0) {
            t =
                    t.refuted(
                            Trait.STATIONARY,
                            "k(1, 1) > k(0, 0)",
                            new double[] {0},
                            new double[] {0},
                            new double[] {1});
        }
        double far = Math.sqrt((degree + 1) / scale.value(1));
        return degree % 2 == 0
                ? t.proved(
                        Trait.NON_NEGATIVE,
                        "where Tₚ is least its derivative Tₚ₋₁ is 0, and Tₚ = tᵖ/p! > 0")
                : t.refuted(
                        Trait.NON_NEGATIVE,
                        "negative at c q·k = -(p + 1)",
                        new double[] {far},
                        new double[] {-far});
    }

    static List<Specimen> specimens() {
        Coefficient one = Coefficient.of(1);
        return List.of(
                Specimen.of(
                        new TaylorExp(), 5, new double[] {2, 0, 0, 0}, new double[] {2, 1, 1, 1}),
                Specimen.of(new TaylorExp(1, one), -1, new double[] {1, 1}, new double[] {-1, -1}),
                Specimen.of(new TaylorExp(3, one), 13, new double[] {3}, new double[] {1}),
                Specimen.of(new TaylorExp(4, one), 7, new double[] {1, 1}, new double[] {1, 1}));
    }
}
