package nonmercer.proofs.attention;

import static net.jqwik.api.Arbitraries.longs;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.attention.Mask;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.Pass;
import nonmercer.kernel.Gram;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Cost;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

final class GradientOfAttentionIsLimitOfDifferences
        implements KernelLaw<Attending, GradientOfAttentionIsLimitOfDifferences.Case> {
    /// A scene, whether the mask is causal, and the seed of the directions.
    record Case(Scene scene, boolean causal, long seed) {
        Mask mask() {
            return causal ? Mask.causal() : Mask.none();
        }
    }

    @Override
    public String id() {
        return "A9";
    }

    @Override
    public String statement() {
        return "for all q, k, v off the kernel's kinks, blind queries included: the gradients of attention are limits"
                + " of difference quotients";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "definition of the derivative; Richardson 1911 for the step");
    }

    @Override
    public String assumes() {
        return "a kernel that is differentiable at the points drawn; step lengths for which float64 leaves half of its digits";
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
                24,
                Combinators.combine(
                                Scene.offKinks(attending.kernel(), 3, 4),
                                Arbitraries.of(true, false),
                                longs().between(1, 1 << 20))
                        .as(Case::new));
    }

    /// Silent where the check says that it cannot tell.
    @Override
    public double statistic(Attending attending, Case c) {
        GradCheck.Result result =
                GradCheck.of(x ->
                                attending
                                        .form()
                                        .of(
                                                attending.kernel().kernel(),
                                                x.get(0),
                                                x.get(1),
                                                x.get(2),
                                                c.mask()))
                        .at(batch(c.scene.q()), batch(c.scene.k()), batch(c.scene.v()))
                        .seed(c.seed)
                        .check();
        return result.outcome() == GradCheck.Outcome.INCONCLUSIVE ? SILENT : result.worstRatio();
    }

    private static Array batch(double[][] rows) {
        return Array.matrix(rows).reshape(Shape.of(1, 1, rows.length, rows[0].length));
    }

    @Override
    public Tolerance<Attending, Case> tolerance() {
        return Tolerance.bound(
                (m, c) -> 1,
                "once the tolerance of the gradient check: the roundings of the recorded results carried to the end,"
                        + " divided by the"
                        + " step, and the term of the difference quotient that extrapolation removes");
    }

    @Override
    public List<Mutant<Attending>> mutants() {
        return List.of(
                Mutant.of(
                        "no gradient to the keys",
                        "folklore",
                        Attending.wrong((kernel, q, k, v, mask) ->
                                Attending.attend(kernel, q, k.detach().add(k.scale(0)), v, mask))),
                Mutant.of(
                        "no gradient through the sum of the weights",
                        "folklore",
                        Attending.wrong((kernel, q, k, v, mask) -> {
                            var w = Gram.of(kernel, q, k, Pass.evaluation());
                            return w.div(w.sum(-1).reshape(w.shape().with(-1, 1)).detach())
                                    .matmul(v);
                        })));
    }
}
