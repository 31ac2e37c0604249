package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import nonmercer.array.DType;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Kernels as texts: expressions that can be read again, labels, and formulas for people.
class KernelTextTest {
    private static final Kernel A = new ExpDot();
    private static final Kernel B = new Gauss();
    private static final Kernel C = new Quadratic();
    private static final Expression S = new Expression.Variable();
    private static final Coefficient TRAINED = Coefficient.trained(2, DType.FLOAT64);

    private static void assertPrinted(String text, Kernel kernel) {
        assertEquals(text, KernelExpression.print(kernel));
        assertEquals(kernel, KernelExpression.parse(text));
    }

    @Test
    void whatIsUsualIsNotWritten() {
        assertPrinted("Gauss", B);
        assertPrinted("Gauss(scale=2)", new Gauss(Coefficient.of(2)));
        assertPrinted("Linear(scale=1/sqrt(d))", new Linear(Coefficient.inverseRootDimension()));
        assertPrinted("Quadratic(offset=0)", Quadratic.homogeneous());
        assertPrinted(
                "Polynomial(degree=4, offset=0.5)",
                new Polynomial(4, new Polynomial().scale(), 0.5));
        assertPrinted("Laplace(norm=one)", new Laplace(Laplace.Norm.ONE));
        assertPrinted("ArcCosine(order=0)", new ArcCosine(0));
        assertPrinted("Constant(value=0)", new Constant(0));
    }

    @Test
    void parenthesesStandWhereTheyAreNeeded() {
        assertPrinted("ExpDot + Gauss + Quadratic", A.plus(B).plus(C));
        assertPrinted("ExpDot*(Gauss + Quadratic)", A.times(B.plus(C)));
        assertPrinted("ExpDot*Gauss + Quadratic", A.times(B).plus(C));
        assertPrinted("2*(ExpDot*Gauss)", A.times(B).scaled(2));
        assertPrinted("2*(ExpDot + Gauss)", A.plus(B).scaled(2));
        assertPrinted("2*ExpDot + Gauss", A.scaled(2).plus(B));
        assertPrinted("power(ExpDot + Gauss, 2)", A.plus(B).power(2));
    }

    @Test
    void operationsAreWrittenByTheirNames() {
        assertPrinted("power(ExpDot, 3)", A.power(3));
        assertPrinted("power(ExpDot, 0.5)", A.power(0.5));
        assertPrinted("exp(Linear)", new Linear().exponential());
        assertPrinted("decay(Distance, 2)", new Distance().decay(2));
        assertPrinted("decay(Distance, 1)", new Distance().decay(1));
        assertPrinted("decay(power(Distance, 2), 0.5)", new Distance().power(2).decay(0.5));
        assertPrinted("normalised(Quadratic)", C.normalised());
        assertPrinted("coordinates(Gauss, 1, -1)", B.coordinates(1, -1));
        assertPrinted("lengthscale(Gauss, 2)", B.lengthscale(2));
        assertPrinted("lengthscale(Gauss, 0.25)", B.lengthscale(0.25));
        // The reciprocals of the two doubles around 0.5 are 2 and 2 - 4u: this one is of neither.
        double odd = Math.nextDown(2.0);
        assertPrinted(
                "stretch(Gauss, " + odd + ")", B.warped(new Warp.Stretch(Coefficient.of(odd))));
    }

    @Test
    void numbersAreWhole() {
        assertPrinted("999999999*Gauss", B.scaled(999_999_999));
        assertPrinted("1.0E9*Gauss", B.scaled(1e9));
        assertPrinted("0.5*Gauss", B.scaled(0.5));
    }

    @Test
    void whatHasNoExpressionSaysWhy() {
        for (Kernel kernel :
                List.of(
                        B.warped(new Unit()),
                        B.warped(new Warp.Stretch(Coefficient.of(2)), new Warp.Identity()),
                        B.warped(new Warp.Coordinates(0, 1), new Warp.Identity()),
                        B.warped(new Warp.Stretch(TRAINED)),
                        new Gauss(TRAINED),
                        B.scaled(TRAINED),
                        new Distance().decay(TRAINED),
                        B.applied(S.cos()),
                        B.applied(S.plus(1)),
                        B.applied(S.power(-1)),
                        B.applied(Expression.constant(-2).times(S).exp()),
                        B.applied(new Expression.Power(S, 0)))) {
            var e =
                    assertThrows(
                            IllegalArgumentException.class, () -> KernelExpression.print(kernel));
            assertEquals(
                    "no expression describes "
                            + kernel.name()
                            + ": what is trained or made in code has none",
                    e.getMessage());
        }
    }

