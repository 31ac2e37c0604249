package nonmercer.proofs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import nonmercer.array.Array;
import nonmercer.attention.Attention;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureDimension;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Featured;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Traits;

/// The laws every kernel must keep, for a kernel of one's own, in one line of a test:
///
/// ```java
/// Laws.of(new MyKernel()).assertHold();
/// ```
///
/// and for an attention, a map of features or an operation of one's own likewise.
///
/// The definition `at` is what everything else is compared with: profile, log form, Gram matrices
/// in both element types, gradients, attention. Each proved trait is tested on random points, each
/// counter-example recomputed, a number of features compared with the rank of Gram matrices. A law
/// says nothing of a kernel it does not apply to.
public final class Laws {
    private final Candidate kernel;
    private final Runner runner;

    private Laws(Candidate kernel, Runner runner) {
        this.kernel = kernel;
        this.runner = runner;
    }

    /// The laws, for this kernel, with fixed cases.
    public static Laws of(Kernel kernel) {
        return new Laws(Candidate.of(kernel), Runner.fixed());
    }

    /// The laws of this attention and of its kernel, with fixed cases: whichever way it is
    /// computed, and whatever it divides by. With a denominator that does not make the weights of a
    /// row sum to one, the laws that need that do not hold of it.
    public static Laws of(Attention attention) {
        return new Laws(
                Candidate.of("attention with " + attention.kernel().name(), attention),
                Runner.fixed());
    }

    /// The laws of the kernel `⟨φ(q), ψ(k)⟩` of this map of features, with fixed cases: both
    /// element types, gradients, the number of features, attention; and of each row by itself.
    public static Laws of(FeatureMap map) {
        return of(new Mapped(map));
    }

    /// The laws of this operation at the uses that its method `static Specimen specimen(Draw)`
    /// draws, with fixed cases.
    ///
    /// @throws IllegalArgumentException if it has no such method
    public static OpLaws of(Op op) {
        return of(op, OpLaws.own(op));
    }

    /// The laws of this operation at these uses, with fixed cases.
    public static OpLaws of(Op op, Function<Draw, Specimen> uses) {
        return OpLaws.of(op.name(), uses);
    }

    /// A map of features as a kernel.
    private record Mapped(FeatureMap map) implements Featured {
        @Override
        public double at(double[] q, double[] k) {
            Pass pass = Pass.evaluation();
            Array phi = map.queries(Tensor.of(Array.matrix(new double[][] {q})), pass).value();
            Array psi = map.keys(Tensor.of(Array.matrix(new double[][] {k})), pass).value();
            double sum = 0;
            for (int i = 0; i < phi.size(); i++) {
                sum += phi.at(i) * psi.at(i);
            }
            return sum;
        }

        @Override
        public String formula() {
            return "⟨φ(q), ψ(k)⟩";
        }

        @Override
        public String name() {
            return map.getClass().getSimpleName();
        }

        @Override
        public FeatureMap features() {
            return map;
        }

        @Override
        public Traits traits() {
            return Traits.none()
                    .features(
                            new FeatureDimension.Finite(
                                    map::dimension, "its dimension", false, "its features"));
        }
    }

    /// These laws and exact values of the kernel, from its formula by hand.
    public Laws specimens(nonmercer.kernel.Specimen... specimens) {
        return new Laws(
                new Candidate(
                        kernel.name(),
                        kernel.kernel(),
                        Arrays.asList(specimens),
                        kernel.widths(),
                        kernel.attention()),
                runner);
    }

    /// These laws for a kernel that takes queries and keys of so many coordinates only.
    public Laws widths(int queries, int keys) {
        Optional<Candidate.Widths> widths = Optional.of(new Candidate.Widths(queries, keys));
        return new Laws(
                new Candidate(
                        kernel.name(),
                        kernel.kernel(),
                        kernel.specimens(),
                        widths,
                        kernel.attention()),
                runner);
    }

    /// These laws with cases from another seed.
    public Laws seed(long seed) {
        return new Laws(kernel, Runner.seeded(seed));
    }

    /// What each law that applies finds of the kernel.
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (Claim<?, ?> claim : Catalogue.claims()) {
            if (claim instanceof KernelLaw<?, ?> law) {
                finding(law).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private <S, C> Optional<Finding> finding(KernelLaw<S, C> law) {
        return law.subject(kernel)
                .map(subject -> runner.judge(law, Subject.of(kernel.name(), subject)));
    }

    /// Does nothing if every law holds.
    ///
    /// @throws AssertionError with statement, source, case and seed of each law that does not
    public void assertHold() {
        assertHold(kernel.name(), "kernels", findings());
    }

    static void assertHold(String name, String what, List<Finding> findings) {
        List<Finding> broken = findings.stream().filter(f -> !f.holds()).toList();
        if (!broken.isEmpty()) {
            String all = broken.stream().map(Finding::toString).collect(Collectors.joining("\n"));
            throw new AssertionError(
                    "%s breaks %d of %d laws of %s:%n%s"
                            .formatted(name, broken.size(), findings.size(), what, all));
        }
    }
}
