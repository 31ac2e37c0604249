package nonmercer.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RunnerTest {
    private final Runner runner = Runner.fixed();

    private Verdict verdict(Small claim, IntUnaryOperator subject) {
        return runner.judge(claim, Subject.of("a subject", subject)).verdict();
    }

    @Test
    void countsCasesAndRecordsTheWorstShareOfTheBound() {
        Small claim =
                Small.identity(Cases.all(1, 2, 3))
                        .measured((f, n) -> n)
                        .within(Tolerance.bound((f, n) -> 4, "four"));
        assertEquals(new Verdict.Holds(3, 0.75), verdict(claim, n -> n));
    }

    @Test
    void aCaseAboveTheBoundRefutesAndIsSimplified() {
        Verdict.Refuted r =
                assertInstanceOf(
                        Verdict.Refuted.class,
                        verdict(Small.identity(Small.random(300)), n -> n < 137 ? n : n + 2));
        assertEquals(137, r.shrunk());
        assertTrue((Integer) r.found() >= 137);
        assertEquals(2, r.statistic());
        assertEquals(0, r.bound());
        assertEquals(1, r.seed());
    }

    @Test
    void aNumberThatIsNoneRefutes() {
        Small claim =
                Small.identity(Small.random(50))
                        .within(Tolerance.bound((f, n) -> 1e300, "anything"));
        assertInstanceOf(
                Verdict.Refuted.class, verdict(claim.measured((f, n) -> Double.NaN), n -> n));
        assertInstanceOf(
                Verdict.Refuted.class,
                verdict(claim.measured((f, n) -> Double.POSITIVE_INFINITY), n -> n));
        assertInstanceOf(
                Verdict.Refuted.class,
                verdict(claim.within(Tolerance.bound((f, n) -> Double.NaN, "nothing")), n -> n));
    }

    @Test
    void anExceptionRefutesASubjectButNotAMutant() {
        IntUnaryOperator throwing =
                n -> {
                    if (n > 40) {
                        throw new IllegalStateException("too large");
                    }
                    return n;
                };
        Small claim = Small.identity(Small.random(200));
        Verdict.Refuted r = assertInstanceOf(Verdict.Refuted.class, verdict(claim, throwing));
        assertNotNull(r.thrown());
        assertEquals(41, r.shrunk());
        assertTrue(r.toString().contains("too large"), r.toString());
        Verdict mutant = runner.judge(claim, Mutant.of("throws", "folklore", throwing)).verdict();
        assertInstanceOf(Verdict.Toothless.class, mutant);
        assertTrue(mutant.toString().contains("too large"), mutant.toString());
    }

    @Test
    void tooFewTellingCasesAreVacuous() {
        Cases<Integer> rare = Small.random(100).hitting("above 990", 0.2, n -> n > 990);
        Verdict.Vacuous v =
                assertInstanceOf(Verdict.Vacuous.class, verdict(Small.identity(rare), n -> n));
        assertTrue(v.reason().contains("above 990"), v.reason());
        Cases<Integer> common = Small.random(100).hitting("above 500", 0.2, n -> n > 500);
        assertInstanceOf(Verdict.Holds.class, verdict(Small.identity(common), n -> n));
        assertInstanceOf(
                Verdict.Vacuous.class, verdict(Small.identity(Cases.all(List.of())), n -> n));
    }

    @Test
    void aBoundThatLetsEverythingThroughIsVacuous() {
        Small claim =
                Small.identity(Small.random(50))
                        .within(Tolerance.bound((f, n) -> Double.POSITIVE_INFINITY, "none"));
        assertInstanceOf(Verdict.Vacuous.class, verdict(claim, n -> n + 1));
    }

    @Test
    void casesThatSayNothingAreNotCountedAndMostOfThemAreVacuous() {
        Small few =
                Small.identity(Cases.all(1, 2, 3, 4, 5))
                        .measured((f, n) -> n < 2 ? Claim.SILENT : 0);
        assertEquals(new Verdict.Holds(4, 0), verdict(few, n -> n));
        Small most =
                Small.identity(Cases.all(1, 2, 3, 4, 5))
                        .measured((f, n) -> n < 5 ? Claim.SILENT : 0);
        assertInstanceOf(Verdict.Vacuous.class, verdict(most, n -> n));
    }

    @Test
    void aMutantThatLivesMakesAClaimToothless() {
        Small blunt = Small.identity(Cases.all(0, 1, 2));
        List<Finding> findings = runner.judge(blunt);
        assertTrue(findings.get(0).holds());
        assertInstanceOf(Verdict.Toothless.class, findings.get(1).verdict());
        List<Finding> sharp = runner.judge(Small.identity(Small.random(300)));
        assertTrue(sharp.get(0).holds());
        assertTrue(sharp.get(1).refuted(), sharp.get(1).toString());
    }

    @Test
    void oneSeedGivesOneListOfCasesAndAnotherSeedAnother() {
        assertEquals(drawn(Runner.seeded(5)), drawn(Runner.seeded(5)));
        assertNotEquals(drawn(Runner.seeded(5)), drawn(Runner.seeded(6)));
    }

    private static List<Integer> drawn(Runner runner) {
        List<Integer> seen = new ArrayList<>();
        Small claim =
                Small.identity(Small.random(50))
                        .measured((f, n) -> {
                            seen.add(n);
                            return 0;
                        });
        runner.judge(claim, Subject.of("a subject", n -> n));
        return seen;
    }

    @Test
    void simplifyingEndsEvenWhereEveryCaseFails() {
        AtomicInteger calls = new AtomicInteger();
        Small claim =
                Small.identity(Small.random(50))
                        .measured((f, n) -> {
                            calls.incrementAndGet();
                            return 1;
                        });
        Verdict.Refuted r = assertInstanceOf(Verdict.Refuted.class, verdict(claim, n -> n));
        assertEquals(0, r.shrunk());
        assertTrue(calls.get() < 500, "judged " + calls.get() + " cases");
    }

    @Test
    void aFailurePrintsStatementSourceBoundCaseAndSeed() {
        String text =
                Runner.seeded(77)
                        .judge(
                                Small.identity(Small.random(300)),
                                Subject.of("plus two", n -> n + 2))
                        .toString();
        for (String part :
                List.of(
                        "T1 Small of plus two",
                        "for all n in 0",
                        "folklore, identity",
                        "exactly 0",
                        "case    0",
                        "seed    77")) {
            assertTrue(text.contains(part), text);
        }
    }

    @Test
    void theSeedComesFromASystemProperty() {
        String before = System.getProperty("nonmercer.seed");
        try {
            System.setProperty("nonmercer.seed", "12");
            assertEquals(12, Runner.configured().seed());
            System.setProperty("nonmercer.seed", "twelve");
            var e =
                    org.junit.jupiter.api.Assertions.assertThrows(
                            IllegalArgumentException.class, Runner::configured);
            assertEquals(
                    "nonmercer.seed must be a whole number or 'random', got 'twelve'",
                    e.getMessage());
        } finally {
            if (before == null) {
                System.clearProperty("nonmercer.seed");
            } else {
                System.setProperty("nonmercer.seed", before);
            }
        }
    }

    /// A claim may be judged inside a property of the reader's own, where a jqwik session is
    /// already open.
    @Property(tries = 3)
    void claimsCanBeJudgedInsideAProperty(@ForAll int offset) {
        boolean same = offset == 0;
        assertEquals(
                same,
                verdict(Small.identity(Small.random(20)), n -> n + offset)
                        instanceof Verdict.Holds);
    }

    @Example
    void marginsOfNegativeBoundsAreBelowOneToo() {
        Small claim =
                Small.identity(Cases.all(1, 2))
                        .measured((f, n) -> -4.0 * n)
                        .within(Tolerance.bound((f, n) -> -2, "at most -2"));
        assertEquals(new Verdict.Holds(2, 0.5), verdict(claim, n -> n));
        assertFalse(verdict(claim.measured((f, n) -> -1), n -> n) instanceof Verdict.Holds);
    }
}
