package nonmercer.proofs.attention;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Combinators;
import nonmercer.kernel.ExpDot;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Points;
import nonmercer.proofs.Printed;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The bottleneck of a head: its weights may have full rank, their logarithms have not.
final class LogarithmsOfWeightsHaveTheRankOfAHead
        implements Claim<LogarithmsOfWeightsHaveTheRankOfAHead.Bound, Pairs> {
    /// The largest rank of the logarithms of the weights of n tokens with d coordinates a head, and
    /// the rank of the weights themselves.
    record Bound(int ofLogarithms, int ofWeights) {}

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
    public List<Subject<Bound>> subjects() {
        return List.of(Subject.of("d + 1 and more", new Bound(1, 2)));
    }

    @Override
    public Cases<Pairs> cases(Bound bound) {
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

    /// How far the rank of ln α is from d plus what is said, or that of α below.
    @Override
    public double statistic(Bound bound, Pairs p) {
        double[][] k = p.gram(new ExpDot());
        int d = p.q()[0].length;
        int n = k.length;
        double[][] logs = new double[n][n];
        double[][] weights = new double[n][n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (double v : k[i]) {
                sum += v;
            }
            for (int j = 0; j < n; j++) {
                weights[i][j] = k[i][j] / sum;
                logs[i][j] = Math.log(weights[i][j]);
            }
        }
        int rank = rank(logs, 1e-11);
        return Math.max(
                Math.abs(rank - (d + bound.ofLogarithms)),
                d + bound.ofWeights - rank(weights, 1e-13));
    }

    private static int rank(double[][] a, double share) {
        double[] s = Spectrum.singular(a);
        return Spectrum.rank(s, share * s[0]);
    }

    @Override
    public Tolerance<Bound, Pairs> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Bound>> mutants() {
        return List.of(
                Mutant.of(
                        "the normaliser forgotten",
                        "rank d for ln α: that of the logits",
                        new Bound(0, 2)),
                Mutant.of(
                        "logarithms of any rank",
                        "the rank of the weights for that of their logarithms",
                        new Bound(2, 2)),
                Mutant.of("weights of every rank", "the other end: more than n", new Bound(1, 7)));
    }
}
