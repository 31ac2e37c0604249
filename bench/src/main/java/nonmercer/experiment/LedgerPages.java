package nonmercer.experiment;

import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nonmercer.io.AtomicFile;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Entry;
import nonmercer.proofs.Evidence;
import nonmercer.proofs.Printed;
import nonmercer.proofs.Verdict;

/// The pages of a run of the ledger: an index, and a page a claim. They need no network and no
/// script.
///
/// @param entries in the order of the claims
/// @param thorough whether the run was the thorough one
/// @param seed of the run
/// @param seconds that it took
public record LedgerPages(List<Entry> entries, boolean thorough, long seed, double seconds) {
    static final Color MEASURED = new Color(0x1b7837);
    private static final String INDEX = "index.html";
    private static final String STYLE =
            """
            :root { --ink: #1b1b1b; --soft: #5f6670; --line: #dfe3e8; --good: #1b7837; --bad: #b2182b; --tint: #f5f7f9 }
            * { box-sizing: border-box }
            body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 4rem; color: var(--ink) }
            h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0; overflow-wrap: anywhere } h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem }
            a { color: #1f4e8c; text-decoration: none } a:hover { text-decoration: underline }
            math { font-size: 1.08em } code, pre { font: .9em ui-monospace, monospace }
            pre { background: var(--tint); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; margin: .4rem 0 }
            .statement { font-size: 1.15rem; background: var(--tint); border-left: 4px solid var(--good); padding: .8rem 1rem; margin: 1rem 0; overflow-x: auto; border-radius: 0 6px 6px 0; line-height: 1.9 }
            .statement.not { border-left-color: var(--bad) }
            .soft { color: var(--soft) } .small { font-size: .88rem }
            .badge { display: inline-block; padding: 0 .5em; border-radius: 1em; color: #fff; font-size: .82rem; white-space: nowrap; background: var(--bad) } .badge.holds { background: var(--good) }
            .tag { display: inline-block; padding: 0 .5em; border-radius: 1em; border: 1px solid var(--line); font-size: .82rem; white-space: nowrap; color: var(--soft) }
            .figures { display: flex; flex-wrap: wrap; gap: .6rem 1.6rem; margin: .8rem 0 0; padding: 0; list-style: none } .figures b { font-size: 1.25rem; font-weight: 600 }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; margin: 1rem 0 } dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
            .pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); gap: 1.2rem; align-items: start }
            figure { margin: 0; border: 1px solid var(--line); border-radius: 6px; padding: .6rem; overflow: hidden } figure svg { width: 100%; height: auto; display: block }
            figcaption { font-size: .88rem; color: var(--soft); margin-top: .3rem; overflow-wrap: anywhere } figcaption b { color: var(--ink) }
            .margins text { font: 13px system-ui, sans-serif; fill: var(--soft) } .margins .title { font-weight: 600; fill: var(--ink) } .margins .kept { fill: var(--good) } .margins .broken { fill: var(--bad) }
            .margins .axis { stroke: #9aa3ad } .margins .bound { stroke: var(--ink); stroke-dasharray: 4 3 }
            .claims { list-style: none; margin: 0; padding: 0 } .claims li { border-top: 1px solid var(--line); padding: .6rem 0; display: grid; grid-template-columns: 4rem 1fr 6.5rem 15rem; gap: .2rem 1rem; align-items: start }
            .claims .says { overflow-x: auto; line-height: 1.7 } .claims .says b { display: block; font-weight: 600; overflow-wrap: anywhere }
            .claims .facts { font-size: .86rem; color: var(--soft) }
            details summary { cursor: pointer; color: var(--soft); font-size: .88rem }
            @media (max-width: 46rem) { .claims li { grid-template-columns: 3.4rem 1fr } .claims .facts, .claims .verdict { grid-column: 2 } dl { grid-template-columns: 1fr } dt { margin-top: .4rem } }
            """;

