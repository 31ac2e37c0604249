package nonmercer.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The page of a binary problem: one file that needs no network.
///
/// @param title the problem
/// @param machine what it ran on, name and value
/// @param heading the table's columns
/// @param rows the table's rows
/// @param notes sentences below the table
public record MachinePage(
        String title,
        Map<String, String> machine,
        List<String> heading,
        List<List<String>> rows,
        List<String> notes) {
    private static final int SHOWN = 40; // queries and keys of a picture

    /// The page as HTML, with intervals where the problem is one of matching.
    public String html(List<Intervals.Entry> intervals, List<Machines.Result> results) {
        StringBuilder out = new StringBuilder(Html.head(title));
        out.append(Html.table(heading, rows));
        notes.forEach(n -> out.append("<p>").append(Html.text(n)).append("</p>\n"));
        if (!intervals.isEmpty()) {
            out.append(
                            "<h2>Test queries whose own key is predicted highest, with 95 % intervals</h2>\n<div class=\"row\">")
                    .append(Intervals.svg("found", intervals))
                    .append("</div>\n");
        }
        List<Charts.Line> curves =
                results.stream()
                        .filter(r -> !r.curve().isEmpty())
                        .map(r -> new Charts.Line(r.name(), r.curve()))
                        .toList();
        if (!curves.isEmpty()) {
            out.append("<h2>Training</h2>\n<div class=\"row\">")
                    .append(Charts.curves("Mean loss of the responses", "step", "loss", curves))
                    .append("</div>\n");
        }
        out.append(
                "<h2>Predictions of the test</h2>\n<p>Queries as rows, keys as columns, each picture on its own scale;"
                        + " where queries and keys match, the diagonal should stand out.</p>\n<div class=\"row\">");
        results.stream().skip(1).forEach(r -> picture(out, r));
        return out.append("</div>\n").append(Html.tail(machine)).toString();
    }

    private static void picture(StringBuilder out, Machines.Result r) {
        int n = Math.min(SHOWN, r.predictions().dim(0));
        int m = Math.min(SHOWN, r.predictions().dim(1));
        double[][] t = new double[n][m];
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                t[i][j] = r.predictions().get(i, j);
                least = Math.min(least, t[i][j]);
                largest = Math.max(largest, t[i][j]);
            }
        }
        out.append("<figure><img alt=\"Predictions of ")
                .append(Html.text(r.name()))
                .append("\" src=\"")
                .append(Heatmap.dataAddress(t))
                .append("\"><figcaption>")
                .append(Html.text(r.name()))
                .append(String.format(Locale.ROOT, ": %.3g … %.3g", least, largest))
                .append("</figcaption></figure>\n");
    }
}
