package nonmercer.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every mutant says of itself; [ClaimsTest] refutes them.
class MutantsTest {
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
