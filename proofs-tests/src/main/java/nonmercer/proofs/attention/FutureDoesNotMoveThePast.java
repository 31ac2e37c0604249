package nonmercer.proofs.attention;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
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

final class FutureDoesNotMoveThePast
        implements KernelLaw<Attending, FutureDoesNotMoveThePast.Case> {
    /// A scene, another of the same shape to take the future from, the last query of the past, and
    /// a factor of the keys of the future, which may be so large that the kernel overflows.
    record Case(List<Scene> scenes, int last, double factor) {
        Scene before() {
            return scenes.get(0);
        }

        int row() {
            return Math.min(last, before().n() - 1);
        }

        /// The first key that row does not see.
        int future() {
            return Math.max(0, row() + 1 + before().m() - before().n());
        }

        Scene after() {
            return before().with(scenes.get(1).scaledKeys(factor), future());
        }
    }

    @Override
    public String id() {
        return "A2";
    }

    @Override
    public String statement() {
        return "for all i: under a causal mask, editing keys and values after query i changes no bit of the outputs"
                + " up to i";
    }

    @Override
    public Source source() {
        return Source.of("Vaswani et al. 2017", "section 3.2.3");
    }

    @Override
    public String assumes() {
        return "a mask that says what is seen before any value is read; finite values up to 10²⁰⁰";
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
                                        Scene.two(attending.kernel(), 6, 6),
                                        integers().between(0, 5),
                                        Arbitraries.of(1.0, 1e200))
                                .as(Case::new))
                .hitting(
                        "a past and a future",
                        0.07,
                        c -> c.future() > 0 && c.future() < c.before().m());
    }

    /// The number of numbers that changed.
    @Override
    public double statistic(Attending attending, Case c) {
        return Scene.differences(
                attending.of(c.before(), Mask.causal(), DType.FLOAT64),
                attending.of(c.after(), Mask.causal(), DType.FLOAT64),
                c.row() + 1);
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
                        "mask one key too far", "folklore", Attending.wrong(Wrong::maskOneTooFar)),
                Mutant.of(
                        "mask after the softmax",
                        "folklore",
                        Attending.wrong(Wrong::maskAfterSoftmax)),
                Mutant.of("-10 for -∞", "folklore", Attending.wrong(Wrong.hiddenAt(-10))));
    }
}