    /// Writes the pages into a folder.
    ///
    /// @return the index
    public Path write(Path folder) {
        AtomicFile.write(folder.resolve(INDEX), index());
        writeThese(folder);
        return folder.resolve(INDEX);
    }

    /// Writes the pages of these claims into a folder, and leaves an index of more claims that may
    /// be there as it is.
    ///
    /// @return the first page
    public Path writeThese(Path folder) {
        if (!Files.exists(folder.resolve(INDEX))) {
            AtomicFile.write(folder.resolve(INDEX), index());
        }
        for (int i = 0; i < entries.size(); i++) {
            AtomicFile.write(folder.resolve(file(entries.get(i).claim())), page(i));
        }
        return folder.resolve(entries.isEmpty() ? INDEX : file(entries.getFirst().claim()));
    }

    private static String file(Claim<?, ?> claim) {
        return claim.id() + ".html";
    }

    private String index() {
        long holds = entries.stream().filter(Entry::holds).count();
        long mutants = entries.stream().mapToLong(e -> e.mutants().size()).sum();
        long killed = entries.stream().mapToLong(Entry::killed).sum();
        long cases = entries.stream().mapToLong(Entry::cases).sum();
        StringBuilder out = new StringBuilder(Html.head("The ledger of nonmercer", STYLE));
        out.append("<h1>The ledger</h1>\n<ul class=\"figures\">");
        figure(out, holds + " of " + entries.size(), "claims hold");
        figure(out, killed + " of " + mutants, "mutants killed");
        figure(out, String.format(Locale.ROOT, "%,d", cases), "cases");
        figure(
                out,
                String.format(Locale.ROOT, "%.0f s", seconds),
                thorough ? "thorough profile" : "quick profile");
        figure(out, Long.toString(seed), "seed");
        out.append("</ul>\n<p class=\"soft\">").append(Html.text(budget(entries))).append("</p>\n");
        String part = "";
        for (Entry e : entries) {
            if (!ClaimsIndex.part(e.claim()).equals(part)) {
                out.append(part.isEmpty() ? "" : "</ul>\n");
                part = ClaimsIndex.part(e.claim());
                out.append("<h2>").append(Html.text(part)).append("</h2>\n<ul class=\"claims\">\n");
            }
            row(out, e);
        }
        return out.append("</ul>\n</body></html>\n").toString();
    }

    private static void figure(StringBuilder out, String number, String words) {
        out.append("<li><b>").append(number).append("</b> ").append(words).append("</li>");
    }

    private static void row(StringBuilder out, Entry e) {
        Claim<?, ?> c = e.claim();
        out.append("<li><a href=\"").append(file(c)).append("\"><b>").append(c.id());
        out.append("</b></a><div class=\"says\"><b><a href=\"").append(file(c)).append("\">");
        out.append(spaced(c.name())).append("</a></b>").append(MathMl.of(c.statement()));
        out.append("</div><div class=\"verdict\">")
                .append(badge(e))
                .append("</div><div class=\"facts\">");
        out.append(e.killed())
                .append(" of ")
                .append(e.mutants().size())
                .append(" mutants killed · ");
        out.append(String.format(Locale.ROOT, "%,d cases", e.cases()));
        out.append(" · margin ").append(number(e.margin()));
        out.append(String.format(Locale.ROOT, " · %.2f s<br>", e.seconds()));
        out.append(tags(c)).append("</div></li>\n");
    }

    private static String badge(Entry e) {
        return "<span class=\"badge " + e.word() + "\">" + e.word() + "</span>";
    }

    private static String tags(Claim<?, ?> c) {
        return "<span class=\"tag\">"
                + c.evidence()
                + (c.evidence() == Evidence.BUDGETED ? " " + number(c.falseAlarm()) : "")
                + "</span>"
                + (c.printedStatement() ? "" : " <span class=\"tag\">printed otherwise</span>");
    }

    /// `FutureDoesNotMoveThePast` with places where a line may break.
    private static String spaced(String name) {
        return Html.text(name).replaceAll("(?<=[a-z0-9])(?=[A-Z])", "<wbr>");
    }

