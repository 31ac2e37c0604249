package nonmercer.experiment;

import java.util.List;
import java.util.Locale;
import nonmercer.metric.Interval;

/// Differences with their simultaneous intervals, one below the other, over the band in which they
/// count as none, as an SVG file.
final class DifferenceChart {
    private static final int ROW = 28; // pixels
    private static final int NAMES = 180;
    private static final int SCALE = 560;
    private static final int MARGIN = 30;
    private static final int TOP = 34;

    private final SwapMetric metric;
    private final double low;
    private final double high;
    private final StringBuilder out = new StringBuilder();

    private DifferenceChart(SwapMetric metric, double low, double high) {
        this.metric = metric;
        this.low = low;
        this.high = high;
    }

    static String svg(String title, List<Difference> differences) {
        SwapMetric metric = differences.getFirst().metric();
        double low = -1.5 * metric.margin();
        double high = 1.5 * metric.margin();
        for (Difference d : differences) {
            low = Math.min(low, d.simultaneous().low());
            high = Math.max(high, d.simultaneous().high());
        }
        // One diverging kernel must not flatten the others.
        double floor = -25 * metric.margin();
        return new DifferenceChart(metric, Math.max(low, floor), Math.min(high, -floor))
                .draw(title, differences);
    }

    private String draw(String title, List<Difference> differences) {
        int bottom = TOP + ROW * differences.size() + 6;
        int width = NAMES + SCALE + MARGIN;
        out.append(
                String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%1$d\""
                                + " height=\"%2$d\" role=\"img\" font-size=\"14\" font-family=\"system-ui, sans-serif\">%n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n"
                                + "<text x=\"%3$d\" y=\"20\" text-anchor=\"middle\" font-weight=\"600\">%4$s</text>%n",
                        width,
                        bottom + 46,
                        width / 2,
                        Html.text(title)));
        double left = x(-metric.margin());
        out.append(
                String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#e8eef7\"/>%n",
                        left,
                        TOP,
                        x(metric.margin()) - left,
                        bottom - TOP));
        double step = step();
        for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
            out.append(
                    String.format(
                            Locale.ROOT,
                            "<line x1=\"%.1f\" x2=\"%1$.1f\" y1=\"%d\" y2=\"%d\" stroke=\"%s\"/>"
                                    + "<text x=\"%1$.1f\" y=\"%5$d\" text-anchor=\"middle\" fill=\"#555\">%6$s</text>%n",
                            x(i * step),
                            TOP,
                            bottom,
                            i == 0 ? "#333" : "#ddd",
                            bottom + 18,
                            i == 0 ? "0" : metric.printSigned(i * step)));
        }
        for (int i = 0; i < differences.size(); i++) {
            row(differences.get(i), TOP + ROW * (i + 0.5) + 2);
        }
        out.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s, less that of ExpDot</text>%n</svg>%n",
                        NAMES + SCALE / 2,
                        bottom + 38,
                        metric.words()));
        return out.toString();
    }

    private void row(Difference d, double y) {
        Interval i = d.simultaneous();
        String colour =
                switch (d.standing()) {
                    case BETTER -> "#1b7837";
                    case WORSE -> "#b2182b";
                    case EQUIVALENT -> "#3b528b";
                    case UNDECIDED -> "#777";
                };
        out.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>"
                                + "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%6$.1f\" stroke=\"%s\""
                                + " stroke-width=\"3\"/><circle cx=\"%.1f\" cy=\"%6$.1f\" r=\"5\" fill=\"%7$s\"/>%n",
                        NAMES - 12,
                        y + 5,
                        Html.text(d.kernel()),
                        x(i.low()),
                        x(i.high()),
                        y,
                        colour,
                        x(d.mean())));
    }

    /// 1, 2 or 5 times a power of ten: at most eight steps.
    private double step() {
        double least = (high - low) / 8;
        double ten = Math.pow(10, Math.floor(Math.log10(least)));
        for (double m : new double[] {1, 2, 5}) {
            if (m * ten >= least) {
                return m * ten;
            }
        }
        return 10 * ten;
    }

    private double x(double value) {
        double clipped = Math.min(high, Math.max(low, value));
        return NAMES + SCALE * (clipped - low) / (high - low);
    }
}
