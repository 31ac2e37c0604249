package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which parameters a kernel or a map takes, and what it says to others; and values where a
/// parameter or a point is at an edge.
class ParameterTest {
    private static final Coefficient ONE = Coefficient.of(1);

    record Refused(String sentence, Executable make) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    private static Refused refused(String sentence, Executable make) {
        return new Refused(sentence, make);
    }

    static Stream<Refused> refused() {
        return Stream.of(
                refused(
                        "the arc-cosine kernel has order 0 or 1 here, got 2",
                        () -> new ArcCosine(2)),
                refused(
                        "the arc-cosine kernel has order 0 or 1 here, got -1",
                        () -> new ArcCosine(-1)),
                refused(
                        "a constant kernel is 0 or positive and finite, got -1.0",
                        () -> new Constant(-1)),
                refused(
                        "a constant kernel is 0 or positive and finite, got NaN",
                        () -> new Constant(Double.NaN)),
                refused(
                        "a constant kernel is 0 or positive and finite, got Infinity",
                        () -> new Constant(Double.POSITIVE_INFINITY)),
                refused(
                        "the smoothness p + 1/2 of a Matérn kernel is 1/2, 3/2 or 5/2 here, got p = -1",
                        () -> new Matern(-1)),
                refused(
                        "the smoothness p + 1/2 of a Matérn kernel is 1/2, 3/2 or 5/2 here, got p = 3",
                        () -> new Matern(3)),
                refused(
                        "a polynomial kernel has a degree of 1 to 30, got 0",
                        () -> new Polynomial(0)),
                refused(
                        "a polynomial kernel has a degree of 1 to 30, got 31",
                        () -> new Polynomial(31)),
                refused(
                        "the offset of a polynomial kernel must be 0 or positive, got -1.0",
                        () -> new Polynomial(2, ONE, -1)),
                refused(
                        "the offset of a polynomial kernel must be 0 or positive, got Infinity",
                        () -> new Polynomial(2, ONE, Double.POSITIVE_INFINITY)),
                refused(
                        "the offset of a quadratic kernel must be 0 or positive, got NaN",
                        () -> new Quadratic(ONE, Double.NaN)),
                refused(
                        "the offset of a quadratic kernel must be 0 or positive, got Infinity",
                        () -> new Quadratic(ONE, Double.POSITIVE_INFINITY)),
                refused(
                        "a squared radius at 0 is 0 or positive, got -1.0",
                        () -> new Radius(-1, ONE)),
                refused(
                        "a squared radius at 0 is 0 or positive, got Infinity",
                        () -> new Radius(Double.POSITIVE_INFINITY, ONE)),
                refused(
                        "a Taylor polynomial has a degree of 0 to 30 here, got -1",
                        () -> new TaylorExp(-1)),
                refused(
                        "a Taylor polynomial has a degree of 0 to 30 here, got 31",
                        () -> new TaylorExp(31)),
                refused(
                        "a power must be a number, got 1000001.0",
                        () -> new Gauss().power(1_000_001)),
                refused("a power must be a number, got NaN", () -> new Gauss().power(Double.NaN)),
                refused(
                        "a product of kernels needs at least two factors, got 1",
                        () -> new Product(List.of(new Gauss()))),
                refused(
                        "a network takes W [d, m], b [m] and V [m, e], got [2, 3], [4] and [3, 5]",
                        () -> network(Shape.of(2, 3), Shape.of(4), Shape.of(3, 5))),
                refused(
                        "a network takes W [d, m], b [m] and V [m, e], got [2, 3], [3] and [4, 5]",
                        () -> network(Shape.of(2, 3), Shape.of(3), Shape.of(4, 5))),
                refused(
                        "a network takes W [d, m], b [m] and V [m, e], got [1, 2, 3], [2] and [2, 5]",
                        () -> network(Shape.of(1, 2, 3), Shape.of(2), Shape.of(2, 5))),
                refused(
                        "a network takes W [d, m], b [m] and V [m, e], got [2, 3], [3] and [3]",
                        () -> network(Shape.of(2, 3), Shape.of(3), Shape.of(3))),
                refused(
                        "the coordinates -4 to 0 of a vector of 3 were asked for",
                        () -> new Warp.Coordinates(-4, 0).at(new double[3])),
                refused(
                        "the coordinates 0 to -4 of a vector of 3 were asked for",
                        () -> new Warp.Coordinates(0, -4).width(3)));
    }

    private static Network network(Shape w, Shape b, Shape v) {
        return new Network(zeros(w), zeros(b), zeros(v));
    }

