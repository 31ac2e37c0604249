package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.attention.LinearAttention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.Component;
import nonmercer.feature.Preconditioner;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.FeatureMap;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;

/// The same in floating point, with random features: within the roundings of the sums of absolute
/// terms. A bound by the weights alone would be negative where weights of waves cancel.
final class LinearAttentionRoundsLikeItsSums
        implements Claim<
                LinearAttentionRoundsLikeItsSums.Evaluation,
                LinearAttentionRoundsLikeItsSums.Case> {
    private static final int M = 24;
    private static final int D = 3;

    /// Points, values, a component, and the seed of its features.
    record Case(double[][] q, double[][] k, double[][] v, Component component, long seed) {
        FeatureMap map() {
            return new RandomFeatures(
                            Gaussian.standard(D),
                            new Coupling.Orthogonal(),
                            component,
                            Preconditioner.NONE,
                            Estimates.PLAIN,
                            M)
                    .draw(RandomStream.of(seed));
        }
    }

    /// Attention through a map.
    interface Evaluation {
        double[][] of(FeatureMap map, Case c);
    }

    @Override
    public String id() {
        return "P14a";
    }

    @Override
    public String statement() {
        return "for all points and values, and trigonometric, positive and hyperbolic features: linear and quadratic attention differ by at most 4 (N + m + 8) u (Σⱼ Σ_f |φ_f(qᵢ) ψ_f(kⱼ)| |vⱼ|/|Zᵢ| + κᵢ |outᵢ|), κᵢ = Σ |φ ψ|/|Zᵢ|, u = 2^-53";
    }

    @Override
    public Source source() {
        return Source.of("Higham 2002", "sections 3.1 and 3.5: inner products in any order");
    }

    @Override
    public String assumes() {
        return "sums in any order: no compensation is taken for granted";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Evaluation>> subjects() {
        return List.of(
                Subject.of(
                        "LinearAttention.unguarded",
                        (map, c) ->
                                Attends.apply(
                                        LinearAttention.unguarded(map),
                                        c.q,
                                        c.k,
                                        c.v,
                                        Mask.none())),
                Subject.of(
                        "LinearAttention, logarithms shifted where there are any",
                        (map, c) ->
                                map.normaliserRisk().isPresent()
                                        ? Attends.apply(
                                                LinearAttention.unguarded(map),
                                                c.q,
                                                c.k,
                                                c.v,
                                                Mask.none())
                                        : Attends.apply(
                                                LinearAttention.of(map),
                                                c.q,
                                                c.k,
                                                c.v,
                                                Mask.none())));
    }

    @Override
    public Cases<Case> cases(Evaluation evaluation) {
        List<Component> components =
                List.of(
                        new Component.Trigonometric(Target.GAUSSIAN, 0),
                        new Component.Trigonometric(Target.GAUSSIAN, 1),
                        new Component.Positive(Target.GAUSSIAN),
                        new Component.Positive(Target.SOFTMAX),
                        new Component.Hyperbolic(Target.SOFTMAX));
        return Cases.random(
                        100,
                        GaussAt.drawn(r -> {
                            int n = 1 + r.nextInt(60);
                            double[][] q = new double[4][];
                            double[][] k = new double[n][];
                            double[][] v = new double[n][];
                            Arrays.setAll(q, i -> GaussAt.gaussian(r, D));
                            Arrays.setAll(k, i -> GaussAt.gaussian(r, D));
                            Arrays.setAll(v, i -> GaussAt.gaussian(r, 2));
                            return new Case(
                                    q,
                                    k,
                                    v,
                                    components.get(r.nextInt(components.size())),
                                    r.nextLong());
                        }))
                .hitting(
                        "waves without a constant",
                        0.05,
                        c -> c.component.equals(components.get(0)))
                .hitting("positive features", 0.2, c -> c.component.positive());
    }

    /// The greatest difference over its own bound.
    @Override
    public double statistic(Evaluation evaluation, Case c) {
        FeatureMap map = c.map();
        double[][] phi = features(map, true, c.q);
        double[][] psi = features(map, false, c.k);
        double[][] out = evaluation.of(map, c);
        int n = c.k.length;
        double u = 4 * (n + phi[0].length + 8) * Tolerance.Rounding.DOUBLE;
        double worst = 0;
        for (int i = 0; i < phi.length; i++) {
            double z = 0;
            double absolute = 0;
            double[] sum = new double[2];
            double[] weighted = new double[2];
            for (int j = 0; j < n; j++) {
                double w = GaussAt.dot(phi[i], psi[j]);
                double a = 0;
                for (int f = 0; f < phi[i].length; f++) {
                    a += Math.abs(phi[i][f] * psi[j][f]);
                }
                z += w;
                absolute += a;
                for (int l = 0; l < 2; l++) {
                    sum[l] += w * c.v[j][l];
                    weighted[l] += a * Math.abs(c.v[j][l]);
                }
            }
            for (int l = 0; l < 2; l++) {
                double right = sum[l] / z;
                double bound =
                        u * (weighted[l] / Math.abs(z) + absolute / Math.abs(z) * Math.abs(right));
                worst = Math.max(worst, Math.abs(out[i][l] - right) / bound);
            }
        }
        return worst;
    }

    private static double[][] features(FeatureMap map, boolean queries, double[][] x) {
        Tensor t = Tensor.of(Array.matrix(x));
        return Estimates.rows(
                queries ? map.queries(t, Pass.evaluation()) : map.keys(t, Pass.evaluation()));
    }

    @Override
    public Tolerance<Evaluation, Case> tolerance() {
        return Tolerance.bound(
                (evaluation, c) -> 1,
                "the difference over the bound of the statement: N + m additions in any order on either side, and the roundings of the features' exponents");
    }

    @Override
    public List<Mutant<Evaluation>> mutants() {
        return List.of(
                Mutant.of(
                        "an ε in the divisor",
                        "cs1160701/OnLearningTheKernel, eps = 1e-6",
                        (map, c) -> epsilon(map, c, 1e-6, 0)),
                Mutant.of(
                        "an ε a feature",
                        "Performer, kernel_epsilon",
                        (map, c) -> epsilon(map, c, 0, 1e-6)));
    }

    private static double[][] epsilon(FeatureMap map, Case c, double sum, double each) {
        FeatureMap more = new Estimates.Changed(map, x -> x.plus(each));
        double[][] k = Estimates.gram(more, c.q, c.k);
        double[][] out = new double[k.length][2];
        for (int i = 0; i < k.length; i++) {
            double z = sum + Arrays.stream(k[i]).sum();
            for (int j = 0; j < k[i].length; j++) {
                for (int l = 0; l < 2; l++) {
                    out[i][l] += k[i][j] * c.v[j][l] / z;
                }
            }
        }
        return out;
    }
}
