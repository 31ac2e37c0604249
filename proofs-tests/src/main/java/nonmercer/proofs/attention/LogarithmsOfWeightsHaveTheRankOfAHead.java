package nonmercer.proofs.attention;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.attention.Attention;
import nonmercer.attention.Denominator;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Quadratic;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Printed;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The bottleneck of a head: its weights may have full rank, their logarithms have not.
final class LogarithmsOfWeightsHaveTheRankOfAHead
        implements Claim<LogarithmsOfWeightsHaveTheRankOfAHead.Weights, Pairs> {
    /// The weights `[n, m]` of attention.
    interface Weights {
        double[][] of(Pairs p);
    }

    @Override
    public String id() {
        return "L9";
    }

    @Override
    public String statement() {
        return "for n queries and n keys in general position of ℝᵈ, n > d + 1: ln α, α the softmax weights, has rank d + 1, so most weight matrices are out of a head's reach, while α = exp(ln α) itself has a rank above d + 1";
    }

    @Override
    public Optional<Printed<?>> printed() {
        return Optional.of(
                Printed.exact(
                        "attention weights are of low rank: for all n queries and n keys of ℝᵈ the softmax weights have, as the logits have, a rank of at most d + 1",
                        () ->
                                Cases.random(
                                        60,
                                        Combinators.combine(
                                                        integers().between(1, 3),
                                                        integers().between(3, 5))
                                                .flatAs((d, more) ->
                                                        Combinators.combine(
                                                                        Points.in(d + more, d, 2),
                                                                        Points.in(d + more, d, 2))
                                                                .as(Pairs::new))),
                        p -> Math.max(0, rank(p.gram(new ExpDot()), 1e-13) - p.q()[0].length - 1)));
    }

    @Override
    public Source source() {
        return Source.of(
                "Bhojanapalli et al. 2020; Wang et al. 2020 (Linformer)",
                "Theorem 1 on the head size; Theorem 1 there, quoted as low rank, refuted in general");
    }

    @Override
    public String assumes() {
        return "queries and keys in general position; a singular value below a share of the first one counts as 0";
    }

    @Override
    public Kind kind() {
        return Kind.GENERIC;
    }

    /// Points in special position: none in 1,000 seeds.
    @Override
    public double falseAlarm() {
        return 3e-3;
    }

    @Override
    public List<Subject<Weights>> subjects() {
        return List.of(
                Subject.of("Attention.weights", p -> weights(Attention.of(new ExpDot()), p)));
    }

    private static double[][] weights(Attention attention, Pairs p) {
        Array w =
                attention
                        .weights(fourfold(p.q()), fourfold(p.k()), Mask.none(), Pass.evaluation())
                        .value();
        double[][] rows = new double[p.q().length][p.k().length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = w.get(0, 0, i, j);
            }
        }
        return rows;
    }

    private static Tensor fourfold(double[][] x) {
        return Tensor.of(Array.matrix(x)).reshape(1, 1, x.length, x[0].length);
    }

    @Override
    public Cases<Pairs> cases(Weights weights) {
        return Cases.random(
                        60,
                        Combinators.combine(integers().between(1, 3), integers().between(3, 5))
                                .flatAs((d, more) ->
                                        Combinators.combine(
                                                        Points.general(d + more, d, 2),
                                                        Points.general(d + more, d, 2))
                                                .as(Pairs::new)))
                .hitting("d > 1", 0.4, p -> p.q()[0].length > 1);
    }

    /// How far the rank of ln α is from d + 1, or that of α below d + 2.
    @Override
    public double statistic(Weights attention, Pairs p) {
        double[][] weights = attention.of(p);
        int d = p.q()[0].length;
        double[][] logs = new double[weights.length][];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Arrays.stream(weights[i]).map(Math::log).toArray();
        }
        return Math.max(Math.abs(rank(logs, 1e-11) - (d + 1)), d + 2 - rank(weights, 1e-13));
    }

    private static int rank(double[][] a, double share) {
        double[] s = Spectrum.singular(a);
        return Spectrum.rank(s, share * s[0]);
    }

    @Override
    public Tolerance<Weights, Pairs> tolerance() {
        return Tolerance.exact();
    }

    /// Ten queries and keys of the plane.
    @Override
    public Optional<Picture> picture(Weights attention) {
        double[][] all = Points.spread(20, 2, 2);
        Pairs p = new Pairs(Arrays.copyOf(all, 10), Arrays.copyOfRange(all, 10, 20));
        double[][] weights = attention.of(p);
        double[][] logs = new double[weights.length][];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Arrays.stream(weights[i]).map(Math::log).toArray();
        }
        double[] place = Picture.steps(1, 10, 10);
        return Optional.of(
                new Picture(
                        "Singular values of weights and logarithms, d = 2",
                        Picture.Axis.of("singular value"),
                        Picture.Axis.powers("size"),
                        List.of(
                                Picture.Line.measured("α", place, Spectrum.singular(weights)),
                                Picture.Line.measured("ln α", place, Spectrum.singular(logs)),
                                Picture.Line.bound("rounding", place, at -> 1e-14))));
    }

    @Override
    public List<Mutant<Weights>> mutants() {
        return List.of(
                Mutant.of(
                        "the normaliser forgotten",
                        "rank d for ln α: that of the logits",
                        p -> weights(Attention.of(new ExpDot(), new Denominator.None()), p)),
                Mutant.of(
                        "exp(-‖q-k‖²/√d)",
                        "a bias on the keys, which is a rank more",
                        p -> weights(Attention.of(new Gauss()), p)),
                Mutant.of(
                        "(q·k/√d + 1)²",
                        "weights of bounded rank, whose logarithms have any",
                        p -> weights(Attention.of(new Quadratic()), p)));
    }
}
