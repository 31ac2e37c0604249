package nonmercer.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nonmercer.proofs.Catalogue;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Entry;
import nonmercer.proofs.Verdict;
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
        var found = ClaimsIndex.found(Files.readString(PAGE));
        for (Claim<?, ?> claim : claims) {
            ClaimsIndex.Found it = Objects.requireNonNull(found.get(claim.id()), claim.id());
            assertEquals("holds", it.verdict(), claim.id());
            assertTrue(Double.parseDouble(it.margin()) <= 1, claim.id());
        }
    }

    /// A claim that used 0.31 of its bound and now uses 0.62 has not moved much; at 0.63 it has.
    @Test
    void aMarginThatJumpsIsVisible() {
        Claim<?, ?> claim = claims.getFirst();
        String page = ClaimsIndex.of(claims, List.of(used(claim, 0.31)), "");
        assertTrue(page.contains(" | 0.31 | holds |"), page);
        assertEquals(List.of(), ClaimsIndex.jumps(List.of(used(claim, 0.62)), page));
        assertEquals(
                List.of(claim.id() + " " + claim.name() + " uses 0.63 of its bound, and used 0.31"),
                ClaimsIndex.jumps(List.of(used(claim, 0.63)), page));
        assertEquals(List.of(), ClaimsIndex.jumps(List.of(used(claims.getLast(), 0.9)), page));
    }

    private static Entry used(Claim<?, ?> claim, double margin) {
        return new Entry(
                claim,
                new Verdict.Holds(1, margin),
                "",
                Optional.empty(),
                1,
                margin,
                List.of(margin),
                List.of(),
                0);
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
    void whatIsPrintedOtherwiseStandsBesideWhatIsRight() {
        String page = ClaimsIndex.of(claims, List.of(), "");
        for (Claim<?, ?> claim : claims) {
            String row =
                    page.lines()
                            .filter(l -> l.startsWith("| **" + claim.id() + "** "))
                            .findFirst()
                            .orElseThrow();
            assertEquals(
                    !claim.printedStatement(),
                    row.contains("<br>**Printed otherwise, and refuted by search:** "),
                    claim.id());
        }
        assertTrue(
                claims.stream()
                        .filter(c -> c.id().startsWith("E"))
                        .noneMatch(Claim::printedStatement));
    }
}
