package nonmercer.proofs.spectral;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nonmercer.array.DType;
import nonmercer.attention.LinearAttention;
import nonmercer.kernel.FeatureMap;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Causal linear attention through random features, where sums are not exact: in chunks, by blocks
/// and token by token it is the quadratic form of the prefix up to rounding, and a later key or
/// value moves no bit of an earlier row.
final class CausalLinearAttentionRoundsLikeItsSums implements Claim<Sums.Evaluation, List<Sums>> {
    private static final int CHUNK = 8;

    @Override
    public String id() {
        return "P15a";
    }

    @Override
    public String statement() {
        return "for all points and values, laws (normal, mixtures, Fastfood), trigonometric, positive and hyperbolic features, and every chunk, in float64, u = 2^-53, and float32, u = 2^-24: row i of causal linear attention differs from the quadratic form over the keys 1 … i by at most 4 (N + m + 8 + r) u (Σⱼ Σ_f |φ_f(qᵢ) ψ_f(kⱼ)| |vⱼ|/|Zᵢ| + κᵢ |outᵢ|), as in P14a, and no later key or value moves a bit of it";
    }

    @Override
    public Source source() {
        return Source.of(
                "Katharopoulos et al. 2020; Higham 2002",
                "section 3.3; inner products in any order");
    }

    @Override
    public String assumes() {
        return "sums in any order; points of size 1, so that no feature vanishes in float32";
    }

    @Override
    public Cost cost() {
        return Cost.SECONDS;
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Sums.Evaluation>> subjects() {
        List<Subject<Sums.Evaluation>> all = new ArrayList<>();
        for (int chunk : new int[] {1, 5, 64}) {
            all.add(
                    Subject.of(
                            "chunks of " + chunk,
                            new Sums.Through(
                                    map ->
                                            new LinearAttention(
                                                    map, chunk, LinearAttention.Keeps.FEATURES),
                                    DType.FLOAT64,
                                    false)));
        }
        for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
            String in = dtype == DType.FLOAT64 ? "" : ", float32";
            all.add(
                    Subject.of(
                            "features as they are" + in,
                            new Sums.Through(LinearAttention::unguarded, dtype, true)));
            all.add(
                    Subject.of(
                            "by blocks, where features are projections" + in,
                            new Sums.Through(LinearAttention::of, dtype, false)));
            all.add(Subject.of("LinearStream" + in, new Sums.Stream(dtype)));
        }
        return List.copyOf(all);
    }

    /// Each with waves and positive features of all three laws.
    @Override
    public Cases<List<Sums>> cases(Sums.Evaluation evaluation) {
        return Cases.random(5, GaussAt.drawn(r -> Sums.each(r, true, 150)))
                .hitting(
                        "more than two blocks of 64",
                        1,
                        c -> c.stream().anyMatch(x -> x.k().length > 128))
                .hitting(
                        "the last row is not alone",
                        0.2,
                        c -> c.stream().anyMatch(x -> x.seen() < x.k().length));
    }

    /// The greatest difference over its own bound; infinite where an edit from row `seen` on moves
    /// a bit before it.
    @Override
    public double statistic(Sums.Evaluation evaluation, List<Sums> c) {
        double worst = 0;
        for (Sums x : c) {
            worst = Math.max(worst, x.difference(evaluation));
            if (worst <= 1 && x.seen() < x.k().length && moved(evaluation, x)) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return worst;
    }

    private static boolean moved(Sums.Evaluation evaluation, Sums c) {
        FeatureMap map = c.map(evaluation.dtype());
        double[][] out = evaluation.of(map, c);
        double[][] edited = evaluation.of(map, c.edited());
        return IntStream.range(0, c.seen()).anyMatch(i -> !Arrays.equals(out[i], edited[i]));
    }

    @Override
    public Tolerance<Sums.Evaluation, List<Sums>> tolerance() {
        return Tolerance.bound(
                (evaluation, c) -> 1,
                "the difference over the bound of the statement: N + m additions in any order on either side, and the exponents of four exponentials, as in P14a; bits where nothing is said to move");
    }

    /// Whether query `i` sees key `j`.
    private interface Sees {
        boolean key(int i, int j);
    }

    @Override
    public Optional<Picture> picture(Sums.Evaluation evaluation) {
        double[] n = {16, 32, 64, 128, 256};
        return Optional.of(
                new Picture(
                        "positive features: the greatest difference, over its bound",
                        Picture.Axis.powers("keys"),
                        Picture.Axis.powers("share of the bound"),
                        List.of(
                                Curves.measured(
                                        "of the code",
                                        n,
                                        x -> Sums.positive((int) x, true).difference(evaluation)),
                                Curves.bound("the bound", n, x -> 1))));
    }

    @Override
    public List<Mutant<Sums.Evaluation>> mutants() {
        return List.of(
                Mutant.of("strictly before", "j < i for j ≤ i", seeing((i, j) -> j < i || i == 0)),
                Mutant.of(
                        "the state is not carried",
                        "each chunk starts from nothing",
                        seeing((i, j) -> j <= i && j / CHUNK == i / CHUNK)),
                Mutant.of(
                        "the last key of the chunk before is lost",
                        "an index off by one at the edge of a chunk",
                        seeing((i, j) ->
                                j <= i && (j / CHUNK == i / CHUNK || j % CHUNK != CHUNK - 1))),
                Mutant.of("no mask", "every query sees every key", seeing((i, j) -> true)));
    }

    private static Sums.Evaluation seeing(Sees sees) {
        return (map, c) -> {
            double[][] k = Estimates.gram(map, c.q(), c.k());
            double[][] out = new double[k.length][Sums.E];
            for (int i = 0; i < k.length; i++) {
                double z = 0;
                for (int j = 0; j < k.length; j++) {
                    if (sees.key(i, j)) {
                        z += k[i][j];
                        for (int l = 0; l < Sums.E; l++) {
                            out[i][l] += k[i][j] * c.v()[j][l];
                        }
                    }
                }
                for (int l = 0; l < Sums.E; l++) {
                    out[i][l] /= z;
                }
            }
            return out;
        };
    }
}
