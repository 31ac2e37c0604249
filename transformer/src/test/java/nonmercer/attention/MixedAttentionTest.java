package nonmercer.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.Component;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Sample;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.Mixture;
import nonmercer.spectral.Numbers;
import nonmercer.spectral.SpectralLaw;
import org.junit.jupiter.api.Test;

/// On a quadrature grid, where a law's kernel is exact: the mixture of kernels and the mixture of
/// attentions are different things.
class MixedAttentionTest {
    private static final int NODES = 24;

    private static FeatureMap grid(SpectralLaw law, int m) {
        return new RandomFeatures(law, new Component.Positive(Target.SOFTMAX), m)
                .with(new Coupling.GaussHermite(NODES))
                .with(Coefficient.of(1))
                .draw(RandomStream.of(1));
    }

    private static Tensor two(double a, double b) {
        return Tensor.of(Array.of(nonmercer.array.Shape.of(1, 1, 2, 1), a, b));
    }

    @Test
    void theMixtureOfKernelsIsNotTheMixtureOfAttentions() {
        List<SpectralLaw> laws = List.of(Gaussian.isotropic(1, 0.5), Gaussian.isotropic(1, 1.2));
        Tensor q = two(0.8, -0.3);
        Tensor k = two(-0.5, 0.9);
        Tensor v = two(1, 0);
        Array kernels =
                LinearAttention.of(one(laws))
                        .apply(q, k, v, Mask.none(), Pass.evaluation())
                        .value();
        MixedAttention attentions =
                new MixedAttention(
                        laws.stream().map(l -> LinearAttention.of(grid(l, NODES))).toList(),
                        Numbers.fixed(Array.matrix(new double[][] {{0, 0}})));
        Array mixed = attentions.apply(q, k, v, Mask.none(), Pass.evaluation()).value();
        double[] x = {0.8, -0.3};
        double[] y = {-0.5, 0.9};
        double[] variance = {0.25, 1.44};
        for (int i = 0; i < 2; i++) {
            double[][] w = new double[2][2];
            for (int c = 0; c < 2; c++) {
                for (int j = 0; j < 2; j++) {
                    double z = x[i] + y[j];
                    w[c][j] = Math.exp(variance[c] * z * z / 2 - (x[i] * x[i] + y[j] * y[j]) / 2);
                }
            }
            double sum = w[0][0] + w[0][1] + w[1][0] + w[1][1];
            assertEquals((w[0][0] + w[1][0]) / sum, kernels.at(i), 1e-12);
            assertEquals(
                    (w[0][0] / (w[0][0] + w[0][1]) + w[1][0] / (w[1][0] + w[1][1])) / 2,
                    mixed.at(i),
                    1e-12);
            assertTrue(Math.abs(kernels.at(i) - mixed.at(i)) > 1e-3);
        }
    }

    /// One map for the mixture: its components on a grid each.
    private static FeatureMap one(List<SpectralLaw> laws) {
        return new RandomFeatures(
                        Mixture.of(laws, 1, 1), new Component.Positive(Target.SOFTMAX), 2 * NODES)
                .with(new Coupling.GaussHermite(NODES))
                .with(Coefficient.of(1))
                .draw(RandomStream.of(1));
    }

    @Test
    void weightsAreLearned() {
        MixedAttention mixed =
                new MixedAttention(
                        List.of(
                                LinearAttention.of(grid(Gaussian.isotropic(1, 0.5), NODES)),
                                LinearAttention.of(grid(Gaussian.standard(1), NODES))),
                        Numbers.trained(Array.matrix(new double[][] {{0.3, -0.2}})));
        Tensor x = Tensor.of(Sample.normal("x", DType.FLOAT64, 1, 1, 4, 1));
        GradCheck.of(ParameterTree.of(mixed), pass -> mixed.apply(x, x, x, Mask.causal(), pass))
                .check()
                .orThrow();
        assertThrows(
                IllegalArgumentException.class,
                () -> new MixedAttention(mixed.components(), Numbers.fixed(Array.vector(1, 2))));
    }
}
