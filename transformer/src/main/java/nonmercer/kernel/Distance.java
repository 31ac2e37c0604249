package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = c ‖q - k‖`, `c = 1/√d` unless said otherwise: a distance used as a weight.
///
/// Far keys weigh most. Its Gram matrices are of full rank with exactly one positive eigenvalue, so
/// it is as far from positive definite as a kernel of full rank can be. At `q = k` its gradient is
/// taken as 0. Source: Wright & Gonzalez 2021, section 5; the inertia is Schoenberg's 1935 and
/// Micchelli's 1986.
public record Distance(Coefficient scale) implements Profile {
    /// The scale of Wright & Gonzalez, `1/√d`.
    public Distance() {
        this(Coefficient.inverseRootDimension());
    }

    @Override
    public double at(double[] q, double[] k) {
        return scale.value(q.length) * Math.sqrt(Pairing.SQUARED_DISTANCE.at(q, k));
    }

    @Override
    public Pairing pairing() {
        return Pairing.SQUARED_DISTANCE;
    }

    @Override
    public Expression profile(Expression s) {
        return s.sqrt().times(scale);
    }

    @Override
    public String formula() {
        return "‖q-k‖"
                + (scale instanceof Coefficient.InverseRootDimension
                        ? "/√d"
                        : "·" + scale.symbol());
    }

    @Override
    public String about() {
        return "A distance used as a weight: far keys count most.";
    }

    @Override
    public String source() {
        return "Wright & Gonzalez 2021, section 5";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "a distance")
                .refuted(
                        Trait.POSITIVE_DEFINITE,
                        "two points give eigenvalues ±k(0, 1)",
                        new double[] {0},
                        new double[] {1})
                .proved(
                        Trait.CONDITIONALLY_NEGATIVE_DEFINITE,
                        "√ of a squared distance: Schoenberg 1938")
                .refuted(
                        Trait.CONDITIONALLY_POSITIVE_DEFINITE,
                        "c = (1, -1) gives -2 k(0, 1)",
                        new double[] {0},
                        new double[] {1})
                .proved(Trait.STATIONARY, "a function of q - k")
                .proved(Trait.NON_NEGATIVE, "a distance")
                .features(
                        new FeatureDimension.Infinite(
                                "Gram matrices of distinct points are regular, with inertia (1, n-1, 0): Micchelli 1986"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new Distance(), 0, new double[] {1, 2}, new double[] {1, 2}),
                Specimen.of(
                        new Distance(), 5, new double[] {6, 8, 0, 0}, new double[] {0, 0, 0, 0}),
                Specimen.of(
                        new Distance(Coefficient.of(2)), 10, new double[] {3}, new double[] {-2}));
    }
}
