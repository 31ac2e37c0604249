package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import nonmercer.feature.RandomFeatures;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Printed;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;

/// Trigonometric features at orthogonal frequencies can be worse than at independent ones. In four
/// coordinates the series ends, by Kummer's transformation, so that a search finds where the
/// covariance changes its sign.
final class OrthogonalWavesAreNotAlwaysBetter
        implements Claim<OrthogonalWavesAreNotAlwaysBetter.Covariance, Double> {
    private static final int D = 4;

    /// `E cos(ωᵢ·δ) cos(ωⱼ·δ) - e^(-‖δ‖²)` of two orthogonal frequencies, at `‖δ‖² = s`.
    interface Covariance {
        double at(double s);
    }

    @Override
    public String id() {
        return "P8";
    }

    @Override
    public String statement() {
        return "for all δ in four coordinates, t = ‖δ‖²/2: the covariance of two orthogonal waves is e^-t (1 - t + t²/6) - e^-2t, which is positive from t = 4.74702 on, 1.9749e-3 at t = 7";
    }

    @Override
    public Source source() {
        return Source.of("Yu et al. 2016", "Theorem 1, read without its condition on ‖δ‖");
    }

    @Override
    public String assumes() {
        return "four coordinates; lengths χ₄; for other d the sign changes elsewhere";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Printed<?>> printed() {
        return Optional.of(
                Printed.of(
                        "orthogonal features are always better: for all δ in four coordinates the covariance of two orthogonal waves is not positive",
                        () -> Cases.random(100, Arbitraries.integers().between(0, 20)),
                        s -> new Coupling.Orthogonal().pair(1, D, -s).orElseThrow() - Math.exp(-s),
                        s -> 64 * Tolerance.Rounding.DOUBLE,
                        "64 roundings of numbers of at most 1; the case is ‖δ‖²"));
    }

    @Override
    public List<Subject<Covariance>> subjects() {
        return List.of(
                Subject.of(
                        "Coupling.Orthogonal",
                        s -> new Coupling.Orthogonal().pair(1, D, -s).orElseThrow() - Math.exp(-s)),
                Subject.of("RandomFeatures.variance", OrthogonalWavesAreNotAlwaysBetter::derived));
    }

    /// From the variances of two frequencies, `Var_orthogonal - Var_independent`, one pair of two.
    private static double derived(double s) {
        double[] x = {Math.sqrt(s), 0, 0, 0};
        RandomFeatures f =
                CosinesAverageToTheTransform.trigonometric(Gaussian.standard(D), 2)
                        .with(Estimates.PLAIN);
        double more =
                f.with(new Coupling.Orthogonal()).variance(0, x, new double[D]).orElseThrow()
                        - f.variance(0, x, new double[D]).orElseThrow();
        return 2 * more;
    }

    @Override
    public Cases<Double> cases(Covariance covariance) {
        return Cases.random(300, GaussAt.drawn(r -> r.nextDouble() * 20))
                .hitting("worse", 0.3, s -> s > 9.4941)
                .hitting("better", 0.3, s -> s < 9.482);
    }

    /// How far from the closed form, at the case and at `t = 7`; infinite where the root that a
    /// bisection finds is not between 4.74701 and 4.74703, or the value at 7 not 1.9749e-3.
    @Override
    public double statistic(Covariance covariance, Double s) {
        double low = 2;
        double high = 14;
        for (int i = 0; i < 40; i++) {
            double mid = (low + high) / 2;
            if (covariance.at(mid) > 0) {
                high = mid;
            } else {
                low = mid;
            }
        }
        boolean root = low > 2 * 4.74701 && low < 2 * 4.74703;
        if (!root || Math.abs(covariance.at(14) - 1.9749e-3) > 5e-8) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.max(
                Math.abs(covariance.at(s) - closed(s / 2)),
                Math.abs(covariance.at(14) - closed(7)));
    }

    private static double closed(double t) {
        return Math.exp(-t) * (1 - t + t * t / 6) - Math.exp(-2 * t);
    }

    /// Variances near ¼, twice; the sum `1 + t + t²/6` is at most 30 where `e^-t` is that small.
    @Override
    public Tolerance<Covariance, Double> tolerance() {
        return Tolerance.rounding(
                (covariance, s) -> 64,
                (covariance, s) -> 2,
                "64 roundings of numbers of at most 2");
    }

    @Override
    public Optional<Picture> picture(Covariance covariance) {
        double[] s = new double[200];
        Arrays.setAll(s, i -> 0.1 * (i + 1));
        double[] found = Arrays.stream(s).map(covariance::at).toArray();
        return Optional.of(
                new Picture(
                        "covariance of two waves: above 0, orthogonal is worse",
                        Picture.Axis.of("‖δ‖²"),
                        Picture.Axis.of("covariance"),
                        List.of(
                                Picture.Line.measured("of the code", s, found),
                                Picture.Line.bound("zero", s, new double[s.length]))));
    }

    @Override
    public List<Mutant<Covariance>> mutants() {
        return List.of(
                Mutant.of(
                        "never positive: a library that claims less error for orthogonal waves",
                        "folklore",
                        s -> Math.min(closed(s / 2), -1e-300)),
                Mutant.of("independent frequencies", "folklore", s -> 0),
                Mutant.of(
                        "the series of positive features",
                        "₁F₁(d; d/2; ‖δ‖²/2) for ₁F₁(d; d/2; -‖δ‖²/2)",
                        s -> new Coupling.Orthogonal().pair(1, D, s).orElseThrow() - Math.exp(s)));
    }
}
