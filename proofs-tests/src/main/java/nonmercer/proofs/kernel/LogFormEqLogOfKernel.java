package nonmercer.proofs.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Sum;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

/// The logarithm that attention takes the softmax of, against the kernel's value: `e^log` is
/// compared, so that a kernel of value 0 needs no case of its own.
final class LogFormEqLogOfKernel implements KernelLaw<LogFormEqLogOfKernel.LogForm, Pairs> {
    /// A kernel and its log form: `[n, d] × [m, d] → [n, m]`.
    record LogForm(Candidate kernel, BinaryOperator<Tensor> log) {}

    @Override
    public String id() {
        return "K5";
    }

    @Override
    public String statement() {
        return "for all q, k: the exponential of the kernel's log form is the kernel's value";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "exp ∘ ln = id");
    }

    @Override
    public String assumes() {
        return "the kernel has a log form, and its value does not underflow";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<LogForm> subject(Candidate kernel) {
        int dq = kernel.widths().map(Candidate.Widths::queries).orElse(1);
        int dk = kernel.widths().map(Candidate.Widths::keys).orElse(1);
        Pairs one = new Pairs(new double[1][dq], new double[1][dk]);
        return Gram.log(
                        kernel.kernel(),
                        one.queries(DType.FLOAT64),
                        one.keys(DType.FLOAT64),
                        Pass.evaluation())
                .map(any ->
                        new LogForm(
                                kernel,
                                (q, k) ->
                                        Gram.log(kernel.kernel(), q, k, Pass.evaluation())
                                                .orElseThrow()));
    }

    @Override
    public Cases<Pairs> cases(LogForm form) {
        return Cases.random(100, form.kernel.pairs(4, 5))
                .hitting("d ≥ 2", form.kernel.openShare(0.3), c -> c.q()[0].length >= 2);
    }

    /// The largest difference, as a multiple of what rounding may do to that entry.
    @Override
    public double statistic(LogForm form, Pairs c) {
        Kernel kernel = form.kernel.kernel();
        Tensor log = form.log.apply(c.queries(DType.FLOAT64), c.keys(DType.FLOAT64));
        double worst = 0;
        for (int i = 0; i < c.q().length; i++) {
            for (int j = 0; j < c.k().length; j++) {
                Enclosure k = Enclosure.of(kernel, c.q()[i], c.k()[j], Tolerance.Rounding.DOUBLE);
                double x = log.value().get(i, j);
                double back = Math.exp(x);
                // A log form is off by the kernel's own relative error and by the roundings of a
                // number of its size.
                double allowed =
                        2 * k.error()
                                + 16
                                        * Tolerance.Rounding.DOUBLE
                                        * back
                                        * (1 + Math.abs(x == Double.NEGATIVE_INFINITY ? 0 : x));
                double off = Math.abs(back - kernel.at(c.q()[i], c.k()[j]));
                worst = off == 0 ? worst : Math.max(worst, off / allowed);
            }
        }
        return worst;
    }

    @Override
    public Tolerance<LogForm, Pairs> tolerance() {
        return Tolerance.bound(
                (f, c) -> 1,
                "once what rounding may do to an entry: the formula's roundings twice, and 16 roundings of the"
                        + " logarithm x, which"
                        + " its exponential turns into a relative error of 16 u (1 + |x|)");
    }

    @Override
    public List<Mutant<LogForm>> mutants() {
        Candidate dot = Candidate.of(new ExpDot());
        Sum sum = (Sum) new ExpDot().plus(new Gauss());
        return List.of(
                Mutant.of(
                        "a logarithm to base 2",
                        "folklore",
                        new LogForm(dot, (q, k) -> log(dot.kernel(), q, k).scale(1 / Math.log(2)))),
                Mutant.of(
                        "the logarithm of a sum as the sum of the logarithms",
                        "folklore",
                        new LogForm(
                                Candidate.of(sum),
                                (q, k) ->
                                        log(sum.terms().get(0), q, k)
                                                .add(log(sum.terms().get(1), q, k)))));
    }

    private static Tensor log(Kernel kernel, Tensor q, Tensor k) {
        return Gram.log(kernel, q, k, Pass.evaluation()).orElseThrow();
    }
}
