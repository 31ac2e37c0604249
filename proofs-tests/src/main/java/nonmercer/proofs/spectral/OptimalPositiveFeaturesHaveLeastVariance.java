package nonmercer.proofs.spectral;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.feature.Component;
import nonmercer.feature.RandomFeatures;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.spectral.Gaussian;

/// The `A` of optimal positive features is where the second moment is least: its logarithm has
/// slope 0 there, no other `A` does better, and from 1/8 on there is no variance.
final class OptimalPositiveFeaturesHaveLeastVariance
        implements Claim<
                OptimalPositiveFeaturesHaveLeastVariance.Choice,
                OptimalPositiveFeaturesHaveLeastVariance.Case> {
    /// Coordinates and `Z = ‖x + y‖²`.
    record Case(int d, double z) {}

    /// The choice of `ρ = 1/(1 - 8A)`, and whether an `A` is taken at all.
    interface Choice {
        double rho(int d, double z);

        default boolean accepts(double a) {
            return a < 0.125;
        }
    }

    @Override
    public String id() {
        return "P23";
    }

    @Override
    public String statement() {
        return "for all d and Z > 0: d/(ρ + 1) - d/2ρ + Z = 0 at ρ* = (√((2Z + d)² + 8dZ) - 2Z - d)/4Z, Var(A*) ≤ Var(A) for every A < 1/8, and A ≥ 1/8 is refused";
    }

    @Override
    public Source source() {
        return Source.of("Likhosherstov et al. 2022", "Theorem 3.3");
    }

    @Override
    public String assumes() {
        return "frequencies of N(0, I) and a sum of points of length √Z: the variance is that of one feature";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Choice>> subjects() {
        return List.of(Subject.of("OptimalPositive", new Library()));
    }

    private static final class Library implements Choice {
        @Override
        public double rho(int d, double z) {
            return Component.OptimalPositive.bestRho(d, z);
        }

        @Override
        public boolean accepts(double a) {
            try {
                return new Component.OptimalPositive(a).a() == a;
            } catch (IllegalArgumentException refused) {
                return false;
            }
        }
    }

    @Override
    public Cases<Case> cases(Choice choice) {
        return Cases.random(
                        200,
                        Combinators.combine(
                                        integers().between(1, 128),
                                        Arbitraries.doubles().between(0.01, 40))
                                .as(Case::new))
                .hitting("Z > d/4", 0.1, c -> c.z > c.d / 4.0)
                .hitting("Z < d/4", 0.3, c -> c.z < c.d / 4.0);
    }

    /// The slope relative to its terms; how much better another `A` of a grid is; infinite where an
    /// `A` is taken that has no variance.
    @Override
    public double statistic(Choice choice, Case c) {
        for (double a : new double[] {0.125, 0.13, 0.2, 1}) {
            if (choice.accepts(a)) {
                return Double.POSITIVE_INFINITY;
            }
        }
        double rho = choice.rho(c.d, c.z);
        double slope = c.d / (rho + 1) - c.d / (2 * rho) + c.z;
        double worst = Math.abs(slope) / (c.d / (rho + 1) + c.d / (2 * rho) + c.z);
        double best = logSecond(c, (1 - 1 / rho) / 8);
        for (int i = 1; i <= 60; i++) {
            double a = 0.125 - 0.004 * i * i / 4;
            worst = Math.max(worst, best - logSecond(c, a));
        }
        return worst;
    }

    /// `ln (Var/k² + 1)` by the library.
    private static double logSecond(Case c, double a) {
        double[] x = new double[c.d];
        x[0] = Math.sqrt(c.z);
        return Math.log1p(
                new RandomFeatures(Gaussian.standard(c.d), new Component.OptimalPositive(a), 1)
                        .with(Estimates.PLAIN)
                        .relativeVariance(0, x, new double[c.d])
                        .orElseThrow());
    }

    /// The logarithm of the second moment is a sum of terms below `d ln(ρ + 1) + ρZ`; both sides
    /// are exponentials of it, so that an absolute error of the logarithm is what is compared.
    @Override
    public Tolerance<Choice, Case> tolerance() {
        return Tolerance.rounding(
                (choice, c) -> 64,
                (choice, c) -> 8 + c.d * Math.log(40 + c.z) + 4 * c.z,
                "64 roundings of the terms of a logarithm of the second moment");
    }

    @Override
    public Optional<Picture> picture(Choice choice) {
        double[] a = new double[80];
        double[] log = new double[80];
        Case c = new Case(64, 8);
        Arrays.setAll(a, i -> -0.4 + 0.0065 * i);
        Arrays.setAll(log, i -> logSecond(c, a[i]));
        double best = (1 - 1 / choice.rho(64, 8)) / 8;
        return Optional.of(
                new Picture(
                        "64 coordinates, ‖x + y‖² = 8",
                        Picture.Axis.of("A"),
                        Picture.Axis.of("ln(1 + relative variance)"),
                        List.of(
                                Picture.Line.bound("any A", a, log),
                                Picture.Line.measured(
                                        "the A chosen",
                                        new double[] {best, best},
                                        new double[] {0, logSecond(c, best)}))));
    }

    @Override
    public List<Mutant<Choice>> mutants() {
        return List.of(
                Mutant.of(
                        "the other root",
                        "-√ for √, and its sign dropped",
                        (d, z) -> {
                            double p = 2 * z + d;
                            return (Math.sqrt(p * p + 8 * d * z) + p) / (4 * z);
                        }),
                Mutant.of("A = 0", "FAVOR+ sold as FAVOR++", (d, z) -> 1),
                Mutant.of(
                        "A ≥ 1/8 accepted",
                        "no check: the features are unbiased, and have no variance",
                        new Choice() {
                            @Override
                            public double rho(int d, double z) {
                                return Component.OptimalPositive.bestRho(d, z);
                            }

                            @Override
                            public boolean accepts(double a) {
                                return true;
                            }
                        }));
    }
}
