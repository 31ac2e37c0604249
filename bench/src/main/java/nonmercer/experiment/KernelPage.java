package nonmercer.experiment;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import nonmercer.kernel.Applied;
import nonmercer.kernel.Composed;
import nonmercer.kernel.Diagnostics;
import nonmercer.kernel.Featured;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.KernelExpression;
import nonmercer.kernel.Normalised;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Product;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Scaled;
import nonmercer.kernel.Sum;
import nonmercer.kernel.Warped;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The page of a kernel on some points: one file that needs no network.
///
/// @param diagnostics what its Gram matrix says
/// @param about the kernel, name and value
/// @param evidence of its traits
/// @param found the diagnostics in words
public record KernelPage(
        Diagnostics diagnostics,
        Map<String, String> about,
        Map<String, String> evidence,
        Map<String, String> found) {
    private static final int WIDTH = 620;
    private static final int HEIGHT = 400;
    private static final Color POSITIVE = new Color(0x1b7837);
    private static final Color NEGATIVE = new Color(0xb2182b);
    private static final String STYLE =
            """
            body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 78rem; padding: 0 1rem; color: #1b1b1b }
            h1 { font-size: 1.5rem; overflow-wrap: anywhere } h2 { font-size: 1.15rem; margin-top: 2rem }
            table { border-collapse: collapse } th, td { padding: .25rem .8rem .25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #ddd; overflow-wrap: anywhere }
            th { font-weight: 600; min-width: 7rem } .row { display: flex; flex-wrap: wrap; gap: 1.5rem }
            .row svg { max-width: 100%; height: auto } figure { margin: 0; max-width: 100% }
            figure img { width: 400px; max-width: 100%; image-rendering: pixelated } figcaption { max-width: 400px; font-size: .85rem }
            """;

    /// What attention with a kernel costs beside the mean of the values, in words: its pairings of
    /// a query and a key, each `2d` to `3d` operations a pair.
    public static String cost(Kernel kernel) {
        List<String> parts = new ArrayList<>();
        collect(kernel, parts);
        return "each pair of a query and a key takes "
                + String.join(", ", parts.stream().distinct().toList());
    }

    private static void collect(Kernel kernel, List<String> to) {
        switch (kernel) {
            case Profile p -> to.add(pairing(p.pairing()));
            case Featured f -> to.add("a product of its features, by matrix product");
            case Composed c -> collect(c.definition(), to);
            case Sum s -> s.terms().forEach(k -> collect(k, to));
            case Product p -> p.factors().forEach(k -> collect(k, to));
            case Scaled s -> collect(s.kernel(), to);
            case Warped w -> collect(w.kernel(), to);
            case Applied a -> collect(a.kernel(), to);
            case Normalised n -> collect(n.kernel(), to);
        }
    }

    private static String pairing(Pairing pairing) {
        boolean product = pairing == Pairing.DOT || pairing == Pairing.SQUARED_DISTANCE;
        return pairing.symbol() + (product ? " by matrix product" : " coordinate by coordinate");
    }

    /// The page as HTML.
    public String html() {
        String title = KernelExpression.label(diagnostics.kernel());
        StringBuilder out = new StringBuilder(Html.head(title, STYLE));
        out.append("<h1>").append(Html.text(title)).append("</h1>\n");
        table(out, about);
        out.append("<h2>What is known</h2>\n");
        table(out, evidence);
        out.append("<h2>On these points</h2>\n");
        table(out, found);
        out.append("<h2>Pictures</h2>\n<div class=\"row\">\n<figure>").append(spectrum());
        out.append("</figure>\n");
        gram(out);
        return out.append("</div>\n</body></html>\n").toString();
    }

    private static void table(StringBuilder out, Map<String, String> rows) {
        out.append("<table>\n");
        rows.forEach((name, value) ->
                out.append("<tr><th>")
                        .append(Html.text(name))
                        .append("</th><td>")
                        .append(Html.text(value))
                        .append("</td></tr>\n"));
        out.append("</table>\n");
    }

    private void gram(StringBuilder out) {
        double[][] k = diagnostics.gram();
        double least = Arrays.stream(k).flatMapToDouble(Arrays::stream).min().orElseThrow();
        double largest = Arrays.stream(k).flatMapToDouble(Arrays::stream).max().orElseThrow();
        boolean log = least > 0 && largest > 100 * least;
        double[][] shown =
                !log
                        ? k
                        : Arrays.stream(k)
                                .map(row -> Arrays.stream(row).map(Math::log).toArray())
                                .toArray(double[][]::new);
        out.append("<figure><img alt=\"Gram matrix\" src=\"")
                .append(Heatmap.dataAddress(shown))
                .append("\"><figcaption>Gram matrix, queries as rows, keys as columns")
                .append(log ? ", on a logarithmic scale" : "")
                .append(String.format(java.util.Locale.ROOT, ": %.3g … %.3g", least, largest))
                .append("</figcaption></figure>\n");
    }

    /// Singular values, and the sizes of positive and negative eigenvalues, largest first, on a
    /// logarithmic scale; zeros are left out.
    private String spectrum() {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title("Spectrum of the Gram matrix")
                        .xAxisTitle("number")
                        .yAxisTitle("size")
                        .build();
        Charts.style(chart.getStyler());
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
        chart.getStyler().setMarkerSize(5);
        double least = diagnostics.tolerance() * diagnostics.singularValues()[0] / 100;
        series(
                chart,
                "singular values",
                Arrays.stream(diagnostics.singularValues()).boxed().toList(),
                least);
        diagnostics
                .spectrum()
                .ifPresent(s -> {
                    series(chart, "positive eigenvalues", sizes(s.eigenvalues(), 1), least);
                    series(chart, "negative eigenvalues", sizes(s.eigenvalues(), -1), least);
                });
        return diagnostics.singularValues()[0] == 0 ? "<p>All are 0.</p>" : Charts.svg(chart);
    }

    private static List<Double> sizes(double[] eigenvalues, int sign) {
        List<Double> sizes = new ArrayList<>();
        for (double v : eigenvalues) {
            if (sign * v > 0) {
                sizes.add(sign * v);
            }
        }
        sizes.sort(Collections.reverseOrder());
        return sizes;
    }

    private static void series(XYChart chart, String name, List<Double> sizes, double least) {
        List<Double> shown = sizes.stream().filter(v -> v > least).toList();
        if (shown.isEmpty()) {
            return;
        }
        XYSeries series =
                chart.addSeries(
                        name, IntStream.rangeClosed(1, shown.size()).boxed().toList(), shown);
        series.setMarker(
                name.startsWith("s")
                        ? SeriesMarkers.NONE
                        : name.startsWith("p") ? SeriesMarkers.CIRCLE : SeriesMarkers.CROSS);
        if (!name.startsWith("s")) {
            series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
            series.setMarkerColor(name.startsWith("p") ? POSITIVE : NEGATIVE);
        }
    }
}
