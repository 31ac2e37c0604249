package nonmercer.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Every law over every op of the catalogue, at generated specimens. A law that a wrong op survives
/// is in [MutantsTest].
class OpLawsTest {
    private static final List<OpCatalogue.Entry> OPS = OpCatalogue.standard().entries();

    /// One generated use of an op.
    record Case(OpCatalogue.Entry op, long seed, int largest) {
        Specimen specimen() {
            return op.specimen(new Draw(new Random(seed), largest));
        }

        @Override
        public String toString() {
            Specimen s = specimen();
            return s.op()
                    + " of "
                    + s.inputs()
                    + " (seed "
                    + seed
                    + ", extents to "
                    + largest
                    + ")";
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(
                        Arbitraries.of(OPS),
                        Arbitraries.longs(),
                        Arbitraries.integers().between(1, 5))
                .as(Case::new);
    }

    @Property(tries = 2000)
    void theGradientIsTheSlope(@ForAll("cases") Case c) {
        Assume.that(Laws.gradient(c.specimen(), 1, c.seed()) == GradCheck.Outcome.PASSED);
    }

    @Property(tries = 2000)
    void theRecordedGradientHasAGradient(@ForAll("cases") Case c) {
        Assume.that(Laws.gradient(c.specimen(), 2, c.seed()) == GradCheck.Outcome.PASSED);
    }

    @Property(tries = 2000)
    void anOpWritesAllOfItsOutputAndNothingElse(@ForAll("cases") Case c) {
        Laws.writesItsOutputOnly(c.specimen());
    }

    @Property(tries = 2000)
    void float32AgreesWithFloat64(@ForAll("cases") Case c) {
        Laws.float32AgreesWithFloat64(c.specimen(), c.seed());
    }

    @Property(tries = 2000)
    void theFusedPullbackIsTheComposition(@ForAll("cases") Case c) {
        Laws.fusedEqualsComposition(c.specimen(), c.seed());
    }

    @Property(tries = 2000)
    void thePullbackIsLinearInTheGradient(@ForAll("cases") Case c) {
        Laws.pullbackIsLinear(c.specimen(), c.seed());
    }

    @Property(tries = 2000)
    void thePullbackOfALinearOpIsItsAdjoint(@ForAll("cases") Case c) {
        Laws.pullbackIsAdjoint(c.specimen(), c.seed());
    }

    /// An op that takes every point for a kink would pass every law of gradients.
    @Example
    void gradientsOfEveryOpAreMostlyTold() {
        int seeds = 40;
        for (OpCatalogue.Entry entry : OPS) {
            int told = 0;
            for (long seed = 0; seed < seeds; seed++) {
                Specimen s = entry.specimen(new Draw(new Random(seed), 3));
                told += Laws.gradient(s, 1, seed) == GradCheck.Outcome.PASSED ? 1 : 0;
            }
            assertTrue(told > seeds / 2, entry + ": told at " + told + " of " + seeds);
        }
    }

    @Example
    void whatAnOpKeepsIsWhatItReads() {
        for (OpCatalogue.Entry entry : OPS) {
            int read = 0;
            int kept = 0;
            for (long seed = 0; seed < 40; seed++) {
                Specimen s = entry.specimen(new Draw(new Random(seed), 3));
                read |= Laws.reads(s);
                kept |= s.op().keeps();
            }
            assertEquals(
                    Integer.toBinaryString(kept),
                    Integer.toBinaryString(read),
                    "the inputs (bit 0, 1, …) and the output (bit 30) that "
                            + entry
                            + " keeps, and those it reads");
        }
    }
}
