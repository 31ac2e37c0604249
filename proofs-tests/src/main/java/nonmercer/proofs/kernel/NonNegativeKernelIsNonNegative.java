package nonmercer.proofs.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.kernel.Expression;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Trait;
import nonmercer.kernel.Traits;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

final class NonNegativeKernelIsNonNegative implements KernelLaw<Candidate, Pairs> {
    @Override
    public String id() {
        return "K11";
    }

    @Override
    public String statement() {
        return "for every kernel proved non-negative and all q, k: k(q, k) ≥ 0, also in floating point, where"
                + " attention divides by sums of it";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "the kernel's formula");
    }

    @Override
    public String assumes() {
        return "the evidence says that the kernel is non-negative by proof";
    }

    @Override
    public Kind kind() {
        return Kind.EXACT;
    }

    @Override
    public Optional<Candidate> subject(Candidate kernel) {
        return kernel.kernel().traits().proved(Trait.NON_NEGATIVE)
                ? Optional.of(kernel)
                : Optional.empty();
    }

    @Override
    public Cases<Pairs> cases(Candidate kernel) {
        return Cases.random(300, kernel.pairs(1, 1))
                .hitting("different points", 0.5, c -> !Arrays.equals(c.q()[0], c.k()[0]));
    }

    @Override
    public double statistic(Candidate kernel, Pairs c) {
        double value = kernel.kernel().at(c.q()[0], c.k()[0]);
        return value >= 0 ? 0 : -value;
    }

    @Override
    public Tolerance<Candidate, Pairs> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Candidate>> mutants() {
        Traits positive = Traits.none().proved(Trait.NON_NEGATIVE, "claimed");
        return List.of(
                Mutant.of(
                        "a dot product",
                        "folklore",
                        Made.of("dot", Pairing.DOT, s -> s, positive).candidate()),
                Mutant.of(
                        "the root of a difference that may be negative",
                        "folklore",
                        Made.of("root", Pairing.DOT, Expression::sqrt, positive).candidate()));
    }
}
