package nonmercer.proofs.spectral;

import java.util.List;
import java.util.Optional;
import nonmercer.feature.Component;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;

/// What follows from the series of P7, since `(d)ₖ/(d/2)ₖ = Π 2(d + i)/(d + 2i) < 2ᵏ` for `k ≥ 2`:
/// of one block of `m ≤ d` the mean squared error is smaller by exactly the series' difference.
final class OrthogonalPositiveFeaturesHaveLessVariance
        implements Claim<
                OrthogonalPositiveFeaturesHaveLessVariance.Saving,
                OrthogonalPositiveFeaturesHaveLessVariance.Case> {
    /// `m` frequencies in `d` coordinates, `x = z` and `y = 0`, `z` of this length along `e₁`.
    record Case(int d, int m, double length) {
        double[] x() {
            double[] x = new double[d];
            x[0] = length;
            return x;
        }
    }

    /// The variance of independent frequencies less that of orthogonal ones, relative to the
    /// squared kernel.
    interface Saving {
        double of(Case c);
    }

    @Override
    public String id() {
        return "P7a";
    }

    @Override
    public String statement() {
        return "for all d ≥ 2, 2 ≤ m ≤ d and z ≠ 0: orthogonal positive features have less variance than independent ones, by (m - 1)/m (e^‖z‖² - ₁F₁(d; d/2; ‖z‖²/2)) e^(-‖x‖² - ‖y‖²)";
    }

    @Override
    public Source source() {
        return Source.of(
                "Choromanski et al. 2021", "Theorem 2, with the exact difference for its bound");
    }

    @Override
    public String assumes() {
        return "the same lengths, χ_d, for orthogonal and independent frequencies";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Saving>> subjects() {
        return List.of(Subject.of("RandomFeatures.variance", c -> saving(c, c.m)));
    }

    private static double saving(Case c, int m) {
        RandomFeatures f =
                new RandomFeatures(
                                Gaussian.standard(c.d), new Component.Positive(Target.SOFTMAX), m)
                        .with(Estimates.PLAIN);
        double[] zero = new double[c.d];
        return f.relativeVariance(0, c.x(), zero).orElseThrow()
                - f.with(new Coupling.Orthogonal()).relativeVariance(0, c.x(), zero).orElseThrow();
    }

    @Override
    public Cases<Case> cases(Saving saving) {
        return Cases.random(
                        200,
                        GaussAt.drawn(r -> {
                            int d = 2 + r.nextInt(63);
                            int m = r.nextInt(4) == 0 ? d : 2 + r.nextInt(d - 1);
                            return new Case(d, m, 0.1 + 2.9 * r.nextDouble());
                        }))
                .hitting("one whole block", 0.1, c -> c.m == c.d)
                .hitting("‖z‖ ≥ 1", 0.3, c -> c.length >= 1);
    }

    /// The difference of the differences, and how far the saving falls short of being positive.
    @Override
    public double statistic(Saving saving, Case c) {
        double z = c.length * c.length;
        double exact =
                (1 - 1.0 / c.m)
                        * (1
                                - ProductsOfOrthogonalFeaturesAverageToTheSeries.series(c.d, z)
                                        * Math.exp(-z));
        double found = saving.of(c);
        return found > 0 ? Math.abs(found - exact) : Double.POSITIVE_INFINITY;
    }

    /// Relative variances are at most `(e^‖z‖² - 1)/m`, sums of series of some hundred terms.
    @Override
    public Tolerance<Saving, Case> tolerance() {
        return Tolerance.rounding(
                (saving, c) -> 1000,
                (saving, c) -> Math.exp(c.length * c.length),
                "two hundred roundings in each of four sums of at most e^‖z‖²");
    }

    @Override
    public Optional<Picture> picture(Saving saving) {
        double[] length = Curves.range(0.1, 3, 59);
        return Curves.of(
                "variance a block of 8 saves, over the squared kernel",
                "‖z‖",
                "saved variance",
                Curves.measured("of the code", length, a -> saving.of(new Case(8, 8, a))),
                Curves.bound(
                        "the series",
                        length,
                        a ->
                                0.875
                                        * (1
                                                - ProductsOfOrthogonalFeaturesAverageToTheSeries
                                                                .series(8, a * a)
                                                        * Math.exp(-a * a))),
                Curves.bound(
                        "the printed bound",
                        length,
                        a -> 0.175 * Math.pow(-Math.expm1(-a * a / 2), 2)));
    }

    @Override
    public List<Mutant<Saving>> mutants() {
        return List.of(
                Mutant.of(
                        "no saving",
                        "independent directions",
                        c -> saving(new Case(c.d, 1, c.length), 1)),
                Mutant.of(
                        "all pairs of one block count",
                        "(m - 1)/m taken for 1",
                        c -> saving(c, c.m) * c.m / (c.m - 1.0)),
                Mutant.of(
                        "an equality to leading order",
                        "2(m - 1)/(m (d + 2)) (1 - e^-‖z‖²)²: the printed bound, which is not attained",
                        c ->
                                2.0
                                        * (c.m - 1)
                                        / (c.m * (c.d + 2.0))
                                        * Math.pow(1 - Math.exp(-c.length * c.length / 2), 2)));
    }
}
