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
import nonmercer.kernel.Kernel;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;
import nonmercer.proofs.kernel.GramEqDefinition.Case;
import nonmercer.proofs.kernel.GramEqDefinition.Matrix;

/// The matrix that needs no other of its size.
final class TiledGramEqDefinition implements KernelLaw<Matrix, Case> {
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
    public String assumes() {
        return "a kernel of the tiled path; the definition of each kernel at two points is right (K1)";
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
                                        subject.kernel().pairs(130, 6),
                                        Arbitraries.of(DType.FLOAT64, DType.FLOAT32))
                                .as(Case::new))
                .hitting("float32", 0.04, c -> c.dtype() == DType.FLOAT32)
                .hitting("float64", 0.04, c -> c.dtype() == DType.FLOAT64);
    }

    @Override
    public double statistic(Matrix m, Case c) {
        Kernel kernel = m.kernel().kernel();
        double[] first = c.points().k()[0];
        return GramEqDefinition.worst(
                m, c, (q, k) -> Enclosure.inTiles(kernel, q, k, first, Enclosure.unit(c.dtype())));
    }

    @Override
    public Tolerance<Matrix, Case> tolerance() {
        return GramEqDefinition.once();
    }

    @Override
    public List<Mutant<Matrix>> mutants() {
        return GramEqDefinition.mutants(TiledGramEqDefinition::gram);
    }

    private static BinaryOperator<Tensor> gram(Kernel kernel) {
        return (q, k) -> kernel.gram(q, k, Pass.evaluation());
    }
}
