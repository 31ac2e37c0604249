package nonmercer.proofs.attention;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
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

final class PaddedEqTrimmed implements KernelLaw<Attending, PaddedEqTrimmed.Case> {
    /// A scene and how many of its keys count.
    record Case(Scene scene, int keys) {
        int length() {
            return Math.min(keys, scene.m());
        }

        Scene trimmed() {
            return new Scene(
                    scene.q(),
                    Arrays.copyOf(scene.k(), length()),
                    Arrays.copyOf(scene.v(), length()));
        }
    }

    @Override
    public String id() {
        return "A4";
    }

    @Override
    public String statement() {
        return "for all lengths ℓ ≥ 1: attention to m keys of which ℓ are seen is attention to those ℓ keys";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "what is not seen has no weight");
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
                                        integers().between(1, 8))
                                .as(Case::new))
                .hitting("padding", 0.2, c -> c.length() < c.scene.m());
    }

    /// The largest difference, as a multiple of what rounding may do to its row. A row that
    /// rounding can make anything of, because its weights are no larger than their errors, is left
    /// out.
    @Override
    public double statistic(Attending attending, Case c) {
        Mask mask = Mask.lengths(c.length());
        double[][] padded = attending.of(c.scene, mask, DType.FLOAT64);
        double[][] trimmed = attending.of(c.trimmed(), Mask.none(), DType.FLOAT64);
        double worst = 0;
        for (int i = 0; i < padded.length; i++) {
            double off = Scene.distance(padded[i], trimmed[i]);
            double allowed = attending.rounding(c.scene, mask, i, Tolerance.Rounding.DOUBLE);
            worst =
                    off == 0 || allowed == Double.POSITIVE_INFINITY
                            ? worst
                            : Math.max(worst, off / allowed);
        }
        return worst;
    }

    @Override
    public Tolerance<Attending, Case> tolerance() {
        return Tolerance.bound((a, c) -> 1, ROUNDING);
    }

    static final String ROUNDING =
            "once what rounding may do to a row: the running error of each weight, in log form"
                    + " also of the"
                    + " largest logarithm, carried through the quotient of the two sums, twice";

    @Override
    public List<Mutant<Attending>> mutants() {
        return List.of(
                Mutant.of("mask dropped", "xformers #104", Attending.wrong(Wrong::maskDropped)),
                Mutant.of(
                        "mask after the softmax: padding counts in the sum",
                        "folklore",
                        Attending.wrong(Wrong::maskAfterSoftmax)),
                Mutant.of("-10 for -∞", "folklore", Attending.wrong(Wrong.hiddenAt(-10))));
    }
}
