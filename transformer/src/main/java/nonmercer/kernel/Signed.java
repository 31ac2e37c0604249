package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = exp(c Σₗ (-1)ˡ qₗ kₗ)`, `c = 1/√d` unless said otherwise: `exp(c q·Ak)` with a
/// symmetric matrix A that is not positive.
///
/// Every other coordinate repels. It is symmetric and indefinite, a kernel of a Krein space; any
/// matrix, trained, is `ExpDot` with [Warp.Linear] on one side. Source: Ong et al. 2004.
public record Signed(Coefficient scale) implements Composed {
    /// Scale `1/√d`.
    public Signed() {
        this(Coefficient.inverseRootDimension());
    }

    @Override
    public double at(double[] q, double[] k) {
        double sum = 0;
        for (int l = 0; l < q.length; l++) {
            sum += l % 2 == 0 ? q[l] * k[l] : -q[l] * k[l];
        }
        return Math.exp(scale.value(q.length) * sum);
    }

    @Override
    public Kernel definition() {
        return new ExpDot(scale).warped(new Warp.Identity(), new Signs());
    }

    @Override
    public String formula() {
        return new ExpDot(scale).formula().replace("q·k", "Σₗ(-1)ˡqₗkₗ");
    }

    @Override
    public String about() {
        return "An exponential of a symmetric form that is not positive: every other coordinate repels.";
    }

    @Override
    public String source() {
        return "Ong, Mary, Canu & Smola 2004";
    }

    @Override
    public Traits traits() {
        double r = 1 / Math.sqrt(scale.value(2));
        return Traits.none()
                .proved(Trait.SYMMETRIC, "the matrix is")
                .refuted(
                        Trait.POSITIVE_DEFINITE,
                        "two opposite points give eigenvalues e⁻¹ ± e",
                        new double[] {0, r},
                        new double[] {0, -r})
                .proved(Trait.NON_NEGATIVE, "an exponential is positive")
                .refuted(
                        Trait.STATIONARY,
                        "k(1, 1) > k(0, 0)",
                        new double[] {0},
                        new double[] {0},
                        new double[] {1})
                .features(
                        new FeatureDimension.Infinite(
                                "on a line it is ExpDot: Wright & Gonzalez 2021, section 3"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new Signed(), 1, new double[] {1, 1}, new double[] {5, 5}),
                Specimen.of(
                        new Signed(),
                        Math.exp(-3),
                        new double[] {1, 2, 0, 1},
                        new double[] {1, 3, 7, 1}),
                Specimen.of(
                        new Signed(Coefficient.of(2)),
                        Math.exp(6),
                        new double[] {3},
                        new double[] {1}));
    }
}
