package nonmercer.layer;

import static nonmercer.kernel.Sample.normal;
import static nonmercer.kernel.Sample.parameter;
import static nonmercer.kernel.Sample.row;
import static nonmercer.kernel.Sample.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.linalg.Transpose;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionsTest {
    private static final double U = DType.FLOAT64.unitRoundoff();
    private static final Pass PASS = Pass.evaluation();

    @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
    void sinusoidalPositionsFollowTheirFormula(
            @ForAll @IntRange(min = 1, max = 40) int n, @ForAll @IntRange(min = 1, max = 9) int d) {
        Array zero = Array.zeros(DType.FLOAT64, Shape.of(1, n, d));
        Array table = new Positions.Sinusoidal().embed(Tensor.of(zero), PASS).value();
        for (int p = 0; p < n; p++) {
            for (int i = 0; i < d; i++) {
                double angle = p / Math.exp((i - i % 2) / (double) d * Math.log(10_000));
                double expected = i % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
                // The exponent is 9.2 at most, so that its rounding is 10u of the frequency and of
                // the angle, on two
                // sides.
                assertEquals(expected, table.get(0, p, i), 2 * 16 * U * (1 + angle));
            }
        }
    }

    @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
    void aRotaryDotProductDependsOnTheDifferenceOfPositionsOnly(
            @ForAll @IntRange(min = 1, max = 6) int half,
            @ForAll @IntRange(min = 2, max = 24) int n) {
        int d = 2 * half;
        Positions rotary = new Positions.Rotary(Positions.Rotary.BASE);
        Tensor q = rotary.rotate(tensor("q", 1, 1, 1, d).broadcastTo(Shape.of(1, 1, n, d)));
        Tensor k = rotary.rotate(tensor("k", 1, 1, 1, d).broadcastTo(Shape.of(1, 1, n, d)));
        Array dots = q.matmul(k, Transpose.TRANSPOSED).value();
        double size = norm(tensor("q", d).value()) * norm(tensor("k", d).value());
        // An angle below n has a relative error of 16u, which turns a vector by 16nu; and d + 4
        // roundings of the
        // product.
        double bound = 2 * (2 * 16 * n + d + 4) * U * size;
        for (int p = 1; p < n; p++) {
            for (int r = 1; r < n; r++) {
                assertEquals(dots.get(0, 0, p - 1, r - 1), dots.get(0, 0, p, r), bound);
            }
        }
        // and it does depend on it
        if (n > 2) {
            assertNotEquals(dots.get(0, 0, 0, 0), dots.get(0, 0, 0, 1), bound);
        }
    }

    private static double norm(Array x) {
        double sum = 0;
        for (double v : x.toDoubles()) {
            sum += v * v;
        }
        return Math.sqrt(sum);
    }

    @Test
    void rotaryTurnsThePairOfCoordinatesHalfTheWidthApart() {
        int n = 7;
        int d = 6;
        Array x = normal("x", DType.FLOAT64, 1, 1, n, d);
        Array y = new Positions.Rotary(100).rotate(Tensor.of(x)).value();
        assertArrayEquals(row(x, 0), row(y, 0));
        for (int p = 0; p < n; p++) {
            for (int i = 0; i < 3; i++) {
                double angle = p / Math.pow(100, 2 * i / 6.0);
                double a = x.get(0, 0, p, i);
                double b = x.get(0, 0, p, i + 3);
                double bound = (32 * n + 8) * U * (Math.abs(a) + Math.abs(b));
                assertEquals(a * Math.cos(angle) - b * Math.sin(angle), y.get(0, 0, p, i), bound);
                assertEquals(
                        a * Math.sin(angle) + b * Math.cos(angle), y.get(0, 0, p, i + 3), bound);
            }
        }
    }

    @Test
    void rotaryNeedsPairsAndABase() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Positions.Rotary(10).rotate(tensor("x", 1, 1, 2, 3)));
        assertEquals("rotary positions need heads of even width, got 3", e.getMessage());
        for (double base : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> new Positions.Rotary(base));
        }
    }

    @Test
    void learnedPositionsAreAddedUpToTheirLimit() {
        Positions.Learned learned = new Positions.Learned(parameter("table", 1, 4, 3));
        Array x = normal("x", DType.FLOAT64, 2, 3, 3);
        Array y = learned.embed(Tensor.of(x), PASS).value();
        for (int b = 0; b < 2; b++) {
            for (int p = 0; p < 3; p++) {
                for (int i = 0; i < 3; i++) {
                    assertEquals(
                            x.get(b, p, i) + learned.table().value().get(p, i), y.get(b, p, i));
                }
            }
        }
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> learned.embed(tensor("x", 1, 5, 3), PASS));
        assertEquals(
                "a sequence of 5 tokens is longer than the 4 positions this model has learned",
                e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SINUSOIDAL", "LEARNED", "ROTARY", "NONE"})
    void positionsActInOnePlaceOrInNone(String name) {
        Positions.Kind kind = Positions.Kind.valueOf(name);
        Positions positions = kind.create(RandomStream.of(1), 5, 4, DType.FLOAT64);
        Tensor embedded = tensor("x", 1, 3, 4);
        Tensor heads = tensor("x", 1, 1, 3, 4);
        boolean embeds = kind == Positions.Kind.SINUSOIDAL || kind == Positions.Kind.LEARNED;
        assertEquals(embeds, positions.embed(embedded, PASS) != embedded);
        assertEquals(kind == Positions.Kind.ROTARY, positions.rotate(heads) != heads);
        if (kind == Positions.Kind.NONE) {
            assertSame(embedded, positions.embed(embedded, PASS));
        }
        if (kind == Positions.Kind.LEARNED) {
            assertEquals(Shape.of(5, 4), ParameterTree.of(positions).all().getFirst().shape());
        }
    }

    @Test
    void tablesOfAnyLengthAreTheSameNumbersComputedOnce() {
        Array five = Angles.IN_TURN.rows(5, 50, 6, DType.FLOAT64);
        Array two = Angles.IN_TURN.rows(2, 50, 6, DType.FLOAT64);
        Array nine = Angles.IN_TURN.rows(9, 50, 6, DType.FLOAT64);
        assertEquals(five.leading(2), two);
        assertSame(five.doubles(), two.doubles());
        assertEquals(five, nine.leading(5));
        // position 3, pair 2: angle 3 · 50^(-4/6)
        double angle = 3 * Math.pow(50, -4.0 / 6);
        assertEquals(Math.sin(angle), five.get(3, 4), 1e-15);
        assertEquals(Math.cos(angle), five.get(3, 5), 1e-15);
        assertEquals(DType.FLOAT32, Angles.COSINES.rows(3, 50, 6, DType.FLOAT32).dtype());
    }
}
