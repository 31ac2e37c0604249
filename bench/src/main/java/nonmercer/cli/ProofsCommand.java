package nonmercer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import nonmercer.experiment.ClaimsIndex;
import nonmercer.experiment.LedgerPages;
import nonmercer.io.AtomicFile;
import nonmercer.io.BadInputException;
import nonmercer.parallel.Parallel;
import nonmercer.proofs.Catalogue;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Entry;
import nonmercer.proofs.Evidence;
import nonmercer.proofs.Ledger;
import nonmercer.proofs.Verdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The ledger: every claim, judged anew.
@Command(
        name = "proofs",
        description = {
            "Judges every claim of the theory, and every mutant that a claim must refute; writes a page a claim,",
            "target/proofs/index.html. The exit code is 1 where a claim does not hold or a mutant lives."
        },
        mixinStandardHelpOptions = true)
final class ProofsCommand implements Callable<Integer> {
    private static final int STATEMENT = 60; // characters of a statement in the table

    @Option(
            names = "--claim",
            paramLabel = "ID",
            split = ",",
            description =
                    "Only these claims, such as C9 or P3; C9 stands for C9b … as well. A claim named in full is judged in"
                            + " any profile.")
    private List<String> asked = List.of();

    @Option(
            names = "--seed",
            description =
                    "Of the cases of exact and budgeted claims (default: ${DEFAULT-VALUE}); pinned claims keep theirs.",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--thorough",
            description =
                    "Every mutant with 20 seeds, exact claims with 20 seeds, and the claims that train.")
    private boolean thorough;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description =
                    "Also write the index of the claims as a page in Markdown, such as docs/claims.md.")
    private @Nullable Path page;

    @Mixin private JsonFile json;

    /// A row of the report.
    record Row(
            String claim,
            String statement,
            String source,
            String verdict,
            String evidence,
            boolean printedStatement,
            long cases,
            double margin,
            List<MutantRow> mutants,
            double seconds) {}

    /// A mutant in a row of the report.
    record MutantRow(String name, boolean killed) {}

    @Override
    public Integer call() throws IOException {
        json.check();
        Terminal terminal = Terminal.here();
        List<Claim<?, ?>> all = Catalogue.claims();
        List<Claim<?, ?>> chosen = chosen(all);
        boolean long_ =
                thorough
                        || !asked.isEmpty()
                                && chosen.stream().allMatch(c -> c.cost() == Cost.MINUTES);
        Ledger ledger = long_ ? Ledger.thorough(seed) : Ledger.quick(seed);
        List<Claim<?, ?>> judged = ledger.judged(chosen);
        long start = System.nanoTime();
        List<Entry> entries;
        AtomicInteger bad = new AtomicInteger();
        AtomicInteger count = new AtomicInteger();
        try (Progress progress = terminal.progress("proofs", judged.size())) {
            entries =
                    ledger.entries(
                            chosen,
                            Parallel.threads(),
                            e -> {
                                bad.addAndGet(e.holds() ? 0 : 1);
                                progress.at(
                                        count.incrementAndGet(),
                                        e.claim().id()
                                                + " "
                                                + e.word()
                                                + (bad.get() == 0
                                                        ? ""
                                                        : ", " + bad + " do not hold"));
                            });
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        print(terminal, entries);
        Path folder = Build.project().resolve("target/proofs");
        LedgerPages pages = new LedgerPages(entries, long_, seed, seconds);
        Path index = asked.isEmpty() ? pages.write(folder) : pages.writeThese(folder);
        summary(terminal, entries, chosen.size() - judged.size(), seconds);
        Path written = Build.project().resolve("docs/claims.md");
        if (Files.exists(written)) {
            ClaimsIndex.jumps(entries, Files.readString(written)).forEach(terminal.out()::println);
        }
        terminal.out().println("page: " + index.toAbsolutePath().normalize());
        if (page != null) {
            String before = Files.exists(page) ? Files.readString(page) : "";
            AtomicFile.write(page, ClaimsIndex.of(all, entries, before));
            terminal.out().println("index: " + page.toAbsolutePath().normalize());
        }
        json.write("proofs", entries.stream().map(ProofsCommand::row).toList());
        return bad.get() == 0 ? 0 : 1;
    }

    private List<Claim<?, ?>> chosen(List<Claim<?, ?>> all) {
        if (asked.isEmpty()) {
            return all;
        }
        for (String id : asked) {
            if (all.stream().noneMatch(c -> named(c, id))) {
                throw new BadInputException(
                        "--claim: there is no claim "
                                + id
                                + "; there are "
                                + String.join(", ", all.stream().map(Claim::id).toList()));
            }
        }
        return all.stream().filter(c -> asked.stream().anyMatch(id -> named(c, id))).toList();
    }

    /// Whether the claim has this number, this name, or a letter after this number.
    private static boolean named(Claim<?, ?> claim, String id) {
        return claim.name().equalsIgnoreCase(id)
                || claim.id()
                        .toUpperCase(Locale.ROOT)
                        .matches(
                                java.util.regex.Pattern.quote(id.toUpperCase(Locale.ROOT))
                                        + "[A-Z]?");
    }

    private static void print(Terminal terminal, List<Entry> entries) {
        Table table =
                new Table(
                        "claim",
                        "statement",
                        "source",
                        "verdict",
                        "evidence",
                        "cases",
                        "margin",
                        "mutants",
                        "seconds");
        for (Entry e : entries) {
            Claim<?, ?> c = e.claim();
            table.row(
                    c.id(),
                    cut(c.statement(), STATEMENT),
                    cut(c.source().work(), STATEMENT / 2),
                    e.word(),
                    evidence(c),
                    Long.toString(e.cases()),
                    String.format(Locale.ROOT, "%.2g", e.margin()),
                    e.killed() + "/" + e.mutants().size(),
                    String.format(Locale.ROOT, "%.2f", e.seconds()));
        }
        table.print(terminal.out());
        terminal.out().println();
        for (Entry e : entries) {
            if (e.search().orElse(null) instanceof Verdict.Refuted found) {
                terminal.out()
                        .println(
                                e.claim().id()
                                        + ": what is printed otherwise is contradicted by the case "
                                        + found.simplest());
            }
        }
        terminal.out().println();
        for (Entry e : entries) {
            if (!e.holds()) {
                terminal.out()
                        .println(
                                e.claim().id()
                                        + " "
                                        + e.claim().name()
                                        + (e.of().isEmpty() ? "" : " of " + e.of())
                                        + ": "
                                        + e.verdict()
                                        + "\n  again   ./nonmercer proofs --claim "
                                        + e.claim().id()
                                        + " --seed "
                                        + (e.verdict() instanceof Verdict.Refuted r ? r.seed() : 1)
                                        + "\n");
            }
        }
    }

    private void summary(Terminal terminal, List<Entry> entries, int left, double seconds) {
        long holds = entries.stream().filter(Entry::holds).count();
        long mutants = entries.stream().mapToLong(e -> e.mutants().size()).sum();
        long killed = entries.stream().mapToLong(Entry::killed).sum();
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "%d of %d claims hold, %d of %d mutants killed%s, in %.0f s%n",
                        holds,
                        entries.size(),
                        killed,
                        mutants,
                        left == 0 ? "" : "; " + left + " for --thorough",
                        seconds);
        terminal.out().println(LedgerPages.budget(entries));
    }

    private static String cut(String text, int length) {
        String line = Arrays.stream(text.split("\\s+")).reduce("", (a, b) -> a + " " + b).strip();
        return line.length() <= length ? line : line.substring(0, length - 1) + "…";
    }

    static String evidence(Claim<?, ?> claim) {
        Evidence e = claim.evidence();
        return e == Evidence.BUDGETED
                ? String.format(Locale.ROOT, "%s %.1e", e, claim.falseAlarm())
                : e.toString();
    }

    private static Row row(Entry e) {
        Claim<?, ?> c = e.claim();
        return new Row(
                c.id(),
                c.statement(),
                c.source().toString(),
                e.word(),
                c.evidence().toString(),
                c.printedStatement(),
                e.cases(),
                e.margin(),
                e.mutants().stream().map(f -> new MutantRow(f.mutant().name(), f.dead())).toList(),
                e.seconds());
    }
}
