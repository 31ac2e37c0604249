package nonmercer.proofs.attention;

import static net.jqwik.api.Arbitraries.longs;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Combinators;
import nonmercer.array.DType;
import nonmercer.attention.Mask;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Cost;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;

final class OrderOfKeysDoesNotMatter
        implements KernelLaw<Attending, OrderOfKeysDoesNotMatter.Case> {
    /// A scene and the seed of an order of its keys.
    record Case(Scene scene, long seed) {
        Scene permuted() {
            int[] order = RandomStream.of(seed).permutation(scene.m());
            double[][] k = new double[order.length][];
            double[][] v = new double[order.length][];
            for (int j = 0; j < order.length; j++) {
                k[j] = scene.k()[order[j]];
                v[j] = scene.v()[order[j]];
            }
            return new Scene(scene.q(), k, v);
        }
    }

    @Override
    public String id() {
        return "A5";
    }

    @Override
    public String statement() {
        return "for all orders of the keys with their values: the output is the same, up to the order of its sums";
    }

    @Override
    public Source source() {
        return Source.of(
                "folklore", "addition commutes; Lee et al. 2019 (Set Transformer), Property 1");
    }

    @Override
    public String assumes() {
        return "exponentials that are good to a relative rounding or two; the sum of a query's weights is not 0";
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
    public Optional<Attending> subject(Candidate kernel) {
        return Attending.of(kernel);
    }

    @Override
    public Cases<Case> cases(Attending attending) {
        return Cases.random(
                        100,
                        Combinators.combine(
                                        Scene.of(attending.kernel(), 4, 8),
                                        longs().between(1, 1000))
                                .as(Case::new))
                .hitting("several keys", 0.3, c -> c.scene.m() >= 3);
    }

    /// The largest difference, as a multiple of what rounding may do to its row.
    @Override
    public double statistic(Attending attending, Case c) {
        double[][] before = attending.of(c.scene, Mask.none(), DType.FLOAT64);
        double[][] after = attending.of(c.permuted(), Mask.none(), DType.FLOAT64);
        double worst = 0;
        for (int i = 0; i < before.length; i++) {
            double off = Scene.distance(before[i], after[i]);
            double allowed = attending.rounding(c.scene, Mask.none(), i, Tolerance.Rounding.DOUBLE);
            worst =
                    off == 0 || allowed == Double.POSITIVE_INFINITY
                            ? worst
                            : Math.max(worst, off / allowed);
        }
        return worst;
    }

    @Override
    public Tolerance<Attending, Case> tolerance() {
        return Tolerance.bound((a, c) -> 1, PaddedEqTrimmed.ROUNDING);
    }

    @Override
    public List<Mutant<Attending>> mutants() {
        return List.of(
                Mutant.of(
                        "later keys weigh more",
                        "folklore",
                        Attending.wrong(Wrong::keysByPosition)),
                Mutant.of(
                        "values not permuted with their keys",
                        "folklore",
                        Attending.wrong((kernel, q, k, v, mask) ->
                                Attending.attend(
                                        kernel,
                                        q,
                                        k,
                                        v.sum(-2)
                                                .reshape(v.shape().with(-2, 1))
                                                .add(v.slice(2, 0, 1))
                                                .broadcastTo(v.shape()),
                                        mask))));
    }
}
