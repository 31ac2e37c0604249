package nonmercer.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.GradCheck.Outcome;
import nonmercer.autodiff.GradCheck.Result;
import nonmercer.autodiff.mutant.SinForgotten;
import nonmercer.autodiff.mutant.SquareTwoPointOne;
import nonmercer.linalg.Transpose;
import org.junit.jupiter.api.Test;

class GradCheckTest {
    private static final Array A =
            Array.matrix(new double[] {0.3, -1.2, 0.5}, new double[] {1.1, 0.2, -0.4});
    private static final Array B =
            Array.matrix(new double[] {0.9, 0.1, -0.7}, new double[] {-0.3, 0.8, 0.6});

    private static Tensor attention(List<Tensor> x) {
        return x.get(0)
                .matmul(x.get(1), Transpose.TRANSPOSED)
                .scale(0.5)
                .softmax()
                .matmul(x.get(1))
                .gelu();
    }

    @Test
    void aWholeGraphPassesInBothOrders() {
        for (int order = 1; order <= 2; order++) {
            Result r = GradCheck.of(GradCheckTest::attention).at(A, B).order(order).check();
            r.orThrow();
            assertTrue(r.worstRatio() < 1 && r.worstRatio() >= 0, r.report());
        }
    }

    @Test
    void float32InputsAreCheckedInFloat64() {
        GradCheck.of(GradCheckTest::attention)
                .at(A.cast(DType.FLOAT32), B.cast(DType.FLOAT32))
                .check()
                .orThrow();
    }

    @Test
    void aPlantedMistakeIsFoundAndItsOpNamedWithBothNumbers() {
        Result r =
                GradCheck.of(
                                x -> {
                                    Tensor product =
                                            x.get(0).matmul(x.get(1), Transpose.TRANSPOSED);
                                    return Tensor.apply(new SquareTwoPointOne(), product).tanh();
                                })
                        .at(A, B)
                        .check();
        assertEquals(Outcome.FAILED, r.outcome());
        assertTrue(r.worstRatio() > 1000, r.report()); // 5 % off, with some six digits to tell
        assertTrue(
                r.report()
                        .matches(
                                "order 1 gradient of a function of \\[\\[2, 3], \\[2, 3]]: the gradients give"
                                        + " -?[0-9.e-]+ along a random direction, differences -?[0-9.e-]+, off by .* The first operation that"
                                        + " fails by itself is order 1 gradient of SquareTwoPointOne\\[] of \\[\\[2, 2]]: the gradients give .*"),
                r.report());
        assertThrows(AssertionError.class, r::orThrow);
    }

    @Test
    void aMistakeInTheSecondOrderAloneIsFound() {
        GradCheck check = GradCheck.of(x -> Tensor.apply(new SinForgotten(), x.get(0))).at(A);
        check.check().orThrow();
        assertEquals(Outcome.FAILED, check.order(2).check().outcome());
    }

    @Test
    void aFunctionThatDependsOnNothingHasGradientZero() {
        GradCheck.of(x -> Tensor.vector(1, 2)).at(A).check().orThrow();
        GradCheck.of(x -> x.get(0).scale(2)).at(A).order(2).check().orThrow();
        GradCheck.of(x -> x.get(0).exp())
                .at(A, B)
                .order(2)
                .check()
                .orThrow(); // one input is not used
    }

    @Test
    void aKinkNearbyIsSteppedAroundAndOneTooNearIsReported() {
        GradCheck check = GradCheck.of(x -> x.get(0).exp().plus(-1).relu());
        check.at(Array.vector(0.5, 1e-5)).check().orThrow();
        Result r = check.at(Array.vector(0.5, 1e-9)).check();
        assertEquals(Outcome.INCONCLUSIVE, r.outcome());
        assertTrue(
                r.report().contains("cannot be checked here: an input of Relu is 1.0000"),
                r.report());
        assertThrows(AssertionError.class, r::orThrow);
    }

    @Test
    void aGradientThatIsNotANumberFails() {
        assertEquals(
                Outcome.FAILED,
                GradCheck.of(x -> x.get(0).log()).at(Array.vector(-1)).check().outcome());
    }

    @Test
    void aHiddenScoreIsNoObstacle() {
        Array mask = Array.vector(1, 0, 1);
        GradCheck.of(x -> x.get(0).where(mask, Double.NEGATIVE_INFINITY).softmax())
                .at(Array.vector(0.5, 1, 2))
                .order(2)
                .check()
                .orThrow();
    }

    private record Line(Parameter slope, Parameter shift) {}

    @Test
    void aModelIsCheckedAsAFunctionOfItsParameters() {
        Line line =
                new Line(new Parameter(Array.vector(2, 3)), new Parameter(Array.vector(0.5, -1)));
        ParameterTree model = ParameterTree.of(line);
        Tensor x = Tensor.vector(0.3, 0.7);
        GradCheck.of(
                        model,
                        pass -> x.mul(pass.use(line.slope())).add(pass.use(line.shift())).tanh())
                .order(2)
                .check()
                .orThrow();
        Result cut =
                GradCheck.of(
                                model,
                                pass ->
                                        x.mul(pass.use(line.slope()).detach())
                                                .add(pass.use(line.shift()))
                                                .tanh())
                        .check();
        assertEquals(Outcome.FAILED, cut.outcome());
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                GradCheck.of(
                                                model,
                                                pass -> pass.use(new Parameter(Array.vector(1))))
                                        .check());
        assertEquals("no tensor stands for a parameter of shape [1]", e.getMessage());
    }

    @Test
    void aFunctionThatRunsOtherOpsNearbyIsReported() {
        Result r =
                GradCheck.of(x -> x.get(0).item() == 1 ? x.get(0).exp() : x.get(0))
                        .at(Array.vector(1))
                        .check();
        assertEquals(Outcome.INCONCLUSIVE, r.outcome());
        assertTrue(r.report().contains("it runs other operations a small step away"), r.report());
    }

    /// `x + α x³ + β x⁵` at 0, along v: `D(h) = D(h/2)` where `α = -1.25 β v² h²`, and so much of
    /// the term in `h⁴` is then left that two steps alone would call the gradient 1 wrong.
    @Test
    void termsThatCancelBetweenTwoStepsAreNoFailure() {
        double h = 0x1p-10;
        double beta = 0.01 / Math.pow(h, 4);
        for (int i = 0; i < 400; i++) {
            double alpha = -beta * h * h * Math.exp(-5 + i / 50.0);
            Result r =
                    GradCheck.of(
                                    at -> {
                                        Tensor x = at.getFirst();
                                        Tensor square = x.mul(x);
                                        Tensor odd = square.affine(beta, alpha).mul(square).plus(1);
                                        return x.mul(odd);
                                    })
                            .at(Array.vector(0))
                            .check();
            assertTrue(r.outcome() != Outcome.FAILED, r.report());
        }
    }

    @Test
    void misuseIsASentence() {
        assertThrows(
                IllegalArgumentException.class,
                () -> GradCheck.of(GradCheckTest::attention).check());
        assertThrows(
                IllegalArgumentException.class,
                () -> GradCheck.of(GradCheckTest::attention).order(3));
    }
}
