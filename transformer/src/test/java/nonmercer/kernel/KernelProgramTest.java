package nonmercer.kernel;

import static nonmercer.kernel.Sample.normal;
import static nonmercer.kernel.Sample.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.fused.Form;
import nonmercer.fused.Program;
import nonmercer.fused.Program.Step;
import nonmercer.fused.Scores;
import nonmercer.fused.Weight;
import nonmercer.lanes.Unary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Kernels as straight-line code, read here by a naive interpreter: what it gives is the kernel's
/// value, and the slopes are those of its differences.
class KernelProgramTest {
    private static final Pass PASS = Pass.evaluation();
    private static final double U = DType.FLOAT64.unitRoundoff();

    private static final Array Q = normal("q", DType.FLOAT64, 1, 1, 3);
    private static final Array K = normal("k", DType.FLOAT64, 1, 1, 3);

    private static KernelProgram program(Kernel kernel) {
        return KernelProgram.of(kernel, Tensor.of(Q), Tensor.of(K), PASS);
    }

    /// The pairings of the one query and the one key, term by term.
    private static double[] pairings(KernelProgram program) {
        List<Form> forms = program.scores().forms();
        double[] s = new double[forms.size()];
        for (int p = 0; p < s.length; p++) {
            double[] q = row(program.queries().get(p).value(), 0);
            double[] k = row(program.keys().get(p).value(), 0);
            for (int l = 0; l < q.length; l++) {
                s[p] +=
                        switch (forms.get(p)) {
                            case DOT -> q[l] * k[l];
                            case SQUARED_DISTANCE -> (q[l] - k[l]) * (q[l] - k[l]);
                            case L1_DISTANCE -> Math.abs(q[l] - k[l]);
                            case SUM_OF_MINIMA -> Math.min(q[l], k[l]);
                            case HARMONIC ->
                                    q[l] > 0 && k[l] > 0 ? 2 * q[l] * k[l] / (q[l] + k[l]) : 0;
                        };
            }
        }
        return s;
    }

    /// Every step as its formula says.
    private static double[] run(Program program, double... inputs) {
        List<Double> r = new ArrayList<>();
        for (double x : inputs) {
            r.add(x);
        }
        for (Step step : program.steps()) {
            r.add(
                    switch (step) {
                        case Step.Constant(double value) -> value;
                        case Step.Affine(int x, double a, double b) -> a * r.get(x) + b;
                        case Step.Apply(Unary f, int x) -> apply(f, r.get(x));
                        case Step.With(var f, int x, double c) -> Math.max(r.get(x), c);
                        case Step.Combine(var f, int x, int y) ->
                                switch (f) {
                                    case ADD -> r.get(x) + r.get(y);
                                    case MULTIPLY -> r.get(x) * r.get(y);
                                    case MAXIMUM -> Math.max(r.get(x), r.get(y));
                                    default -> throw new AssertionError(f);
                                };
                    });
        }
        return program.results().stream().mapToDouble(r::get).toArray();
    }

    private static double apply(Unary f, double x) {
        return switch (f) {
            case EXP -> Math.exp(x);
            case LOG -> Math.log(x);
            case SQRT -> Math.sqrt(x);
            case SQUARE -> x * x;
            case COS -> Math.cos(x);
            case SIN -> Math.sin(x);
            case ACOS -> Math.acos(Math.clamp(x, -1, 1));
            case TANH -> Math.tanh(x);
            case RELU -> Math.max(x, 0);
            case STEP -> x > 0 ? 1 : 0;
            case RECIPROCAL -> 1 / x;
            case RECIPROCAL_OR_ZERO -> x == 0 ? 0 : 1 / x;
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case SOFTPLUS -> Math.log1p(Math.exp(x));
            default -> throw new AssertionError(f);
        };
    }

