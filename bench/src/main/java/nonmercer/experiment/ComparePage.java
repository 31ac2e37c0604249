package nonmercer.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nonmercer.train.Epoch;

/// The page of a comparison: one file that needs no network.
///
/// @param title what was compared on
/// @param machine what it ran on, name and value
/// @param heading the table's columns
/// @param rows the table's rows
/// @param notes sentences below the table
public record ComparePage(
        String title,
        Map<String, String> machine,
        List<String> heading,
        List<List<String>> rows,
        List<String> notes) {
    private static final int LONGEST = 160; // characters of the message shown
    static final String STYLE =
            """
            body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 84rem; padding: 0 1rem; color: #1b1b1b }
            h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2rem }
            .wide { overflow-x: auto }
            table { border-collapse: collapse } th, td { padding: .25rem .8rem; text-align: left; border-bottom: 1px solid #ddd }
            td.number { text-align: right; font-variant-numeric: tabular-nums }
            .row { display: flex; flex-wrap: wrap; gap: 1.5rem }
            .row svg { max-width: 100%; height: auto } td { white-space: nowrap } td:first-child { white-space: normal; min-width: 9rem } figure { margin: 0 }
            figure img { width: 240px; image-rendering: pixelated } figcaption { max-width: 240px; font-size: .85rem }
            code { background: #f3f3f3; padding: 0 .2rem }
            """;

    /// The page as HTML.
    ///
    /// @param intervals the entries of the interval chart
    /// @param results the trained kernels
    /// @param message the test message of the Gram matrices
    public String html(
            List<Intervals.Entry> intervals, List<Compare.KernelResult> results, String message) {
        StringBuilder out = new StringBuilder();
        out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .append(
                        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(Html.text(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>")
                .append(Html.text(title))
                .append("</h1>\n");
        table(out);
        notes.forEach(n -> out.append("<p>").append(Html.text(n)).append("</p>\n"));
        out.append("<h2>Accuracy on the test texts, with 95 % intervals</h2>\n<div class=\"row\">")
                .append(Intervals.svg("accuracy", intervals))
                .append("</div>\n<h2>Learning curves</h2>\n<div class=\"row\">")
                .append(
                        Charts.curves(
                                "Validation accuracy", "accuracy", lines(results, Epoch::score)))
                .append(Charts.curves("Training loss", "nats", lines(results, Epoch::loss)))
                .append(
                        "</div>\n<h2>Gram matrix of a trained head</h2>\n<p>Queries as rows, keys as columns, for the first tokens of <code>")
                .append(
                        Html.text(
                                message.length() > LONGEST
                                        ? message.substring(0, LONGEST) + " …"
                                        : message))
                .append(
                        "</code>. Each picture has its own scale, that of the logarithm where every entry is positive.</p>\n<div class=\"row\">");
        results.forEach(r -> gram(out, r));
        out.append("</div>\n<h2>Machine and versions</h2>\n<div class=\"wide\"><table>");
        machine.forEach((k, v) ->
                out.append("<tr><th>")
                        .append(Html.text(k))
                        .append("</th><td>")
                        .append(Html.text(v))
                        .append("</td></tr>\n"));
        return out.append("</table></div>\n</body></html>\n").toString();
    }

    private void table(StringBuilder out) {
        out.append("<div class=\"wide\"><table><tr>");
        heading.forEach(h -> out.append("<th>").append(Html.text(h)).append("</th>"));
        out.append("</tr>\n");
        for (List<String> row : rows) {
            out.append("<tr>");
            for (String cell : row) {
                boolean number = cell.matches("[0-9].*");
                out.append(number ? "<td class=\"number\">" : "<td>")
                        .append(Html.text(cell))
                        .append("</td>");
            }
            out.append("</tr>\n");
        }
        out.append("</table></div>\n");
    }

    private static void gram(StringBuilder out, Compare.KernelResult result) {
        double[][] k = result.trainings().getFirst().gram();
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (double[] row : k) {
            for (double v : row) {
                least = Math.min(least, v);
                largest = Math.max(largest, v);
            }
        }
        out.append("<figure><img alt=\"Gram matrix of ")
                .append(Html.text(result.name()))
                .append("\" src=\"")
                .append(Heatmap.dataAddress(least > 0 ? logarithms(k) : k))
                .append("\"><figcaption>")
                .append(Html.text(result.name()))
                .append(": <code>")
                .append(Html.text(result.kernel().formula()))
                .append("</code>, ")
                .append(String.format(Locale.ROOT, "%.3g … %.3g", least, largest))
                .append("</figcaption></figure>\n");
    }

    private static double[][] logarithms(double[][] k) {
        return Arrays.stream(k)
                .map(row -> Arrays.stream(row).map(Math::log).toArray())
                .toArray(double[][]::new);
    }

    private static List<Charts.Line> lines(
            List<Compare.KernelResult> results, java.util.function.Function<Epoch, Double> value) {
        List<Charts.Line> lines = new ArrayList<>();
        for (Compare.KernelResult r : results) {
            lines.add(
                    new Charts.Line(
                            r.name(),
                            r.trainings().getFirst().epochs().stream().map(value).toList()));
        }
        return lines;
    }
}
