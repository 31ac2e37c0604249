package nonmercer.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Entry;
import nonmercer.proofs.Evidence;

/// The index of the claims in Markdown: every statement with its source, its evidence and the last
/// verdict.
public final class ClaimsIndex {
    private static final String NOT_JUDGED = "not judged yet";

    /// What the letter of a claim stands for.
    private static final Map<String, String> PARTS = parts();

    private ClaimsIndex() {}

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("A", "Attention");
        parts.put("C", "Binary kernel machines (Wright & Gonzalez 2021)");
        parts.put("E", "Statements in print that are wrong, each with its negation");
        parts.put("K", "Kernels");
        parts.put("O", "Operations");
        parts.put("L", "Later work and criticism");
        parts.put("P", "Learned spectral kernels (Chowdhury et al. 2022)");
        return parts;
    }

    /// The name of the part that a claim belongs to, by the letter of its number.
    static String part(Claim<?, ?> claim) {
        return PARTS.getOrDefault(letter(claim), "Other claims: " + letter(claim));
    }

    private static String letter(Claim<?, ?> claim) {
        return claim.id().replaceAll("[0-9].*", "");
    }

    /// The page.
    ///
    /// @param claims in their order
    /// @param entries of those that were judged now
    /// @param before the page there was: claims that were not judged now keep the verdict it had
    public static String of(List<Claim<?, ?>> claims, List<Entry> entries, String before) {
        Map<String, String> verdicts = verdicts(before);
        entries.forEach(e -> verdicts.put(e.claim().id(), e.word()));
        StringBuilder out =
                new StringBuilder(
                        """
                        # Claims

                        Every statement that the library tests as a claim, in its own words, with its quantifiers. `./nonmercer proofs` judges
                        them anew, with a page a claim in `target/proofs`; `./nonmercer proofs --claim ID` judges one. This page is written by
                        `./nonmercer proofs --thorough --page docs/claims.md`, and a test compares it with the claims.

                        The evidence is *EXACT* where no seed refutes a true claim, *BUDGETED* where a finite-sample bound is charged to the
                        suite's 10⁻⁶ of false alarms, and *PINNED* where the seeds are the claim's own. A statement marked **negation** is printed
                        or quoted otherwise elsewhere; the claim asserts what is right.
                        """);
        String last = "";
        for (Claim<?, ?> claim : claims) {
            if (!part(claim).equals(last)) {
                last = part(claim);
                out.append("\n## ").append(last).append("\n\n");
                out.append("| claim | statement | source | evidence | mutants | verdict |\n");
                out.append("| --- | --- | --- | --- | --- | --- |\n");
            }
            out.append(row(claim, verdicts.getOrDefault(claim.id(), NOT_JUDGED)));
        }
        return out.toString();
    }

    private static String row(Claim<?, ?> claim, String verdict) {
        List<String> cells = new ArrayList<>();
        cells.add("**" + claim.id() + "** " + claim.name());
        cells.add((claim.printedStatement() ? "" : "**negation:** ") + claim.statement());
        cells.add(claim.source().toString());
        cells.add(
                claim.evidence() == Evidence.BUDGETED
                        ? "BUDGETED, " + LedgerPages.number(claim.falseAlarm())
                        : claim.evidence().toString());
        cells.add(Integer.toString(claim.mutants().size()));
        cells.add(verdict + (claim.thorough() ? " (thorough profile)" : ""));
        return "| " + String.join(" | ", cells.stream().map(ClaimsIndex::cell).toList()) + " |\n";
    }

    private static String cell(String text) {
        return text.strip().replaceAll("\\s+", " ").replace("|", "\\|").replace("*)", "\\*)");
    }

    /// The verdicts that a page has, by claim.
    static Map<String, String> verdicts(String page) {
        Map<String, String> verdicts = new HashMap<>();
        for (String line : page.lines().toList()) {
            if (line.startsWith("| **")) {
                String id = line.substring(4, line.indexOf("**", 4));
                String end = line.substring(0, line.length() - 2);
                String verdict = end.substring(end.lastIndexOf(" | ") + 3);
                verdicts.put(id, verdict.replace(" (thorough profile)", ""));
            }
        }
        return verdicts;
    }
}
