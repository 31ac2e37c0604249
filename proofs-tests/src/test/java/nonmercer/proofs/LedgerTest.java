package nonmercer.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Small right = Small.identity(Small.random(300));

    private Small with(Mutant<IntUnaryOperator> mutant) {
        return new Small(right.all(), right.measure(), right.tolerance(), List.of(mutant));
    }

    @Test
    void aClaimHoldsIfItHoldsOfTheCodeAndKillsEveryMutant() {
        Entry entry = Ledger.quick(1).entry(right);
        assertEquals("holds", entry.word());
        assertEquals(300, entry.cases());
        assertEquals(1, entry.killed());
        assertEquals(Ledger.SHOWN, entry.margins().size());
        assertTrue(entry.mutants().getFirst().margins().contains(Double.POSITIVE_INFINITY));
        assertTrue(entry.mutants().getFirst().margins().contains(0.0));
    }

    @Test
    void aMutantThatLivesMakesItToothless() {
        Entry entry = Ledger.quick(1).entry(with(Mutant.of("the identity", "folklore", n -> n)));
        assertEquals("toothless", entry.word());
        assertEquals(0, entry.killed());
        assertFalse(entry.holds());
    }

    @Test
    void theThoroughProfileAsksEverySeedToKill() {
        // Wrong in one place of a thousand: about every fourth seed of 300 cases finds it.
        var rare = Mutant.<IntUnaryOperator>of("rare", "folklore", n -> n == 637 ? 0 : n);
        Entry.Fate fate = Ledger.thorough(1).entry(with(rare)).mutants().getFirst();
        assertEquals(Ledger.SEEDS, fate.runs());
        assertTrue(fate.killed() < fate.runs(), () -> "killed with " + fate.killed());
        assertFalse(fate.dead());
        Entry entry = Ledger.thorough(1).entry(right);
        assertEquals(20 * 300, entry.cases());
        assertEquals(Ledger.SEEDS, entry.mutants().getFirst().killed());
    }

    @Test
    void aWrongSubjectIsRefutedWithItsCaseAndSeed() {
        Small wrong = right.measured((f, n) -> n > 500 ? 1 : 0);
        Entry entry = Ledger.quick(3).entry(wrong);
        var refuted = assertInstanceOf(Verdict.Refuted.class, entry.verdict());
        assertEquals(501, refuted.shrunk());
        assertEquals(3, refuted.seed());
        assertEquals("identity", entry.of());
        assertEquals("refuted", entry.word());
    }

    @Test
    void whatIsPrintedOtherwiseIsContradictedBySearch() {
        Entry entry = Ledger.quick(5).entry(new Otherwise(n -> Math.max(0, n - 700)));
        var found = assertInstanceOf(Verdict.Refuted.class, entry.search().orElseThrow());
        assertEquals(701, found.shrunk());
        assertEquals(5, found.seed());
        assertEquals("701", found.simplest());
        assertEquals("holds", entry.word());
    }

    @Test
    void aClaimIsVacuousWhileNothingContradictsWhatIsPrinted() {
        Entry entry = Ledger.quick(5).entry(new Otherwise(n -> 0));
        assertEquals("vacuous", entry.word());
        assertEquals("what is printed", entry.of());
        // An exception is no counter-example.
        Entry thrown =
                Ledger.quick(5)
                        .entry(
                                new Otherwise(n -> {
                                    throw new IllegalStateException("no case");
                                }));
        assertEquals("vacuous", thrown.word());
    }

    /// The small claim, printed elsewhere with this number for every n, which should be 0.
    private record Otherwise(ToDoubleFunction<Integer> number)
            implements Claim<IntUnaryOperator, Integer> {
        private static final Small RIGHT = Small.identity(Small.random(300));

        @Override
        public String id() {
            return RIGHT.id();
        }

        @Override
        public String statement() {
            return RIGHT.statement();
        }

        @Override
        public Source source() {
            return RIGHT.source();
        }

        @Override
        public String assumes() {
            return RIGHT.assumes();
        }

        @Override
        public Kind kind() {
            return RIGHT.kind();
        }

        @Override
        public List<Subject<IntUnaryOperator>> subjects() {
            return RIGHT.subjects();
        }

        @Override
        public Cases<Integer> cases(IntUnaryOperator f) {
            return RIGHT.cases(f);
        }

        @Override
        public double statistic(IntUnaryOperator f, Integer n) {
            return RIGHT.statistic(f, n);
        }

        @Override
        public Tolerance<IntUnaryOperator, Integer> tolerance() {
            return RIGHT.tolerance();
        }

        @Override
        public List<Mutant<IntUnaryOperator>> mutants() {
            return RIGHT.mutants();
        }

        @Override
        public Optional<Printed<?>> printed() {
            return Optional.of(Printed.exact("for all n: 0", () -> Small.random(300), number));
        }
    }

    @Test
    void entriesDoNotDependOnThreads() {
        List<Claim<?, ?>> claims =
                Catalogue.claims().stream()
                        .filter(c -> List.of("C1", "C2", "C13f", "C16").contains(c.id()))
                        .toList();
        List<String> told = new ArrayList<>();
        List<Entry> one = Ledger.quick(5).entries(claims, 1, e -> told.add(e.claim().id()));
        List<Entry> two = Ledger.quick(5).entries(claims, 2, e -> {});
        assertEquals(List.of("C1", "C2", "C13f", "C16"), told);
        for (int i = 0; i < one.size(); i++) {
            assertEquals(one.get(i).margins(), two.get(i).margins());
            assertEquals(one.get(i).word(), two.get(i).word());
            assertEquals(one.get(i).claim().id(), two.get(i).claim().id());
        }
    }
}
