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

/// In a batch: the sequence beside the edited one keeps its full length and must not move either.
/// The keys in the padding may be so large that the kernel overflows.
final class PaddingDoesNotMoveTheRest
        implements KernelLaw<Attending, PaddingDoesNotMoveTheRest.Case> {
    /// A scene, another of the same shape, the number of keys of the first, and a factor of the
    /// keys in the padding.
    record Case(List<Scene> scenes, int keys, double factor) {
        int length() {
            return Math.min(keys, scenes.get(0).m());
        }

        List<Scene> edited() {
            return List.of(
                    scenes.get(0).with(scenes.get(1).scaledKeys(factor), length()), scenes.get(1));
        }

        Mask mask() {
            return Mask.lengths(length(), scenes.get(0).m());
        }
    }

    @Override
    public String id() {
        return "A3";
    }

    @Override
    public String statement() {
        return "for all lengths: editing keys and values past a sequence's length changes no bit of any output of the"
                + " batch";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "what is not seen has no weight");
    }

    @Override
    public String assumes() {
        return "one length for each sequence of the batch; finite values up to 10²⁰⁰";
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
                                        Scene.two(attending.kernel(), 5, 6),
                                        integers().between(0, 6),
                                        Arbitraries.of(1.0, 1e200))
                                .as(Case::new))
                .hitting(
                        "keys and padding",
                        0.1,
                        c -> c.length() > 0 && c.length() < c.scenes.get(0).m())
                .hitting("nothing but padding", 0.02, c -> c.length() == 0);
    }

    /// The number of numbers that changed.
    @Override
    public double statistic(Attending attending, Case c) {
        double[][][] before = attending.of(c.scenes, c.mask(), DType.FLOAT64);
        double[][][] after = attending.of(c.edited(), c.mask(), DType.FLOAT64);
        return Scene.differences(before[0], after[0], before[0].length)
                + Scene.differences(before[1], after[1], before[1].length);
    }

    @Override
    public Tolerance<Attending, Case> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Attending>> mutants() {
        return List.of(
                Mutant.of("mask dropped", "xformers #104", Attending.wrong(Wrong::maskDropped)),
                Mutant.of("-10 for -∞", "folklore", Attending.wrong(Wrong.hiddenAt(-10))),
                Mutant.of(
                        "mask after the softmax",
                        "folklore",
                        Attending.wrong(Wrong::maskAfterSoftmax)),
                Mutant.of(
                        "the first sequence's mask for all of the batch, one key too far",
                        "folklore",
                        Attending.wrong(Wrong::maskOneTooFar)));
    }
}
