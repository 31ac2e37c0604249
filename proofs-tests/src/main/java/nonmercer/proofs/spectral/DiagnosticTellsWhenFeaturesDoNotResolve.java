package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.feature.Component;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Resolution;
import nonmercer.feature.Target;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.Numbers;
import nonmercer.spectral.Spread;

/// What the network uses is not the expected kernel but an estimate of it, whose relative variance
/// grows exponentially: the diagnostic says so for each head, and warns where it must, also where
/// the variance is beyond all numbers.
final class DiagnosticTellsWhenFeaturesDoNotResolve
        implements Claim<
                DiagnosticTellsWhenFeaturesDoNotResolve.Diagnostic,
                DiagnosticTellsWhenFeaturesDoNotResolve.Case> {
    private static final int D = 3;
    private static final int HEADS = 2;

    /// Log-variances a head, a number of frequencies, and points.
    record Case(double[] logs, int m, double[][] q, double[][] k) {
        RandomFeatures features() {
            Gaussian law =
                    new Gaussian(
                            Numbers.fixed(Array.of(Shape.of(1, D), new double[D])),
                            new Spread.Diagonal(Numbers.fixed(Array.of(Shape.of(HEADS, D), logs))));
            return new RandomFeatures(law, new Component.Positive(Target.GAUSSIAN), m)
                    .with(Estimates.PLAIN);
        }

        /// `ln √((e^(z'Sz) - 1)/m)` of all pairs, in order.
        double[] right(int head) {
            double[] all = new double[q.length * k.length];
            for (int i = 0; i < q.length; i++) {
                for (int j = 0; j < k.length; j++) {
                    double s = 0;
                    for (int l = 0; l < D; l++) {
                        double z = q[i][l] + k[j][l];
                        s += Math.exp(logs[head * D + l]) * z * z;
                    }
                    double log = s > 1 ? s + Math.log1p(-Math.exp(-s)) : Math.log(Math.expm1(s));
                    all[i * k.length + j] = (log - Math.log(m)) / 2;
                }
            }
            Arrays.sort(all);
            return all;
        }
    }

    /// What is said of a head: median and worst relative deviation, and whether that resolves.
    record Report(double median, double worst, boolean resolves) {}

    /// The diagnostic.
    interface Diagnostic {
        Report of(Case c, int head);
    }

    @Override
    public String id() {
        return "P24";
    }

    @Override
    public String statement() {
        return "for every head and all points: the relative standard deviation of an estimate by m positive features of N(0, S) is √((e^(z'Sz) - 1)/m), and the diagnostic warns where its median is above 1, or is no number";
    }

    @Override
    public Source source() {
        return Source.of(
                "Choromanski et al. 2021",
                "Lemma 2; e¹⁶ a feature at the initial scale of heads of 64");
    }

    @Override
    public String assumes() {
        return "a law N(0, S); the points of the head are those it sees";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Diagnostic>> subjects() {
        return List.of(Subject.of("Resolution", DiagnosticTellsWhenFeaturesDoNotResolve::report));
    }

    private static Report report(Case c, int head) {
        Resolution r =
                Resolution.of(c.features(), head, Array.matrix(c.q), Array.matrix(c.k))
                        .orElseThrow();
        return new Report(r.median(), r.worst(), r.resolves());
    }

    @Override
    public Cases<Case> cases(Diagnostic diagnostic) {
        return Cases.random(
                        150,
                        GaussAt.drawn(r -> {
                            double size = Math.exp(4 * r.nextDouble() - 1);
                            double[][] q = new double[3][];
                            double[][] k = new double[4][];
                            Arrays.setAll(q, i -> GaussAt.gaussian(r, D));
                            Arrays.setAll(k, i -> GaussAt.gaussian(r, D));
                            Arrays.stream(q).forEach(x -> GaussAt.scale(x, size));
                            return new Case(
                                    GaussAt.gaussian(r, HEADS * D), 1 + r.nextInt(256), q, k);
                        }))
                .hitting("resolved", 0.04, c -> median(c, 0) < 0)
                .hitting("not resolved", 0.3, c -> median(c, 0) > 0)
                .hitting("beyond all numbers", 0.01, c -> median(c, 0) > 355)
                .hitting("one head resolved, one not", 0.01, c -> median(c, 0) * median(c, 1) < 0);
    }

    private static double median(Case c, int head) {
        double[] all = c.right(head);
        return all[all.length / 2];
    }

    /// The greatest relative error of a report; infinite for a warning that is missing or wrong.
    @Override
    public double statistic(Diagnostic diagnostic, Case c) {
        double worst = 0;
        for (int head = 0; head < HEADS; head++) {
            double[] all = c.right(head);
            Report r = diagnostic.of(c, head);
            double median = all[all.length / 2];
            if (Math.abs(median) > 1e-9 && r.resolves != median < 0) {
                return Double.POSITIVE_INFINITY;
            }
            worst = Math.max(worst, error(r.median, median));
            worst = Math.max(worst, error(r.worst, all[all.length - 1]));
        }
        return worst;
    }

    /// Beyond all numbers where the squares of such numbers are.
    private static double error(double reported, double log) {
        if (log > 350) {
            return reported > 1e150 ? 0 : Double.POSITIVE_INFINITY;
        }
        return Math.abs(reported / Math.exp(log) - 1);
    }

    /// A relative error of `e^s - 1` is that of `s` times `s e^s/(e^s - 1)`, at most 710 where it
    /// is a number; `s` is small only where `z` is, with the cancellation that `q` and `k` bring,
    /// which is the same on both sides.
    @Override
    public Tolerance<Diagnostic, Case> tolerance() {
        return Tolerance.rounding(
                (diagnostic, c) -> 16 * D + 64,
                (diagnostic, c) ->
                        1500 + Math.exp(-2 * c.right(0)[0]) + Math.exp(-2 * c.right(1)[0]),
                "roundings of logarithms of two moments below 1500, and the cancellation of moment and squared mean where the variance is small");
    }

    @Override
    public Optional<Picture> picture(Diagnostic diagnostic) {
        double[] size = Curves.range(0.2, 4, 39);
        double[] logs = {0, 0, 0, 1, 1, 1};
        return Optional.of(
                new Picture(
                        "the second head, S = e I, z against 0, 64 frequencies",
                        Picture.Axis.of("‖z‖"),
                        Picture.Axis.powers("relative standard deviation"),
                        List.of(
                                Curves.measured(
                                        "reported",
                                        size,
                                        a ->
                                                diagnostic.of(
                                                                new Case(
                                                                        logs,
                                                                        64,
                                                                        new double[][] {{a, 0, 0}},
                                                                        new double[1][D]),
                                                                1)
                                                        .median),
                                Curves.bound(
                                        "√((e^(z'Sz) - 1)/m)",
                                        size,
                                        a -> Math.sqrt(Math.expm1(Math.E * a * a) / 64)),
                                Curves.bound("the threshold", size, a -> 1))));
    }

    @Override
    public List<Mutant<Diagnostic>> mutants() {
        return List.of(
                Mutant.of("the first head for all", "a law a head", (c, head) -> report(c, 0)),
                Mutant.of(
                        "infinity passes",
                        "a threshold that lets through what is no number",
                        (c, head) -> {
                            Report r = report(c, head);
                            return Double.isFinite(r.worst)
                                    ? r
                                    : new Report(r.median, r.worst, true);
                        }),
                Mutant.of(
                        "the variance of one feature",
                        "1/m forgotten",
                        (c, head) -> {
                            Report r = report(c, head);
                            double root = Math.sqrt(c.m);
                            return new Report(
                                    r.median * root, r.worst * root, r.median * root <= 1);
                        }));
    }
}
