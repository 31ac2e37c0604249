package nonmercer.proofs.spectral;

import java.util.List;
import java.util.Optional;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The numbers in all arrays that a pass forward and backward makes, counted where they are made
/// ([Metered]) and by a thread that has nothing from before: no compiler changes that.
final class LinearAttentionTakesLinearMemory
        implements Claim<LinearAttentionCostsLinearWork.Work, Integer> {
    @Override
    public String id() {
        return "P16a";
    }

    @Override
    public String statement() {
        return "for all lengths N of whole blocks of 64 rows: the numbers a in arrays that linear attention makes, forward and backward, bidirectional or causal, through features that are given or drawn, grow at most linearly, a(4N) - a(2N) ≤ 2 (a(2N) - a(N))";
    }

    @Override
    public Source source() {
        return Source.of(
                "Katharopoulos et al. 2020", "section 3.3.1; Chowdhury et al. 2022, abstract");
    }

    @Override
    public String assumes() {
        return "arrays are counted where they are made, not by the collector";
    }

    @Override
    public Cost cost() {
        return Cost.SECONDS;
    }

    @Override
    public Kind kind() {
        return Kind.EXACT;
    }

    @Override
    public List<Subject<LinearAttentionCostsLinearWork.Work>> subjects() {
        return LinearAttentionCostsLinearWork.metered(MeteredAttention.subjects());
    }

    @Override
    public Cases<Integer> cases(LinearAttentionCostsLinearWork.Work cost) {
        return Cases.all(64);
    }

    @Override
    public double statistic(LinearAttentionCostsLinearWork.Work cost, Integer n) {
        long one = cost.of(n)[2];
        long two = cost.of(2 * n)[2];
        long four = cost.of(4 * n)[2];
        return one > 0 ? Math.max(0, four - two - 2 * (two - one)) : Double.NaN;
    }

    @Override
    public Tolerance<LinearAttentionCostsLinearWork.Work, Integer> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public Optional<Picture> picture(LinearAttentionCostsLinearWork.Work cost) {
        double[] n = {64, 128, 192, 256, 320};
        double first = cost.of(64)[2];
        return Optional.of(
                new Picture(
                        "numbers in all arrays, forward and backward",
                        Picture.Axis.powers("keys"),
                        Picture.Axis.powers("numbers"),
                        List.of(
                                Curves.measured("counted", n, x -> cost.of((int) x)[2]),
                                Curves.bound("proportional", n, x -> first * x / 64))));
    }

    @Override
    public List<Mutant<LinearAttentionCostsLinearWork.Work>> mutants() {
        return List.of(
                LinearAttentionCostsLinearWork.mutant(
                        "a hidden matrix of all pairs", "(φ ψᵀ) v for φ (ψᵀ v)"),
                LinearAttentionCostsLinearWork.mutant(
                        "every prefix anew", "Σ_{j ≤ i} ψⱼ vⱼᵀ, kept for each i"));
    }
}
