package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import nonmercer.fused.Program;
import nonmercer.fused.Program.Step;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Unary;
import org.junit.jupiter.api.Test;

/// Straight-line code is written once, with constants folded, and only what a result needs is kept.
class CodeTest {
    private static final int X = 0;
    private static final int Y = 1;
    private final Code code = new Code(2);

    /// The steps that this register needs, registers 0 and 1 being the arguments.
    private List<Step> steps(int register) {
        return code.program(2, List.of(register)).steps();
    }

    private void assertConstant(double value, int register) {
        assertEquals(List.of(new Step.Constant(value)), steps(register));
    }

    @Test
    void constantsAreFolded() {
        int three = code.constant(3);
        assertConstant(Math.log(3), code.apply(Unary.LOG, three));
        assertConstant(7, code.affine(three, 2, 1));
        assertConstant(8, code.plus(three, code.constant(5)));
        assertConstant(-2, code.minus(three, code.constant(5)));
        assertConstant(15, code.times(three, code.constant(5)));
        assertConstant(4, code.affine(X, 0, 4));
        Expression inverse = Expression.constant(4).power(-1);
        assertConstant(0.25, code.of(inverse, X, c -> c.value(1)));
        Expression symbol = Expression.constant(1).times(Coefficient.inverseRootDimension());
        assertConstant(0.5, code.of(symbol, X, c -> c.value(4)));
    }

    @Test
    void onlyTheLogarithmOfAConstantIsAConstant() {
        int three = code.constant(3);
        assertEquals(
                List.of(new Step.Constant(3), new Step.Apply(Unary.EXP, 2)),
                steps(code.apply(Unary.EXP, three)));
        assertEquals(List.of(new Step.Apply(Unary.LOG, X)), steps(code.apply(Unary.LOG, X)));
    }

    @Test
    void affineFunctionsOfEachOtherAreOne() {
        assertEquals(
                List.of(new Step.Affine(X, 10, 22)),
                steps(code.affine(code.affine(X, 2, 3), 5, 7)));
        assertEquals(X, code.affine(X, 1, 0));
        assertEquals(List.of(new Step.Affine(X, 1, 2)), steps(code.affine(X, 1, 2)));
        assertEquals(List.of(new Step.Affine(X, 2, 0)), steps(code.affine(X, 2, 0)));
        assertEquals(Y, code.affine(code.affine(Y, 2, 4), 0.5, -2));
    }

    @Test
    void aConstantOperandNeedsNoRegister() {
        int three = code.constant(3);
        assertEquals(List.of(new Step.Affine(X, 1, 3)), steps(code.plus(X, three)));
        assertEquals(List.of(new Step.Affine(X, 1, 3)), steps(code.plus(three, X)));
        assertEquals(List.of(new Step.Affine(X, 3, 0)), steps(code.times(X, three)));
        assertEquals(List.of(new Step.Affine(X, 3, 0)), steps(code.times(three, X)));
        List<Step> atLeast = List.of(new Step.With(Binary.MAXIMUM, X, 3));
        assertEquals(atLeast, steps(code.maximum(X, three)));
        assertEquals(atLeast, steps(code.maximum(three, X)));
    }

    @Test
    void twoRegistersAreCombined() {
        assertEquals(List.of(new Step.Combine(Binary.ADD, X, Y)), steps(code.plus(X, Y)));
        assertEquals(List.of(new Step.Combine(Binary.MULTIPLY, X, Y)), steps(code.times(X, Y)));
        assertEquals(List.of(new Step.Combine(Binary.MAXIMUM, X, Y)), steps(code.maximum(X, Y)));
        assertEquals(
                List.of(new Step.Affine(Y, -1, 0), new Step.Combine(Binary.ADD, X, 2)),
                steps(code.minus(X, Y)));
    }

