package nonmercer.proofs.attention;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.DType;
import nonmercer.attention.Mask;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Quadratic;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

final class AttentionEqDefinition implements KernelLaw<Attending, AttentionEqDefinition.Case> {
    /// A scene, the element type, and whether the mask is causal.
    record Case(Scene scene, DType dtype, boolean causal) {
        Mask mask() {
            return causal ? Mask.causal() : Mask.none();
        }
    }

    @Override
    public String id() {
        return "A8";
    }

    @Override
    public String statement() {
        return "for all q, k, v, in float64 and in float32: attention is outᵢ = Σⱼ k(qᵢ, kⱼ) vⱼ / Σⱼ k(qᵢ, kⱼ) over"
                + " the keys seen, by the kernel's"
                + " definition";
    }

    @Override
    public Source source() {
        return Source.of("Wright & Gonzalez 2021", "section 5; Tsai et al. 2019, eq. 2");
    }

    @Override
    public String assumes() {
        return "the definition of each kernel at two points is right (K1); exponentials good to a relative rounding or two";
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
                        120,
                        Combinators.combine(
                                        Scene.of(attending.kernel(), 5, 6),
                                        Arbitraries.of(DType.FLOAT64, DType.FLOAT32),
                                        Arbitraries.of(true, false))
                                .as(Case::new))
                .hitting("float32", 0.25, c -> c.dtype == DType.FLOAT32)
                .hitting("causal", 0.25, Case::causal)
                .hitting("several keys", 0.3, c -> c.scene.m() >= 3);
    }

    /// The largest difference, as a multiple of what rounding may do to its row.
    @Override
    public double statistic(Attending attending, Case c) {
        double[][] out = attending.of(c.scene, c.mask(), c.dtype);
        double worst = 0;
        for (int i = 0; i < out.length; i++) {
            double off = Scene.distance(out[i], attending.definition(c.scene, c.mask(), i));
            double allowed = attending.rounding(c.scene, c.mask(), i, Enclosure.unit(c.dtype));
            worst =
                    off == 0 || allowed == Double.POSITIVE_INFINITY
                            ? worst
                            : Math.max(worst, off / allowed);
        }
        return worst;
    }

    @Override
    public Tolerance<Attending, Case> tolerance() {
        return Tolerance.bound((a, c) -> 1, PaddedEqTrimmed.ROUNDING);
    }

    @Override
    public List<Mutant<Attending>> mutants() {
        Candidate quadratic = Candidate.of(new Quadratic());
        return List.of(
                Mutant.of(
                        "softmax of a kernel that is no exponential",
                        "folklore",
                        new Attending(quadratic, Wrong::softmaxOfKernel)),
                Mutant.of(
                        "scale 1/√d left out",
                        "folklore",
                        Attending.wrong((kernel, q, k, v, mask) ->
                                Attending.attend(new ExpDot(Coefficient.of(1)), q, k, v, mask))),
                Mutant.of("mask dropped", "xformers #104", Attending.wrong(Wrong::maskDropped)),
                Mutant.of(
                        "weights normalised over the queries",
                        "folklore",
                        Attending.wrong(Wrong::normalisedOverQueries)));
    }
}
