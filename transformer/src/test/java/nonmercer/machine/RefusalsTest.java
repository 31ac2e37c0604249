package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Constant;
import nonmercer.kernel.Distance;
import nonmercer.kernel.Evidence;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Trait;
import nonmercer.random.RandomStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a machine says when it cannot be built: what was expected, what came, what to do.
class RefusalsTest {
    private static final Array LINE = Array.vector(1, 2, 3);
    private static final Array X = Samples.points("x", 3, 2, 1);
    private static final Array Y = Samples.points("y", 2, 2, 1);
    private static final Space SPACE = SpacePair.of(new Gauss()).queries();
    private static final Responses Z = Responses.all(Samples.signs(X, Y));

    interface Call {
        Object run();
    }

    private static Arguments no(Call call, String sentence) {
        return Arguments.of(call, sentence);
    }

    static Stream<Arguments> shapes() {
        String points = "the points must be one a row, [n, d], got shape [3]";
        return Stream.of(
                no(() -> SPACE.at(LINE), points),
                no(() -> SpacePair.of(new TaylorExp(1), 2).keys().at(LINE), points),
                no(() -> new QuarticSpace().at(LINE), points),
                no(() -> DualElement.of(SPACE, X, 1, 2, 3).function().at(LINE), points),
                no(() -> new KernelModel(new Gauss(), X, X).predict(LINE), points),
                no(() -> new RegularisationNetwork(SPACE, LINE, new double[3]), points),
                no(
                        () -> new SparseLearner(LINE),
                        "the dictionary's data must be one a row, [n, d], got shape [3]"),
                no(
                        () -> Responses.all(LINE),
                        "the responses must be one a row, [n, d], got shape [3]"),
                no(
                        () -> new BinaryProblem(SpacePair.of(new Gauss()), LINE, Y, Z),
                        "the queries must be one a row, [n, d], got shape [3]"),
                no(
                        () -> new BinaryProblem(SpacePair.of(new Gauss()), X, LINE, Z),
                        "the keys must be one a row, [n, d], got shape [3]"),
                no(
                        () -> new PrimalAttention(X, Samples.points("w", 3, 4, 1), new double[1]),
                        "queries and keys need equally many features, got [3, 2] and [3, 4]"));
    }

    static Stream<Arguments> counts() {
        return Stream.of(
                no(
                        () -> DualElement.of(SPACE, X, 1, 2),
                        "an expansion needs a coefficient a point, got 2 for 3"),
                no(
                        () -> new RegularisationNetwork(SPACE, X, new double[2]),
                        "a response for each point is needed, and at least one, got 2 for 3"),
                no(
                        () -> new Interpolation(SPACE, none(), new double[0]),
                        "a response for each point is needed, and at least one, got 0 for 0"),
                no(
                        () -> new AsymmetricLeastSquares(new Gauss(), 1).solve(X, 1),
                        "a response for each point is needed, and at least one, got 1 for 3"),
                no(
                        () -> new KreinLeastSquares(new Gauss(), 1).solve(X, 1),
                        "a response for each point is needed, and at least one, got 1 for 3"),
                no(
                        () -> new BinaryProblem(SpacePair.of(new Gauss()), Y, X, Z),
                        "the responses are of 3 queries and 2 keys, the data are 2 and 3"),
                no(
                        () -> new PairwiseRidge(new Gauss(), new Gauss(), 1).solve(Y, Y, Z),
                        "the responses are of 3 queries and 2 keys, the data are 2 and 2"),
                no(
                        () -> new BinaryProblem(SpacePair.of(new Gauss()), X, X, Z),
                        "the responses are of 3 queries and 2 keys, the data are 3 and 3"),
                no(
                        () -> Responses.observed(3, 2, new int[2], new int[3], new double[2]),
                        "responses need a row, a column and a value each, got 2, 3 and 2"),
                no(
                        () -> Responses.observed(3, 2, new int[2], new int[2], new double[3]),
                        "responses need a row, a column and a value each, got 2, 2 and 3"),
                no(() -> Responses.all(none()), "a problem needs at least one response"),
                no(
                        () -> new QuarticSpace().at(Samples.points("x", 49, 1, 1)),
                        "the truncation-free space needs n⁴ values of its kernel of four points; it"
                                + " takes at most 48 points, got 49. Use Taylor features with p ="
                                + " 4/3"),
                no(
                        () -> new SparseLearner(X).solve(1, 1, 2),
                        "expected a finite λ > 0 and 3 responses, got 1.0 and 2"),
                no(
                        () -> new SparseLearner(X).solve(0, 1, 2, 3),
                        "expected a finite λ > 0 and 3 responses, got 0.0 and 3"),
                no(
                        () -> new SparseLearner(X).solve(Double.POSITIVE_INFINITY, 1, 2, 3),
                        "expected a finite λ > 0 and 3 responses, got Infinity and 3"),
                no(
                        () -> KernelPca.of(new Gauss(), X, 3),
                        "these points have 2 components of positive variance, 3 were asked for"),
                no(
                        () -> KernelSvd.of(new Gauss(), X, Y, 3),
                        "a matrix [3, 2] has 1 to 2 singular values, got a rank of 3"),
                no(
                        () -> KernelSvd.of(new Gauss(), X, Y, 0),
                        "a matrix [3, 2] has 1 to 2 singular values, got a rank of 0"),
                no(
                        () ->
                                new KernelRidge(new Gauss(), 1)
                                        .iterative(X, new double[3], 0, RandomStream.of(1)),
                        "the preconditioner needs at least one landmark, got 0"));
    }

