package nonmercer.cli;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import nonmercer.experiment.Charts;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Speed over arithmetic intensity, operations a byte that must be moved, under the two roofs of
/// the machine: bandwidth times intensity, and the peak (Williams, Waterman & Patterson 2009).
/// float32, with as many threads as were measured at most.
final class Roofline {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 520;
    private static final double LEFT = 1.0 / 16;
    private static final double RIGHT = 512;
    private static final Map<String, Marker> LIBRARIES =
            Map.of(
                    "nonmercer", SeriesMarkers.CIRCLE,
                    "OpenBLAS", SeriesMarkers.TRIANGLE_UP,
                    "libtorch", SeriesMarkers.CROSS);

    /// Operations on an element, and the arrays of 4-byte elements that are moved for it.
    private static final Map<String, double[]> STREAMS =
            Map.of(
                    "add", new double[] {1, 3},
                    "scale", new double[] {1, 2},
                    "axpy", new double[] {2, 3},
                    "sum", new double[] {1, 1},
                    "dot", new double[] {2, 2},
                    "matrix x vector", new double[] {2, 1});

    private Roofline() {}

    /// A point of the plot.
    private record Point(double intensity, double speed) {}

    static String svg(List<MeasuredRow> all) {
        int threads = all.stream().mapToInt(MeasuredRow::threads).max().orElse(1);
        List<MeasuredRow> rows =
                all.stream()
                        .filter(row -> row.threads() == threads && row.dtype().equals("float32"))
                        .filter(row -> intensity(row).isPresent())
                        .toList();
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title("float32, " + threads + (threads == 1 ? " thread" : " threads"))
                        .xAxisTitle("operations a byte")
                        .yAxisTitle("GFLOP/s")
                        .build();
        style(chart);
        double peak = bound(rows, "GFLOP/s");
        double bandwidth = bound(rows, "GB/s");
        if (peak > 0 && bandwidth > 0) {
            double ridge = peak / bandwidth;
            XYSeries roof =
                    chart.addSeries(
                            "the machine",
                            List.of(LEFT, ridge, RIGHT),
                            List.of(LEFT * bandwidth, peak, peak));
            roof.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
            roof.setMarker(SeriesMarkers.NONE);
            roof.setLineStyle(SeriesLines.SOLID);
            roof.setLineColor(Color.DARK_GRAY);
        }
        points(rows)
                .forEach((library, points) -> {
                    XYSeries series =
                            chart.addSeries(
                                    library,
                                    points.stream().map(Point::intensity).toList(),
                                    points.stream().map(Point::speed).toList());
                    series.setMarker(LIBRARIES.get(library));
                });
        return Charts.svg(chart);
    }

    private static void style(XYChart chart) {
        Charts.style(chart.getStyler());
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideSE);
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        chart.getStyler().setMarkerSize(7);
    }

    /// The best bound: of the arrays that fit no cache, for bytes.
    private static double bound(List<MeasuredRow> rows, String unit) {
        return rows.stream()
                .filter(row -> row.unit().equals(unit))
                .mapToDouble(MeasuredRow::bound)
                .max()
                .orElse(0);
    }

    private static Map<String, List<Point>> points(List<MeasuredRow> rows) {
        Map<String, List<Point>> points = new LinkedHashMap<>();
        for (MeasuredRow row : rows) {
            double x = intensity(row).orElseThrow();
            double scale = row.unit().equals("GB/s") ? x : 1;
            points.computeIfAbsent("nonmercer", _ -> new ArrayList<>())
                    .add(new Point(x, row.value() * scale));
            row.peers().stream()
                    .filter(peer -> LIBRARIES.containsKey(peer.name()))
                    .forEach(peer ->
                            points.computeIfAbsent(peer.name(), _ -> new ArrayList<>())
                                    .add(new Point(x, peer.value() * scale)));
        }
        return points;
    }

    /// Operations over the bytes of the arguments and the result, each moved once; for a product
    /// `2mnk / 4(mk + kn + mn)`. Absent where the operations of an element are no fixed number.
    static OptionalDouble intensity(MeasuredRow row) {
        double[] stream = STREAMS.get(row.work());
        if (stream != null) {
            return OptionalDouble.of(stream[0] / (4 * stream[1]));
        }
        if (!row.suite().equals("gemm")) {
            return OptionalDouble.empty();
        }
        double m = size(row, "m");
        double n = size(row, "n");
        double k = size(row, "k");
        return OptionalDouble.of(2 * m * n * k / (4 * (m * k + k * n + m * n)));
    }

    private static double size(MeasuredRow row, String name) {
        return row.params().get(name) instanceof Number n ? n.doubleValue() : 1;
    }
}
