package nonmercer.layer;

import static nonmercer.kernel.Sample.normal;
import static nonmercer.kernel.Sample.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NormTest {
    private static final int D = 6;
    private static final Array X = normal("x", DType.FLOAT64, 2, 3, D);
    private static final Array GAIN = normal("gain", DType.FLOAT64, D);
    private static final Array BIAS = normal("bias", DType.FLOAT64, D);

    /// Means of six numbers smaller than 4, a root, a quotient, a gain: less than 50 roundings of
    /// size 16.
    private static final double TOLERANCE = 50 * 16 * DType.FLOAT64.unitRoundoff();

    @Test
    void layerNormHasMeanZeroAndVarianceOneBeforeItsGainAndBias() {
        Array y =
                new Norm.Layer(new Parameter(GAIN), new Parameter(BIAS))
                        .apply(Tensor.of(X), Pass.evaluation())
                        .value();
        for (int i = 0; i < 6; i++) {
            double[] x = row(X, i);
            double mean = 0;
            double variance = 0;
            for (double v : x) {
                mean += v / D;
            }
            for (double v : x) {
                variance += (v - mean) * (v - mean) / D;
            }
            for (int l = 0; l < D; l++) {
                double expected =
                        (x[l] - mean) / Math.sqrt(variance + 1e-5) * GAIN.at(l) + BIAS.at(l);
                assertEquals(expected, row(y, i)[l], TOLERANCE);
            }
        }
    }

    @Test
    void rmsNormHasMeanSquareOneBeforeItsGain() {
        Array y = new Norm.Rms(new Parameter(GAIN)).apply(Tensor.of(X), Pass.evaluation()).value();
        for (int i = 0; i < 6; i++) {
            double[] x = row(X, i);
            double square = 0;
            for (double v : x) {
                square += v * v / D;
            }
            for (int l = 0; l < D; l++) {
                assertEquals(x[l] / Math.sqrt(square + 1e-5) * GAIN.at(l), row(y, i)[l], TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Norm.Kind.class)
    void aFreshOneOnlyNormalises(Norm.Kind kind) {
        Norm norm = kind.create(D, DType.FLOAT32);
        ParameterTree.of(norm)
                .forEach((name, p) -> {
                    for (double v : p.value().toDoubles()) {
                        assertEquals(name.equals("gain") ? 1 : 0, v);
                    }
                });
        assertEquals(kind == Norm.Kind.LAYER ? 2 : 1, ParameterTree.of(norm).all().size());
    }
}
