package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Evidence;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.SignedMixture;

/// What is drawn of a mixture with negative weights has the mixture's transform.
final class ThinnedDrawsFollowASignedMixture
        implements Claim<
                ThinnedDrawsFollowASignedMixture.Draw, ThinnedDrawsFollowASignedMixture.Case> {
    private static final int N = 1 << 16;
    private static final int CASES = 3;

    /// `(1 + p) N(0, I) - p N(0, s I)`, a point, and a seed.
    record Case(double p, double s, double[] t, long seed) {
        SignedMixture law() {
            return SignedMixture.of(t.length, new double[] {1 + p, -p}, new double[] {1, s});
        }
    }

    /// So many frequencies.
    interface Draw {
        double[][] of(Case c, int n, RandomStream stream);
    }

    @Override
    public String id() {
        return "P22a";
    }

    @Override
    public String statement() {
        return "for all mixtures of Gaussians with weights of either sign and a density that is nowhere negative: the mean of cos ω·t over frequencies drawn from the positive part and thinned is Σ π_c e^(-s_c ‖t‖²/2)";
    }

    @Override
    public Source source() {
        return Source.of("von Neumann 1951", "rejection; Bochner 1932");
    }

    @Override
    public String assumes() {
        return "a density that is nowhere negative; the positive part is a law that can be drawn";
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
        return CASES * Deviation.ALPHA;
    }

    @Override
    public List<Subject<Draw>> subjects() {
        return List.of(
                Subject.of(
                        "SignedMixture",
                        (c, n, s) ->
                                Estimates.frequencies(c.law(), new Coupling.Independent(), n, s)));
    }

    @Override
    public Cases<Case> cases(Draw draw) {
        return Cases.random(
                CASES,
                GaussAt.drawn(r -> {
                    double[] t = GaussAt.gaussian(r, 1 + r.nextInt(2));
                    GaussAt.scale(t, Math.sqrt((3 + r.nextDouble()) / GaussAt.square(t)));
                    return new Case(
                            0.2 + 0.1 * r.nextDouble(),
                            0.35 + 0.1 * r.nextDouble(),
                            t,
                            r.nextLong());
                }));
    }

    @Override
    public double statistic(Draw draw, Case c) {
        double sum = 0;
        for (double[] omega : draw.of(c, N, RandomStream.of(c.seed))) {
            sum += Math.cos(GaussAt.dot(omega, c.t));
        }
        double square = GaussAt.square(c.t);
        double right = (1 + c.p) * Math.exp(-square / 2) - c.p * Math.exp(-c.s * square / 2);
        return Math.abs(sum / N - right);
    }

    @Override
    public Tolerance<Draw, Case> tolerance() {
        return Tolerance.bound(
                (draw, c) -> Deviation.hoeffding(2, N),
                "Hoeffding's inequality for 65,536 numbers in [-1, 1], half of what the mutants move");
    }

    @Override
    public Optional<Picture> picture(Draw draw) {
        Case c = new Case(0.3, 0.4, new double[] {1}, 1);
        double[] sample =
                Arrays.stream(draw.of(c, 1 << 14, RandomStream.of(1)))
                        .mapToDouble(w -> w[0])
                        .toArray();
        double sd = Math.sqrt(c.s);
        return Curves.density(
                "16,384 frequencies",
                "1.3 N(0, 1) - 0.3 N(0, 0.4)",
                4,
                sample,
                w -> 1.3 * Curves.normal(w) - 0.3 * Curves.normal(w / sd) / sd);
    }

    @Override
    public List<Mutant<Draw>> mutants() {
        return List.of(
                Mutant.of(
                        "the positive part alone",
                        "no rejection",
                        (c, n, s) ->
                                Estimates.frequencies(
                                        Gaussian.standard(c.t.length),
                                        new Coupling.Independent(),
                                        n,
                                        s)),
                Mutant.of(
                        "weights without their signs",
                        "|π| for π",
                        (c, n, s) ->
                                Estimates.frequencies(
                                        SignedMixture.of(
                                                c.t.length,
                                                new double[] {1 + c.p, c.p},
                                                new double[] {1, c.s}),
                                        new Coupling.Independent(),
                                        n,
                                        s)));
    }
}