    private static Array none() {
        return Array.zeros(DType.FLOAT64, Shape.of(0, 2));
    }

    static Stream<Arguments> kernels() {
        FeatureMap fitted = RandomFeatures.favorPlusPlus(2, 4).draw(RandomStream.of(1));
        return Stream.of(
                no(
                        () -> SpacePair.of(fitted, 2),
                        "a function of a point needs features of that point alone, and "
                                + fitted
                                + " is fitted to all rows at once"),
                no(
                        () -> new KernelRidge(new Distance(), 1),
                        "ridge regression minimises a norm, and Distance is not proved positive"
                                + " definite; use KreinLeastSquares"),
                no(
                        () -> new PairwiseRidge(new Gauss(), new Distance(), 1),
                        "ridge regression minimises a norm, and Distance is not proved positive"
                                + " definite; use KreinLeastSquares"),
                no(
                        () -> new PairwiseRidge(new Distance(), new Gauss(), 1),
                        "ridge regression minimises a norm, and Distance is not proved positive"
                                + " definite; use KreinLeastSquares"),
                no(
                        () -> SpacePair.of(SpaceTest.ASYMMETRIC.plus(new Distance())),
                        SpaceTest.ASYMMETRIC.plus(new Distance()).name()
                                + " is not proved positive definite, so it does not say which norm its"
                                + " functions have; give features, or take those of its singular"
                                + " vectors: SpacePair.of(kernel, x, y, p)"),
                no(
                        () -> SpacePair.of(new Distance()),
                        "Distance is not proved positive definite (it is refuted: "
                                + reason(new Distance())
                                + "), so it does not say which norm its functions have; give"
                                + " features, or take those of its singular vectors:"
                                + " SpacePair.of(kernel, x, y, p)"),
                no(
                        () -> KernelPca.of(new Distance(), X, 1),
                        "Distance is not proved positive definite: its components may have negative"
                                + " variance; use KernelSvd"),
                no(
                        () -> new KreinLeastSquares(SpaceTest.ASYMMETRIC, 1),
                        SpaceTest.ASYMMETRIC.name()
                                + " is not proved symmetric; use AsymmetricLeastSquares or"
                                + " KernelSvd"),
                no(
                        () -> SingularFeatures.of(new Constant(0), X, Y),
                        "Constant is zero at all of these nodes; it has no singular features"),
                no(
                        () ->
                                new MirrorDescent(
                                        SpacePair.of(new TaylorExp(1), 3).queries(),
                                        X,
                                        new double[3]),
                        "mirror descent with a constant step needs p ≤ 2, got 3.0: beyond, the"
                                + " inverse of its mirror map is only Hölder continuous (‖v‖ₚ²/2 is"
                                + " strongly convex for p ≤ 2 only), and no constant step converges;"
                                + " use Interpolation"),
                no(
                        () ->
                                new RegularisationNetwork(SPACE, X, new double[] {1, -1, 1})
                                        .solve(Objective.of(Loss.hinge(), 1), Method.LBFGS),
                        "L-BFGS needs a loss with a smooth dual, and the dual variables of HINGE"
                                + " reach their bounds; use Method.NEWTON"),
                no(
                        () ->
                                new RegularisationNetwork(SPACE, X, new double[3])
                                        .solve(
                                                Objective.of(Loss.squared(), 1).with(Penalty.NORM),
                                                Method.LBFGS),
                        "L-BFGS takes the penalty λ/2 ‖·‖², whose dual is smooth, got NORM; use"
                                + " Method.NEWTON"));
    }