    /// `Σ r e^L`, or, for `i ≥ 0`, its slope with respect to the pairing or the coefficient `i`.
    private static double total(Scores scores, double[] s, int i) {
        double[] at = run(i < 0 ? scores.value() : scores.gradient(), s);
        double sum = 0;
        for (int t = 0; t < scores.terms().size(); t++) {
            int part = scores.part(t);
            double scale = scores.terms().get(t) == Weight.VALUE ? 1 : Math.exp(at[part]);
            double r =
                    switch (scores.terms().get(t)) {
                        case LOGARITHM -> 1;
                        case VALUE -> at[part];
                        case SCALED -> at[part + 1];
                    };
            sum += scale * (i < 0 ? r : at[scores.slope(t, i)]);
        }
        return sum;
    }

    /// No sum here cancels more than four digits, and none has more than 100 roundings.
    @ParameterizedTest
    @MethodSource("nonmercer.kernel.KernelFamily#all")
    void theCodeGivesTheKernel(KernelFamily family) {
        for (Coefficient c :
                List.of(
                        Coefficient.of(0.5),
                        Coefficient.inverseRootDimension(),
                        Coefficient.trained(0.7, DType.FLOAT64))) {
            Kernel kernel = family.of().apply(c);
            double expected = kernel.at(row(Q, 0), row(K, 0));
            double tolerance = 1e4 * 100 * U * Math.max(1e-2, Math.abs(expected));
            KernelProgram program = program(kernel);
            double[] s = pairings(program);
            assertEquals(expected, total(program.scores(), s, -1), tolerance);
            KernelProgram whole = KernelProgram.ofValue(kernel, Tensor.of(Q), Tensor.of(K), PASS);
            assertEquals(List.of(Weight.VALUE), whole.scores().terms());
            assertEquals(expected, run(whole.scores().value(), s)[0], tolerance);
            for (KernelProgram p : List.of(program, whole)) {
                Factors f = p.definition(p.queries(), p.keys(), PASS);
                assertEquals(p == program && Gram.hasLog(kernel), f.factor().isEmpty());
                assertTrue(p == program || f.log().isEmpty());
                double log = f.log().map(x -> x.value().at(0)).orElse(0.0);
                double factor = f.factor().map(x -> x.value().at(0)).orElse(1.0);
                assertEquals(expected, Math.exp(log) * factor, tolerance);
            }
            assertEquals(
                    expected,
                    Gram.of(kernel, Tensor.of(Q), Tensor.of(K), PASS).value().at(0),
                    tolerance);
        }
    }

    /// Richardson's formula of two steps, off by less than what it removes, and by the rounding of
    /// the values (as above) over the step.
    private static void assertSlope(Function<Double, Double> f, double x, double slope) {
        double h = 0x1p-12 * Math.max(0.25, Math.abs(x));
        double whole = (f.apply(x + h) - f.apply(x - h)) / (2 * h);
        double half = (f.apply(x + h / 2) - f.apply(x - h / 2)) / h;
        double rounding = 3 * 1000 * U * Math.max(1, Math.abs(f.apply(x + h))) / h;
        double tolerance = rounding + Math.abs(whole - half) + 1e4 * U * Math.abs(slope);
        assertEquals((4 * half - whole) / 3, slope, tolerance);
    }

    @ParameterizedTest
    @MethodSource("nonmercer.kernel.KernelFamily#all")
    void slopesAreThoseOfTheValue(KernelFamily family) {
        double value = 0.7;
        Kernel kernel = family.of().apply(Coefficient.trained(value, DType.FLOAT64));
        for (boolean terms : new boolean[] {true, false}) {
            KernelProgram program =
                    terms
                            ? program(kernel)
                            : KernelProgram.ofValue(kernel, Tensor.of(Q), Tensor.of(K), PASS);
            Scores scores = program.scores();
            double[] s = pairings(program);
            for (int p = 0; p < s.length; p++) {
                int place = p;
                assertSlope(
                        x -> {
                            double[] moved = s.clone();
                            moved[place] = x;
                            return total(scores, moved, -1);
                        },
                        s[p],
                        total(scores, s, p));
            }
            assertEquals(program.trained().size(), scores.others());
            assertEquals(kernel instanceof Warped ? 0 : 1, scores.others());
            // Coefficients of points are not the code's: the stretch and the diagonal have theirs.
            if (scores.others() > 0 && !(kernel instanceof Normalised)) {
                assertSlope(
                        c -> family.of().apply(Coefficient.of(c)).at(row(Q, 0), row(K, 0)),
                        value,
                        total(scores, s, s.length));
            }
        }
    }

