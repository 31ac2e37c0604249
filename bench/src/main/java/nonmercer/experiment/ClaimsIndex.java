package nonmercer.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Entry;
import nonmercer.proofs.Evidence;

/// The index of the claims in Markdown: every statement with its source, its evidence and the last
/// verdict.
public final class ClaimsIndex {
    private static final String NOT_JUDGED = "not judged yet";
    private static final String THOROUGH = " (thorough profile)";

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
    /// @param before the page there was: claims that were not judged now keep what it said of them
    public static String of(List<Claim<?, ?>> claims, List<Entry> entries, String before) {
        Map<String, Found> found = found(before);
        entries.forEach(e -> found.put(e.claim().id(), Found.of(e)));
        StringBuilder out =
                new StringBuilder(
                        """
                        # Claims

                        Every statement that the library tests as a claim, in its own words, with its quantifiers. `./nonmercer proofs` judges
                        them anew, with a page a claim in `target/proofs`; `./nonmercer proofs --claim ID` judges one. This page is written by
                        `./nonmercer proofs --page docs/claims.md`, with `--claim C24` for what only the thorough profile judges, and a test compares it with the claims.

                        The evidence is *EXACT* where no seed refutes a true claim, *BUDGETED* where a finite-sample bound is charged to the
                        suite's 10⁻⁶ of false alarms, and *PINNED* where the seeds are the claim's own. Where a statement is printed or quoted
                        otherwise, and that is wrong, both are here: the claim asserts what is right, and each run searches for a case that
                        contradicts what is printed. The margin is the worst of statistic / bound over all cases and subjects when the page was
                        written: a claim holds up to 1, and `./nonmercer proofs` says which margins have more than doubled since.
                        """);
        String last = "";
        for (Claim<?, ?> claim : claims) {
            if (!part(claim).equals(last)) {
                last = part(claim);
                out.append("\n## ").append(last).append("\n\n");
                out.append(
                        "| claim | statement | source | evidence | mutants | margin | verdict |\n");
                out.append("| --- | --- | --- | --- | --- | --- | --- |\n");
            }
            out.append(row(claim, found.getOrDefault(claim.id(), Found.NOTHING)));
        }
        return out.toString();
    }

    private static String row(Claim<?, ?> claim, Found found) {
        List<String> cells = new ArrayList<>();
        cells.add("**" + claim.id() + "** " + claim.name());
        cells.add(statement(claim));
        cells.add(claim.source().toString());
        cells.add(
                claim.evidence() == Evidence.BUDGETED
                        ? "BUDGETED, " + LedgerPages.number(claim.falseAlarm())
                        : claim.evidence().toString());
        cells.add(Integer.toString(claim.mutants().size()));
        cells.add(found.margin);
        cells.add(found.verdict + (claim.cost() == Cost.MINUTES ? THOROUGH : ""));
        return "| " + String.join(" | ", cells.stream().map(ClaimsIndex::cell).toList()) + " |\n";
    }

    /// The statement, what it assumes, and what is printed instead where that is wrong.
    private static String statement(Claim<?, ?> claim) {
        return claim.statement()
                + "<br>*Assumes:* "
                + claim.assumes()
                + claim.printed()
                        .map(p ->
                                "<br>**Printed otherwise, and refuted by search:** "
                                        + p.statement())
                        .orElse("");
    }

    private static String cell(String text) {
        return text.strip().replaceAll("\\s+", " ").replace("|", "\\|").replace("*)", "\\*)");
    }

    /// What a page says that the ledger found of a claim.
    ///
    /// @param margin the worst of statistic / bound
    /// @param verdict the word for it
    record Found(String margin, String verdict) {
        private static final Found NOTHING = new Found("-", NOT_JUDGED);

        private static Found of(Entry e) {
            return new Found(LedgerPages.number(e.margin()), e.word());
        }
    }

    /// What a page has found, by claim.
    static Map<String, Found> found(String page) {
        Map<String, Found> found = new HashMap<>();
        for (String line : page.lines().toList()) {
            if (line.startsWith("| **")) {
                String id = line.substring(4, line.indexOf("**", 4));
                String end = line.substring(0, line.length() - 2);
                int verdict = end.lastIndexOf(" | ");
                int margin = end.lastIndexOf(" | ", verdict - 1);
                found.put(
                        id,
                        new Found(
                                end.substring(margin + 3, verdict),
                                end.substring(verdict + 3).replace(THOROUGH, "")));
            }
        }
        return found;
    }

    /// Which margins are more than twice what a page says of them, and above a tenth: a sentence
    /// each.
    public static List<String> jumps(List<Entry> entries, String page) {
        Map<String, Found> found = found(page);
        List<String> jumps = new ArrayList<>();
        for (Entry e : entries) {
            Found before = found.getOrDefault(e.claim().id(), Found.NOTHING);
            if (!before.margin.equals(Found.NOTHING.margin)
                    && e.margin() > Math.max(0.1, 2 * Double.parseDouble(before.margin))) {
                jumps.add(
                        "%s %s uses %s of its bound, and used %s"
                                .formatted(
                                        e.claim().id(),
                                        e.claim().name(),
                                        LedgerPages.number(e.margin()),
                                        before.margin));
            }
        }
        return jumps;
    }
}