    @Test
    void aStepIsWrittenOnce() {
        assertEquals(code.apply(Unary.EXP, X), code.apply(Unary.EXP, X));
        assertEquals(2, code.apply(Unary.EXP, X));
        assertEquals(3, code.apply(Unary.EXP, Y));
        int sum = code.plus(code.apply(Unary.EXP, X), code.apply(Unary.EXP, Y));
        assertEquals(3, steps(code.times(sum, sum)).size() - 1);
    }

    private List<Step> power(int x, int n) {
        return steps(code.of(new Expression.Power(new Expression.Variable(), n), x, c -> 1));
    }

    @Test
    void powersAreSquaresAndProducts() {
        Step square = new Step.Apply(Unary.SQUARE, X);
        assertEquals(List.of(square), power(X, 2));
        Step cube = new Step.Combine(Binary.MULTIPLY, 2, X);
        assertEquals(List.of(square, cube), power(X, 3));
        assertEquals(List.of(square, new Step.Apply(Unary.SQUARE, 2)), power(X, 4));
        assertEquals(List.of(square, cube, new Step.Apply(Unary.SQUARE, 3)), power(X, 6));
        assertEquals(List.of(new Step.Apply(Unary.RECIPROCAL, X)), power(X, -1));
        assertEquals(List.of(square, new Step.Apply(Unary.RECIPROCAL, 2)), power(X, -2));
    }

    /// The slope of a root at 0 is taken as 0, here as by the tape.
    @Test
    void theReciprocalOfARootOfZeroIsZero() {
        int root = code.apply(Unary.SQRT, X);
        Step sqrt = new Step.Apply(Unary.SQRT, X);
        Step orZero = new Step.Apply(Unary.RECIPROCAL_OR_ZERO, 2);
        assertEquals(List.of(sqrt, orZero), power(root, -1));
        assertEquals(
                List.of(
                        sqrt,
                        new Step.Affine(2, 2, 0),
                        new Step.Apply(Unary.RECIPROCAL_OR_ZERO, 3)),
                power(code.affine(root, 2, 0), -1));
        assertEquals(
                List.of(sqrt, new Step.Affine(2, 2, 1), new Step.Apply(Unary.RECIPROCAL, 3)),
                power(code.affine(root, 2, 1), -1));
        assertEquals(
                List.of(new Step.Affine(X, 2, 0), new Step.Apply(Unary.RECIPROCAL, 2)),
                power(code.affine(X, 2, 0), -1));
        assertEquals(
                List.of(new Step.Apply(Unary.EXP, X), new Step.Apply(Unary.RECIPROCAL, 2)),
                power(code.apply(Unary.EXP, X), -1));
    }

    @Test
    void aProgramKeepsWhatItsResultsNeed() {
        code.apply(Unary.EXP, Y); // nobody asks for it
        int root = code.apply(Unary.SQRT, X);
        int most = code.maximum(root, code.constant(2));
        int sum = code.plus(most, Y);
        List<Step> needed =
                List.of(
                        new Step.Apply(Unary.SQRT, X),
                        new Step.With(Binary.MAXIMUM, 2, 2),
                        new Step.Combine(Binary.ADD, 3, Y));
        assertEquals(new Program(2, needed, List.of(4)), code.program(2, List.of(sum)));
        assertEquals(new Program(2, needed, List.of(2, 4)), code.program(2, List.of(root, sum)));
    }

    @Test
    void ofSeveralResultsEachHasARegisterOfItsOwn() {
        int exp = code.apply(Unary.EXP, X);
        Step step = new Step.Apply(Unary.EXP, X);
        assertEquals(
                new Program(2, List.of(step, new Step.Affine(2, 1, 0)), List.of(2, 3)),
                code.program(2, List.of(exp, exp)));
        assertEquals(
                new Program(2, List.of(step, new Step.Affine(Y, 1, 0)), List.of(2, 3)),
                code.program(2, List.of(exp, Y)));
        assertEquals(new Program(2, List.of(), List.of(Y)), code.program(2, List.of(Y)));
    }
}
