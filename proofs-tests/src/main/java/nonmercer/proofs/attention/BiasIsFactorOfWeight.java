package nonmercer.proofs.attention;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.attention.Bias;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

final class BiasIsFactorOfWeight
        implements KernelLaw<BiasIsFactorOfWeight.Biased, BiasIsFactorOfWeight.Case> {
    /// Attention with a kernel and a bias `[n, m]`.
    record Biased(Attending attending, Form form) {
        interface Form {
            Tensor of(Kernel kernel, Tensor q, Tensor k, Tensor v, Mask mask, Tensor bias);
        }

        Attending with(double[][] bias) {
            return new Attending(
                    attending.kernel(),
                    (kernel, q, k, v, mask) ->
                            form.of(
                                    kernel,
                                    q,
                                    k,
                                    v,
                                    mask,
                                    Tensor.of(Array.matrix(bias).cast(q.dtype()))));
        }
    }

    /// A scene, a bias for each query and key, and whether the mask is causal.
    record Case(Scene scene, double[][] bias, boolean causal) {
        Mask mask() {
            return causal ? Mask.causal() : Mask.none();
        }
    }

    @Override
    public String id() {
        return "A14";
    }

    @Override
    public String statement() {
        return "for all q, k, v, b: with a bias, attention is Σⱼ k(qᵢ, kⱼ) e^bᵢⱼ vⱼ / Σⱼ k(qᵢ, kⱼ) e^bᵢⱼ over the keys"
                + " seen, whether the kernel has a logarithm or not";
    }

    @Override
    public Source source() {
        return Source.of("Press, Smith & Lewis 2022", "section 3; here for any kernel");
    }

    @Override
    public String assumes() {
        return "finite biases; the definition of each kernel at two points is right (K1)";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Biased> subject(Candidate kernel) {
        return Attending.of(kernel).map(a -> new Biased(a, BiasIsFactorOfWeight::attend));
    }

    private static Tensor attend(
            Kernel kernel, Tensor q, Tensor k, Tensor v, Mask mask, Tensor bias) {
        return Attending.attention(kernel).apply(q, k, v, mask, Bias.of(bias), Pass.evaluation());
    }

    @Override
    public Cases<Case> cases(Biased biased) {
        return Cases.random(
                        80,
                        Scene.of(biased.attending.kernel(), 4, 6)
                                .flatMap(s ->
                                        Combinators.combine(
                                                        Points.in(s.n(), s.m(), 2),
                                                        Arbitraries.of(true, false))
                                                .as((b, causal) -> new Case(s, b, causal))))
                .hitting("several keys", 0.3, c -> c.scene.m() >= 3);
    }

    /// The largest difference, as a multiple of what rounding may do to its row.
    @Override
    public double statistic(Biased biased, Case c) {
        double[][] out = biased.with(c.bias).of(c.scene, c.mask(), DType.FLOAT64);
        double worst = 0;
        for (int i = 0; i < out.length; i++) {
            double[] b = c.bias[i];
            Attending a = biased.attending;
            double off = Scene.distance(out[i], a.definition(c.scene, c.mask(), i, b));
            double allowed = a.rounding(c.scene, c.mask(), i, Tolerance.Rounding.DOUBLE, b);
            worst =
                    off == 0 || allowed == Double.POSITIVE_INFINITY
                            ? worst
                            : Math.max(worst, off / allowed);
        }
        return worst;
    }

    @Override
    public Tolerance<Biased, Case> tolerance() {
        return Tolerance.bound((a, c) -> 1, PaddedEqTrimmed.ROUNDING);
    }

    @Override
    public List<Mutant<Biased>> mutants() {
        return List.of(
                mutant(
                        "bias dropped",
                        (kernel, q, k, v, mask, bias) -> Attending.attend(kernel, q, k, v, mask)),
                mutant(
                        "bias added to the weights after they are normalised",
                        (kernel, q, k, v, mask, bias) ->
                                Attending.attention(kernel)
                                        .weights(q, k, mask, Pass.evaluation())
                                        .add(bias)
                                        .matmul(v)),
                mutant(
                        "bias added to the kernel, not to its logarithm",
                        (kernel, q, k, v, mask, bias) -> {
                            Tensor w = Gram.of(kernel, q, k, Pass.evaluation()).add(bias);
                            return w.where(mask.table(w), 0).normalizeRows().matmul(v);
                        }),
                mutant(
                        "bias of keys and queries exchanged: that of query 0 for all",
                        (kernel, q, k, v, mask, bias) ->
                                attend(
                                        kernel,
                                        q,
                                        k,
                                        v,
                                        mask,
                                        bias.slice(0, 0, 1).broadcastTo(bias.shape()))));
    }

    private static Mutant<Biased> mutant(String name, Biased.Form form) {
        return Mutant.of(name, "folklore", new Biased(Attending.wrong(Attending::attend), form));
    }
}
