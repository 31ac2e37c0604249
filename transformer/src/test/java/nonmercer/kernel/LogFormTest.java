package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The logarithm of a function of a kernel, from the kernel's own logarithm where that keeps more
/// digits, else from its value.
class LogFormTest {
    private static final Expression S = new Expression.Variable();

    private static void assertForm(
            Optional<Lowered.LogForm> ofValue, Optional<Lowered.LogForm> ofLog, Expression f) {
        assertEquals(ofValue, Lowered.LogForm.of(f, false), f.print("s"));
        assertEquals(ofLog, Lowered.LogForm.of(f, true), f.print("s"));
    }

    private static Optional<Lowered.LogForm> value(Expression f) {
        return Optional.of(new Lowered.LogForm(f, false));
    }

    private static Optional<Lowered.LogForm> log(Expression f) {
        return Optional.of(new Lowered.LogForm(f, true));
    }

    @Test
    void theLogarithmOfAFunction() {
        Optional<Lowered.LogForm> none = Optional.empty();
        // A power of a kernel is a multiple of its logarithm, also where the kernel underflows.
        assertForm(none, log(S), S);
        assertForm(none, log(S.times(3)), S.power(3));
        assertForm(none, log(S.times(0.5)), S.sqrt());
        assertForm(value(S.log().times(0.3)), log(S.times(0.3)), S.power(0.3));
        assertForm(none, log(S.plus(Math.log(2))), S.times(2));
        // An exponential has the value itself as its logarithm.
        assertForm(value(S), value(S), S.exp());
        assertForm(value(S.negated()), value(S.negated()), S.negated().exp());
        // Of both there is only the way through the logarithm.
        assertForm(none, log(S.exp().plus(S)), S.exp().times(S));
        assertForm(none, none, S.plus(1));
        assertForm(none, none, S.cos());
        Expression three = Expression.constant(3);
        Expression ln = Expression.constant(Math.log(3));
        assertForm(value(ln), log(ln), three);
        // As it stands, which no factory leaves so.
        Expression back = new Expression.Exp(S.plus(1).log());
        assertForm(value(S.plus(1).log()), value(S.plus(1).log()), back);
    }

    @Test
    void aKernelHasALogarithmWhereAllItIsMadeOfHas() {
        Kernel gauss = new Gauss();
        Kernel linear = new Linear();
        for (Kernel with :
                List.of(
                        gauss.power(3),
                        linear.exponential(),
                        gauss.exponential(),
                        gauss.scaled(2).normalised(),
                        new Signed(),
                        new Periodic(),
                        new Matern(2),
                        new Constant(2).plus(gauss).times(gauss).lengthscale(2))) {
            assertTrue(Gram.hasLog(with), with.name());
        }
        for (Kernel without :
                List.of(
                        new ReLU(),
                        new Cosine(),
                        new Constant(0),
                        new Chi2(),
                        linear.normalised(),
                        linear.power(2),
                        gauss.applied(S.plus(1)),
                        gauss.plus(linear).scaled(2),
                        gauss.times(linear).lengthscale(2))) {
            assertFalse(Gram.hasLog(without), without.name());
        }
    }

    /// `ln k`, far from where k is a number: at a distance of 60, Gauss is `e^(-3600)`.
    @Test
    void farAwayTheLogarithmOfAPowerIsKnown() {
        Tensor x = Tensor.of(Array.matrix(new double[][] {{0}}));
        Tensor y = Tensor.of(Array.matrix(new double[][] {{60}}));
        Kernel gauss = new Gauss(Coefficient.of(1));
        // Numbers of size 10⁴ with a dozen roundings.
        double tolerance = 12 * 1e4 * DType.FLOAT64.unitRoundoff();
        for (double p : new double[] {2, 0.3}) {
            Array log = Gram.log(gauss.power(p), x, y, Pass.evaluation()).orElseThrow().value();
            assertEquals(-3600 * p, log.at(0), tolerance);
        }
        Kernel sum = gauss.plus(gauss.scaled(2)).plus(gauss.lengthscale(2).power(4));
        Array log = Gram.log(sum, x, y, Pass.evaluation()).orElseThrow().value();
        assertEquals(-3600 + Math.log(4), log.at(0), tolerance);
    }

    /// The logarithm of every kernel of the families that has one is that of its value.
    @ParameterizedTest
    @MethodSource("nonmercer.kernel.KernelFamily#all")
    void theLogarithmIsThatOfTheValue(KernelFamily family) {
        Kernel kernel = family.of().apply(Coefficient.of(0.7));
        Tensor q = Sample.tensor("q", 3, 2);
        Tensor k = Sample.tensor("k", 4, 2);
        Array value = Gram.of(kernel, q, k, Pass.evaluation()).value();
        Gram.log(kernel, q, k, Pass.evaluation())
                .ifPresent(log -> {
                    for (int i = 0; i < value.size(); i++) {
                        // Values above e^(-20), off by fewer than 1000 roundings of them.
                        double tolerance = 1000 * 20 * DType.FLOAT64.unitRoundoff();
                        assertEquals(Math.log(value.at(i)), log.value().at(i), tolerance);
                    }
                });
    }
}
