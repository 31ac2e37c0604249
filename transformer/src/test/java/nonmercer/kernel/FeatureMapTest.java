package nonmercer.kernel;

import static nonmercer.kernel.Sample.normal;
import static nonmercer.kernel.Sample.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Explicit features, of kernels and of what the algebra makes of them: their dot product is the
/// kernel's own value.
class FeatureMapTest {
    private static final Pass PASS = Pass.evaluation();
    private static final Coefficient ONE = Coefficient.of(1);
    private static final int D = 4;

    /// Every kernel of the catalogue that has features, and compositions of them.
    static Stream<Kernel> featured() {
        Kernel dot = new Linear();
        Kernel square = new Quadratic(ONE, 0.5);
        Warp narrow = new Warp.Linear(Sample.parameter("f", 0.5, D, 3));
        Warp other = new Warp.Linear(Sample.parameter("g", 0.5, D, 3));
        return Stream.concat(
                Catalogue.specimens().values().stream()
                        .flatMap(List::stream)
                        .map(Specimen::kernel)
                        .filter(k -> k.featureMap().isPresent())
                        .distinct(),
                Stream.of(
                        dot.plus(square),
                        new ReLU().plus(new EluPlusOne()).plus(dot),
                        dot.times(square),
                        new Cosine().times(new ReLU()).times(new TaylorExp(2, ONE)),
                        dot.plus(new Cosformer()).times(new EluPlusOne()),
                        square.scaled(3),
                        square.scaled(Coefficient.inverseRootDimension()),
                        dot.scaled(Coefficient.trained(0.7, DType.FLOAT64)),
                        square.lengthscale(2),
                        dot.warped(narrow, other),
                        new TaylorExp(3, ONE).warped(narrow, other).scaled(2).plus(dot),
                        new ReLU().warped(new Signs(), new Warp.Identity()),
                        square.warped(Network.random(D, 5, 2, RandomStream.of(1))),
                        dot.coordinates(1, 3),
                        dot.power(2),
                        new EluPlusOne().power(3),
                        new Cosformer(Coefficient.trained(1.5, DType.FLOAT64)),
                        new Polynomial(5, Coefficient.of(0.5), 0),
                        new Polynomial(2, Coefficient.trained(0.4, DType.FLOAT64), 2)));
    }