    private String page(int place) {
        Entry e = entries.get(place);
        Claim<?, ?> c = e.claim();
        StringBuilder out = new StringBuilder(Html.head(c.id() + " " + c.name(), STYLE));
        out.append("<p class=\"small\"><a href=\"" + INDEX + "\">The ledger</a>");
        link(out, place - 1, "←");
        link(out, place + 1, "→");
        out.append("</p>\n<h1>")
                .append(c.id())
                .append(' ')
                .append(spaced(c.name()))
                .append("</h1>\n<p>");
        out.append(badge(e)).append(' ').append(tags(c)).append("</p>\n<div class=\"statement");
        out.append(e.holds() ? "" : " not")
                .append("\">")
                .append(MathMl.of(c.statement()))
                .append("</div>\n");
        c.printed().ifPresent(p -> printed(out, p, e));
        facts(out, e);
        pictures(out, e);
        mutants(out, e);
        out.append("<h2>Again</h2>\n<pre>./nonmercer proofs --claim ").append(c.id());
        out.append(seed == 1 ? "" : " --seed " + seed).append(thorough ? " --thorough" : "");
        return out.append("</pre>\n</body></html>\n").toString();
    }

    /// What is printed instead, and the case that contradicts it.
    private static void printed(StringBuilder out, Printed<?> p, Entry e) {
        out.append("<h2>Printed otherwise</h2>\n<div class=\"statement not\">");
        out.append(MathMl.of(p.statement())).append("</div>\n<p>");
        e.search()
                .ifPresent(v ->
                        out.append(
                                        v instanceof Verdict.Refuted
                                                ? "A search over drawn cases contradicts it; the case, made as simple as it will go:"
                                                : "The search found no case that contradicts it:")
                                .append("</p>\n<pre>")
                                .append(Html.text(v.toString()))
                                .append("</pre>\n"));
        out.append("<p class=\"soft small\">The bound: ")
                .append(MathMl.of(p.why()))
                .append(".</p>\n");
    }

    private void link(StringBuilder out, int place, String arrow) {
        if (place >= 0 && place < entries.size()) {
            Claim<?, ?> c = entries.get(place).claim();
            out.append(" · <a href=\"")
                    .append(file(c))
                    .append("\">")
                    .append(arrow)
                    .append(' ')
                    .append(c.id())
                    .append("</a>");
        }
    }

    private static void facts(StringBuilder out, Entry e) {
        Claim<?, ?> c = e.claim();
        out.append("<dl>\n");
        said(out, "source", c.source().toString());
        said(out, "assumes", c.assumes());
        said(out, "bound", c.tolerance().words());
        fact(out, "evidence", c.evidence() + ": " + c.evidence().words() + chance(c));
        fact(out, "cases", String.format(Locale.ROOT, "%,d", e.cases()));
        fact(
                out,
                "cost",
                String.format(Locale.ROOT, "%s; this time %.2f s", c.cost().words(), e.seconds()));
        fact(out, "margin", "the worst case uses " + number(e.margin()) + " of its bound");
        fact(
                out,
                "subjects",
                String.join(" · ", c.subjects().stream().map(s -> s.name()).toList()));
        if (!e.holds()) {
            fact(out, "of", e.of());
        }
        out.append("</dl>\n");
        if (!e.holds()) {
            out.append("<pre>").append(Html.text(e.verdict().toString())).append("</pre>\n");
        }
    }

    private static String chance(Claim<?, ?> c) {
        return c.falseAlarm() == 0 ? "" : ", " + number(c.falseAlarm()) + " for a fresh seed";
    }

    private static void fact(StringBuilder out, String name, String text) {
        term(out, name, Html.text(text));
    }

    /// A fact with formulas in it.
    private static void said(StringBuilder out, String name, String text) {
        term(out, name, MathMl.of(text));
    }

    private static void term(StringBuilder out, String name, String html) {
        out.append("<dt>").append(name).append("</dt><dd>").append(html).append("</dd>\n");
    }

