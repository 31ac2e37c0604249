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

    /// The page as HTML.
    ///
    /// @param intervals the entries of the interval chart
    /// @param results the trained models
    /// @param message the test message of the Gram matrices
    public String html(
            List<Intervals.Entry> intervals, List<Compare.Result> results, String message) {
        StringBuilder out = new StringBuilder(Html.head(title));
        out.append(Html.table(heading, rows));
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
        return out.append("</div>\n").append(Html.tail(machine)).toString();
    }

    private static void gram(StringBuilder out, Compare.Result result) {
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
                .append(Html.text(result.formula()))
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
            List<Compare.Result> results, java.util.function.Function<Epoch, Double> value) {
        List<Charts.Line> lines = new ArrayList<>();
        for (Compare.Result r : results) {
            lines.add(
                    new Charts.Line(
                            r.name(),
                            r.trainings().getFirst().epochs().stream().map(value).toList()));
        }
        return lines;
    }
}
