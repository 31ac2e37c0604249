package nonmercer.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The pictures of the experiment on learned kernels, as SVG files.
final class LearnCharts {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 460;
    private static final int SMALL = 380;

    private LearnCharts() {}

    /// Points of one name.
    private record Series(String name, List<Double> x, List<Double> y) {}

    /// A learned variant before and after its training.
    ///
    /// @param values of a spectrum, at 0, 1, …, 20 steps
    static String spectrum(
            String title,
            String axis,
            double step,
            Spectrum before,
            Spectrum after,
            Function<Spectrum, List<Double>> values) {
        XYChart chart = chart(title, axis, "", SMALL, 280);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
        line(chart, "before", step, values.apply(before));
        line(chart, "after", step, values.apply(after));
        return file(chart);
    }

    private static void line(XYChart chart, String name, double step, List<Double> values) {
        List<Double> x = IntStream.range(0, values.size()).mapToObj(i -> i * step).toList();
        chart.addSeries(name, x, values).setMarker(SeriesMarkers.NONE);
    }

    /// Error against time, and exact attention's time.
    static String errors(String title, List<LearnLine.Deviation> errors) {
        List<Series> all = new ArrayList<>();
        for (String map : errors.stream().map(LearnLine.Deviation::map).distinct().toList()) {
            List<LearnLine.Deviation> own =
                    errors.stream().filter(e -> e.map().equals(map) && e.error() > 0).toList();
            if (!own.isEmpty()) {
                all.add(
                        new Series(
                                map,
                                own.stream().map(e -> e.seconds() * 1e3).toList(),
                                own.stream().map(e -> Math.min(e.error(), 4)).toList()));
            }
        }
        XYChart chart =
                chart(
                        title,
                        "milliseconds (dashed: exact attention)",
                        "mean row error of the weights",
                        WIDTH,
                        HEIGHT);
        all.forEach(s -> chart.addSeries(s.name, s.x, s.y));
        Optional<LearnLine.Deviation> first = errors.stream().findFirst();
        double least =
                all.stream().flatMap(s -> s.y.stream()).min(Comparator.naturalOrder()).orElse(0.1);
        first.ifPresent(e -> {
            XYSeries exact =
                    chart.addSeries(
                            "exact",
                            List.of(e.exact() * 1e3, e.exact() * 1e3),
                            List.of(least, 2.0));
            exact.setMarker(SeriesMarkers.NONE);
            exact.setLineStyle(SeriesLines.DASH_DASH);
        });
        return logarithmic(chart);
    }

    /// What a pass costs against its length.
    static String costs(
            String title,
            String axis,
            List<LearnLine.Cost> costs,
            Function<LearnLine.Cost, Double> value) {
        XYChart chart = chart(title, "tokens", axis, WIDTH, HEIGHT);
        for (String name : costs.stream().map(LearnLine.Cost::attention).distinct().toList()) {
            List<LearnLine.Cost> own =
                    costs.stream()
                            .filter(c -> c.attention().equals(name) && value.apply(c) > 0)
                            .sorted(Comparator.comparingInt(LearnLine.Cost::length))
                            .toList();
            if (!own.isEmpty()) {
                chart.addSeries(
                        name,
                        own.stream().map(c -> (double) c.length()).toList(),
                        own.stream().map(value).toList());
            }
        }
        return logarithmic(chart);
    }

    private static XYChart chart(String title, String x, String y, int width, int height) {
        XYChart chart =
                new XYChartBuilder()
                        .width(width)
                        .height(height)
                        .title(title)
                        .xAxisTitle(x)
                        .yAxisTitle(y)
                        .build();
        Charts.style(chart.getStyler());
        chart.getStyler().setMarkerSize(6);
        return chart;
    }

    private static String logarithmic(XYChart chart) {
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        return file(chart);
    }

    private static String file(XYChart chart) {
        return Charts.svg(chart);
    }
}
