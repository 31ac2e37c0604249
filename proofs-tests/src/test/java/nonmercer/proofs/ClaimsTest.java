package nonmercer.proofs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs every claim of the catalogue: one test for each subject it must hold of, and one for each mutant it must refute.
///
/// A failure prints the statement with its source, the bound, the simplest case found and the seed; repeat it with
/// `-Dnonmercer.seed=<seed>`, or search further with `-Dnonmercer.seed=random`.
class ClaimsTest {
    @TestFactory
    Stream<DynamicContainer> claims() {
        Runner runner = Runner.configured();
        return Catalogue.claims().stream().map(claim -> tests(runner, claim));
    }

    private static <S, C> DynamicContainer tests(Runner runner, Claim<S, C> claim) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Subject<S> subject : claim.subjects()) {
            tests.add(DynamicTest.dynamicTest("holds of " + subject.name(), () -> {
                Finding finding = runner.judge(claim, subject);
                assertTrue(finding.holds(), finding::toString);
            }));
        }
        for (Mutant<S> mutant : claim.mutants()) {
            tests.add(DynamicTest.dynamicTest("refutes: " + mutant.name(), () -> {
                Finding finding = runner.judge(claim, mutant);
                assertTrue(finding.refuted(), finding::toString);
            }));
        }
        return DynamicContainer.dynamicContainer(claim.id() + " " + claim.name(), tests);
    }
}
