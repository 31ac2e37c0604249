package nonmercer.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.lanes.Unary;
import nonmercer.parallel.Parallel;
import org.junit.jupiter.api.Test;

/// Rows against formulas written out, in float64, with tolerances of 50·n·u: every formula is a
/// handful of sums of n terms of order one.
final class RowsTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static double tolerance(int n) {
        return 50 * (n + 1) * DType.FLOAT64.unitRoundoff();
    }

    @Property(tries = 100)
    void softmaxAndLogSumExpAreTheirFormulas(
            @ForAll long seed,
            @ForAll @IntRange(max = 9) int rows,
            @ForAll @IntRange(min = 1, max = 150) int n) {
        Array x = Numbers.gaussian(DType.FLOAT64, Shape.of(rows, n), seed);
        Array y = Array.full(DType.FLOAT64, x.shape(), Double.NaN);
        Array lse = Array.full(DType.FLOAT64, Shape.of(rows), Double.NaN);
        Rows.softmax(x, y);
        Rows.logSumExp(x, lse);
        for (int r = 0; r < rows; r++) {
            double total = 0;
            for (int i = 0; i < n; i++) {
                total += Math.exp(x.get(r, i));
            }
            assertEquals(Math.log(total), lse.at(r), tolerance(n));
            for (int i = 0; i < n; i++) {
                assertEquals(Math.exp(x.get(r, i)) / total, y.get(r, i), tolerance(n));
            }
        }
    }

    /// The pullback against the Jacobian diag(y) − y yᵀ.
    @Property(tries = 100)
    void softmaxGradientIsTheTransposedJacobian(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 80) int n) {
        Array x = Numbers.gaussian(DType.FLOAT64, Shape.of(2, n), seed);
        Array g = Numbers.gaussian(DType.FLOAT64, Shape.of(2, n), seed + 1);
        Array y = x.copy();
        Array out = x.copy();
        Rows.softmax(x, y);
        Rows.softmaxGradient(y, g, out);
        for (int r = 0; r < 2; r++) {
            for (int i = 0; i < n; i++) {
                double expected = 0;
                for (int j = 0; j < n; j++) {
                    expected +=
                            g.get(r, j) * ((i == j ? y.get(r, i) : 0) - y.get(r, i) * y.get(r, j));
                }
                assertEquals(expected, out.get(r, i), tolerance(n));
            }
        }
    }

    @Property
    void aRowThatSeesNothingGivesZerosAndNoGradient(
            @ForAll @IntRange(min = 1, max = 70) int n, @ForAll DType type) {
        Array x = Array.full(type, Shape.of(2, n), Double.NEGATIVE_INFINITY);
        Array y = Array.full(type, x.shape(), Double.NaN);
        Rows.softmax(x, y);
        assertEquals(Array.zeros(type, x.shape()), y);
        Array g = Numbers.gaussian(type, x.shape(), 1);
        Array out = Array.full(type, x.shape(), Double.NaN);
        Rows.softmaxGradient(y, g, out);
        for (double v : out.toDoubles()) {
            assertEquals(0, Math.abs(v));
        }
        Array lse = Array.zeros(type, Shape.of(2));
        Rows.logSumExp(x, lse);
        assertArrayEquals(new double[] {-INFINITY, -INFINITY}, lse.toDoubles());
    }

    @Test
    void partlyMaskedRowsAreTheSoftmaxOfTheRest() {
        Array x = Array.matrix(new double[] {-INFINITY, 1, -INFINITY, 1});
        Array y = x.copy();
        Rows.softmax(x, y);
        assertArrayEquals(new double[] {0, 0.5, 0, 0.5}, y.toDoubles());
    }

    @Test
    void nanStaysNaN() {
        for (int n : new int[] {2, 40}) {
            Array x = Numbers.gaussian(DType.FLOAT64, Shape.of(1, n), 1);
            x.doubles()[n / 2] = Double.NaN;
            Array y = x.copy();
            Rows.softmax(x, y);
            for (double v : y.toDoubles()) {
                assertEquals(Double.NaN, v);
            }
            Array lse = Array.zeros(DType.FLOAT64, Shape.of(1));
            Rows.logSumExp(x, lse);
            assertEquals(Double.NaN, lse.item());
        }
    }

    @Property(tries = 60)
    void layerNormAndRmsNormAreTheirFormulas(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 130) int n) {
        double epsilon = 1e-5;
        Array x = Numbers.gaussian(DType.FLOAT64, Shape.of(3, n), seed);
        Array y = x.copy();
        Array z = x.copy();
        Array inverse = Array.zeros(DType.FLOAT64, Shape.of(3));
        Array inverseRms = Array.zeros(DType.FLOAT64, Shape.of(3));
        Rows.layerNorm(x, epsilon, y, inverse);
        Rows.rmsNorm(x, epsilon, z, inverseRms);
        for (int r = 0; r < 3; r++) {
            double mean = 0;
            double square = 0;
            for (int i = 0; i < n; i++) {
                mean += x.get(r, i) / n;
                square += x.get(r, i) * x.get(r, i) / n;
            }
            double variance = 0;
            for (int i = 0; i < n; i++) {
                variance += (x.get(r, i) - mean) * (x.get(r, i) - mean) / n;
            }
            double scale = 1 / Math.sqrt(variance + epsilon);
            assertEquals(scale, inverse.at(r), scale * scale * scale * tolerance(n));
            for (int i = 0; i < n; i++) {
                assertEquals(
                        (x.get(r, i) - mean) * scale,
                        y.get(r, i),
                        scale * scale * scale * tolerance(n));
                assertEquals(
                        x.get(r, i) / Math.sqrt(square + epsilon), z.get(r, i), 10 * tolerance(n));
            }
        }
    }

    /// Along a random direction: central difference of ⟨g, f(x)⟩ against the pullback. With h =
    /// 1e-5 the difference errs by h²·f‴/6 + n·u/h, some 1e-7 for rows of deviation at least 0.3.
    @Property(tries = 60)
    void normGradientsAreDirectionalDerivatives(
            @ForAll long seed, @ForAll @IntRange(min = 4, max = 60) int n) {
        Array x = Numbers.gaussian(DType.FLOAT64, Shape.of(1, n), seed);
        x.doubles()[0] = 2;
        x.doubles()[1] = -2;
        Array g = Numbers.gaussian(DType.FLOAT64, x.shape(), seed + 1);
        Array direction = Numbers.gaussian(DType.FLOAT64, x.shape(), seed + 2);
        Array inverse = Array.zeros(DType.FLOAT64, Shape.of(1));
        Array y = x.copy();
        Array out = x.copy();
        Rows.layerNorm(x, 1e-5, y, inverse);
        Rows.layerNormGradient(y, g, inverse, out);
        assertEquals(slope(x, direction, g, false), Reduce.dot(out, direction), 1e-6);
        Rows.rmsNorm(x, 1e-5, y, inverse);
        Rows.rmsNormGradient(y, g, inverse, out);
        assertEquals(slope(x, direction, g, true), Reduce.dot(out, direction), 1e-6);
    }

    private static double slope(Array x, Array direction, Array g, boolean rms) {
        double h = 1e-5;
        double[] values = new double[2];
        for (int side = 0; side < 2; side++) {
            Array moved = x.copy();
            Elementwise.addScaled(side == 0 ? -h : h, direction, moved);
            Array y = x.copy();
            Array inverse = Array.zeros(DType.FLOAT64, Shape.of(1));
            if (rms) {
                Rows.rmsNorm(moved, 1e-5, y, inverse);
            } else {
                Rows.layerNorm(moved, 1e-5, y, inverse);
            }
            values[side] = Reduce.dot(y, g);
        }
        return (values[1] - values[0]) / (2 * h);
    }

    @Property(tries = 100)
    void crossEntropyIsItsFormulaAndItsGradient(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 90) int n,
            @ForAll boolean smoothed) {
        double s = smoothed ? 0.1 : 0;
        Array x = Numbers.gaussian(DType.FLOAT64, Shape.of(3, n), seed);
        int[] target = {0, n - 1, -1};
        Array loss = Array.full(DType.FLOAT64, Shape.of(3), Double.NaN);
        Array g = Array.vector(1, -2, 5);
        Array out = Array.full(DType.FLOAT64, x.shape(), Double.NaN);
        Array p = x.copy();
        Rows.crossEntropy(x, target, s, loss);
        Rows.crossEntropyGradient(x, target, s, g, out);
        Rows.softmax(x, p);
        for (int r = 0; r < 3; r++) {
            double expected = 0;
            for (int i = 0; i < n; i++) {
                double wanted = s / n + (i == target[r] ? 1 - s : 0);
                expected -= wanted * Math.log(p.get(r, i));
                double gradient = target[r] < 0 ? 0 : g.at(r) * (p.get(r, i) - wanted);
                assertEquals(gradient, out.get(r, i), 5 * tolerance(n));
            }
            assertEquals(target[r] < 0 ? 0 : expected, loss.at(r), 10 * tolerance(n));
        }
    }

    /// An impossible class costs nothing when it is not the target, and the loss is ∞ when it is.
    @Test
    void crossEntropyOfMaskedClasses() {
        Array x = Array.matrix(new double[] {-INFINITY, 0, 0}, new double[] {-INFINITY, 0, 0});
        Array loss = Array.zeros(DType.FLOAT64, Shape.of(2));
        Rows.crossEntropy(x, new int[] {1, 0}, 0, loss);
        assertEquals(Math.log(2), loss.at(0), 1e-15);
        assertEquals(INFINITY, loss.at(1));
    }

    @Test
    void bitsDoNotDependOnThreads() {
        int before = Parallel.threads();
        Array x = Numbers.gaussian(DType.FLOAT32, Shape.of(700, 131), 1);
        try {
            Parallel.threads(1);
            Array y = x.copy();
            Rows.softmax(x, y);
            for (int threads : new int[] {2, 5}) {
                Parallel.threads(threads);
                Array z = x.copy();
                Rows.softmax(x, z);
                assertEquals(y, z);
            }
        } finally {
            Parallel.threads(before);
        }
    }

    @Test
    void misfitsAreRefusedInASentence() {
        Array x = Array.zeros(DType.FLOAT32, Shape.of(2, 3));
        Array loss = Array.zeros(DType.FLOAT32, Shape.of(2));
        assertEquals(
                "crossEntropy: target 3 of row 1 is outside the 3 classes of [2, 3]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Rows.crossEntropy(x, new int[] {0, 3}, 0, loss))
                        .getMessage());
        assertEquals(
                "crossEntropy: expected one target for each row of [2, 3], got 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Rows.crossEntropy(x, new int[] {0}, 0, loss))
                        .getMessage());
        assertEquals(
                "softmax: expected an output of shape [2, 3], got [2]",
                assertThrows(IllegalArgumentException.class, () -> Rows.softmax(x, loss))
                        .getMessage());
    }

    /// A pass through GELU, whose loops allocate scratch, keeps the bits of one element at a time.
    @Test
    void compositeFunctionsCrossTheirBlocks() {
        for (Unary f :
                new Unary[] {
                    Unary.ERF, Unary.GELU, Unary.GELU_SLOPE, Unary.GELU_TANH_SLOPE, Unary.SOFTPLUS
                }) {
            Array x = Numbers.gaussian(DType.FLOAT32, Shape.of(1301), 3);
            Array y = x.copy();
            Elementwise.unary(f, x, y);
            for (int i = 0; i < x.size(); i++) {
                Array one = Array.scalar(DType.FLOAT32, x.at(i));
                Elementwise.unary(f, one, one);
                assertEquals(one.item(), y.at(i));
            }
        }
    }
}
