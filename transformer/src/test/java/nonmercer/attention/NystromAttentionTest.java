package nonmercer.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NystromAttentionTest {
    private static Attention with(Kernel kernel, int landmarks, Landmarks by, int iterations) {
        return Attention.of(kernel).with(new Evaluation.Nystrom(landmarks, by, iterations));
    }

    private static double worst(Array a, Array b) {
        double worst = 0;
        for (int i = 0; i < a.size(); i++) {
            worst = Math.max(worst, Math.abs(a.at(i) - b.at(i)));
        }
        return worst;
    }

    /// With every row a landmark it is exact attention: the inverse of an invertible matrix.
    @ParameterizedTest
    @EnumSource(Landmarks.class)
    void withEveryRowALandmarkItIsExact(Landmarks by) {
        Tensor q = Sample.tensor("q", 2, 4, 6, 5).scale(2);
        Tensor k = Sample.tensor("k", 2, 2, 6, 5).scale(2);
        Tensor v = Sample.tensor("v", 2, 2, 6, 3);
        for (Kernel kernel : List.of(new ExpDot(), new Gauss())) {
            Array expected =
                    Attention.of(kernel).apply(q, k, v, Mask.none(), Pass.evaluation()).value();
            Array actual =
                    with(kernel, 6, by, 60).apply(q, k, v, Mask.none(), Pass.evaluation()).value();
            // The iteration trebles the correct digits once it has one, and its start has a
            // residual
            // of 1 − 1/κ²; 60 steps suffice for condition numbers κ of 10⁶, which cost as many of
            // the 16 digits.
            assertEquals(0, worst(expected, actual), 1e-6, kernel.name());
        }
    }

    /// More landmarks come nearer; rows that come in few kinds need as many landmarks as kinds.
    @Test
    void clustersAreFound() {
        int kinds = 4;
        int n = 40;
        Tensor centres = Sample.tensor("centres", 1, 1, kinds, 3).scale(3);
        int[] kind = new int[n];
        for (int i = 0; i < n; i++) {
            kind[i] = i % kinds;
        }
        Tensor rows = centres.reshape(kinds, 3).gather(kind).reshape(1, 1, n, 3);
        Tensor v = Sample.tensor("v", 1, 1, n, 2);
        Array expected =
                Attention.of(new Gauss())
                        .apply(rows, rows, v, Mask.none(), Pass.evaluation())
                        .value();
        double means =
                worst(
                        expected,
                        with(new Gauss(), 8, Landmarks.SEGMENT_MEANS, 20)
                                .apply(rows, rows, v, Mask.none(), Pass.evaluation())
                                .value());
        double clusters =
                worst(
                        expected,
                        with(new Gauss(), 8, Landmarks.K_MEANS, 20)
                                .apply(rows, rows, v, Mask.none(), Pass.evaluation())
                                .value());
        assertTrue(clusters < means / 2, clusters + " against " + means);
    }

    @Test
    void gradientsAgreeWithDifferences() {
        Attention attention = with(new ExpDot(), 3, Landmarks.SEGMENT_MEANS, 40);
        GradCheck.of(x ->
                        attention.apply(
                                x.get(0), x.get(1), x.get(2), Mask.none(), Pass.evaluation()))
                .at(
                        Sample.normal("q", DType.FLOAT64, 1, 2, 7, 3),
                        Sample.normal("k", DType.FLOAT64, 1, 2, 8, 3),
                        Sample.normal("v", DType.FLOAT64, 1, 2, 8, 2))
                .check()
                .orThrow();
    }

    @ParameterizedTest
    @EnumSource(Landmarks.class)
    void paddingLeavesNoTrace(Landmarks by) {
        Attention attention = with(new ExpDot(), 4, by, 8);
        Tensor q = Sample.tensor("q", 1, 1, 9, 3);
        Tensor v = Sample.tensor("v", 1, 1, 9, 2);
        Array padded = attention.apply(q, q, v, Mask.lengths(6), Pass.evaluation()).value();
        Tensor few = q.slice(2, 0, 6);
        Array alone =
                attention.apply(few, few, v.slice(2, 0, 6), Mask.none(), Pass.evaluation()).value();
        for (int i = 0; i < alone.size(); i++) {
            assertEquals(alone.at(i), padded.at(i), 1e-12); // products in other blocks
        }
    }

    /// However few the iterations, what a sequence gets is a matter of itself.
    @Test
    void otherSequencesMoveNothing() {
        Attention attention = with(new ExpDot(), 3, Landmarks.SEGMENT_MEANS, 2);
        Tensor q = Sample.tensor("q", 2, 2, 7, 3).scale(2);
        Tensor k = Sample.tensor("k", 2, 2, 8, 3).scale(2);
        Tensor v = Sample.tensor("v", 2, 2, 8, 2);
        Array both = attention.apply(q, k, v, Mask.none(), Pass.evaluation()).value();
        for (int b = 0; b < 2; b++) {
            Array alone =
                    attention
                            .apply(
                                    q.slice(0, b, b + 1),
                                    k.slice(0, b, b + 1),
                                    v.slice(0, b, b + 1),
                                    Mask.none(),
                                    Pass.evaluation())
                            .value();
            for (int i = 0; i < alone.size(); i++) {
                assertEquals(alone.at(i), both.at(b * alone.size() + i), 1e-12); // other blocks
            }
        }
    }

    @Test
    void aPlanCountsTheLandmarksThereAre() {
        Shape s = Shape.of(2, 1, 9, 3);
        Attention attention = with(new ExpDot(), 5, Landmarks.SEGMENT_MEANS, 4);
        Plan plan = attention.plan(s, s, s, Mask.lengths(9, 3), Bias.none());
        assertEquals("through 3 landmarks (SEGMENT_MEANS)", plan.evaluation());
    }

    @Test
    void whatCannotWorkIsRefused() {
        Tensor q = Sample.tensor("q", 1, 1, 4, 3);
        Attention attention = with(new ExpDot(), 2, Landmarks.SEGMENT_MEANS, 4);
        Pass pass = Pass.evaluation();
        for (Mask mask : List.of(Mask.causal(), Mask.window(2), Mask.lengths(0))) {
            assertThrows(
                    IllegalArgumentException.class, () -> attention.apply(q, q, q, mask, pass));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> attention.plan(q.shape(), q.shape(), q.shape(), mask, Bias.none()));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> attention.apply(q, q, q, Mask.none(), Bias.alibi(1), pass));
        assertThrows(IllegalArgumentException.class, () -> attention.withDropout(0.1));
        assertThrows(
                IllegalArgumentException.class, () -> new Evaluation.Nystrom(0, Landmarks.K_MEANS));
        Shape s = Shape.of(1, 8, 4096, 64);
        Plan plan = attention.plan(s, s, s);
        assertTrue(
                !plan.exact() && plan.flops() < Attention.of(new ExpDot()).plan(s, s, s).flops());
    }
}