    private static String reason(Kernel kernel) {
        return kernel.traits().of(Trait.POSITIVE_DEFINITE) instanceof Evidence.Refuted refuted
                ? refuted.reason()
                : "";
    }

    @ParameterizedTest
    @MethodSource({"shapes", "counts", "kernels"})
    void whatCannotBeSolvedIsRefusedInASentence(Call call, String sentence) {
        var refused = assertThrows(IllegalArgumentException.class, call::run);
        assertEquals(sentence, refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void penaltiesArePositive(double lambda) {
        for (Call call :
                new Call[] {
                    () -> new KernelRidge(new Gauss(), lambda),
                    () -> new PairwiseRidge(new Gauss(), new Gauss(), lambda),
                    () -> new KreinLeastSquares(new Distance(), lambda),
                    () -> new AsymmetricLeastSquares(new Gauss(), lambda),
                    () -> Objective.of(Loss.squared(), lambda),
                    () -> new Objective(Loss.squared(), Penalty.NORM, 1, lambda),
                    () -> new Objective(Loss.squared(), Penalty.NORM, lambda, 1),
                }) {
            var refused = assertThrows(IllegalArgumentException.class, call::run);
            assertEquals(true, String.valueOf(refused.getMessage()).contains(" > 0, got "));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void dataAreFinite(double bad) {
        Array points = Array.matrix(new double[] {1, 2}, new double[] {3, bad}, new double[2]);
        SpacePair pair = SpacePair.of(new Gauss());
        double[] z = {1, 2, bad};
        String row = " must be finite, got " + bad + " in row 1";
        String response = "response 2 is " + bad + "; a response must be finite";
        Responses turned = Responses.all(Samples.signs(Y, X));
        for (Arguments no :
                new Arguments[] {
                    no(() -> new BinaryProblem(pair, points, Y, Z), "the queries" + row),
                    no(() -> new BinaryProblem(pair, Y, points, turned), "the keys" + row),
                    no(
                            () ->
                                    new PairwiseRidge(new Gauss(), new Gauss(), 1)
                                            .solve(points, Y, Z),
                            "the queries" + row),
                    no(() -> new SparseLearner(points), "the dictionary's data" + row),
                    no(() -> new SparseLearner(X).solve(1, z), response),
                    no(
                            () -> new KreinLeastSquares(new Distance(), 1).solve(points, 1, 2, 3),
                            "the points" + row),
                    no(() -> new KreinLeastSquares(new Distance(), 1).solve(X, z), response),
                    no(
                            () -> new AsymmetricLeastSquares(new Gauss(), 1).solve(points, 1, 2, 3),
                            "the points" + row),
                    no(
                            () -> new KernelRidge(new Gauss(), 1).direct(points, 1, 2, 3),
                            "the points" + row),
                    no(() -> new KernelRidge(new Gauss(), 1).direct(X, z), response),
                    no(() -> KernelPca.of(new Gauss(), points, 1), "the points" + row),
                    no(() -> KernelSvd.of(new Gauss(), Y, points, 1), "the points" + row),
                    no(() -> SPACE.at(points), "the points" + row),
                    no(
                            () -> Responses.observed(1, 3, new int[3], new int[] {0, 1, 2}, z),
                            response),
                }) {
            Call call = (Call) no.get()[0];
            var refused = assertThrows(IllegalArgumentException.class, call::run);
            assertEquals(no.get()[1], refused.getMessage());
        }
    }
}
