package nonmercer.proofs.spectral;

import java.util.List;
import java.util.Optional;
import nonmercer.feature.RandomFeatures;
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
import nonmercer.spectral.Coupling;

/// What pairing gains or loses, at equal numbers of frequencies. The mean of a pair is in `[-1,
/// 1]`, so its square obeys Hoeffding's inequality.
final class BothSignsOfTheMeanShareOneNoise
        implements Claim<BothSignsOfTheMeanShareOneNoise.Pairs, GaussAt.Both> {
    private static final int N = 1 << 18;
    private static final int CASES = 2;

    /// `2n` frequencies: those with `+μ`, then those with `-μ`, in one order of their noise.
    interface Pairs {
        double[][] draw(GaussAt c, int n, RandomStream stream);
    }

    @Override
    public String id() {
        return "P6";
    }

    @Override
    public String statement() {
        return "for all μ, L, δ, with s = ‖Lδ‖, c = μ·δ: the variance of (cos ω₊·δ + cos ω₋·δ)/2, ω± = Lᵀε ± μ, is cos²c (1 - e^(-s²))²/2; of two independent frequencies it is ((1 + e^(-2s²) cos 2c)/2 - e^(-s²) cos²c)/2";
    }

    @Override
    public Source source() {
        return Source.of("Chowdhury et al. 2022", "GMM-RKS as released: cos g cos c, g ~ N(0, s²)");
    }

    @Override
    public String assumes() {
        return "a source of normal numbers (P3a); one ε for both signs";
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
        return 2 * 2 * CASES * Deviation.ALPHA;
    }

    @Override
    public List<Subject<Pairs>> subjects() {
        return List.of(
                Subject.of(
                        "GaussianPairs",
                        (c, n, s) ->
                                Estimates.frequencies(
                                        c.law().paired(), new Coupling.Independent(), 2 * n, s)));
    }

    @Override
    public Cases<GaussAt.Both> cases(Pairs pairs) {
        return Cases.random(CASES, GaussAt.apart(c -> Math.abs(pair(c) - two(c)) > 0.03));
    }

    private static double pair(GaussAt c) {
        double e = Math.exp(-c.variance(c.delta()));
        double cos = Math.cos(c.along(c.delta()));
        return cos * cos * (1 - e) * (1 - e) / 2;
    }

    private static double two(GaussAt c) {
        double e = Math.exp(-c.variance(c.delta()));
        double a = c.along(c.delta());
        return ((1 + e * e * Math.cos(2 * a)) / 2 - e * Math.cos(a) * Math.cos(a)) / 2;
    }

    @Override
    public double statistic(Pairs pairs, GaussAt.Both c) {
        return c.max(law -> error(pairs, law));
    }

    /// The second moment of a pair, of the two that are independent (one of each of two draws), and
    /// the library's variances of both: the greatest difference over its own bound.
    private static double error(Pairs pairs, GaussAt c) {
        double[] delta = c.delta();
        double[][] omega = pairs.draw(c, N, c.stream());
        double[][] single =
                Estimates.frequencies(c.law(), new Coupling.Independent(), 2 * N, c.stream().at(1));
        double sum = 0;
        double apart = 0;
        for (int i = 0; i < N; i++) {
            double p = waves(omega, i, delta);
            double q = waves(single, i, delta);
            sum += p * p / N;
            apart += q * q / N;
        }
        double mean = Math.exp(-c.variance(delta) / 2) * Math.cos(c.along(delta));
        RandomFeatures paired =
                CosinesAverageToTheTransform.trigonometric(c.law().paired(), 2)
                        .with(Estimates.PLAIN);
        RandomFeatures plain =
                CosinesAverageToTheTransform.trigonometric(c.law(), 2).with(Estimates.PLAIN);
        double derived =
                Math.max(
                        Math.abs(paired.variance(0, c.x(), c.y()).orElseThrow() - pair(c)),
                        Math.abs(plain.variance(0, c.x(), c.y()).orElseThrow() - two(c)));
        double drawn =
                Math.max(
                        Math.abs(sum - mean * mean - pair(c)),
                        Math.abs(apart - mean * mean - two(c)));
        return Math.max(drawn / Deviation.hoeffding(1, N), derived / Estimates.DERIVED);
    }

    private static double waves(double[][] omega, int i, double... delta) {
        return (Math.cos(GaussAt.dot(omega[i], delta)) + Math.cos(GaussAt.dot(omega[N + i], delta)))
                / 2;
    }

    @Override
    public Tolerance<Pairs, GaussAt.Both> tolerance() {
        return Tolerance.bound(
                (pairs, c) -> 1,
                "the greatest difference over its own bound: Hoeffding's inequality for 2^18 squares in [0, 1], and 1e-12 for what the library derives");
    }

    @Override
    public Optional<Picture> picture(Pairs pairs) {
        int n = 1 << 13;
        double[] delta = {1, 0};
        double[] mean = Curves.range(0, Math.PI, 33);
        return Curves.of(
                "variance of the mean of two waves, ‖Lδ‖ = 1",
                "μ·δ",
                "variance",
                Curves.measured(
                        "of 8192 pairs",
                        mean,
                        a -> {
                            GaussAt c = unit(a, delta);
                            double[][] omega = pairs.draw(c, n, c.stream());
                            double k = Math.exp(-0.5) * Math.cos(a);
                            double sum = 0;
                            for (int i = 0; i < n; i++) {
                                double both =
                                        Math.cos(GaussAt.dot(omega[i], delta))
                                                + Math.cos(GaussAt.dot(omega[n + i], delta));
                                sum += Math.pow(both / 2 - k, 2) / n;
                            }
                            return sum;
                        }),
                Curves.bound("cos²c (1 - e^-s²)²/2", mean, a -> pair(unit(a, delta))),
                Curves.bound("of two independent ones", mean, a -> two(unit(a, delta))));
    }

    private static GaussAt unit(double mean, double... delta) {
        double[][] one = {{1, 0}, {0, 1}};
        return new GaussAt(new double[] {mean, 0}, one, true, delta, new double[2], 1);
    }

    @Override
    public List<Mutant<Pairs>> mutants() {
        return List.of(
                Mutant.of(
                        "pairs of two noises",
                        "the pairing dropped",
                        (c, n, s) ->
                                Estimates.frequencies(
                                        c.law(), new Coupling.Independent(), 2 * n, s)),
                Mutant.of(
                        "one sign for both",
                        "ω₊ twice",
                        (c, n, s) -> {
                            double[][] one =
                                    Estimates.frequencies(
                                            c.law(), new Coupling.Independent(), n, s);
                            double[][] both = new double[2 * n][];
                            System.arraycopy(one, 0, both, 0, n);
                            System.arraycopy(one, 0, both, n, n);
                            return both;
                        }));
    }
}
