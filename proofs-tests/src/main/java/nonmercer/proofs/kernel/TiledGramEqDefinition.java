package nonmercer.proofs.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.DType;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
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

/// The matrix that needs no other of its size.
final class TiledGramEqDefinition
        implements KernelLaw<TiledGramEqDefinition.Matrix, TiledGramEqDefinition.Case> {
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
        return "K17";
    }

    @Override
    public String statement() {
        return "for all queries and keys, in float64 and in float32: entry (i, j) of the Gram matrix computed in"
                + " tiles is the definition k(qᵢ, kⱼ)";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "definition of the Gram matrix");
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
                        24,
                        Combinators.combine(
                                        subject.kernel.pairs(130, 6),
                                        Arbitraries.of(DType.FLOAT64, DType.FLOAT32))
                                .as(Case::new))
                .hitting("float32", 0.04, c -> c.dtype == DType.FLOAT32)
                .hitting("float64", 0.04, c -> c.dtype == DType.FLOAT64);
    }

    /// The largest difference, as a multiple of what rounding may do to that entry.
    @Override
    public double statistic(Matrix m, Case c) {
        Kernel kernel = m.kernel.kernel();
        Tensor gram = m.gram.of(c.dtype).apply(c.points.queries(c.dtype), c.points.keys(c.dtype));
        double worst = 0;
        for (int i = 0; i < c.points.q().length; i++) {
            for (int j = 0; j < c.points.k().length; j++) {
                double[] q = c.points.q()[i];
                double[] k = c.points.k()[j];
                double allowed =
                        Enclosure.inTiles(kernel, q, k, c.points.k()[0], Enclosure.unit(c.dtype))
                                        .error()
                                + Enclosure.of(kernel, q, k, Tolerance.Rounding.DOUBLE).error();
                double off = Math.abs(gram.value().get(i, j) - kernel.at(q, k));
                worst = off == 0 ? worst : Math.max(worst, off / allowed);
            }
        }
        return worst;
    }

    @Override
    public Tolerance<Matrix, Case> tolerance() {
        return Tolerance.bound(
                (m, c) -> 1,
                "once what rounding may do to an entry: a running error analysis of the formula in each"
                        + " of the two types");
    }

    @Override
    public List<Mutant<Matrix>> mutants() {
        Candidate dot = Candidate.of(new ExpDot());
        Candidate gauss = Candidate.of(new Gauss());
        Kernel towers =
                new ExpDot().warped(new Warp.Identity(), new Warp.Stretch(Coefficient.of(2)));
        return List.of(
                Mutant.of(
                        "scale 1/√d left out",
                        "folklore",
                        new Matrix(dot, t -> gram(new ExpDot(Coefficient.of(1))))),
                Mutant.of(
                        "exp(-s/2) for exp(-s)",
                        "fast-transformers: docstring against code",
                        new Matrix(gauss, t -> gram(gauss.kernel()).andThen(Tensor::sqrt)::apply)),
                Mutant.of(
                        "the map of the keys forgotten",
                        "folklore",
                        new Matrix(Candidate.of(towers), t -> gram(dot.kernel()))));
    }

    private static BinaryOperator<Tensor> gram(Kernel kernel) {
        return (q, k) -> kernel.gram(q, k, Pass.evaluation());
    }
}
