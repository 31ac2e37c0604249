package nonmercer.proofs.attention;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Combinators;
import nonmercer.array.DType;
import nonmercer.attention.Evaluation;
import nonmercer.attention.Mask;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Cost;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

final class QueryAloneEqRowOfFullPass
        implements KernelLaw<Attending, QueryAloneEqRowOfFullPass.Case> {
    /// A scene and the query that is asked alone.
    record Case(Scene scene, int query) {
        int row() {
            return Math.min(query, scene.n() - 1);
        }

        /// The keys up to its own.
        int seen() {
            return row() + 1 + scene.m() - scene.n();
        }
    }

    @Override
    public String id() {
        return "A10";
    }

    @Override
    public String statement() {
        return "where attention is fused, for all i: under a causal mask, query i asked alone with the keys up to its own gets, bit for bit, row i of the full pass: what a cache of keys and values gives";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "incremental decoding; Shazeer 2019, section 2.4");
    }

    @Override
    public String assumes() {
        return "a kernel of the fused path, and the same keys and values in both passes";
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
        boolean fused =
                kernel.attention()
                        .map(a -> a.evaluation() instanceof Evaluation.Fused)
                        .orElse(true);
        return fused ? Attending.of(kernel) : Optional.empty();
    }

    @Override
    public Cases<Case> cases(Attending attending) {
        return Cases.random(
                        100,
                        Combinators.combine(
                                        Scene.of(attending.kernel(), 6, 9),
                                        integers().between(0, 5))
                                .as(Case::new))
                .hitting("a future", 0.1, c -> c.seen() > 0 && c.seen() < c.scene.m());
    }

    /// The number of numbers that differ.
    @Override
    public double statistic(Attending attending, Case c) {
        if (c.seen() < 1) {
            return SILENT;
        }
        Scene s = c.scene;
        Scene alone =
                new Scene(
                        new double[][] {s.q()[c.row()]},
                        Arrays.copyOf(s.k(), c.seen()),
                        Arrays.copyOf(s.v(), c.seen()));
        double[][] full = attending.of(s, Mask.causal(), DType.FLOAT32);
        return Scene.differences(
                new double[][] {full[c.row()]},
                attending.of(alone, Mask.causal(), DType.FLOAT32),
                1);
    }

    @Override
    public Tolerance<Attending, Case> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Attending>> mutants() {
        return List.of(
                Mutant.of("mask dropped", "xformers #104", Attending.wrong(Wrong::maskDropped)),
                Mutant.of(
                        "positions counted from the first query of a step",
                        "folklore",
                        Attending.wrong(Wrong::queriesByPosition)));
    }
}
