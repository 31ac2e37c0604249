package nonmercer.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import nonmercer.experiment.Approximation.Found;
import nonmercer.experiment.Approximation.Point;
import nonmercer.experiment.FeatureFamily.Group;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The page of an approximation: one file that needs no network.
///
/// @param what the kernel and the data
/// @param found what was measured
/// @param families in the order of the charts
/// @param heading the table's columns
/// @param rows the table's rows
/// @param notes sentences below the table
/// @param machine what it ran on, name and value
public record ApproximationPage(
        String what,
        Found found,
        List<FeatureFamily> families,
        List<String> heading,
        List<List<String>> rows,
        List<String> notes,
        Map<String, String> machine) {
    private static final int WIDTH = 880;
    private static final int HEIGHT = 460;
    private static final double MOST = 4;
    private static final String TITLE = "Attention through features: error against time";

    /// The page as HTML.
    public String html() {
        StringBuilder out = new StringBuilder(Html.head(TITLE));
        out.append("<p>").append(Html.text(what)).append("</p>\n");
        out.append(Html.table(heading, rows));
        notes.forEach(n -> out.append("<p>").append(Html.text(n)).append("</p>\n"));
        for (Group group : Group.values()) {
            List<FeatureFamily> own =
                    families.stream()
                            .filter(f -> f.group() == group && !found.of(f).isEmpty())
                            .toList();
            if (!own.isEmpty()) {
                out.append("<h2>")
                        .append(group.words())
                        .append("</h2>\n<div class=\"row\">")
                        .append(overFeatures(found, own))
                        .append(overTime(found, own))
                        .append("</div>\n");
            }
        }
        return out.append(Html.tail(machine)).toString();
    }

    /// Mean error of a row of weights over the number of features, as an SVG element.
    static String overFeatures(Found found, List<FeatureFamily> families) {
        return chart(found, families, "Error at equal features", "features", Point::features, 0);
    }

    /// The same over the time of an application, beside the time of exact attention.
    static String overTime(Found found, List<FeatureFamily> families) {
        return chart(
                found,
                families,
                "Error at equal time",
                "milliseconds (dashed: exact attention)",
                p -> p.seconds() * 1e3,
                found.exact() * 1e3);
    }

    private static String chart(
            Found found,
            List<FeatureFamily> families,
            String title,
            String axis,
            ToDoubleFunction<Point> at,
            double exact) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle(axis)
                        .yAxisTitle("mean row error of the weights, 4 or more at 4")
                        .build();
        Charts.style(chart.getStyler());
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setMarkerSize(6);
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (FeatureFamily family : families) {
            List<Double> x = new ArrayList<>();
            List<Double> y = new ArrayList<>();
            for (Point p : found.of(family)) {
                // Zero has no logarithm. Rows of weights that are not negative differ by 2 at most.
                if (p.rowError() > 0) {
                    x.add(at.applyAsDouble(p));
                    y.add(Math.min(p.rowError(), MOST));
                    least = Math.min(least, y.getLast());
                    most = Math.max(most, y.getLast());
                }
            }
            if (!x.isEmpty()) {
                chart.addSeries(family.name(), x, y);
            }
        }
        if (exact > 0 && most > 0) {
            XYSeries line =
                    chart.addSeries(
                            "exact", List.of(exact, exact), List.of(least, Math.max(most, 2)));
            line.setMarker(SeriesMarkers.NONE);
            line.setLineStyle(SeriesLines.DASH_DASH);
            line.setLineColor(java.awt.Color.GRAY);
        }
        return most > 0
                ? Charts.svg(chart)
                : String.format(Locale.ROOT, "<p>%s: no error at all.</p>", title);
    }
}
