package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.array.DType;
import nonmercer.attention.LinearStream;
import nonmercer.autodiff.Pass;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Work is counted within every operation, by the branches of its loops ([Metered]). So counted, it
/// is affine in the number of whole blocks of rows, forward and backward, but for what is done once
/// a call and for the sums of blocks.
final class LinearAttentionCostsLinearWork
        implements Claim<LinearAttentionCostsLinearWork.Work, Integer> {
    private static final int M = 8;

    /// What attention of so many rows costs: branches forward, branches forward and backward, and
    /// numbers in new arrays.
    interface Work {
        long[] of(int n);
    }

    /// The metered attentions of these names.
    static List<Subject<Work>> metered(List<String> names) {
        return names.stream().map(s -> Subject.<Work>of(s, n -> Metered.cost(s, n))).toList();
    }

    @Override
    public String id() {
        return "P16";
    }

    @Override
    public String statement() {
        return "for all lengths N of whole blocks of 64 rows: the work w of linear attention, forward and with the backward pass, bidirectional or causal, through features that are given or drawn, is affine in N up to one percent, |(w(4N) - w(2N))/2 (w(2N) - w(N)) - 1| ≤ .01; and the state of a stream is m (e + 1) numbers a head, whatever N";
    }

    @Override
    public Source source() {
        return Source.of(
                "Katharopoulos et al. 2020", "section 3.2.1; Chowdhury et al. 2022, abstract");
    }

    @Override
    public String assumes() {
        return "branches of the loops stand for work: they are counted where they are executed";
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
    public List<Subject<Work>> subjects() {
        return metered(MeteredAttention.subjects());
    }

    @Override
    public Cases<Integer> cases(Work cost) {
        return Cases.all(64, 256);
    }

    @Override
    public double statistic(Work cost, Integer n) {
        long[] one = cost.of(n);
        long[] two = cost.of(2 * n);
        long[] four = cost.of(4 * n);
        double worst = state(n) == M * 3L ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < 2; i++) {
            if (one[i] <= 0) {
                return Double.NaN;
            }
            double step = 2.0 * (two[i] - one[i]);
            worst = Math.max(worst, Math.abs((four[i] - two[i]) / step - 1));
        }
        return worst;
    }

    /// Of a stream after `n` tokens.
    private static long state(int n) {
        LinearStream stream = new LinearStream(new Attends.Given(), 1, 1, M, 2, DType.FLOAT64);
        for (int i = 0; i < n; i++) {
            var row = Attends.head(new double[] {1, 1, 1, 1, 1, 1, 1, 1});
            stream.next(row, row, Attends.head(new double[] {1, 2}), Pass.evaluation());
        }
        return stream.numbers();
    }

    @Override
    public Tolerance<Work, Integer> tolerance() {
        return Tolerance.bound(
                (work, n) -> 0.01,
                "one percent: the loops that are entered a different number of times where rows are split among blocks and"
                        + " partial sums are added up; a quadratic part of one product a pair would double the ratio");
    }

    @Override
    public Optional<Picture> picture(Work cost) {
        double[] n = {64, 128, 192, 256, 320};
        double[] found = Arrays.stream(n).map(x -> cost.of((int) x)[1]).toArray();
        double[] line = Arrays.stream(n).map(x -> x / 64 * found[0]).toArray();
        return Optional.of(
                new Picture(
                        "work of attention, forward and backward, counted",
                        Picture.Axis.powers("keys"),
                        Picture.Axis.powers("branches"),
                        List.of(
                                Picture.Line.measured("counted", n, found),
                                Picture.Line.bound("proportional", n, line))));
    }

    @Override
    public List<Mutant<Work>> mutants() {
        return List.of(
                mutant("a hidden matrix of all pairs", "(φ ψᵀ) v for φ (ψᵀ v)"),
                mutant("every prefix anew", "Σ_{j ≤ i} ψⱼ vⱼᵀ from the start for each i"),
                mutant("all pairs within one operation", "a fused loop that is quadratic"));
    }

    /// A metered mutant.
    static Mutant<Work> mutant(String name, String origin) {
        return Mutant.of(name, origin, n -> Metered.cost(name, n));
    }
}
