package nonmercer.proofs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Every claim of the quick profile, one test each: it holds of all its subjects. [MutantsTest]
/// asks that it can fail.
///
/// A failure prints the statement with its source, the bound, the simplest case found and the seed;
/// repeat it with `-Dnonmercer.seed=<seed>`, or search further with `-Dnonmercer.seed=random`.
class ClaimsTest {
    private final Runner runner = Runner.configured();

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> holds() {
        return Ledger.quick(runner.seed()).judged(Catalogue.claims()).stream()
                .map(c -> DynamicTest.dynamicTest(c.id() + " " + c.name(), () -> holds(c)));
    }

    private <S, C> void holds(Claim<S, C> claim) {
        for (Subject<S> subject : claim.subjects()) {
            Finding finding = runner.judge(claim, subject);
            assertTrue(finding.holds(), finding::toString);
        }
    }
}
