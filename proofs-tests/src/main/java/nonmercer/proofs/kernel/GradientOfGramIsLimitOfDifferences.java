package nonmercer.proofs.kernel;

import static net.jqwik.api.Arbitraries.longs;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.DType;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Quadratic;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

final class GradientOfGramIsLimitOfDifferences
        implements KernelLaw<
                GradientOfGramIsLimitOfDifferences.Matrix,
                GradientOfGramIsLimitOfDifferences.Case> {
    /// A kernel and its Gram matrix: `[n, d] × [m, d] → [n, m]`.
    record Matrix(Candidate kernel, BinaryOperator<Tensor> gram) {}

    /// Points, the order of the derivative, and the seed of the directions.
    record Case(Pairs points, int order, long seed) {}

    @Override
    public String id() {
        return "K7";
    }

    @Override
    public String statement() {
        return "for all queries and keys off the kernel's kinks: first and second derivatives of the Gram matrix are"
                + " limits of difference quotients";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "definition of the derivative; Richardson 1911 for the step");
    }

    @Override
    public String assumes() {
        return "points off the kernel's kinks; step lengths for which half of the digits are left";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Matrix> subject(Candidate kernel) {
        return Optional.of(
                new Matrix(kernel, (q, k) -> Gram.of(kernel.kernel(), q, k, Pass.evaluation())));
    }

    @Override
    public Cases<Case> cases(Matrix subject) {
        return Cases.random(
                        24,
                        Combinators.combine(
                                        subject.kernel.offKinks(3, 4),
                                        Arbitraries.of(1, 2),
                                        longs().between(1, 1 << 20))
                                .as(Case::new))
                .hitting("first order", 0.1, c -> c.order == 1)
                .hitting("second order", 0.1, c -> c.order == 2);
    }

    /// Silent where the check says that it cannot tell.
    @Override
    public double statistic(Matrix m, Case c) {
        GradCheck.Result result =
                GradCheck.of(x -> m.gram.apply(x.get(0), x.get(1)))
                        .at(
                                c.points.queries(DType.FLOAT64).value(),
                                c.points.keys(DType.FLOAT64).value())
                        .order(c.order)
                        .seed(c.seed)
                        .check();
        return result.outcome() == GradCheck.Outcome.INCONCLUSIVE ? SILENT : result.worstRatio();
    }

    @Override
    public Tolerance<Matrix, Case> tolerance() {
        return Tolerance.bound(
                (m, c) -> 1,
                "once the tolerance of the gradient check: the roundings of the recorded results carried to the end,"
                        + " divided by the"
                        + " step, and the term of the difference quotient that extrapolation removes");
    }

    @Override
    public List<Mutant<Matrix>> mutants() {
        return List.of(
                Mutant.of(
                        "half of the graph cut off by a copy",
                        "folklore",
                        new Matrix(
                                Candidate.of(new ExpDot()),
                                (q, k) -> {
                                    Tensor half = gram(q, k, new ExpDot()).sqrt();
                                    return half.mul(half.detach());
                                })),
                Mutant.of(
                        "no gradient to the keys",
                        "folklore",
                        new Matrix(
                                Candidate.of(new Quadratic()),
                                (q, k) -> gram(q, k.detach().add(k.scale(0)), new Quadratic()))));
    }

    private static Tensor gram(Tensor q, Tensor k, Kernel kernel) {
        return Gram.of(kernel, q, k, Pass.evaluation());
    }
}
