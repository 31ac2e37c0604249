package nonmercer.proofs.spectral;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.attention.LinearAttention;
import nonmercer.attention.LinearAttention.Keeps;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.spectral.Gaussian;

/// The gradient of a loss of linear attention, by mean and log-variances of its law, by queries,
/// keys and values, against forward differentiation of the formulas with the same noise.
final class GradientsGoThroughTheNoise
        implements Claim<GradientsGoThroughTheNoise.Gradient, LearnedLaw> {
    /// The gradient by all numbers of a case.
    interface Gradient {
        double[] of(LearnedLaw c);
    }

    @Override
    public String id() {
        return "P13";
    }

    @Override
    public String statement() {
        return "for all μ, λ, points, values and draws of ε, ω = μ + e^(λ/2) ε: the gradient of a loss of linear attention, bidirectional or causal, is its derivative with ε held fixed, for trigonometric and positive features";
    }

    @Override
    public Source source() {
        return Source.of(
                "Chowdhury et al. 2022",
                "learning the spectral distribution; Kingma & Welling 2014");
    }

    @Override
    public String assumes() {
        return "ε does not depend on what is learnt; a law whose frequencies are differentiable in it";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Gradient>> subjects() {
        return List.of(
                Subject.of("features kept", c -> gradient(c, true, c.seed(), Keeps.FEATURES)),
                Subject.of(
                        "features computed again", c -> gradient(c, true, c.seed(), Keeps.INPUTS)),
                Subject.of(
                        "by blocks, where features are projections",
                        c -> gradient(c, true, c.seed(), Keeps.FASTEST)),
                Subject.of("in chunks of 2", c -> gradient(c, true, c.seed(), 2, Keeps.FEATURES)));
    }

    private static double[] gradient(LearnedLaw c, boolean trained, long seed, Keeps memory) {
        return gradient(c, trained, seed, 64, memory);
    }

    private static double[] gradient(
            LearnedLaw c, boolean trained, long seed, int chunk, Keeps memory) {
        Gaussian law = c.law(trained);
        FeatureMap map = c.map(law, seed);
        LinearAttention attention = new LinearAttention(map, chunk, memory);
        try (Tape tape = Tape.open()) {
            Pass pass = Pass.recorded(tape);
            List<Tensor> by = new ArrayList<>();
            for (Parameter p : law.parameters()) {
                by.add(tape.use(p));
            }
            int first = by.size();
            for (int i = 0; i < 3; i++) {
                by.add(tape.watch(c.part(2 + i, LearnedLaw.shapes().get(i))));
            }
            Tensor out =
                    attention.apply(
                            by.get(first),
                            by.get(first + 1),
                            by.get(first + 2),
                            c.causal() ? Mask.causal() : Mask.none(),
                            pass);
            Tensor g = Tensor.of(Array.of(out.shape(), c.g()));
            double[] all = new double[c.numbers().length];
            int at = all.length;
            List<Tensor> gradients = tape.gradients(out.mul(g).sum(), by);
            for (int i = gradients.size() - 1; i >= 0; i--) {
                double[] part = gradients.get(i).value().toDoubles();
                at -= part.length;
                System.arraycopy(part, 0, all, at, part.length);
            }
            return all;
        }
    }

    @Override
    public Cases<LearnedLaw> cases(Gradient gradient) {
        return Cases.random(64, GaussAt.drawn(LearnedLaw::random))
                .hitting("causal, waves", 0.01, c -> c.causal() && c.waves())
                .hitting("causal, positive features", 0.01, c -> c.causal() && !c.waves())
                .hitting("all keys, waves", 0.01, c -> !c.causal() && c.waves())
                .hitting("all keys, positive features", 0.01, c -> !c.causal() && !c.waves());
    }

    /// The greatest difference over the sum of the absolute terms of the derivative.
    @Override
    public double statistic(Gradient gradient, LearnedLaw c) {
        double[] found = gradient.of(c);
        double worst = 0;
        for (int i = 0; i < found.length; i++) {
            Dual right = c.loss(i);
            worst = Math.max(worst, Math.abs(found[i] - right.slope()) / right.size());
        }
        return worst;
    }

    /// Exponents and angles are below 30, each feature has one of `d` products, each weight a sum
    /// of 17 features at most, each output two of `L` weights, forward and backward.
    @Override
    public Tolerance<Gradient, LearnedLaw> tolerance() {
        return Tolerance.rounding(
                (gradient, c) -> 8 * (30 + LearnedLaw.D + 17 + 2 * LearnedLaw.L),
                (gradient, c) -> 8,
                "the roundings of all sums and exponents, in numbers of at most eight times the sum of absolute terms: those of the divisor, which is 2.25 - 1 at least of 2.25 + 1, squared");
    }

    @Override
    public List<Mutant<Gradient>> mutants() {
        return List.of(
                Mutant.of(
                        "the sample detached",
                        "frequencies drawn outside of the graph: μ and λ never move",
                        c -> gradient(c, false, c.seed(), Keeps.FASTEST)),
                Mutant.of(
                        "noise drawn anew for the backward pass",
                        "a redraw between forward and backward",
                        c -> gradient(c, true, c.seed() + 1, Keeps.FASTEST)),
                Mutant.of(
                        "every key by every row",
                        "sums over all rows for the sums over i ≥ j of causal attention",
                        c ->
                                gradient(
                                        new LearnedLaw(
                                                c.numbers(), c.g(), c.waves(), false, c.seed()),
                                        true,
                                        c.seed(),
                                        Keeps.FASTEST)),
                Mutant.of(
                        "e^λ for e^(λ/2) in the gradient",
                        "the ½ of a log-variance lost",
                        c -> {
                            double[] g = gradient(c, true, c.seed(), Keeps.FASTEST);
                            for (int l = LearnedLaw.D; l < 2 * LearnedLaw.D; l++) {
                                g[l] *= 2;
                            }
                            return g;
                        }));
    }
}