    /// The program of the gradient begins with the values; each result has a register of its own,
    /// and none of them is an argument.
    @ParameterizedTest
    @MethodSource("nonmercer.kernel.KernelFamily#all")
    void theGradientGivesTheValueToo(KernelFamily family) {
        for (Coefficient c : List.of(Coefficient.of(0.5), Coefficient.trained(2, DType.FLOAT64))) {
            KernelProgram program = program(family.of().apply(c));
            Scores scores = program.scores();
            double[] s = pairings(program);
            double[] value = run(scores.value(), s);
            double[] all = run(scores.gradient(), s);
            for (int i = 0; i < value.length; i++) {
                assertEquals(value[i], all[i], 100 * U * Math.max(1, Math.abs(value[i])));
            }
            List<Integer> results = scores.gradient().results();
            assertEquals(results.size(), new HashSet<>(results).size());
            assertTrue(results.stream().allMatch(r -> r >= s.length), results::toString);
        }
    }

    @Test
    void theCodeOfAFormulaIsMadeOnce() {
        Kernel kernel = new Gauss(Coefficient.of(0.123)).times(new Quadratic());
        assertSame(program(kernel).scores(), program(kernel).scores());
        assertNotSame(program(kernel).scores(), program(kernel.scaled(3)).scores());
    }

    @Test
    void whatIsTrainedIsReadEachTime() {
        Parameter log = new Parameter(Array.scalar(DType.FLOAT64, 0));
        Kernel kernel = new Quadratic(new Coefficient.Trained(log), 1);
        KernelProgram before = program(kernel);
        assertEquals(1, before.trained().size());
        double[] s = pairings(before);
        assertEquals((s[0] + 1) * (s[0] + 1), total(before.scores(), s, -1), 1e-14);
        log.assign(Array.scalar(DType.FLOAT64, Math.log(3)));
        assertEquals(
                (3 * s[0] + 1) * (3 * s[0] + 1), total(program(kernel).scores(), s, -1), 1e-13);
    }

    @Test
    void oneCoefficientInTwoPlacesIsOne() {
        Coefficient c = Coefficient.trained(0.5, DType.FLOAT64);
        Kernel kernel = new Gauss(c).plus(new Quadratic(c, 1)).plus(new ExpDot(c));
        assertEquals(1, program(kernel).trained().size());
        assertEquals(
                List.of(Weight.LOGARITHM, Weight.LOGARITHM, Weight.VALUE),
                program(kernel).scores().terms());
    }

    @Test
    void pointsThatAreThereAlreadyArePairedOnce() {
        Kernel kernel = new Gauss().plus(new Matern()).plus(new ExpDot()).plus(new Linear());
        assertEquals(List.of(Form.SQUARED_DISTANCE, Form.DOT), program(kernel).scores().forms());
        Kernel apart = new Gauss().plus(new Gauss().lengthscale(2)).plus(new Chi2());
        assertEquals(
                List.of(Form.SQUARED_DISTANCE, Form.SQUARED_DISTANCE, Form.HARMONIC),
                program(apart).scores().forms());
        Kernel features = new ReLU().plus(new ReLU().scaled(2));
        assertEquals(List.of(Form.DOT), program(features).scores().forms());
    }
}
