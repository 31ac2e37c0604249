package nonmercer.proofs.feature;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.Component;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.RandomMaclaurin;
import nonmercer.feature.Target;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.FeatureMap;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Gaussian;

/// Random features of exp(q·k): right on average, with an error known in advance.
final class ErrorOfRandomFeaturesFallsLikeTheRootOfTheirNumber
        implements Claim<
                ErrorOfRandomFeaturesFallsLikeTheRootOfTheirNumber.Family,
                ErrorOfRandomFeaturesFallsLikeTheRootOfTheirNumber.Case> {
    private static final int D = 3;
    private static final int DRAWS = 200;
    private static final double Z = 5;

    /// An estimate of `exp(q·k)` by m features of a draw, and the variance of one feature's
    /// product.
    record Family(Estimate estimate, Variance variance) {}

    /// `⟨φ(q), φ(k)⟩` with m features.
    interface Estimate {
        double of(double[] q, double[] k, int m, RandomStream draw);
    }

    /// The variance of `m ⟨φ(q), φ(k)⟩` with one feature.
    interface Variance {
        double of(double[] q, double[] k);
    }

    /// A query, a key, and a number of features.
    record Case(double[][] points, int m) {
        double[] q() {
            return points[0];
        }

        double[] k() {
            return points[1];
        }

        double kernel() {
            return Math.exp(dot(q(), k()));
        }
    }

    @Override
    public String id() {
        return "C22";
    }

    @Override
    public String statement() {
        return "for all q, k with ‖q + k‖ ≤ 1: the mean of m positive random features of exp(q·k) has no bias and the error √((e^(‖q+k‖²) - 1) e^(2 q·k)/m), and that of m random Maclaurin features none either, with the error √((Σₙ 2ⁿ⁺¹ Mⁿ/(n!)² - e^(2 q·k))/m), M = ‖q‖²‖k‖² + 2(q·k)² - 2Σₗ qₗ²kₗ²";
    }

    @Override
    public Source source() {
        return Source.of(
                "Choromanski et al. 2021; Kar & Karnick 2012",
                "Lemma 2, the log-normal moments; Theorem 6, the moments of Rademacher sums");
    }

    @Override
    public String assumes() {
        return "‖q + k‖ ≤ 1; 200 draws, whose root mean square is near normal";
    }

    @Override
    public Cost cost() {
        return Cost.SECONDS;
    }

    @Override
    public Kind kind() {
        return Kind.STATISTICAL;
    }

    /// Two statistics a case, each normal up to `1/√m`: 24 cases of two families at 5 standard
    /// errors.
    @Override
    public double falseAlarm() {
        return 1e-3;
    }

    @Override
    public List<Subject<Family>> subjects() {
        return List.of(
                Subject.of(
                        "positive features",
                        new Family(
                                (q, k, m, draw) -> {
                                    FeatureMap map = positive(m).draw(draw);
                                    return dot(of(map, q, true), of(map, k, false));
                                },
                                ErrorOfRandomFeaturesFallsLikeTheRootOfTheirNumber::positive)),
                Subject.of(
                        "random Maclaurin features",
                        new Family(
                                (q, k, m, draw) -> {
                                    FeatureMap map = RandomMaclaurin.ofExp(1, D, m, draw);
                                    return dot(of(map, q, true), of(map, k, false));
                                },
                                ErrorOfRandomFeaturesFallsLikeTheRootOfTheirNumber::maclaurin)));
    }

    private static RandomFeatures positive(int m) {
        return new RandomFeatures(Gaussian.standard(D), new Component.Positive(Target.SOFTMAX), m)
                .with(Coefficient.of(1));
    }

    private static double[] of(FeatureMap map, double[] x, boolean query) {
        Tensor point = Tensor.of(Array.matrix(new double[][] {x}));
        Pass pass = Pass.evaluation();
        return (query ? map.queries(point, pass) : map.keys(point, pass)).value().toDoubles();
    }

    private static double positive(double[] q, double[] k) {
        double sum = 0;
        for (int l = 0; l < q.length; l++) {
            sum += (q[l] + k[l]) * (q[l] + k[l]);
        }
        return Math.expm1(sum) * Math.exp(2 * dot(q, k));
    }

    private static double maclaurin(double[] q, double[] k) {
        double m = dot(q, q) * dot(k, k) + 2 * dot(q, k) * dot(q, k);
        for (int l = 0; l < q.length; l++) {
            m -= 2 * q[l] * q[l] * k[l] * k[l];
        }
        double sum = 0;
        double term = 2;
        for (int n = 0; n < 40; n++) {
            sum += term;
            term *= 2 * m / ((n + 1.0) * (n + 1.0));
        }
        return sum - Math.exp(2 * dot(q, k));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int l = 0; l < a.length; l++) {
            sum += a[l] * b[l];
        }
        return sum;
    }

    @Override
    public Cases<Case> cases(Family family) {
        return Cases.random(
                        12,
                        Combinators.combine(Points.general(2, D, 0.28), Arbitraries.of(400, 1600))
                                .as(Case::new))
                .hitting("m = 1600", 0.1, c -> c.m == 1600);
    }

    /// The bias in standard errors, or the root mean square error's distance from theory in its
    /// own, whichever is larger.
    @Override
    public double statistic(Family family, Case c) {
        double sd = Math.sqrt(family.variance.of(c.q(), c.k()) / c.m);
        double[] e = errors(family, c);
        double bias = Math.abs(e[0]) / (sd / Math.sqrt(DRAWS));
        double rms = Math.abs(e[1] / sd - 1) * Math.sqrt(2.0 * DRAWS);
        return Math.max(bias, rms);
    }

    /// The mean error, and its root mean square.
    private static double[] errors(Family family, Case c) {
        double sum = 0;
        double squares = 0;
        RandomStream stream = RandomStream.of(22).at("draws");
        for (int r = 0; r < DRAWS; r++) {
            double e = family.estimate.of(c.q(), c.k(), c.m, stream.at(r)) - c.kernel();
            sum += e;
            squares += e * e;
        }
        return new double[] {sum / DRAWS, Math.sqrt(squares / DRAWS)};
    }

    @Override
    public Tolerance<Family, Case> tolerance() {
        return Tolerance.standardErrors(
                Z,
                (family, c) -> 1,
                "of the mean of 200 draws, by the theoretical variance, and of their root mean square, 1/√400 of it");
    }

    @Override
    public Optional<Picture> picture(Family family) {
        double[][] points = {{0.25, 0.25, 0}, {0.25, 0, 0.25}};
        double[] m = {25, 100, 400, 1600};
        double[] error = new double[m.length];
        double[] theory = new double[m.length];
        for (int i = 0; i < m.length; i++) {
            Case c = new Case(points, (int) m[i]);
            error[i] = errors(family, c)[1];
            theory[i] = Math.sqrt(family.variance.of(c.q(), c.k()) / m[i]);
        }
        return Optional.of(
                new Picture(
                        "Error of random features",
                        Picture.Axis.powers("features m"),
                        Picture.Axis.powers("root mean square error"),
                        List.of(
                                Picture.Line.measured("measured, 200 draws", m, error),
                                Picture.Line.bound("theory, slope -1/2", m, theory))));
    }

    @Override
    public List<Mutant<Family>> mutants() {
        return List.of(
                Mutant.of(
                        "frequencies of their own on each side",
                        "folklore: two draws for one kernel",
                        new Family(
                                (q, k, m, draw) -> {
                                    FeatureMap a = positive(m).draw(draw.at("queries"));
                                    FeatureMap b = positive(m).draw(draw.at("keys"));
                                    return dot(of(a, q, true), of(b, k, false));
                                },
                                ErrorOfRandomFeaturesFallsLikeTheRootOfTheirNumber::positive)),
                Mutant.of(
                        "‖q‖²/2 left out",
                        "folklore",
                        new Family(
                                (q, k, m, draw) -> {
                                    FeatureMap map = positive(m).draw(draw);
                                    return dot(of(map, q, true), of(map, k, false))
                                            * Math.exp(dot(q, q) / 2);
                                },
                                ErrorOfRandomFeaturesFallsLikeTheRootOfTheirNumber::positive)),
                Mutant.of(
                        "half of the features for the price of all",
                        "m for 2m",
                        new Family(
                                (q, k, m, draw) -> {
                                    FeatureMap map = RandomMaclaurin.ofExp(1, D, m / 2, draw);
                                    return dot(of(map, q, true), of(map, k, false));
                                },
                                ErrorOfRandomFeaturesFallsLikeTheRootOfTheirNumber::maclaurin)));
    }
}