    @Test
    void aLabelIsTheShortestNameThatTellsKernelsApart() {
        assertEquals("Gauss", KernelExpression.label(B));
        assertEquals("ReLU", KernelExpression.label(new ReLU()));
        assertEquals("Cosine", KernelExpression.label(new Cosine()));
        assertEquals("Gauss(scale=2)", KernelExpression.label(new Gauss(Coefficient.of(2))));
        assertEquals("exp(-‖q-k‖²·e^λ)", KernelExpression.label(new Gauss(TRAINED)));
        assertEquals(
                new Cosformer(TRAINED).formula(), KernelExpression.label(new Cosformer(TRAINED)));
        assertEquals(new Signed(TRAINED).formula(), KernelExpression.label(new Signed(TRAINED)));
        assertEquals("ExpDot + Gauss", KernelExpression.label(A.plus(B)));
        assertEquals("lengthscale(Gauss, 2)", KernelExpression.label(B.lengthscale(2)));
        assertEquals(
                "ExpDot + Gauss∘(e^λ·x)",
                KernelExpression.label(A.plus(B.warped(new Warp.Stretch(TRAINED)))));
    }

    @Test
    void theOperationsAreListed() {
        assertEquals(
                List.of(
                        "lengthscale(k, length)",
                        "stretch(k, factor)",
                        "power(k, exponent)",
                        "exp(k)",
                        "decay(k, rate)",
                        "normalised(k)",
                        "coordinates(k, from, to)",
                        "tensor(k1, k2, split)"),
                KernelExpression.operations());
    }

