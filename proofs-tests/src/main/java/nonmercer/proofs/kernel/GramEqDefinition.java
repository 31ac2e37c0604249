package nonmercer.proofs.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.DType;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Warp;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

final class GramEqDefinition implements KernelLaw<GramEqDefinition.Matrix, GramEqDefinition.Case> {
    /// A kernel and its Gram matrix.
    record Matrix(Candidate kernel, Form gram) {}

    /// The Gram matrix of an element type: `[n, d] × [m, d] → [n, m]`.
    interface Form {
        BinaryOperator<Tensor> of(DType dtype);
    }

    /// Points, and the element type of the matrix.
    record Case(Pairs points, DType dtype) {}

    @Override
    public String id() {
        return "K6";
    }

    @Override
    public String statement() {
        return "for all queries and keys, in float64 and in float32: entry (i, j) of the Gram matrix is the"
                + " definition k(qᵢ, kⱼ)";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "definition of the Gram matrix");
    }

    @Override
    public String assumes() {
        return "the definition of each kernel at two points is right (K1); float32 tiles round as their enclosure counts";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Matrix> subject(Candidate kernel) {
        return Optional.of(
                new Matrix(kernel, dtype -> gram(ParameterTree.freshCopy(kernel.kernel(), dtype))));
    }

    @Override
    public Cases<Case> cases(Matrix subject) {
        return Cases.random(
                        120,
                        Combinators.combine(
                                        subject.kernel.pairs(5, 6),
                                        Arbitraries.of(DType.FLOAT64, DType.FLOAT32))
                                .as(Case::new))
                .hitting("float32", 0.25, c -> c.dtype == DType.FLOAT32)
                .hitting("float64", 0.25, c -> c.dtype == DType.FLOAT64)
                .hitting("not square", 0.3, c -> c.points.q().length != c.points.k().length);
    }

    @Override
    public double statistic(Matrix m, Case c) {
        return worst(
                m, c, (q, k) -> Enclosure.of(m.kernel.kernel(), q, k, Enclosure.unit(c.dtype)));
    }

    /// What rounding may do to an entry.
    interface Rounded {
        Enclosure of(double[] q, double[] k);
    }

    /// The largest difference, as a multiple of what rounding may do to that entry and to the
    /// definition.
    static double worst(Matrix m, Case c, Rounded rounded) {
        Kernel kernel = m.kernel.kernel();
        Tensor gram = m.gram.of(c.dtype).apply(c.points.queries(c.dtype), c.points.keys(c.dtype));
        double worst = 0;
        for (int i = 0; i < c.points.q().length; i++) {
            for (int j = 0; j < c.points.k().length; j++) {
                double[] q = c.points.q()[i];
                double[] k = c.points.k()[j];
                double allowed =
                        rounded.of(q, k).error()
                                + Enclosure.of(kernel, q, k, Tolerance.Rounding.DOUBLE).error();
                double off = Math.abs(gram.value().get(i, j) - kernel.at(q, k));
                worst = off == 0 ? worst : Math.max(worst, off / allowed);
            }
        }
        return worst;
    }

    @Override
    public Tolerance<Matrix, Case> tolerance() {
        return once();
    }

    static Tolerance<Matrix, Case> once() {
        return Tolerance.bound(
                (m, c) -> 1,
                "once what rounding may do to an entry: a running error analysis of the formula in each"
                        + " of the two types");
    }

    @Override
    public List<Mutant<Matrix>> mutants() {
        return mutants(GramEqDefinition::gram);
    }

    /// Wrong kernels, in a right way of making the matrix.
    static List<Mutant<Matrix>> mutants(Function<Kernel, BinaryOperator<Tensor>> gram) {
        Candidate dot = Candidate.of(new ExpDot());
        Candidate gauss = Candidate.of(new Gauss());
        Kernel towers =
                new ExpDot().warped(new Warp.Identity(), new Warp.Stretch(Coefficient.of(2)));
        return List.of(
                Mutant.of(
                        "scale 1/√d left out",
                        "folklore",
                        new Matrix(dot, t -> gram.apply(new ExpDot(Coefficient.of(1))))),
                Mutant.of(
                        "exp(-s/2) for exp(-s)",
                        "fast-transformers: docstring against code",
                        new Matrix(
                                gauss,
                                t -> gram.apply(gauss.kernel()).andThen(Tensor::sqrt)::apply)),
                Mutant.of(
                        "the map of the keys forgotten",
                        "folklore",
                        new Matrix(Candidate.of(towers), t -> gram.apply(dot.kernel()))));
    }

    private static BinaryOperator<Tensor> gram(Kernel kernel) {
        return (q, k) -> Gram.of(kernel, q, k, Pass.evaluation());
    }
}
