package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.attention.LinearAttention;
import nonmercer.attention.Mask;
import nonmercer.attention.MixedAttention;
import nonmercer.autodiff.Pass;
import nonmercer.feature.Component;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.FeatureMap;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Printed;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Atoms;
import nonmercer.spectral.Mixture;
import nonmercer.spectral.Numbers;
import nonmercer.spectral.SpectralLaw;

/// Attention of a mixture of kernels weighs its components by their normalisers too. With laws that
/// are frequencies and their mirror images, and keys that come with their mirror images, the query
/// 0 has the same normaliser for both, and there the two mixtures agree, though the components do
/// not; elsewhere they differ as the formula says.
final class MixturesOfKernelsAreNotMixturesOfAttentions
        implements Claim<
                MixturesOfKernelsAreNotMixturesOfAttentions.Mixtures,
                MixturesOfKernelsAreNotMixturesOfAttentions.Case> {
    private static final int D = 2;
    private static final int M = 4;

    /// Frequencies, a query, half of the keys, all values, and the weight of the first component.
    record Case(double[][] omega, double[] q, double[][] half, double[][] v, double weight) {
        Atoms law(double sign) {
            double[] all = Arrays.stream(omega).flatMapToDouble(Arrays::stream).toArray();
            GaussAt.scale(all, sign);
            return new Atoms(Numbers.fixed(Array.of(Shape.of(1, M, D), all)));
        }

        double[][] keys() {
            double[][] k = new double[2 * half.length][];
            for (int j = 0; j < half.length; j++) {
                k[j] = half[j];
                k[half.length + j] = half[j].clone();
                GaussAt.scale(k[half.length + j], -1);
            }
            return k;
        }

        /// The query, and 0.
        double[][] queries() {
            return new double[][] {q, new double[D]};
        }

        double[] weights() {
            return new double[] {weight, 1 - weight};
        }
    }

    /// Both mixtures.
    interface Mixtures {
        double[][] ofKernels(Case c);

        double[][] ofAttentions(Case c);
    }

    @Override
    public String id() {
        return "P21";
    }

    @Override
    public String statement() {
        return "for all kernels k_c with normalisers Z_c and attentions A_c of a row: attention of Σ π_c k_c is Σ π_c Z_c A_c/Σ π_c Z_c, which is Σ π_c A_c where all Z_c are equal; proportional normalisers are not enough";
    }

    @Override
    public Source source() {
        return Source.of("Chowdhury et al. 2022", "GMM, as released in mix-gauss-alacarte");
    }

    @Override
    public String assumes() {
        return "kernels with positive normalisers";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Printed<?>> printed() {
        return Optional.of(
                Printed.of(
                        "for all kernels k_c and weights π_c: Σ π_c A_c, the mixture of their attentions, is attention with the mixture Σ π_c k_c",
                        () -> cases(subjects().getFirst().code()),
                        c -> apart(c),
                        c -> 1e-9,
                        "roundings of exponentials, far more than there can be"));
    }

    private static FeatureMap map(SpectralLaw law, int m) {
        return new RandomFeatures(law, new Component.Positive(Target.GAUSSIAN), m)
                .with(Estimates.PLAIN)
                .draw(RandomStream.of(1));
    }

    private static double[][] attention(Case c, FeatureMap map) {
        return Attends.apply(LinearAttention.of(map), c.queries(), c.keys(), c.v, Mask.none());
    }

    /// The library's.
    private static class Library implements Mixtures {
        @Override
        public double[][] ofKernels(Case c) {
            Mixture law = Mixture.of(List.of(c.law(1), c.law(-1)), c.weights());
            return attention(c, map(law, 2 * M));
        }

        @Override
        public double[][] ofAttentions(Case c) {
            double[] logits = Arrays.stream(c.weights()).map(Math::log).toArray();
            return Estimates.rows(
                    new MixedAttention(
                                    List.of(
                                            LinearAttention.of(map(c.law(1), M)),
                                            LinearAttention.of(map(c.law(-1), M))),
                                    Numbers.fixed(Array.of(Shape.of(1, 2), logits)))
                            .apply(
                                    Attends.head(c.queries()),
                                    Attends.head(c.keys()),
                                    Attends.head(c.v),
                                    Mask.none(),
                                    Pass.evaluation()));
        }
    }

    @Override
    public List<Subject<Mixtures>> subjects() {
        return List.of(Subject.of("Mixture and MixedAttention", new Library()));
    }

    @Override
    public Cases<Case> cases(Mixtures mixtures) {
        return Cases.random(80, GaussAt.drawn(MixturesOfKernelsAreNotMixturesOfAttentions::random))
                .hitting("the two differ by 0.05", 0.2, c -> apart(c) > 0.05);
    }

    private static Case random(Random r) {
        int n = 1 + r.nextInt(4);
        return new Case(
                points(r, M),
                GaussAt.gaussian(r, D),
                points(r, n),
                points(r, 2 * n),
                0.2 + 0.6 * r.nextDouble());
    }

    private static double[][] points(Random r, int n) {
        double[][] x = new double[n][];
        Arrays.setAll(x, i -> GaussAt.gaussian(r, D));
        return x;
    }

    /// By the formulas, for a query: `Σ π_c k_c` normalised, and `Σ π_c A_c`.
    private static double[][] definition(Case c, double... q) {
        double[][] k = c.keys();
        double[][] out = new double[2][D];
        double[] z = new double[2];
        double[][] sums = new double[2][D];
        for (int component = 0; component < 2; component++) {
            for (int j = 0; j < k.length; j++) {
                double w = 0;
                for (double[] omega : c.omega) {
                    double sign = component == 0 ? 1 : -1;
                    double a = sign * (GaussAt.dot(omega, q) + GaussAt.dot(omega, k[j]));
                    w += Math.exp(a - GaussAt.square(q) - GaussAt.square(k[j])) / M;
                }
                z[component] += w;
                for (int l = 0; l < D; l++) {
                    sums[component][l] += w * c.v[j][l];
                }
            }
        }
        double[] pi = c.weights();
        for (int l = 0; l < D; l++) {
            out[0][l] = (pi[0] * sums[0][l] + pi[1] * sums[1][l]) / (pi[0] * z[0] + pi[1] * z[1]);
            out[1][l] = pi[0] * sums[0][l] / z[0] + pi[1] * sums[1][l] / z[1];
        }
        return out;
    }

    private static double apart(Case c) {
        double[][] right = definition(c, c.q);
        return Math.max(Math.abs(right[0][0] - right[1][0]), Math.abs(right[0][1] - right[1][1]));
    }

    /// The greatest distance from the formulas, and of both mixtures from each other at 0.
    @Override
    public double statistic(Mixtures mixtures, Case c) {
        double[][] kernels = mixtures.ofKernels(c);
        double[][] attentions = mixtures.ofAttentions(c);
        double worst = 0;
        for (int i = 0; i < 2; i++) {
            double[][] right = definition(c, c.queries()[i]);
            for (int l = 0; l < D; l++) {
                worst = Math.max(worst, Math.abs(kernels[i][l] - right[0][l]));
                worst = Math.max(worst, Math.abs(attentions[i][l] - right[1][l]));
                if (i == 1) {
                    worst = Math.max(worst, Math.abs(kernels[i][l] - attentions[i][l]));
                }
            }
        }
        return worst;
    }

    /// Exponents are below 100, rounded six times; weights are positive, so that sums and quotients
    /// keep the relative error.
    @Override
    public Tolerance<Mixtures, Case> tolerance() {
        return Tolerance.rounding(
                (mixtures, c) -> 4 * (c.v.length + 2 * M + 600),
                (mixtures, c) ->
                        2
                                * Arrays.stream(c.v)
                                        .flatMapToDouble(Arrays::stream)
                                        .map(Math::abs)
                                        .max()
                                        .orElse(0),
                "sums over keys and frequencies of exponentials whose exponents are rounded");
    }

    private static Case weighted(Case c, double weight) {
        return new Case(c.omega, c.q, c.half, c.v, weight);
    }

    @Override
    public Optional<Picture> picture(Mixtures mixtures) {
        Random r = new Random(1);
        Case c = random(r);
        while (apart(c) < 0.3) {
            c = random(r);
        }
        Case shown = c;
        double[] weight = Curves.range(0.02, 0.98, 49);
        return Curves.of(
                "first coordinate of the output of one query, two components",
                "π of the first component",
                "output",
                Curves.measured(
                        "kernels mixed", weight, p -> mixtures.ofKernels(weighted(shown, p))[0][0]),
                Curves.measured(
                        "attentions mixed",
                        weight,
                        p -> mixtures.ofAttentions(weighted(shown, p))[0][0]),
                Curves.bound(
                        "Σ π Z A/Σ π Z",
                        weight,
                        p -> definition(weighted(shown, p), shown.q)[0][0]),
                Curves.bound("Σ π A", weight, p -> definition(weighted(shown, p), shown.q)[1][0]));
    }

    @Override
    public List<Mutant<Mixtures>> mutants() {
        return List.of(
                Mutant.of(
                        "attentions mixed where kernels should be",
                        "cs1160701/OnLearningTheKernel, mix-gauss-alacarte: the mixture of kernels is commented out",
                        new Library() {
                            @Override
                            public double[][] ofKernels(Case c) {
                                return ofAttentions(c);
                            }
                        }),
                Mutant.of(
                        "kernels mixed where attentions should be",
                        "the same confusion, from the other side",
                        new Library() {
                            @Override
                            public double[][] ofAttentions(Case c) {
                                return ofKernels(c);
                            }
                        }));
    }
}
