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

final class OrderOfQueriesPermutesRows
        implements KernelLaw<Attending, OrderOfQueriesPermutesRows.Case> {
    /// A scene and the seed of an order of its queries.
    record Case(Scene scene, long seed) {
        int[] order() {
            return RandomStream.of(seed).permutation(scene.n());
        }
    }

    @Override
    public String id() {
        return "A6";
    }

    @Override
    public String statement() {
        return "for all orders of the queries: the rows of the output come in that order, bit for bit";
    }

    @Override
    public Source source() {
        return Source.of(
                "folklore", "rows do not meet; Lee et al. 2019 (Set Transformer), Property 1");
    }

    @Override
    public String assumes() {
        return "nothing of the arithmetic: bits are compared";
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
    public Optional<Attending> subject(Candidate kernel) {
        return Attending.of(kernel);
    }

    @Override
    public Cases<Case> cases(Attending attending) {
        return Cases.random(
                        100,
                        Combinators.combine(
                                        Scene.of(attending.kernel(), 9, 6),
                                        longs().between(1, 1000))
                                .as(Case::new))
                .hitting("several queries", 0.3, c -> c.scene.n() >= 3);
    }

    /// The number of numbers that changed.
    @Override
    public double statistic(Attending attending, Case c) {
        int[] order = c.order();
        double[][] q = new double[order.length][];
        for (int i = 0; i < order.length; i++) {
            q[i] = c.scene.q()[order[i]];
        }
        double[][] before = attending.of(c.scene, Mask.none(), DType.FLOAT64);
        double[][] after =
                attending.of(new Scene(q, c.scene.k(), c.scene.v()), Mask.none(), DType.FLOAT64);
        double[][] expected = new double[order.length][];
        for (int i = 0; i < order.length; i++) {
            expected[i] = before[order[i]];
        }
        return Scene.differences(expected, after, order.length);
    }

    @Override
    public Tolerance<Attending, Case> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Attending>> mutants() {
        return List.of(
                Mutant.of(
                        "weights fall with the distance of the positions",
                        "folklore",
                        Attending.wrong(Wrong::queriesByPosition)),
                Mutant.of(
                        "a causal mask nobody asked for",
                        "folklore",
                        Attending.wrong((kernel, q, k, v, mask) ->
                                Attending.attend(kernel, q, k, v, Mask.causal()))));
    }
}
