package nonmercer.proofs.attention;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.DType;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Trait;
import nonmercer.linalg.Transpose;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

final class OutputsLieInHullOfValues
        implements KernelLaw<Attending, OutputsLieInHullOfValues.Case> {
    /// A scene and whether the mask is causal.
    record Case(Scene scene, boolean causal) {
        Mask mask() {
            return causal ? Mask.causal() : Mask.none();
        }
    }

    @Override
    public String id() {
        return "A12";
    }

    @Override
    public String statement() {
        return "for every kernel proved non-negative: each coordinate of an output lies between the least and the largest of the values seen, or is 0 where nothing has weight";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "a mean with weights of one sign");
    }

    @Override
    public String assumes() {
        return "the evidence that the kernel is non-negative is right (K11)";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Attending> subject(Candidate kernel) {
        return kernel.kernel().traits().proved(Trait.NON_NEGATIVE)
                ? Attending.of(kernel)
                : Optional.empty();
    }

    @Override
    public Cases<Case> cases(Attending attending) {
        return Cases.random(
                        100,
                        Combinators.combine(
                                        Scene.of(attending.kernel(), 4, 6),
                                        Arbitraries.of(true, false))
                                .as(Case::new))
                .hitting("several keys", 0.3, c -> c.scene.m() >= 3);
    }

    /// How far outside, at most.
    @Override
    public double statistic(Attending attending, Case c) {
        double[][] out = attending.of(c.scene, c.mask(), DType.FLOAT64);
        double worst = 0;
        for (int i = 0; i < out.length; i++) {
            for (int l = 0; l < out[i].length; l++) {
                double least = Double.POSITIVE_INFINITY;
                double most = Double.NEGATIVE_INFINITY;
                for (int j = 0; j < c.scene.m(); j++) {
                    if (c.mask().sees(0, i, out.length, j, c.scene.m())) {
                        least = Math.min(least, c.scene.v()[j][l]);
                        most = Math.max(most, c.scene.v()[j][l]);
                    }
                }
                double outside = Math.max(least - out[i][l], out[i][l] - most);
                worst = Math.max(worst, out[i][l] == 0 ? 0 : outside);
            }
        }
        return worst;
    }

    @Override
    public Tolerance<Attending, Case> tolerance() {
        return Tolerance.rounding(
                (a, c) -> 2 * c.scene.m() + 4,
                (a, c) -> 2,
                "γ of the roundings of two sums of m weights and a quotient, times the largest value, 2");
    }

    @Override
    public List<Mutant<Attending>> mutants() {
        return List.of(
                Mutant.of(
                        "nothing is normalised", "folklore", Attending.wrong(Wrong::notNormalised)),
                Mutant.of(
                        "weights normalised over the queries",
                        "folklore",
                        Attending.wrong(Wrong::normalisedOverQueries)),
                Mutant.of(
                        "a kernel of both signs, said to be non-negative",
                        "folklore",
                        new Attending(
                                Candidate.of(new ExpDot()),
                                (kernel, q, k, v, mask) -> {
                                    Tensor w = q.matmul(k, Transpose.TRANSPOSED);
                                    return w.where(mask.table(w), 0).normalizeRows().matmul(v);
                                })));
    }
}
