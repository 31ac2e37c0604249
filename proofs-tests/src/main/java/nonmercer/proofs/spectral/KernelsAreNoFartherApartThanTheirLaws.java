package nonmercer.proofs.spectral;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.Mixture;
import nonmercer.spectral.Numbers;
import nonmercer.spectral.SpectralLaw;
import nonmercer.spectral.Spread;

/// What makes a good approximation of laws a good one of kernels, everywhere: `|k(t) - k′(t)| ≤ ∫
/// |ρ - ρ′|`, since `|cos| ≤ 1`. Nearly attained by two narrow laws whose waves are out of step.
final class KernelsAreNoFartherApartThanTheirLaws
        implements Claim<
                KernelsAreNoFartherApartThanTheirLaws.Transform,
                KernelsAreNoFartherApartThanTheirLaws.Case> {
    private static final double STEP = 5e-4;
    private static final double END = 14;

    /// `Σ π_c (N(μ_c, s_c²) + N(-μ_c, s_c²))/2` in one coordinate.
    record Law(double[] weights, double[] mean, double[] sd) {
        double density(double w) {
            double sum = 0;
            for (int c = 0; c < weights.length; c++) {
                double up = Curves.normal((w - mean[c]) / sd[c]);
                double down = Curves.normal((w + mean[c]) / sd[c]);
                sum += weights[c] * (up + down) / (2 * sd[c]);
            }
            return sum;
        }

        Mixture mixture() {
            List<SpectralLaw> laws = new ArrayList<>();
            for (int c = 0; c < weights.length; c++) {
                Shape one = Shape.of(1, 1);
                laws.add(
                        new Gaussian(
                                Numbers.fixed(Array.of(one, mean[c])),
                                new Spread.Diagonal(
                                        Numbers.fixed(Array.of(one, 2 * Math.log(sd[c]))))));
            }
            return Mixture.of(laws, weights);
        }
    }

    /// Two laws, and their distance.
    record Case(Law one, Law two, double distance) {
        static Case of(Law one, Law two) {
            double sum = 0;
            for (double w = STEP / 2; w < END; w += STEP) {
                sum += 2 * STEP * Math.abs(one.density(w) - two.density(w));
            }
            return new Case(one, two, sum);
        }
    }

    /// The kernel of a law.
    interface Transform {
        DoubleUnaryOperator of(Law law);
    }

    @Override
    public String id() {
        return "P12a";
    }

    @Override
    public String statement() {
        return "for all mixtures of Gaussians ρ, ρ′ with kernels k, k′: sup |k - k′| ≤ ‖ρ - ρ′‖₁";
    }

    @Override
    public Source source() {
        return Source.of(
                "Chowdhury et al. 2022", "universality of Gaussian mixtures: |cos| ≤ 1 in Bochner");
    }

    @Override
    public String assumes() {
        return "one coordinate; means below 4 and standard deviations from 0.2 to 1.3";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Transform>> subjects() {
        return List.of(
                Subject.of(
                        "Mixture.characteristic", KernelsAreNoFartherApartThanTheirLaws::kernel));
    }

    private static DoubleUnaryOperator kernel(Law law) {
        Mixture mixture = law.mixture();
        return t -> mixture.characteristic(0, t).orElseThrow();
    }

    @Override
    public Cases<Case> cases(Transform transform) {
        return Cases.random(30, GaussAt.drawn(KernelsAreNoFartherApartThanTheirLaws::random))
                .hitting("near each other", 0.05, c -> c.distance() < 0.7)
                .hitting("far from each other", 0.05, c -> c.distance() > 1.5);
    }

    /// Two that differ in a component of small weight, or two narrow ones, one of three times the
    /// frequency.
    private static Case random(Random r) {
        if (r.nextBoolean()) {
            double p = 0.05 + 0.25 * r.nextDouble();
            double[] weights = {p, (1 - p) * 0.4, (1 - p) * 0.6};
            double[] mean = {0.3 * r.nextDouble(), 3 * r.nextDouble(), 3 * r.nextDouble()};
            double[] other = mean.clone();
            other[0] = 3 + r.nextDouble();
            double[] sd = new double[3];
            Arrays.setAll(sd, c -> 0.2 + r.nextDouble());
            return Case.of(new Law(weights, mean, sd), new Law(weights, other, sd));
        }
        double first = 0.8 + 0.4 * r.nextDouble();
        double sd = 0.2 + 0.05 * r.nextDouble();
        return Case.of(
                new Law(
                        new double[] {0.5, 0.5},
                        new double[] {first, first},
                        new double[] {sd, sd}),
                new Law(
                        new double[] {0.5, 0.5},
                        new double[] {3 * first, 3 * first},
                        new double[] {sd, sd}));
    }

    /// How far the kernels are apart somewhere, `t ≤ 10`.
    @Override
    public double statistic(Transform transform, Case c) {
        DoubleUnaryOperator k = transform.of(c.one);
        DoubleUnaryOperator l = transform.of(c.two);
        double sup = 0;
        for (int i = 0; i <= 2000; i++) {
            double t = i * 0.005;
            sup = Math.max(sup, Math.abs(k.applyAsDouble(t) - l.applyAsDouble(t)));
        }
        return sup;
    }

    @Override
    public Tolerance<Transform, Case> tolerance() {
        return Tolerance.truncation(
                (transform, c) -> c.distance() + 2e-5,
                "‖ρ - ρ′‖₁, and 2e-5 for the midpoint rule for ∫ |ρ - ρ′| at steps h = 5e-4: h²/8 ∫ |ρ″ - ρ″′| < 50 h² for deviations of at least 0.2, and at most a dozen changes of sign, h² times a slope below 4 each; the tails beyond 14 are below 1e-13");
    }

    @Override
    public Optional<Picture> picture(Transform transform) {
        Case c = random(new Random(3));
        DoubleUnaryOperator k = transform.of(c.one);
        DoubleUnaryOperator l = transform.of(c.two);
        double[] t = Curves.range(0, 10, 201);
        return Curves.of(
                "two kernels and the distance of their laws",
                "t",
                "|k(t) - k′(t)|",
                Curves.measured(
                        "of the code", t, x -> Math.abs(k.applyAsDouble(x) - l.applyAsDouble(x))),
                Curves.bound("‖ρ - ρ′‖₁", t, x -> c.distance()));
    }

    @Override
    public List<Mutant<Transform>> mutants() {
        return List.of(
                Mutant.of(
                        "one Gaussian, whatever C",
                        "cs1160701/OnLearningTheKernel, GMM-RKS: the mixture is over the heads only",
                        law ->
                                kernel(
                                        new Law(
                                                new double[] {1},
                                                Arrays.copyOf(law.mean, 1),
                                                Arrays.copyOf(law.sd, 1)))),
                Mutant.of(
                        "weights that do not sum to 1",
                        "1/(C - 1) for 1/C",
                        law -> {
                            double c = law.weights.length;
                            DoubleUnaryOperator k = kernel(law);
                            return t -> k.applyAsDouble(t) * c / (c - 1);
                        }));
    }
}
