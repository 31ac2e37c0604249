package nonmercer.proofs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every claim of the catalogue: one test for each subject it must hold of, and one for each mutant
/// it must refute.
///
/// A failure prints the statement with its source, the bound, the simplest case found and the seed;
/// repeat it with `-Dnonmercer.seed=<seed>`, or search further with `-Dnonmercer.seed=random`.
class ClaimsTest {
    private final Runner runner = Runner.configured();

    @TestFactory
    Stream<DynamicContainer> subjects() {
        return Catalogue.claims().stream().map(this::subjects);
    }

    private <S, C> DynamicContainer subjects(Claim<S, C> claim) {
        List<DynamicTest> tests =
                claim.subjects().stream()
                        .map(subject ->
                                DynamicTest.dynamicTest(
                                        "holds of " + subject.name(),
                                        () -> {
                                            Finding finding = runner.judge(claim, subject);
                                            assertTrue(finding.holds(), finding::toString);
                                        }))
                        .toList();
        return DynamicContainer.dynamicContainer(claim.id() + " " + claim.name(), tests);
    }

    @TestFactory
    Stream<DynamicContainer> mutants() {
        return Catalogue.claims().stream().map(this::mutants);
    }

    private <S, C> DynamicContainer mutants(Claim<S, C> claim) {
        List<DynamicTest> tests =
                claim.mutants().stream()
                        .map(mutant ->
                                DynamicTest.dynamicTest(
                                        "refutes: " + mutant.name(),
                                        () -> {
                                            Finding finding = runner.judge(claim, mutant);
                                            assertTrue(finding.refuted(), finding::toString);
                                        }))
                        .toList();
        return DynamicContainer.dynamicContainer(claim.id() + " " + claim.name(), tests);
    }
}