    private static Parameter zeros(Shape shape) {
        return new Parameter(Array.zeros(DType.FLOAT64, shape));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void otherParametersAreRefused(Refused r) {
        assertEquals(
                r.sentence(), assertThrows(IllegalArgumentException.class, r.make()).getMessage());
    }

    /// The least and the largest of each.
    @Test
    void edgesAreTaken() {
        double[] x = {0.5, -1};
        assertEquals(1.25 * 1.25, new Polynomial(2, ONE, 0).at(x, x));
        assertEquals(Math.pow(1.25, 30), new Polynomial(30, ONE, 0).at(x, x), 1e-11);
        assertEquals(1, new TaylorExp(0).at(x, x));
        assertEquals(Math.exp(1.25), new TaylorExp(30, ONE).at(x, x), 1e-14);
        assertEquals(0, new Constant(0).at(x, x));
        assertEquals(
                new Applied(new Expression.Variable().power(1e6), new Gauss()),
                new Gauss().power(1e6));
        assertEquals(new Constant(1), new Gauss().power(0));
        assertEquals(new Linear().times(new Linear()).at(x, x), new Linear().power(2).at(x, x));
        assertEquals(new Linear(), new Linear().power(1));
        assertThrows(IllegalArgumentException.class, () -> new Linear().power(0));
        assertThrows(IllegalArgumentException.class, () -> new Linear().power(-1));
        assertEquals(0, new Warp.Coordinates(3, 0).width(3));
        assertEquals(0, new Warp.Coordinates(0, -3).width(3));
        assertEquals(0, new Warp.Coordinates(2, 1).width(3));
        assertArrayEquals(new double[0], new Warp.Coordinates(2, 1).at(new double[3]));
        assertEquals(3, new Warp.Coordinates(-3, 3).width(3));
    }

    @Test
    void coefficientsAreWrittenAsWholeNumbersBelowAMillion() {
        assertEquals("999999", Coefficient.of(999_999).symbol());
        assertEquals("1000000.0", Coefficient.of(1e6).symbol());
    }

    @Test
    void lengthscalesDivideTheDistance() {
        double[] x = {1, 2};
        double[] y = {4, -2};
        assertEquals(Math.exp(-25 / (2 * 9.0)), Gauss.lengthscaled(3).at(x, y), 1e-15);
        assertEquals(Math.exp(-0.5 * (9 / 16.0 + 16 / 9.0)), Gauss.ard(4, 3).at(x, y), 1e-15);
        assertThrows(IllegalArgumentException.class, () -> Gauss.ard(1, 0));
    }

    /// By hand, away from the specimens: angles of 60° and 120° between vectors of lengths 2 and 3.
    @Test
    void arcCosinesOfAnglesByHand() {
        double[] q = {2, 0};
        double[] near = {1.5, 1.5 * Math.sqrt(3)};
        double[] far = {-1.5, 1.5 * Math.sqrt(3)};
        double sine = Math.sqrt(3) / 2;
        assertEquals(2 / 3.0, new ArcCosine(0).at(q, near), 1e-15);
        assertEquals(1 / 3.0, new ArcCosine(0).at(q, far), 1e-15);
        assertEquals(6 / Math.PI * (sine + Math.PI / 3), new ArcCosine(1).at(q, near), 1e-14);
        assertEquals(6 / Math.PI * (sine - Math.PI / 6), new ArcCosine(1).at(q, far), 1e-14);
        assertEquals(0, new ArcCosine(1).at(q, new double[2]));
        assertEquals(0.5, new ArcCosine(0).at(q, new double[2]));
    }

    /// Where a kernel of a point with itself is 0, its normalised value is 0 and not NaN.
    @Test
    void aPointWithoutAValueIsNormalisedToZero() {
        Kernel kernel = new Linear().normalised();
        double[] zero = {0, 0};
        double[] one = {3, 4};
        assertEquals(0, kernel.at(zero, one));
        assertEquals(0, kernel.at(one, zero));
        assertEquals(0, kernel.at(zero, zero));
        assertEquals(1, kernel.at(one, one));
        Tensor x = Tensor.of(Array.matrix(new double[][] {zero, one}));
        Array gram = Gram.of(kernel, x, x, Pass.evaluation()).value();
        assertArrayEquals(new double[] {0, 0, 0, 1}, gram.toDoubles(), 1e-15);
    }

    // --- maps ---

    @Test
    void someMapsTakePointsOfOneWidthOnly() {
        assertEquals(OptionalInt.empty(), new Warp.Identity().takes());
        assertEquals(OptionalInt.empty(), new Unit().takes());
        assertEquals(OptionalInt.of(2), new Warp.Ard(Sample.parameter("ard", 1, 2)).takes());
        assertEquals(OptionalInt.of(2), new Warp.Linear(Sample.parameter("w", 1, 2, 3)).takes());
        assertEquals(OptionalInt.of(2), Network.random(2, 3, 4, RandomStream.of(1)).takes());
    }

    /// `V tanh(W x + b)` by loops.
    @Test
    void aNetworkHasOneLayerOfUnits() {
        double[][] w = {{1, -2, 0.5}, {0.25, 1, -1}};
        double[] b = {0.1, -0.2, 0.3};
        double[][] v = {{1, 2}, {-1, 0.5}, {3, -2}};
        Network network =
                new Network(
                        new Parameter(Array.matrix(w)),
                        new Parameter(Array.vector(b)),
                        new Parameter(Array.matrix(v)));
        double[] x = {0.5, -1.5};
        double[] y = new double[2];
        for (int j = 0; j < 3; j++) {
            double unit = Math.tanh(x[0] * w[0][j] + x[1] * w[1][j] + b[j]);
            y[0] += unit * v[j][0];
            y[1] += unit * v[j][1];
        }
        assertArrayEquals(y, network.at(x), 1e-14);
        Array tensor =
                network.of(Tensor.of(Array.matrix(new double[][] {x})), Pass.evaluation()).value();
        assertArrayEquals(y, tensor.toDoubles(), 1e-14);
    }

    /// The mean square of `m` normal numbers of deviation σ is σ² with a relative deviation of
    /// `√(2/m)`; five of these.
    @Test
    void aRandomNetworkKeepsTheScaleOfItsPoints() {
        Network network = Network.random(400, 100, 25, RandomStream.of(1));
        assertEquals(1 / 400.0, meanSquare(network.hidden()), 5 * Math.sqrt(2 / 40_000.0) / 400);
        assertEquals(1 / 100.0, meanSquare(network.out()), 5 * Math.sqrt(2 / 2_500.0) / 100);
        assertEquals(Array.zeros(DType.FLOAT64, Shape.of(100)), network.bias().value());
        Network other = Network.random(400, 100, 25, RandomStream.of(2));
        assertNotEquals(network.hidden().value(), other.hidden().value());
    }

    private static double meanSquare(Parameter p) {
        double sum = 0;
        for (double x : p.value().toDoubles()) {
            sum += x * x;
        }
        return sum / p.shape().size();
    }

    @Test
    void fixedStretchesBecomeOne() {
        Kernel gauss = new Gauss();
        Warp two = new Warp.Stretch(Coefficient.of(2));
        Warp half = new Warp.Stretch(Coefficient.of(0.5));
        Warp ten = new Warp.Stretch(Coefficient.of(10));
        Warp same = new Warp.Identity();
        assertEquals(
                new Warped(gauss, new Warp.Stretch(Coefficient.of(20)), same),
                gauss.warped(two, half).warped(ten, two));
        assertEquals(
                new Warped(gauss, same, new Warp.Stretch(Coefficient.of(20))),
                gauss.warped(half, two).warped(two, ten));
        assertEquals(
                new Warped(gauss.warped(two), new Unit(), two),
                gauss.warped(two).warped(new Unit(), two));
        assertEquals(
                new Warped(gauss.warped(two), two, new Unit()),
                gauss.warped(two).warped(two, new Unit()));
        assertEquals(
                new Warped(gauss.warped(new Unit()), two, two),
                gauss.warped(new Unit()).warped(two));
        assertSame(gauss, gauss.warped(new Warp.Stretch(ONE)));
        assertEquals(new Warped(gauss, same, two), gauss.warped(same, two));
        assertEquals(new Warped(gauss, two, same), gauss.warped(two, same));
    }

    @Test
    void aTrainedFactorStaysApart() {
        Coefficient trained = Coefficient.trained(2, DType.FLOAT64);
        Kernel gauss = new Gauss();
        assertEquals(
                new Scaled(Coefficient.of(3), gauss.scaled(trained)),
                gauss.scaled(trained).scaled(3));
        assertEquals(new Scaled(trained, gauss.scaled(3)), gauss.scaled(3).scaled(trained));
        assertEquals(new Scaled(trained, new Constant(2)), new Constant(2).scaled(trained));
        assertEquals(new Constant(6), new Constant(2).scaled(3));
        assertTrue(gauss.scaled(trained).traits().proved(Trait.INFINITELY_DIVISIBLE));
    }
}
