package nonmercer.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The list of all mutants, each with the verdict on it: none lives.
class MutantsTest {
    @Test
    void everyMutantIsRefuted() {
        List<Finding> findings = new ArrayList<>();
        Catalogue.claims().forEach(claim -> findings.addAll(mutants(Runner.fixed(), claim)));
        String list = findings.stream().map(MutantsTest::line).collect(Collectors.joining("\n"));
        assertTrue(findings.stream().allMatch(Finding::refuted), list);
        assertTrue(findings.size() > Catalogue.claims().size(), list);
        assertEquals(findings.size(), list.lines().distinct().count(), list);
    }

    private static <S, C> List<Finding> mutants(Runner runner, Claim<S, C> claim) {
        return claim.mutants().stream().map(mutant -> runner.judge(claim, mutant)).toList();
    }

    private static String line(Finding f) {
        String verdict = f.refuted() ? "dead" : "ALIVE";
        return verdict + "  " + f.claim().id() + " " + f.claim().name() + ": " + f.subject();
    }
}
