package nonmercer.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import nonmercer.proofs.broken.mutantless.Mutantless;
import nonmercer.proofs.broken.twins.First;
import nonmercer.proofs.broken.unmade.Unmade;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    @Test
    void claimsAreFoundInPackagesBelowInTheOrderOfTheirNumbers() {
        List<String> ids = Catalogue.claims().stream().map(Claim::id).toList();
        assertTrue(ids.containsAll(List.of("A1", "C1", "C2", "C13f", "K1", "K14")), ids.toString());
        assertTrue(ids.indexOf("C2") < ids.indexOf("C11"), ids.toString());
        assertTrue(ids.indexOf("K9") < ids.indexOf("K10"), ids.toString());
        assertEquals(ids.size(), ids.stream().distinct().count());
    }

    @Test
    void everyClaimStatesWhatItSaysAndWhere() {
        for (Claim<?, ?> claim : Catalogue.claims()) {
            assertTrue(
                    claim.statement().contains("for "),
                    claim.name() + " has no quantifier: " + claim.statement());
            assertFalse(claim.tolerance().words().isBlank(), claim.name());
            assertFalse(claim.source().toString().isBlank(), claim.name());
            assertFalse(claim.assumes().isBlank(), claim.name());
            boolean certain = claim.kind() == Kind.EXACT || claim.kind() == Kind.NUMERICAL;
            assertEquals(certain, claim.falseAlarm() == 0, claim.name());
            assertTrue(claim.falseAlarm() <= 0.01, claim.name());
            assertEquals(claim.evidence() == Evidence.EXACT, certain, claim.name());
        }
    }

    @Test
    void falseAlarmsOfAllBudgetedClaimsStayWithinTheBudget() {
        double sum =
                Catalogue.claims().stream()
                        .filter(c -> c.evidence() == Evidence.BUDGETED)
                        .mapToDouble(Claim::falseAlarm)
                        .sum();
        assertTrue(sum <= Evidence.BUDGET, "false alarms of all budgeted claims: " + sum);
    }

    @Test
    void aClaimWithoutMutantsIsAnError() {
        var e = assertThrows(IllegalStateException.class, () -> Catalogue.under(Mutantless.class));
        assertEquals(
                "the claim Mutantless has no mutant: name at least one wrong subject that it refutes, or it may"
                        + " say nothing",
                e.getMessage());
    }

    @Test
    void twoClaimsOfOneNumberAreAnError() {
        var e = assertThrows(IllegalStateException.class, () -> Catalogue.under(First.class));
        assertEquals("the claims First and Second both have the number B1", e.getMessage());
    }

    @Test
    void aClaimThatCannotBeMadeIsAnError() {
        var e = assertThrows(IllegalStateException.class, () -> Catalogue.under(Unmade.class));
        assertEquals(
                "the claim nonmercer.proofs.broken.unmade.Unmade has no constructor without"
                        + " arguments",
                e.getMessage());
    }

    @Test
    void aSourceIsNeverBlank() {
        assertThrows(IllegalArgumentException.class, () -> Source.of("folklore", " "));
        assertThrows(IllegalArgumentException.class, () -> Source.of("", "section 2"));
        assertEquals("Schur 1911, Theorem VII", Source.of("Schur 1911", "Theorem VII").toString());
    }

    @Test
    void everyKernelOfTheLibraryIsHeldToTheLaws() {
        String names =
                Candidate.catalogue().stream()
                        .map(Candidate::name)
                        .collect(Collectors.joining("\n"));
        nonmercer.kernel.Catalogue.kernels()
                .keySet()
                .forEach(name -> assertTrue(names.contains(name), names));
    }
}
