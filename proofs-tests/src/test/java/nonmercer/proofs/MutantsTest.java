package nonmercer.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Every mutant of every claim of the quick profile: the claim refutes it, by a number.
class MutantsTest {
    private final Runner runner = Runner.configured();

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicContainer> isRefuted() {
        return Ledger.quick(runner.seed()).judged(Catalogue.claims()).stream()
                .map(c ->
                        DynamicContainer.dynamicContainer(c.id() + " " + c.name(), refutations(c)));
    }

    private <S, C> Stream<DynamicTest> refutations(Claim<S, C> claim) {
        return claim.mutants().stream()
                .map(m -> DynamicTest.dynamicTest("refutes: " + m.name(), () -> refutes(claim, m)));
    }

    private <S, C> void refutes(Claim<S, C> claim, Mutant<S> mutant) {
        Finding finding = runner.judge(claim, mutant);
        assertTrue(finding.refuted(), finding::toString);
    }

    @Test
    void everyMutantHasANameOfItsOwnAndAnOrigin() {
        for (Claim<?, ?> claim : Catalogue.claims()) {
            List<? extends Mutant<?>> mutants = claim.mutants();
            Stream<String> names = mutants.stream().map(Mutant::name);
            assertEquals(mutants.size(), names.distinct().count(), claim.name());
            for (Mutant<?> mutant : mutants) {
                assertTrue(!mutant.name().isBlank() && !mutant.origin().isBlank(), claim.name());
            }
        }
    }
}
