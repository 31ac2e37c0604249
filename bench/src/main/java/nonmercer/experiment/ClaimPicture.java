package nonmercer.experiment;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The pictures that a claim offers, of its code and of a mutant.
final class ClaimPicture {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 360;
    private static final Color[] COLOURS = {
        new Color(0x1b7837),
        new Color(0x2166ac),
        new Color(0x762a83),
        new Color(0xb35806),
        new Color(0x01665e),
        new Color(0xc51b7d),
        new Color(0x8c6d1f)
    };

    /// How many characters of names fit under a chart in a row, with six for each sign.
    private static final int ROW = 80;

    private static final Color BOUND = new Color(0x555555);

    private ClaimPicture() {}

    /// A picture as an SVG element, and what it shows.
    record Drawn(String svg, String caption) {}

    /// The picture of the first subject that has one.
    static <S, C> Optional<Drawn> ofCode(Claim<S, C> claim) {
        return claim.subjects().stream()
                .flatMap(s -> claim.picture(s.code()).stream().map(p -> drawn(p, s.name())))
                .findFirst();
    }

    /// The picture of the first mutant that can be drawn.
    static <S, C> Optional<Drawn> ofMutant(Claim<S, C> claim) {
        return claim.mutants().stream().flatMap(m -> mutant(claim, m).stream()).findFirst();
    }

    private static <S, C> Optional<Drawn> mutant(Claim<S, C> claim, Mutant<S> mutant) {
        try {
            return claim.picture(mutant.code()).map(p -> drawn(p, "a mutant: " + mutant.name()));
        } catch (IllegalArgumentException cannotBeDrawn) {
            return Optional.empty();
        }
    }

    private static Drawn drawn(Picture p, String of) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(p.title())
                        .xAxisTitle(p.x().name())
                        .yAxisTitle(p.y().name())
                        .build();
        Charts.style(chart.getStyler());
        chart.getStyler().setXAxisLogarithmic(p.x().powers());
        chart.getStyler().setYAxisLogarithmic(p.y().powers());
        boolean row = p.lines().stream().mapToInt(l -> l.name().length() + 6).sum() <= ROW;
        chart.getStyler()
                .setLegendPosition(
                        row ? Styler.LegendPosition.OutsideS : Styler.LegendPosition.OutsideE);
        chart.getStyler()
                .setLegendLayout(
                        row ? Styler.LegendLayout.Horizontal : Styler.LegendLayout.Vertical);
        chart.getStyler().setMarkerSize(5);
        int colour = 0;
        boolean empty = true;
        for (Picture.Line line : p.lines()) {
            List<Double> x = new ArrayList<>();
            List<Double> y = new ArrayList<>();
            for (int i = 0; i < line.x().length; i++) {
                boolean placed =
                        (line.x()[i] > 0 || !p.x().powers())
                                && (line.y()[i] > 0 || !p.y().powers());
                if (placed && Double.isFinite(line.y()[i])) {
                    x.add(line.x()[i]);
                    y.add(line.y()[i]);
                }
            }
            if (x.isEmpty()) {
                continue;
            }
            empty = false;
            XYSeries series = chart.addSeries(line.name(), x, y);
            Color c = line.bound() ? BOUND : COLOURS[colour++ % COLOURS.length];
            series.setLineColor(c);
            series.setMarkerColor(c);
            series.setMarker(line.bound() ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
            if (line.bound()) {
                series.setLineStyle(
                        new BasicStroke(
                                1.5f,
                                BasicStroke.CAP_BUTT,
                                BasicStroke.JOIN_MITER,
                                10,
                                new float[] {6, 4},
                                0));
            }
        }
        return empty ? new Drawn("<p>All are 0.</p>", of) : new Drawn(Charts.svg(chart), of);
    }
}
