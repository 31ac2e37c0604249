package nonmercer.experiment;

import java.awt.Color;
import java.awt.Dimension;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.w3c.dom.Document;

/// Charts as SVG elements that stand in a page.
public final class Charts {
    private static final int WIDTH = 590;
    private static final int LABELS = 8;
    private static final int HEIGHT = 360;

    private Charts() {}

    /// A named line over 1, 2, 3, ….
    record Line(String name, List<Double> values) {}

    /// Lines over the epochs.
    static String curves(String title, String yTitle, List<Line> lines) {
        return curves(title, "epoch", yTitle, lines);
    }

    /// Lines over 1, 2, 3, ….
    static String curves(String title, String xTitle, String yTitle, List<Line> lines) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle(xTitle)
                        .yAxisTitle(yTitle)
                        .build();
        style(chart.getStyler());
        chart.getStyler().setXAxisMaxLabelCount(LABELS);
        boolean falls = lines.getFirst().values.getFirst() > lines.getFirst().values.getLast();
        chart.getStyler()
                .setLegendPosition(
                        falls ? Styler.LegendPosition.InsideNE : Styler.LegendPosition.InsideSE);
        for (Line line : lines) {
            List<Integer> epochs = IntStream.rangeClosed(1, line.values.size()).boxed().toList();
            XYSeries series = chart.addSeries(line.name, epochs, line.values);
            series.setMarker(SeriesMarkers.NONE);
        }
        return svg(chart);
    }

    /// The look that all charts share.
    public static void style(Styler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setChartTitleBoxVisible(false);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
    }

    /// The chart as an SVG element.
    public static String svg(Chart<?, ?> chart) {
        StringWriter writer = new StringWriter();
        try {
            Document document =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .getDOMImplementation()
                            .createDocument(SVGGraphics2D.SVG_NAMESPACE_URI, "svg", null);
            SVGGraphics2D g = new SVGGraphics2D(document);
            chart.paint(g, chart.getWidth(), chart.getHeight());
            g.setSVGCanvasSize(new Dimension(chart.getWidth(), chart.getHeight()));
            g.stream(writer, true);
        } catch (ParserConfigurationException | SVGGraphics2DIOException e) {
            throw new IllegalStateException(e);
        }
        String text = writer.toString();
        String element =
                text.substring(text.indexOf("<svg"))
                        .replaceFirst(
                                "<svg",
                                "<svg viewBox=\"0 0 "
                                        + chart.getWidth()
                                        + " "
                                        + chart.getHeight()
                                        + "\"");
        // Identifiers are global in a page: each chart's begin with its own hash.
        String own = "$1c" + Integer.toHexString(element.hashCode()) + "-";
        return element.replaceAll("( id=\"|url\\(#|href=\"#)", own);
    }
}
