package nonmercer.bench;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import nonmercer.array.Array;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static void check(Agreement agreement, Array ours, Array peers) {
        agreement.check("Peer at Sum", ours, peers);
    }

    @Test
    void theFirstElementThatIsTooFarOffIsNamed() {
        var e =
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                check(
                                        new Agreement(0.5, 0.25),
                                        Array.vector(2, 4, 2),
                                        Array.vector(3, 5.5, 3.5)));
        assertEquals(
                "Peer at Sum: element 2 of 3 is 3.5, ours is 2.0; they may differ by 1.00",
                e.getMessage());
    }

    @Test
    void whatIsNotANumberAgreesWithNothingElse() {
        Agreement wide = new Agreement(9, 9);
        Array nan = Array.vector(Double.NaN);
        assertDoesNotThrow(() -> check(wide, nan, nan));
        assertThrows(IllegalStateException.class, () -> check(wide, nan, Array.vector(0)));
        assertThrows(IllegalStateException.class, () -> check(wide, Array.vector(0), nan));
        assertThrows(IllegalStateException.class, () -> check(wide, nan, Array.vector()));
        assertDoesNotThrow(() -> check(Agreement.EXACT, Array.vector(0.0), Array.vector(-0.0)));
    }
}