    private static void pictures(StringBuilder out, Entry e) {
        List<List<Double>> all = new ArrayList<>();
        all.add(e.margins());
        e.mutants().forEach(f -> all.add(f.margins()));
        MarginChart chart = MarginChart.of(all);
        out.append("<h2>In pictures</h2>\n<div class=\"pictures\">\n");
        ClaimPicture.ofCode(e.claim()).ifPresent(p -> drawn(out, p));
        ClaimPicture.ofMutant(e.claim()).ifPresent(p -> drawn(out, p));
        out.append("<figure>").append(chart.svg("the code", e.margins()));
        out.append("<figcaption>").append(counted(e.margins())).append("</figcaption></figure>\n");
        Entry.Fate first = e.mutants().getFirst();
        out.append("<figure>")
                .append(chart.svg("a mutant: " + cut(first.mutant().name()), first.margins()));
        out.append("<figcaption>")
                .append(counted(first.margins()))
                .append("</figcaption></figure>\n</div>\n");
    }

    private static void drawn(StringBuilder out, ClaimPicture.Drawn p) {
        out.append("<figure>").append(p.svg()).append("<figcaption>");
        out.append(Html.text(p.caption())).append("</figcaption></figure>\n");
    }

    private static String cut(String name) {
        return name.length() <= 52 ? name : name.substring(0, 51) + "…";
    }

    private static String counted(List<Double> margins) {
        long over = margins.stream().filter(m -> !(m <= 1)).count();
        return over == 0
                ? "all of " + margins.size() + " cases shown keep the bound"
                : over + " of " + margins.size() + " cases shown break the bound";
    }

    private static void mutants(StringBuilder out, Entry e) {
        List<List<Double>> all = new ArrayList<>();
        all.add(e.margins());
        e.mutants().forEach(f -> all.add(f.margins()));
        MarginChart chart = MarginChart.of(all);
        out.append("<h2>Mutants: what the claim must refute</h2>\n<div class=\"pictures\">\n");
        for (Entry.Fate f : e.mutants()) {
            out.append("<figure><figcaption><span class=\"badge ").append(f.dead() ? "holds" : "");
            out.append("\">").append(f.dead() ? "killed" : "alive").append("</span> <b>");
            out.append(Html.text(f.mutant().name())).append("</b>");
            if (f.runs() > 1) {
                out.append(" with ")
                        .append(f.killed())
                        .append(" of ")
                        .append(f.runs())
                        .append(" seeds");
            }
            out.append("<br>").append(Html.text(f.mutant().origin())).append("</figcaption>\n");
            out.append(chart.svg("", f.margins()));
            out.append("<details><summary>the case</summary><pre>");
            out.append(Html.text(f.finding().verdict().toString()))
                    .append("</pre></details></figure>\n");
        }
        out.append("</div>\n");
    }

    /// A small number in a few characters.
    static String number(double v) {
        return v == 0
                ? "0"
                : v >= 0.01 && v < 1000
                        ? String.format(Locale.ROOT, "%.2g", v)
                        : String.format(Locale.ROOT, "%.1e", v);
    }

    /// What the evidence of these claims adds up to, in a sentence.
    public static String budget(List<Entry> entries) {
        long exact = count(entries, Evidence.EXACT);
        long budgeted = count(entries, Evidence.BUDGETED);
        long pinned = count(entries, Evidence.PINNED);
        double sum =
                entries.stream()
                        .filter(e -> e.claim().evidence() == Evidence.BUDGETED)
                        .mapToDouble(e -> e.claim().falseAlarm())
                        .sum();
        return String.format(
                Locale.ROOT,
                "%d exact; %d budgeted, which a fresh seed refutes wrongly with probability at most %s of the %.0e allowed; %d pinned to their own seeds",
                exact,
                budgeted,
                number(sum),
                Evidence.BUDGET,
                pinned);
    }

    private static long count(List<Entry> entries, Evidence evidence) {
        return entries.stream().filter(e -> e.claim().evidence() == evidence).count();
    }
}
