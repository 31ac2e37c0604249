package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nonmercer.kernel.Catalogue;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.KernelExpression;
import nonmercer.proofs.Laws;
import org.junit.jupiter.api.Test;

class CuspTest {
    @Test
    void theLawsOfKernelsHold() {
        Laws.of(new Cusp(0.5)).assertHold();
    }

    @Test
    void theCatalogueAndExpressionsKnowIt() {
        assertTrue(Catalogue.kernels().containsValue(new Cusp()));
        assertEquals(new Cusp(2).plus(new ExpDot()), KernelExpression.parse("cusp(2) + expdot"));
        assertEquals(new Cusp(2), KernelExpression.parse("example.Cusp(scale=2)"));
    }

    @Test
    void theFiveLinesRun() {
        FiveLines.main(new String[0]);
    }
}
