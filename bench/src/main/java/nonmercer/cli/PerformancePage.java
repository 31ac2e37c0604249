package nonmercer.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import nonmercer.bench.Row;
import nonmercer.bench.Suites;
import nonmercer.io.BadInputException;

/// A Markdown page of one run of `bench` or of several on one machine: what it was measured on, a
/// roofline, a table a suite.
///
/// @param reports what the runs wrote, at least one; their suites may differ
record PerformancePage(List<BenchReport> reports) {
    private static final String HEAD =
            """
            # Performance

            `./nonmercer bench --peers native --page docs/performance.md` measures and writes this page; `--runs` writes it from
            reports that `--json` kept.

            """;
    private static final String READING =
            """

            Ours, the peers and the bound are measured in turn, in one process, with as many threads each; the results are compared
            first. Every figure is the median of the rounds. The bound is the fastest of several loops that only compute
            (GFLOP/s), or only read and write as many arrays of the same size (GB/s): those of the compiler, the JVM's own copy
            and fill, and loops over whole cache lines of one or more streams, all through the caches, as every loop that
            computes must write. What a cache line costs before it is written is not counted. Behind a peer's figure stands ours over its: above 1 we are faster.

            ![Roofline: speed over operations a byte, under the machine's bandwidth and peak](PLOT)
            """;

    /// Refuses runs that do not belong together.
    PerformancePage {
        reports = List.copyOf(reports);
        Machine first = reports.getFirst().machine();
        for (BenchReport report : reports) {
            Machine other = report.machine();
            if (!first.cpu().equals(other.cpu())
                    || !first.jdk().equals(other.jdk())
                    || first.laneBits() != other.laneBits()
                    || !Objects.equals(first.commit(), other.commit())) {
                throw new BadInputException(
                        "--runs: the reports of one page are of one machine, JDK and commit, got "
                                + describe(first)
                                + " and "
                                + describe(other));
            }
        }
    }

    private static String describe(Machine m) {
        return m.cpu() + ", JDK " + m.jdk() + ", " + m.laneBits() + " bits, commit " + m.commit();
    }

    /// Writes the page, and the plot beside it under the same name with `.svg`.
    void write(Path page) throws IOException {
        String name = Objects.requireNonNull(page.getFileName(), "a file has a name").toString();
        String plot = name.replaceFirst("\\.[^.]*$", "") + ".svg";
        List<MeasuredRow> rows = rows();
        Files.writeString(
                page.resolveSibling(plot), Roofline.svg(rows) + "\n", StandardCharsets.UTF_8);
        Files.writeString(page, text(plot, rows), StandardCharsets.UTF_8);
    }

    /// The rows of all runs, each once, in the order in which the suites list them.
    List<MeasuredRow> rows() {
        Map<List<Object>, List<Row>> same = new LinkedHashMap<>();
        for (BenchReport report : reports) {
            for (Row row : report.rows()) {
                same.computeIfAbsent(
                                List.of(
                                        row.suite(),
                                        row.work(),
                                        row.params(),
                                        row.dtype(),
                                        row.threads()),
                                _ -> new ArrayList<>())
                        .add(row);
            }
        }
        return same.values().stream().map(MeasuredRow::of).toList();
    }

    private String text(String plot, List<MeasuredRow> rows) {
        StringBuilder text = new StringBuilder(HEAD);
        Machine m = reports.getFirst().machine();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("machine", m.cpu() + ", " + m.cores() + " cores, " + m.arch());
        facts.put("system", m.os());
        facts.put("JVM", m.jdk() + ", " + m.vm());
        facts.put("lanes", m.laneBits() == 0 ? "scalar" : m.laneBits() + " bits");
        facts.put("commit", m.commit() == null ? "unknown" : "`" + m.commit() + "`");
        facts.put("peers", String.join(", ", versions(rows)));
        facts.put(
                "runs",
                reports.size() == 1
                        ? "1; the spread is the width of the middle half of its rounds"
                        : reports.size()
                                + "; a figure is their median, the spread their range over it where a"
                                + " row was measured more than once");
        text.append("| | |\n| --- | --- |\n");
        facts.forEach((k, v) -> text.append("| ").append(k).append(" | ").append(v).append(" |\n"));
        text.append(READING.replace("PLOT", plot));
        Map<String, List<MeasuredRow>> suites =
                rows.stream()
                        .collect(
                                Collectors.groupingBy(
                                        MeasuredRow::suite,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        suites.forEach((suite, its) -> text.append(table(suite, its)));
        return text.toString();
    }

    private static Set<String> versions(List<MeasuredRow> rows) {
        Set<String> versions = new LinkedHashSet<>();
        rows.forEach(row ->
                row.peers().stream()
                        .filter(p -> !p.version().isEmpty())
                        .forEach(p -> versions.add(p.name() + " " + p.version())));
        return versions;
    }

    private static String table(String suite, List<MeasuredRow> rows) {
        List<String> peers =
                rows.stream()
                        .flatMap(row -> row.peers().stream().map(Row.PeerValue::name))
                        .distinct()
                        .toList();
        StringBuilder text = new StringBuilder();
        text.append("\n## ").append(suite).append(": ").append(Suites.named(suite).about());
        text.append("\n\n| work | sizes | type | threads | ours | unit | spread | of bound |");
        peers.forEach(peer -> text.append(' ').append(peer).append(" |"));
        text.append("\n| --- | --- | --- | ---: | ---: | --- | ---: | ---: |");
        text.append(" ---: |".repeat(peers.size())).append('\n');
        for (MeasuredRow row : rows) {
            List<String> cells =
                    new ArrayList<>(
                            List.of(
                                    row.work(),
                                    sizes(row.params()),
                                    row.dtype(),
                                    Integer.toString(row.threads()),
                                    BenchTable.number(row.value()),
                                    row.unit(),
                                    BenchTable.percent(row.spread()),
                                    row.ofBound() > 0 ? BenchTable.percent(row.ofBound()) : ""));
            Map<String, Row.PeerValue> byName = new TreeMap<>();
            row.peers().forEach(peer -> byName.put(peer.name(), peer));
            for (String peer : peers) {
                Row.PeerValue p = byName.get(peer);
                cells.add(p == null ? "" : beside(row.value(), p.value()));
            }
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        return text.toString();
    }

    private static String beside(double ours, double theirs) {
        return String.format(Locale.ROOT, "%s (%.2f)", BenchTable.number(theirs), ours / theirs);
    }

    private static String sizes(Map<String, Object> params) {
        return params.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "));
    }
}