    /// Every kernel of the catalogue, and others where their parameters show.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arccosine              | ‖q‖‖k‖(sin θ + (π-θ)cos θ)/π, θ = ∠(q,k)",
                "arccosine(0)           | 1 - θ/π, θ = ∠(q,k)",
                "cauchy                 | 1/(‖q-k‖²/√d + 1)",
                "chi2                   | Σₗ 2qₗkₗ/(qₗ+kₗ)",
                "constant               | 1",
                "constant(0.5)          | 0.5",
                "cosformer              | cos(π(t-u)/2)·Σₗ max(qₗ,0)·max(kₗ,0), t and u last",
                "cosformer(3)           | cos(π(t-u)/(2·3))·Σₗ max(qₗ,0)·max(kₗ,0), t and u last",
                "cosine                 | q·k/(‖q‖‖k‖)",
                "distance               | ‖q-k‖/√d",
                "distance(2)            | ‖q-k‖·2",
                "eluplusone             | Σₗ (elu(qₗ)+1)·(elu(kₗ)+1)",
                "expdot                 | exp(q·k/√d)",
                "expintersection        | exp(Σₗ min(qₗ,kₗ))",
                "gauss                  | exp(-‖q-k‖²/√d)",
                "gibbs                  | (2ℓℓ'/(ℓ²+ℓ'²))^(d/2)·exp(-‖q-k‖²/(ℓ²+ℓ'²)), ℓ² = 1 + 1/√d·‖q‖²",
                "intersection           | Σₗ min(qₗ⁺,kₗ⁺)",
                "laplace                | exp(-√(‖q-k‖²)/√d)",
                "laplace(one)           | exp(-‖q-k‖₁/√d)",
                "linear                 | q·k",
                "linear(2)              | q·k·2",
                "matern(0)              | exp(-r), r = ‖q-k‖/√d",
                "matern(1)              | (1 + r)·exp(-r), r = √3·‖q-k‖/√d",
                "matern(2, 0.5)         | (1 + r + r²/3)·exp(-r), r = √5·‖q-k‖·0.5",
                "periodic               | exp(-2·Σₗ sin²(π(qₗ-kₗ)/4)/√d)",
                "periodic(3, 2)         | exp(-2·2·Σₗ sin²(π(qₗ-kₗ)/3))",
                "polynomial             | (q·k/√d + 1)³",
                "quadratic(1, 0)        | (q·k)²",
                "rationalquadratic      | (1 + ‖q-k‖²/√d/2)^(-2)",
                "relu                   | Σₗ max(qₗ,0)·max(kₗ,0)",
                "rotated                | exp(q·Rk/√d), R a turn by π/2",
                "rotated(2, 3)          | exp(q·Rk·3), R a turn by 2",
                "sigmoid                | tanh(q·k/√d)",
                "signed                 | exp(Σₗ(-1)ˡqₗkₗ/√d)",
                "squareddistance        | ‖q-k‖²",
                "sumofminima            | Σₗ min(qₗ,kₗ)",
                "taylorexp(3)           | Σ (q·k/√d)ⁿ/n!, n ≤ 3",
                "2*(gauss + expdot)     | 2·(exp(-‖q-k‖²/√d) + exp(q·k/√d))",
                "2*linear               | 2·q·k",
                "2*(linear*relu)        | 2·(q·k · Σₗ max(qₗ,0)·max(kₗ,0))",
                "2*lengthscale(linear, 2) | 2·(q·k at q = 0.5·q, k = 0.5·k)",
                "linear*(cosine + relu) | q·k · (q·k/(‖q‖‖k‖) + Σₗ max(qₗ,0)·max(kₗ,0))",
                "exp(linear + cosine)   | exp((q·k + q·k/(‖q‖‖k‖)))",
                "decay(distance, 2)     | exp(-‖q-k‖/√d·2)",
                "power(lengthscale(linear, 2), 2) | ((q·k at q = 0.5·q, k = 0.5·k))²",
                "lengthscale(linear + relu, 2) | (q·k + Σₗ max(qₗ,0)·max(kₗ,0)) at q = 0.5·q, k = 0.5·k",
                "normalised(linear)     | normalised(q·k)",
            })
    void theFormulaOf(String kernel, String formula) {
        assertEquals(formula, KernelExpression.parse(kernel).formula());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2*(gauss + expdot)        | 2·(Gauss + ExpDot)",
                "2*(gauss*expdot)          | 2·(Gauss · ExpDot)",
                "2*lengthscale(gauss, 2)   | 2·Gauss∘(0.5·x)",
                "gauss*(expdot + cosine)   | Gauss · (ExpDot + Cosine)",
                "gauss*exp(linear)         | Gauss · exp(Linear)",
                "exp(linear + cosine)      | exp((Linear + Cosine))",
                "exp(lengthscale(linear, 2)) | exp((Linear∘(0.5·x)))",
                "power(gauss, 2)           | (Gauss)²",
                "normalised(gauss)         | normalised(Gauss)",
                "coordinates(relu, 1, 3)   | ReLU∘(x[1:3])",
                "coordinates(cosine, 0, 0) | Cosine∘(x[:])",
                "coordinates(2*gauss, -2, 0) | (2·Gauss)∘(x[-2:])",
            })
    void theNameOf(String kernel, String name) {
        assertEquals(name, KernelExpression.parse(kernel).name());
    }

    @Test
    void aMapIsWrittenAsWhatItDoes() {
        List<Warp> maps =
                List.of(
                        new Warp.Identity(),
                        new Warp.Stretch(Coefficient.of(2)),
                        new Warp.Ard(Sample.parameter("ard", 1, 2)),
                        new Warp.Linear(Sample.parameter("w", 1, 2, 3)),
                        new Warp.Coordinates(-3, -1),
                        new Unit(),
                        new PositivePart(),
                        new Signs(),
                        new Rotation(Coefficient.of(1)),
                        new Circles(Coefficient.of(1), Coefficient.of(1)),
                        new Radius(0, Coefficient.of(1)),
                        new Radius(0, Coefficient.of(2)),
                        new Radius(0.5, Coefficient.of(1)),
                        Network.random(2, 3, 4, RandomStream.of(1)));
        assertEquals(
                List.of(
                        "x",
                        "2·x",
                        "x/ℓ",
                        "xW",
                        "x[-3:-1]",
                        "x/‖x‖",
                        "max(x,0)",
                        "±x",
                        "Rx",
                        "circles(x)",
                        "‖x‖",
                        "√(0.0 + 2·‖x‖²)",
                        "√(0.5 + 1·‖x‖²)",
                        "net(x)"),
                maps.stream().map(w -> w.print("x")).toList());
    }
}
