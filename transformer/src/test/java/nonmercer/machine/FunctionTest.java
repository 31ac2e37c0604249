package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import nonmercer.array.Array;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Gauss;
import org.junit.jupiter.api.Test;

class FunctionTest {
    private final Array x = Samples.points("x", 3, 2, 1);
    private final double[] c = {0.5, -2, 1};
    private final Space gauss = SpacePair.of(new Gauss()).queries();
    private final Space banach = SpacePair.of(new TaylorExp(3), 1.5).queries();

    /// More points than one block of a thousand and twenty-four, and not a multiple of it.
    @Test
    void valuesOfManyPointsAreThoseOfEach() {
        Array many = Samples.points("many", 2 * 1024 + 3, 2, 1);
        double[] f = DualElement.of(gauss, x, c).function().at(many);
        assertEquals(2051, f.length);
        for (int o = 0; o < f.length; o++) {
            double sum = 0;
            for (int i = 0; i < 3; i++) {
                sum += c[i] * new Gauss().at(Samples.row(many, o), Samples.row(x, i));
            }
            assertEquals(sum, f[o], 1e-14);
        }
    }

    @Test
    void noPointsHaveNoValues() {
        Function f = DualElement.of(gauss, x, c).function();
        assertEquals(0, f.at(Samples.points("none", 0, 2, 1)).length);
    }

    /// A function is homogeneous in its coefficients, and additive only for p = 2.
    @Test
    void scalingAFunctionScalesItsValuesAndItsNorm() {
        for (Space space : new Space[] {gauss, banach}) {
            Function f = DualElement.of(space, x, c).function();
            Function g = f.scaled(-3);
            assertArrayEquals(Dense.scaled(f.at(x), -3), g.at(x), 1e-13);
            assertEquals(3 * f.norm(), g.norm(), 1e-13);
            assertArrayEquals(new double[] {-1.5, 6, -3}, g.dual().coefficients());
            assertSame(x, g.dual().points());
            assertSame(space, g.dual().space());
        }
    }

    @Test
    void normIsThatOfTheExpansion() {
        double square = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double k = new Gauss().at(Samples.row(x, i), Samples.row(x, j));
                square += c[i] * c[j] * k;
            }
        }
        DualElement h = DualElement.of(gauss, x, c);
        assertEquals(Math.sqrt(square), h.norm(), 1e-14);
        assertEquals(h.norm(), h.function().norm());
    }

    /// Coefficients at most a hundred-millionth of the largest do not count.
    @Test
    void supportCountsWhatIsNotNegligible() {
        Array four = Samples.points("four", 4, 2, 1);
        assertEquals(3, DualElement.of(gauss, four, 1, -2e-8, 3, -0.5).support());
        assertEquals(3, DualElement.of(gauss, four, 100, -9e-7, 3, -0.5).support());
        assertEquals(3, DualElement.of(gauss, four, 0.01, -2e-10, 0.03, 1e-5).support());
        assertEquals(1, DualElement.of(gauss, four, 0, 0, -1e-300, 0).support());
        assertEquals(0, DualElement.of(gauss, four, 0, 0, 0, 0).support());
        assertEquals(1, DualElement.of(gauss, four, 1e-8, 1e-8, -1, 1e-8).support());
    }

    @Test
    void coefficientsAreCopies() {
        double[] own = c.clone();
        DualElement h = DualElement.of(gauss, x, own);
        own[0] = 9;
        assertArrayEquals(c, h.coefficients());
        h.coefficients()[1] = 9;
        assertArrayEquals(c, h.coefficients());
        assertNotSame(h.coefficients(), h.coefficients());
    }

    @Test
    void aMachineIsTwoFunctionsAndTheirCoupling() {
        Array y = Samples.points("y", 2, 2, 1);
        Function f = DualElement.of(gauss, x, 0.5, 0, 1).function();
        Function g = DualElement.of(SpacePair.of(new Gauss()).keys(), y, 2, -1).function();
        Report report =
                new Report("none", 0, 0, true, 0, new Uniqueness.Unknown("nothing was solved"));
        double[] fx = f.at(x);
        double[] gy = g.at(y);
        for (Coupling coupling : Coupling.values()) {
            BinaryMachine machine = new BinaryMachine(f, g, coupling, report);
            Array t = machine.predict(x, y);
            Array negated = machine.negated().predict(x, y);
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 2; j++) {
                    boolean sum = coupling == Coupling.ADDITIVE;
                    assertEquals(sum ? fx[i] + gy[j] : fx[i] * gy[j], t.get(i, j), 1e-15);
                    assertEquals(sum ? -t.get(i, j) : t.get(i, j), negated.get(i, j), 1e-15);
                }
            }
            assertEquals(4, machine.support());
            assertSame(report, machine.negated().report());
            assertSame(coupling, machine.negated().coupling());
        }
    }
}
