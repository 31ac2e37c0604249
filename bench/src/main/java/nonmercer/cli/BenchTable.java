package nonmercer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nonmercer.bench.Row;

/// The rows of one suite as a table, with a column a peer.
final class BenchTable {
    private BenchTable() {}

    static Table of(List<Row> rows) {
        List<String> peers =
                rows.stream()
                        .flatMap(row -> row.peers().stream())
                        .map(BenchTable::heading)
                        .distinct()
                        .toList();
        List<String> headings =
                new ArrayList<>(
                        List.of(
                                "work",
                                "sizes",
                                "type",
                                "threads",
                                "ours",
                                "",
                                "spread",
                                "bound",
                                "of bound"));
        headings.addAll(peers);
        Table table = new Table(headings.toArray(String[]::new));
        for (Row row : rows) {
            List<String> cells =
                    new ArrayList<>(
                            List.of(
                                    row.work(),
                                    sizes(row),
                                    row.dtype(),
                                    Integer.toString(row.threads()),
                                    number(row.value()),
                                    row.unit(),
                                    percent(row.spread()),
                                    row.bound() > 0 ? number(row.bound()) : "",
                                    row.bound() > 0 ? percent(row.ofBound()) : ""));
            for (String peer : peers) {
                cells.add(
                        row.peers().stream()
                                .filter(p -> heading(p).equals(peer))
                                .map(p -> number(p.value()))
                                .findFirst()
                                .orElse(""));
            }
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    private static String heading(Row.PeerValue peer) {
        return (peer.name() + " " + peer.version()).strip();
    }

    private static String sizes(Row row) {
        List<String> sizes = new ArrayList<>();
        row.params().forEach((name, value) -> sizes.add(name + "=" + value));
        return String.join(" ", sizes);
    }

    static String number(double v) {
        return String.format(Locale.ROOT, v < 10 ? "%.2f" : "%.1f", v);
    }

    static String percent(double v) {
        return String.format(Locale.ROOT, v < 0.1 ? "%.1f %%" : "%.0f %%", 100 * v);
    }
}
