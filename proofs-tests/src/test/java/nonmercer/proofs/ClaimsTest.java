package nonmercer.proofs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nonmercer.parallel.Parallel;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every claim of the catalogue, by the quick profile of the ledger: one test that it holds of its
/// subjects, and one for each mutant it must refute.
///
/// A failure prints the statement with its source, the bound, the simplest case found and the seed;
/// repeat it with `-Dnonmercer.seed=<seed>`, or search further with `-Dnonmercer.seed=random`.
class ClaimsTest {
    @TestFactory
    Stream<DynamicContainer> claims() {
        return Ledger.quick(Runner.configured().seed())
                .entries(Catalogue.claims(), Parallel.threads(), entry -> {})
                .stream()
                .map(ClaimsTest::tests);
    }

    private static DynamicContainer tests(Entry entry) {
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(
                DynamicTest.dynamicTest(
                        "holds",
                        () ->
                                assertTrue(
                                        entry.holds(), () -> entry.of() + ": " + entry.verdict())));
        for (Entry.Fate fate : entry.mutants()) {
            tests.add(
                    DynamicTest.dynamicTest(
                            "refutes: " + fate.mutant().name(),
                            () -> assertTrue(fate.dead(), () -> fate.finding().toString())));
        }
        return DynamicContainer.dynamicContainer(
                entry.claim().id() + " " + entry.claim().name(), tests);
    }
}
