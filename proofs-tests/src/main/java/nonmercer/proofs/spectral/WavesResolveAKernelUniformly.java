package nonmercer.proofs.spectral;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import nonmercer.feature.UniformBound;
import nonmercer.kernel.FeatureMap;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Evidence;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Gaussian;

/// Draws as many frequencies as the bound asks for and looks everywhere: on a grid of differences,
/// and between its points by the slopes of kernel and estimate. The bound is loose, so that this
/// shows its consistency; that the number asked for is the least one is compared with the formula.
final class WavesResolveAKernelUniformly
        implements Claim<WavesResolveAKernelUniformly.Required, WavesResolveAKernelUniformly.Case> {
    private static final double STEP = 0.05;
    private static final int SIDE = 81;

    /// The number of frequencies for an error below `epsilon` except with probability `delta`.
    interface Required {
        int frequencies(UniformBound bound, double epsilon, double delta);
    }

    /// `N(0, sd² I)` in two coordinates, points in `[-1, 1]²`, and the error; and bounds for other
    /// laws and sets, whose numbers are compared only.
    record Case(double sd, double epsilon, List<UniformBound> others, long seed) {}

    @Override
    public String id() {
        return "P10";
    }

    @Override
    public String statement() {
        return "for all laws, sets of diameter D and m: P(sup |k̂ - k| ≥ ε) ≤ 2⁸ (σ D/ε)² exp(-m ε²/(4 (d + 2))), σ² = E‖ω‖²";
    }

    @Override
    public Source source() {
        return Source.of(
                "Rahimi & Recht 2007", "Claim 1; Sutherland & Schneider 2015 for paired waves");
    }

    @Override
    public String assumes() {
        return "a law with a second moment; a set of bounded diameter";
    }

    @Override
    public Cost cost() {
        return Cost.SECONDS;
    }

    @Override
    public Kind kind() {
        return Kind.STATISTICAL;
    }

    @Override
    public Evidence evidence() {
        return Evidence.BUDGETED;
    }

    @Override
    public double falseAlarm() {
        return Deviation.ALPHA;
    }

    @Override
    public List<Subject<Required>> subjects() {
        return List.of(Subject.of("UniformBound.frequencies", UniformBound::frequencies));
    }

    @Override
    public Cases<Case> cases(Required required) {
        return Cases.random(
                1,
                GaussAt.drawn(r ->
                        new Case(
                                0.8 + r.nextDouble() / 5,
                                0.2,
                                Stream.generate(() -> other(r)).limit(40).toList(),
                                r.nextLong())));
    }

    private static UniformBound other(Random r) {
        return UniformBound.of(
                Gaussian.isotropic(1 + r.nextInt(16), Math.exp(r.nextGaussian())),
                0,
                1 + 9 * r.nextDouble());
    }

    /// Whether a number of frequencies is the least whose bound is at most `δ`, as far above 1 as
    /// it is not: the bound at the number over `δ`, or `δ` over the bound at one less.
    private static double least(int m, UniformBound b, double epsilon, double delta) {
        double ratio = b.sigma() * b.diameter() / epsilon;
        double rate = epsilon * epsilon / (4 * (b.dimension() + 2));
        double enough = 256 * ratio * ratio * Math.exp(-m * rate) / delta;
        return Math.max(enough, Math.exp(-rate) / enough);
    }

    /// Where a number of frequencies is not the least that the bound allows, by how much; else the
    /// error everywhere over `ε`.
    @Override
    public double statistic(Required required, Case c) {
        Gaussian law = Gaussian.isotropic(2, c.sd);
        UniformBound bound = UniformBound.of(law, 0, 2 * Math.sqrt(2));
        int m = required.frequencies(bound, c.epsilon, Deviation.ALPHA);
        UniformBound written = new UniformBound(Math.sqrt(2) * c.sd, 2, Math.sqrt(8));
        double number = least(m, written, c.epsilon, Deviation.ALPHA);
        for (UniformBound b : c.others) {
            int other = required.frequencies(b, c.epsilon, Deviation.ALPHA);
            number = Math.max(number, least(other, b, c.epsilon, Deviation.ALPHA));
        }
        if (number > 1 + Estimates.DERIVED) {
            return number;
        }
        FeatureMap map =
                CosinesAverageToTheTransform.trigonometric(law, m)
                        .with(Estimates.PLAIN)
                        .draw(RandomStream.of(c.seed));
        double slopes = 2 * Math.sqrt(2) * c.sd * (1 + 6 / Math.sqrt(m));
        double slack = slopes * STEP * Math.sqrt(2) / 2;
        return (worst(map, c.sd) + slack) / c.epsilon;
    }

    /// The estimate is even in the difference: half of the grid is enough.
    private static double worst(FeatureMap map, double sd) {
        double worst = 0;
        for (int i = 0; i <= SIDE / 2; i++) {
            double[][] points = new double[SIDE][2];
            for (int j = 0; j < SIDE; j++) {
                points[j][0] = (i - SIDE / 2) * STEP;
                points[j][1] = (j - SIDE / 2) * STEP;
            }
            double[][] k = Estimates.gram(map, points, new double[1][2]);
            for (int j = 0; j < SIDE; j++) {
                double s = GaussAt.square(points[j]) * sd * sd;
                worst = Math.max(worst, Math.abs(k[j][0] - Math.exp(-s / 2)));
            }
        }
        return worst;
    }

    /// The mean of `‖ω‖` over `m` frequencies is within `6/√m` of `E‖ω‖ ≤ √2 sd`, relatively,
    /// except with probability 1e-8 of what the error is granted.
    @Override
    public Tolerance<Required, Case> tolerance() {
        return Tolerance.bound(
                (required, c) -> 1,
                "the statement with δ = 1e-10; on the grid, with the slope of kernel and estimate times half a cell's diagonal");
    }

    @Override
    public Optional<Picture> picture(Required required) {
        double sd = 0.02;
        UniformBound bound = UniformBound.of(Gaussian.isotropic(2, sd), 0, Math.sqrt(8));
        double[] epsilon = Curves.range(0.05, 1, 39);
        return Optional.of(
                new Picture(
                        "for an error below ε, σ = 0.02 √2, probability 1 - 1e-6",
                        Picture.Axis.powers("ε"),
                        Picture.Axis.powers("frequencies"),
                        List.of(
                                Curves.measured(
                                        "of the code",
                                        epsilon,
                                        e -> required.frequencies(bound, e, 1e-6)),
                                Curves.bound(
                                        "the printed bound, solved for m",
                                        epsilon,
                                        e ->
                                                16
                                                        / (e * e)
                                                        * Math.log(
                                                                256e6 * 16 * sd * sd / (e * e))))));
    }

    @Override
    public List<Mutant<Required>> mutants() {
        return List.of(
                Mutant.of(
                        "σ omitted",
                        "the bound for a law of unit variance",
                        (b, epsilon, delta) ->
                                new UniformBound(1, b.dimension(), b.diameter())
                                        .frequencies(epsilon, delta)),
                Mutant.of(
                        "half as many",
                        "m counted as features: cosine and sine are two",
                        (b, epsilon, delta) -> b.frequencies(epsilon, delta) / 2));
    }
}
