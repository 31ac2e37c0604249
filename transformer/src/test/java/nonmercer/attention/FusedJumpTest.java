package nonmercer.attention;

import static nonmercer.kernel.Sample.normal;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.kernel.Kernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Rows of attention in which roundings decide the sign of a weight, the sign of a sum or the side
/// of a guard: what they jump by then is in [FusedBound], and no more.
class FusedJumpTest {
    private static final int N = 60;
    private static final int E = 5;

    /// Plain weights `⟨q, k⟩`: within the bounds, and in float32, where the definition rounds
    /// otherwise, some number further than 0.4 of its own, where roundings alone do not get: it did
    /// jump.
    private static void check(Denominator denominator, Array q, double[] keys) {
        DType dtype = q.dtype();
        Array k = Array.of(Shape.of(1, 1, keys.length / 2, 2), keys).cast(dtype);
        Array v = normal("v", dtype, 1, 1, keys.length / 2, E);
        Array g = normal("g", dtype, 1, 1, N, E);
        List<Array> in = List.of(q, k, v);
        Attention fused = Attention.of(new Kernels.Plain(), denominator);
        List<Array> definition =
                FusedSettingsTest.run(
                        fused.with(new Evaluation.AllPairs()),
                        in.stream().map(x -> x.cast(DType.FLOAT64)).toList(),
                        g.cast(DType.FLOAT64),
                        Mask.none(),
                        0);
        List<Array> actual = FusedSettingsTest.run(fused, in, g, Mask.none(), 0);
        FusedBound within = FusedBound.toDefinition(FusedCase.of(fused, in, g, Mask.none()));
        List<double[]> bounds = List.of(within.out, within.dq, within.dk, within.dv);
        double reached = 0;
        for (int i = 0; i < bounds.size(); i++) {
            FusedSettingsTest.assertWithin(
                    bounds.get(i), definition.get(i), actual.get(i), "result " + i);
            for (int l = 0; l < bounds.get(i).length; l++) {
                double off = Math.abs(definition.get(i).at(l) - actual.get(i).at(l));
                reached = Math.max(reached, off == 0 ? 0 : off / bounds.get(i)[l]);
            }
        }
        assertTrue(dtype == DType.FLOAT64 || reached >= 0.4, "reached " + reached);
    }

    private static Array queries(DType dtype) {
        return normal("q", dtype, 1, 1, N, 2);
    }

    /// `ab − ba` is what the rounding of a product loses. One key of 60 has it, for each query.
    @ParameterizedTest
    @EnumSource(DType.class)
    void theSignOfAWeight(DType dtype) {
        double[] q = queries(dtype).toDoubles();
        double[] turned = new double[q.length];
        Arrays.setAll(turned, i -> i % 2 == 0 ? q[i + 1] : -q[i - 1]);
        check(new Denominator.Absolute(), queries(dtype), turned);
    }

    /// `1.3 s − 0.7 s` is 0.3 of the sum of sizes.
    @ParameterizedTest
    @EnumSource(DType.class)
    void theSideOfAGuard(DType dtype) {
        double[] line = queries(dtype).toDoubles();
        Arrays.setAll(line, i -> i % 2 == 0 ? line[i] : 0);
        Array q = Array.of(Shape.of(1, 1, N, 2), line).cast(dtype);
        check(new Denominator.Signed(0.3), q, new double[] {1.3, 2, -0.7, 5});
    }

    /// A third key is the others' sum, turned round.
    @ParameterizedTest
    @EnumSource(DType.class)
    void theSignOfASum(DType dtype) {
        double[] keys = {0.1, 0.7, 0.3, -0.9, -0.4, 0.2};
        check(new Denominator.Signed(0.3), queries(dtype), keys);
    }
}
