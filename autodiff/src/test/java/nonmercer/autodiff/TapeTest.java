package nonmercer.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.array.Slab;
import nonmercer.autodiff.op.Dropout;
import nonmercer.linalg.Transpose;
import nonmercer.parallel.Parallel;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class TapeTest {
    record Layer(Parameter weight, Parameter bias) {}

    record Model(List<Layer> layers, Parameter scale) {}

    private static Parameter parameter(double... values) {
        return new Parameter(Array.vector(values));
    }

    @Test
    void theGradientOfASumOfSquaresIsTwiceTheInput() {
        try (Tape tape = Tape.open()) {
            Tensor x = tape.watch(Array.vector(1, 2, 3));
            assertEquals(Array.vector(2, 4, 6), tape.gradient(x.mul(x).sum(), x).value());
        }
    }

    /// For y = x² and a gradient g with respect to it, 2xg; nothing is written to g.
    @Test
    void theGradientOfAnArrayIsTakenFromAGradientWithRespectToIt() {
        try (Tape tape = Tape.open(Slab.poisoned(), Engine.EAGER)) {
            Tensor x = tape.watch(Array.vector(1, 2, 3));
            Array g = Array.vector(1, 10, 100);
            Tensor y = x.mul(x);
            assertEquals(
                    Array.vector(2, 40, 600), tape.gradients(y, g, List.of(x)).getFirst().value());
            assertEquals(
                    Array.vector(4, 80, 1200),
                    tape.gradients(y.add(y), g, List.of(x)).getFirst().value());
            assertEquals(Array.vector(1, 10, 100), g);
        }
    }

    @Test
    void aGradientOfAnotherShapeThanTheResultIsRefused() {
        try (Tape tape = Tape.open()) {
            Tensor x = tape.watch(Array.vector(1, 2, 3));
            Array g = Array.vector(1, 10);
            assertEquals(
                    "gradients: expected a gradient with respect to the result, float64[3], got"
                            + " float64[2]",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> tape.gradients(x.exp(), g, List.of(x)))
                            .getMessage());
        }
    }

    @Test
    void aResultIsRecordedJustIfAnInputIs() {
        try (Tape tape = Tape.open()) {
            Tensor x = tape.watch(Array.vector(1, 2));
            Tensor c = Tensor.vector(3, 4);
            assertFalse(c.exp().recorded());
            assertTrue(c.add(x).recorded());
            assertFalse(x.exp().detach().recorded());
        }
    }

    @Test
    void aTensorUsedManyTimesAddsUpItsGradients() {
        try (Tape tape = Tape.open()) {
            Tensor x = tape.watch(Array.vector(2));
            Tensor y = x.add(x).add(x).add(x.scale(10)).sum();
            assertEquals(Array.vector(13), tape.gradient(y, x).value());
        }
    }

    /// `y = x + x` hands the same gradient tensor to both inputs: adding up in place must not
    /// double it.
    @Test
    void addingUpGradientsDoesNotTouchWhatIsShared() {
        try (Tape tape = Tape.open()) {
            Tensor a = tape.watch(Array.vector(1));
            Tensor b = tape.watch(Array.vector(1));
            Tensor y = a.add(b).add(a.add(b)).add(a).sum(); // 3a + 2b
            List<Tensor> g = tape.gradients(y, List.of(a, b));
            assertEquals(Array.vector(3), g.get(0).value());
            assertEquals(Array.vector(2), g.get(1).value());
        }
    }

    @Test
    void gradientsOfGradientsOfTheCube() {
        try (Tape tape = Tape.open()) {
            Tensor x = tape.watch(Array.vector(2, -1));
            Tensor y = x.pow(3).sum();
            Tensor first = tape.recordedGradients(y, List.of(x)).getFirst(); // 3x²
            Tensor second = tape.recordedGradients(first.sum(), List.of(x)).getFirst(); // 6x
            Tensor third = tape.gradient(second.sum(), x); // 6
            assertArrayEquals(new double[] {12, 3}, first.value().toDoubles());
            assertArrayEquals(new double[] {12, -6}, second.value().toDoubles());
            assertArrayEquals(new double[] {6, 6}, third.value().toDoubles());
        }
    }

    /// `d/dx x eˣ = (x + 1) eˣ`, and `(x + 2) eˣ` after that: e^½ · 2.5 = 4.1218…; 4 ulp for a
    /// handful of roundings.
    @Test
    void gradientsOfGradientsOfXTimesExp() {
        try (Tape tape = Tape.open()) {
            Tensor x = tape.watch(Array.vector(0.5));
            Tensor first = tape.recordedGradients(x.mul(x.exp()).sum(), List.of(x)).getFirst();
            double exact = 2.5 * Math.exp(0.5);
            assertEquals(exact, tape.gradient(first.sum(), x).item(), 4 * Math.ulp(exact));
        }
    }

    /// Four uses of x: the recorded gradient is a sum of four parts, and all four are in its own
    /// gradient.
    @Test
    void aRecordedSumOfGradientsKeepsAllItsParts() {
        GradCheck.of(
                        t -> {
                            Tensor x = t.getFirst();
                            return x.mul(x.exp()).add(x.sin()).add(x.square()).add(x.tanh());
                        })
                .at(Array.vector(0.3, -0.8))
                .order(2)
                .check()
                .orThrow();
    }

    @Test
    void aGradientWithRespectToAResultIsGiven() {
        try (Tape tape = Tape.open()) {
            Tensor x = tape.watch(Array.vector(3));
            Tensor y = x.square();
            Tensor z = y.square().sum();
            List<Tensor> g = tape.gradients(z, List.of(y, x));
            assertEquals(18, g.get(0).item());
            assertEquals(108, g.get(1).item());
        }
    }

    @Test
    void twoLiveTapesDoNotMix() {
        try (Tape a = Tape.open();
                Tape b = Tape.open()) {
            Tensor x = a.watch(Array.vector(1));
            Tensor y = b.watch(Array.vector(1));
            String message =
                    assertThrows(IllegalArgumentException.class, () -> x.mul(y)).getMessage();
            assertEquals("Multiply: its inputs were recorded on two tapes", message);
            assertThrows(IllegalArgumentException.class, () -> a.gradient(y.sum(), x));
            assertThrows(IllegalArgumentException.class, () -> b.gradient(y.sum(), x));
        }
    }

    @Test
    void aClosedTapeRecordsNothingAndGivesNoGradient() {
        Tape tape = Tape.open();
        Tensor x = tape.watch(Array.vector(1));
        Tensor y = x.square().sum();
        tape.close();
        assertEquals(
                "this tape is closed: its step ended",
                assertThrows(IllegalStateException.class, x::exp).getMessage());
        assertThrows(IllegalStateException.class, () -> tape.gradient(y, x));
        assertThrows(IllegalStateException.class, () -> tape.watch(Array.vector(1)));
        assertEquals(1, x.item(), "the value itself is not lost");
    }

    @Test
    void anArrayOfAnEndedStepIsRefused() {
        Slab slab = Slab.poisoned();
        Tensor stale;
        try (Tape tape = Tape.open(slab, Engine.EAGER)) {
            stale = tape.watch(Array.vector(1, 2)).exp().detach();
        }
        slab.reset();
        String message =
                String.valueOf(assertThrows(IllegalStateException.class, stale::exp).getMessage());
        assertTrue(message.contains("is used after its buffer was taken back"), message);
    }

    @Test
    void theLossMustBeOneRecordedNumber() {
        try (Tape tape = Tape.open()) {
            Tensor x = tape.watch(Array.vector(1, 2));
            assertEquals(
                    "gradients are taken of one number, got shape [2]; sum() or mean() it first",
                    assertThrows(IllegalArgumentException.class, () -> tape.gradient(x.exp(), x))
                            .getMessage());
            assertThrows(
                    IllegalArgumentException.class, () -> tape.gradient(Tensor.vector(1).sum(), x));
        }
    }

    @Test
    void aParameterIsOneLeafHoweverOftenItIsUsed() {
        Parameter p = parameter(3);
        try (Tape tape = Tape.open()) {
            assertSame(tape.use(p), tape.use(p));
            Tensor loss = tape.use(p).mul(tape.use(p)).sum();
            assertEquals(6, tape.gradients(loss, ParameterTree.of(p)).of(p).item());
        }
    }

    @Test
    void aParameterOutsideOfTheComputationIsNamed() {
        Model model = new Model(List.of(new Layer(parameter(1), parameter(2))), parameter(3));
        try (Tape tape = Tape.open()) {
            Tensor loss =
                    tape.use(model.layers().getFirst().weight()).mul(tape.use(model.scale())).sum();
            assertEquals(
                    "the parameter 'layers.0.bias' [1] took part in no computation of this step: it would never be"
                            + " trained",
                    assertThrows(
                                    IllegalStateException.class,
                                    () -> tape.gradients(loss, ParameterTree.of(model)))
                            .getMessage());
        }
    }

    @Test
    void aParameterWhoseGraphIsCutIsNamedWithTheCut() {
        Model model = new Model(List.of(new Layer(parameter(1), parameter(2))), parameter(3));
        try (Tape tape = Tape.open()) {
            Layer layer = model.layers().getFirst();
            Tensor hidden = tape.use(layer.weight()).exp().tanh();
            Tensor copied = Tensor.of(hidden.value().copy()); // no longer recorded
            Tensor loss = copied.add(tape.use(layer.bias())).mul(tape.use(model.scale())).sum();
            assertEquals(
                    "the loss does not depend on the parameter 'layers.0.weight' [1]. What was computed from it ends"
                            + " at Tanh [1] (entry 2 of the tape), which no recorded operation uses: was it detached or"
                            + " copied out of the tape there?",
                    assertThrows(
                                    IllegalStateException.class,
                                    () -> tape.gradients(loss, ParameterTree.of(model)))
                            .getMessage());
        }
    }

    @Test
    void aParameterBehindAZeroDerivativeIsNamed() {
        Parameter p = parameter(3);
        try (Tape tape = Tape.open()) {
            Tensor loss = tape.use(p).pow(0).sum();
            String message =
                    assertThrows(
                                    IllegalStateException.class,
                                    () -> tape.gradients(loss, ParameterTree.of(p)))
                            .getMessage();
            assertEquals(
                    "the loss does not depend on the parameter 'value' [1]. Every path from it to the loss passes"
                            + " an operation whose derivative is zero everywhere.",
                    message);
        }
    }

    @Test
    void anOpThatReadsWhatItDoesNotKeepIsRefused() {
        record Careless() implements Op {
            @Override
            public Shape shape(Shape... in) {
                return in[0];
            }

            @Override
            public void forward(Forward f) {
                f.alias(f.in(0));
            }

            @Override
            public Tensor[] pullback(Pullback p) {
                return new Tensor[] {p.gradient().mul(p.in(0))};
            }
        }
        try (Tape tape = Tape.open()) {
            Tensor x = tape.watch(Array.vector(1));
            Tensor y = Tensor.apply(new Careless(), x).sum();
            assertEquals(
                    "the pullback of Careless reads input 0, which its keeps() does not declare",
                    assertThrows(IllegalStateException.class, () -> tape.gradient(y, x))
                            .getMessage());
        }
    }

    @Test
    void elementTypesDoNotMixSilently() {
        Tensor wide = Tensor.vector(1);
        Tensor narrow = wide.cast(DType.FLOAT32);
        assertEquals(
                "Add: input 0 is FLOAT64, input 1 is FLOAT32; cast one of them",
                assertThrows(IllegalArgumentException.class, () -> wide.add(narrow)).getMessage());
    }

    @Test
    void accumulatedGradientsAreTheGradientOfTheSum() {
        Parameter p = parameter(1, 2);
        Gradients sum =
                gradientsOfSquare(p, 1).plus(gradientsOfSquare(p, 2)).plus(gradientsOfSquare(p, 3));
        assertEquals(Array.vector(12, 24), sum.of(p));
        assertEquals(Math.sqrt(144 + 576), sum.norm());
        assertEquals(Array.vector(4, 8), sum.scaled(1.0 / 3).of(p));
    }

    private static Gradients gradientsOfSquare(Parameter p, double factor) {
        try (Tape tape = Tape.open()) {
            return tape.gradients(tape.use(p).square().scale(factor).sum(), ParameterTree.of(p));
        }
    }

    /// Large enough that every loop is shared among the threads.
    @Test
    void theBitsDoNotDependOnTheNumberOfThreads() {
        int before = Parallel.threads();
        try {
            Parallel.threads(1);
            List<Array> one = bits();
            for (int threads = 2; threads <= 3; threads++) {
                Parallel.threads(threads);
                assertEquals(one, bits(), threads + " threads");
            }
        } finally {
            Parallel.threads(before);
        }
    }

    private static List<Array> bits() {
        Array x = Array.zeros(DType.FLOAT32, Shape.of(3, 211, 96));
        Array w = Array.zeros(DType.FLOAT32, Shape.of(96, 96));
        Array b = Array.zeros(DType.FLOAT32, Shape.of(96));
        RandomStream.of(1).at("x").fillNormal(x, 0, 1);
        RandomStream.of(1).at("w").fillNormal(w, 0, 0.1);
        RandomStream.of(1).at("b").fillNormal(b, 1, 0.1);
        try (Tape tape = Tape.open()) {
            List<Tensor> in = List.of(tape.watch(x), tape.watch(w), tape.watch(b));
            Tensor h =
                    in.get(0)
                            .matmul(in.get(1))
                            .add(in.get(2))
                            .gelu()
                            .layerNorm(in.get(2), in.get(2), 1e-5);
            Tensor a = h.matmul(h, Transpose.TRANSPOSED).scale(0.1).softmax();
            Tensor y =
                    Tensor.apply(new Dropout(0.1, RandomStream.of(3)), a.matmul(h).add(in.get(0)));
            Tensor loss = y.square().mean();
            List<Tensor> g = tape.gradients(loss, in);
            return List.of(loss.value(), g.get(0).value(), g.get(1).value(), g.get(2).value());
        }
    }
}
