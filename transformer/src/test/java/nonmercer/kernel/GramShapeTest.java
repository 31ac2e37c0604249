package nonmercer.kernel;

import static nonmercer.kernel.Sample.normal;
import static nonmercer.kernel.Sample.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Gram matrices of points of any rank, and when they are recorded.
class GramShapeTest {
    private static final Pass PASS = Pass.evaluation();

    /// Values of at most 1 from arguments below 40 with a few roundings each.
    private static final double TOLERANCE = 40 * 40 * DType.FLOAT64.unitRoundoff();

    @Test
    void leadingAxesAreKept() {
        Kernel kernel = new Gauss();
        for (Shape lead :
                List.of(Shape.of(), Shape.of(2), Shape.of(2, 3), Shape.of(0), Shape.of(1, 2, 1))) {
            Shape qs = lead.append(4, 3);
            Shape ks = lead.append(5, 3);
            Array q = normal("q", DType.FLOAT64, qs.size()).reshape(qs);
            Array k = normal("k", DType.FLOAT64, ks.size()).reshape(ks);
            Array tiled = kernel.gram(q, k);
            Array tensor = Gram.of(kernel, Tensor.of(q), Tensor.of(k), PASS).value();
            assertEquals(lead.append(4, 5), tiled.shape());
            assertEquals(lead.append(4, 5), tensor.shape());
            for (int i = 0; i < tiled.size(); i++) {
                double expected = kernel.at(row(q, i / 5), row(k, i / 20 * 5 + i % 5));
                assertEquals(expected, tiled.at(i), TOLERANCE);
                assertEquals(expected, tensor.at(i), TOLERANCE);
            }
        }
    }

    @Test
    void noPointsHaveAnEmptyMatrix() {
        Kernel kernel = new Gauss().plus(new Linear());
        Array none = Array.zeros(DType.FLOAT64, Shape.of(0, 3));
        Array some = normal("x", DType.FLOAT64, 2, 3);
        assertEquals(Shape.of(0, 2), kernel.gram(none, some).shape());
        assertEquals(Shape.of(2, 0), kernel.gram(some, none).shape());
    }

    private static void assertRefused(Array q, Array k) {
        var e = assertThrows(IllegalArgumentException.class, () -> new Gauss().gram(q, k));
        assertEquals(
                "a Gram matrix takes points [..., n, d] and [..., m, d] of one type, got "
                        + Tensor.of(q)
                        + " and "
                        + Tensor.of(k),
                e.getMessage());
    }

    @Test
    void pointsThatDoNotBelongTogetherAreRefused() {
        assertRefused(normal("x", DType.FLOAT64, 3), normal("y", DType.FLOAT64, 3));
        assertRefused(normal("x", DType.FLOAT64, 2, 3), normal("y", DType.FLOAT64, 1, 2, 3));
        assertRefused(normal("x", DType.FLOAT64, 1, 2, 3), normal("y", DType.FLOAT64, 2, 3));
        assertRefused(normal("x", DType.FLOAT64, 2, 2, 3), normal("y", DType.FLOAT64, 3, 2, 3));
        assertRefused(normal("x", DType.FLOAT64, 2, 3), normal("y", DType.FLOAT32, 2, 3));
        for (Kernel kernel :
                List.of(new Gauss(), new Gauss().scaled(2), new Linear().normalised())) {
            var e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () ->
                                    Gram.of(
                                            kernel,
                                            Tensor.of(normal("x", DType.FLOAT64, 2, 3)),
                                            Tensor.of(normal("y", DType.FLOAT64, 2, 4)),
                                            PASS));
            // The tiles would read beyond a row.
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            kernel.gram(
                                    normal("x", DType.FLOAT64, 2, 3),
                                    normal("y", DType.FLOAT64, 2, 4)));
            assertTrue(
                    String.valueOf(e.getMessage()).endsWith("of one width, got [2, 3] and [2, 4]"),
                    e.getMessage());
        }
    }

    /// Recorded if and only if the points or a parameter are; the values are the same.
    @Test
    void aGramMatrixIsRecordedWhereSomethingIs() {
        Array x = normal("x", DType.FLOAT64, 3, 2);
        Array y = normal("y", DType.FLOAT64, 4, 2);
        Kernel fixed = new Gauss();
        Kernel trained = new Gauss(Coefficient.trained(0.7, DType.FLOAT64)).plus(new Linear());
        try (Tape tape = Tape.open()) {
            Pass recorded = Pass.recorded(tape);
            Tensor q = Tensor.of(x);
            Tensor k = Tensor.of(y);
            assertFalse(fixed.gram(q, k, recorded).recorded());
            assertTrue(fixed.gram(tape.watch(x), k, PASS).recorded());
            assertTrue(fixed.gram(q, tape.watch(y), PASS).recorded());
            assertFalse(trained.gram(q, k, PASS).recorded());
            assertTrue(trained.gram(q, k, recorded).recorded());
            Array value = trained.gram(q, k, PASS).value();
            Array again = trained.gram(q, k, recorded).value();
            for (int i = 0; i < value.size(); i++) {
                assertEquals(again.at(i), value.at(i), 4 * TOLERANCE);
            }
        }
    }

    /// `exp(log) · factor`, either of which may be missing, has the shape of all pairs.
    @ParameterizedTest
    @MethodSource("nonmercer.kernel.KernelFamily#all")
    void logarithmsAndFactorsHaveTheShapeOfThePairs(KernelFamily family) {
        Tensor q = Sample.tensor("q", 2, 3, 4);
        Tensor k = Sample.tensor("k", 2, 5, 4);
        for (Coefficient c :
                List.of(Coefficient.of(0.5), Coefficient.trained(0.5, DType.FLOAT64))) {
            Kernel kernel = family.of().apply(c);
            Array value = Gram.of(kernel, q, k, PASS).value();
            assertEquals(Shape.of(2, 3, 5), value.shape());
            Factors parts = Gram.factors(kernel, q, k, PASS);
            parts.log().ifPresent(x -> assertEquals(value.shape(), x.shape()));
            parts.factor().ifPresent(x -> assertEquals(value.shape(), x.shape()));
            assertEquals(Gram.hasLog(kernel), parts.factor().isEmpty());
            assertEquals(Gram.hasLog(kernel), Gram.log(kernel, q, k, PASS).isPresent());
            for (int i = 0; i < value.size(); i++) {
                int place = i;
                double log = parts.log().map(x -> x.value().at(place)).orElse(0.0);
                double factor = parts.factor().map(x -> x.value().at(place)).orElse(1.0);
                double expected = value.at(i);
                double tolerance = 1e-11 * Math.max(1, Math.abs(expected));
                assertEquals(expected, Math.exp(log) * factor, tolerance);
            }
        }
    }
}
