package nonmercer.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nonmercer.proofs.Catalogue;
import nonmercer.proofs.Claim;
import org.junit.jupiter.api.Test;

class ClaimsIndexTest {
    private static final Path PAGE = Path.of("../docs/claims.md");
    private final List<Claim<?, ?>> claims = Catalogue.claims();

    @Test
    void thePageOfTheDocumentationIsThatOfTheClaims() throws IOException {
        String page = Files.readString(PAGE);
        assertEquals(
                ClaimsIndex.of(claims, List.of(), page),
                page,
                "write it again: ./nonmercer proofs --thorough --page docs/claims.md");
    }

    @Test
    void everyVerdictOnThePageIsThatTheClaimHolds() throws IOException {
        var verdicts = ClaimsIndex.verdicts(Files.readString(PAGE));
        for (Claim<?, ?> claim : claims) {
            assertEquals("holds", verdicts.get(claim.id()), claim.id());
        }
    }

    @Test
    void noCheckOfTheTheoryIsAbsent() {
        List<String> ids = claims.stream().map(Claim::id).toList();
        Stream<String> machines = IntStream.rangeClosed(1, 25).mapToObj(i -> "C" + i);
        Stream<String> spectra = IntStream.rangeClosed(1, 24).mapToObj(i -> "P" + i);
        Stream<String> errata = IntStream.rangeClosed(1, 5).mapToObj(i -> "E" + i);
        List<String> absent =
                Stream.of(machines, spectra, errata)
                        .flatMap(s -> s)
                        .filter(id -> !ids.contains(id))
                        .toList();
        assertEquals(List.of(), absent);
    }

    @Test
    void whatIsWrongInPrintIsMarked() {
        String page = ClaimsIndex.of(claims, List.of(), "");
        for (Claim<?, ?> claim : claims) {
            String row = "| **" + claim.id() + "** " + claim.name() + " | ";
            assertTrue(
                    page.contains(row + (claim.printedStatement() ? "" : "**negation:** ")),
                    claim.id());
        }
        assertTrue(
                claims.stream()
                        .filter(c -> c.id().startsWith("E"))
                        .noneMatch(Claim::printedStatement));
    }
}