    @ParameterizedTest
    @MethodSource("featured")
    void theDotProductOfFeaturesIsTheKernel(Kernel kernel) {
        FeatureMap map = kernel.featureMap().orElseThrow();
        Array q = normal("q", DType.FLOAT64, 2, 3, D);
        Array k = normal("k", DType.FLOAT64, 2, 5, D);
        Array phi = map.queries(Tensor.of(q), PASS).value();
        Array psi = map.keys(Tensor.of(k), PASS).value();
        assertEquals(Shape.of(2, 3, map.dimension(D)), phi.shape());
        assertEquals(Shape.of(2, 5, map.dimension(D)), psi.shape());
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 10; j++) {
                double[] a = row(phi, i);
                double[] b = row(psi, j);
                double dot = 0;
                double size = 0;
                for (int l = 0; l < a.length; l++) {
                    dot += a[l] * b[l];
                    size += Math.abs(a[l] * b[l]);
                }
                double expected = kernel.at(row(q, i), row(k, j));
                // A feature is a product of at most ten numbers with ten roundings each; a sum of
                // so many of them has as many roundings more.
                double roundings = 200 + a.length;
                double tolerance = roundings * DType.FLOAT64.unitRoundoff() * (1 + size);
                assertEquals(expected, dot, tolerance, kernel.name());
            }
        }
    }

    /// The points of a float32 model have features of its type.
    @Test
    void featuresHaveTheTypeOfThePoints() {
        Tensor x = Tensor.of(normal("x", DType.FLOAT32, 3, D));
        for (Kernel kernel : List.of(new Quadratic(), new ReLU().scaled(2), new Cosine())) {
            assertEquals(DType.FLOAT32, kernel.featureMap().orElseThrow().queries(x, PASS).dtype());
        }
    }

    @Test
    void onlyKernelsWithFinitelyManyFeaturesShowThem() {
        Set<String> names = new TreeSet<>();
        Catalogue.kernels()
                .forEach((name, kernel) -> kernel.featureMap().ifPresent(map -> names.add(name)));
        assertEquals(
                Set.of(
                        "Constant",
                        "Cosformer",
                        "Cosine",
                        "EluPlusOne",
                        "Linear",
                        "Polynomial",
                        "Quadratic",
                        "ReLU",
                        "TaylorExp"),
                names);
        Kernel dot = new Linear();
        Expression s = new Expression.Variable();
        for (Kernel without :
                List.of(
                        dot.plus(new Gauss()),
                        dot.times(new Gauss()),
                        new Gauss().scaled(2),
                        new Gauss().lengthscale(2),
                        new Gauss().power(2),
                        dot.exponential(),
                        dot.applied(s.plus(1).power(2)),
                        new ReLU().applied(s.power(-2)),
                        dot.normalised())) {
            assertEquals(Optional.empty(), without.featureMap(), without.name());
        }
    }

    // --- how many there are ---

    static Stream<Kernel> finite() {
        return Stream.concat(
                        Catalogue.specimens().values().stream()
                                .flatMap(List::stream)
                                .map(Specimen::kernel),
                        Stream.of(
                                new Constant(0),
                                new TaylorExp(0),
                                new Polynomial(2, ONE, 0),
                                new Polynomial(1, ONE, 3)))
                .filter(k -> k.traits().features() instanceof FeatureDimension.Finite)
                .distinct();
    }

    /// The exact number of features is the rank of the Gram matrix of enough random points, which
    /// fail a polynomial with probability 0; another number is an upper bound.
    @ParameterizedTest
    @MethodSource("finite")
    void theNumberOfFeaturesIsTheRankOfAGramMatrix(Kernel kernel) {
        var finite = (FeatureDimension.Finite) kernel.traits().features();
        for (int d = 1; d <= 2; d++) {
            double[][] x = new double[24][];
            for (int i = 0; i < x.length; i++) {
                x[i] = row(normal("x", DType.FLOAT64, x.length, d), i);
            }
            int rank = Diagnostics.of(kernel, x).rank();
            long count = finite.count().applyAsLong(d);
            assertTrue(finite.exact() ? rank == count : rank <= count, rank + " of " + finite);
            FeatureMap map = kernel.featureMap().orElse(null);
            if (map != null) {
                assertEquals(count, map.dimension(d), kernel.toString());
            }
        }
        assertEquals(!(kernel instanceof Cosformer), finite.exact());
    }

    @Test
    void pointsWithoutCoordinatesHaveOnlyTheConstant() {
        for (Kernel kernel : finite().toList()) {
            var finite = (FeatureDimension.Finite) kernel.traits().features();
            boolean constant =
                    kernel instanceof TaylorExp
                            || kernel instanceof Constant(double value) && value > 0
                            || kernel instanceof Quadratic(var c, double b) && b > 0
                            || kernel instanceof Polynomial(int p, var c, double b) && b > 0;
            assertEquals(constant ? 1 : 0, finite.count().applyAsLong(0), kernel.toString());
        }
        Tensor none = Tensor.of(Array.zeros(DType.FLOAT64, Shape.of(2, 0)));
        FeatureMap map = new Quadratic(ONE, 3).featureMap().orElseThrow();
        assertEquals(1, map.dimension(0));
        assertEquals(Array.matrix(new double[][] {{3}, {3}}), map.keys(none, PASS).value());
        FeatureMap homogeneous = new Polynomial(2, ONE, 0).featureMap().orElseThrow();
        assertEquals(Shape.of(2, 0), homogeneous.queries(none, PASS).shape());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "constant(2)           | 1",
                "constant(2) + linear  | at most (1) + (d)",
                "linear * cosine       | at most (d) · (d)",
                "cosformer             | at most 2(d-1)",
                "polynomial(4, 1, 0.5) | (d+4)!/(d! 4!)",
                "polynomial(4, 1, 0)   | (d+3)!/((d-1)! 4!)",
                "quadratic             | (d+1)(d+2)/2",
                "quadratic(1, 0)       | d(d+1)/2",
                "squareddistance       | d+2",
                "relu                  | d",
                "2*relu                | d",
                "stretch(relu, 2)      | at most d at d = the width of 2·q",
                "gauss                 | infinite",
                "gauss + linear        | unknown",
                "lengthscale(gauss, 2) | unknown",
                "normalised(linear)    | unknown",
            })
    void theNumberOfFeaturesIsAFormula(String kernel, String formula) {
        assertEquals(formula, KernelExpression.parse(kernel).traits().features().toString());
    }

    @Test
    void aConstantOfZeroNeedsNoFeature() {
        assertEquals("0", new Constant(0).traits().features().toString());
    }

    // --- monomials ---

    @Test
    void tooManyMonomialsAreASentence() {
        FeatureMap map = new Polynomial(20, ONE, 1).featureMap().orElseThrow();
        var e = assertThrows(IllegalArgumentException.class, () -> map.dimension(64));
        // 84!/(64! 20!)
        assertEquals(
                "monomials of degree 20 in 64 coordinates would be 10735998891545372445; use random"
                        + " features for so many",
                e.getMessage());
        // As many as an int holds with room to spare: below 2³⁰.
        FeatureMap first = Monomials.of(ONE, 0, 1);
        assertEquals((1 << 30) - 1, first.dimension((1 << 30) - 1));
        assertThrows(IllegalArgumentException.class, () -> first.dimension(1 << 30));
    }

    @Test
    void theWeightsOfMonomialsAreNotNegative() {
        for (double w : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            var e = assertThrows(IllegalArgumentException.class, () -> Monomials.of(ONE, 1, w));
            assertEquals(
                    "the weights of monomials are not negative, got [1.0, " + w + "]",
                    e.getMessage());
        }
        assertEquals(List.of(1.0, 1.0, 0.5, 0.5 / 3), Monomials.exponential(ONE, 3).weights());
        assertEquals(List.of(8.0, 12.0, 6.0, 1.0), Monomials.binomial(ONE, 2, 3).weights());
    }

    // --- maps of one's own ---

    @Test
    void aMapSaysNothingOfItselfUnlessToldTo() {
        FeatureMap map = new FeatureMaps.Same(Tensor::square, d -> d + 1);
        Tensor x = Tensor.vector(1, -2);
        assertSame(map, map.fitted(x, x, PASS));
        assertFalse(map.fitsData());
        assertEquals(
                Optional.of("nothing is known of the sign of its kernel"), map.normaliserRisk());
        assertEquals(3, map.dimension(2));
        assertEquals(Tensor.vector(1, 4).value(), map.keys(x, PASS).value());
    }

    /// `exp(x - 1)` for queries and `exp(2 - x)` for keys.
    private record Exponentials() implements PositiveFeatureMap {
        @Override
        public int dimension(int d) {
            return d;
        }

        @Override
        public Logarithms logQueries(Tensor q, Pass pass) {
            return new Logarithms(q, Tensor.vector(-1));
        }

        @Override
        public Logarithms logKeys(Tensor k, Pass pass) {
            return new Logarithms(k.neg(), Tensor.vector(2));
        }
    }

    @Test
    void aPositiveMapIsTheExponentialOfItsLogarithms() {
        PositiveFeatureMap map = new Exponentials();
        Tensor x = Tensor.vector(1, 3);
        assertEquals(1, map.queries(x, PASS).value().at(0));
        assertEquals(Math.exp(2), map.queries(x, PASS).value().at(1), 4 * Math.ulp(8.0));
        assertEquals(Math.E, map.keys(x, PASS).value().at(0), 4 * Math.ulp(4.0));
        assertSame(map, map.fitted(x, x, PASS));
        assertEquals(Optional.empty(), map.projected(x, x, PASS));
        assertEquals(Optional.empty(), map.normaliserRisk());
    }
}
