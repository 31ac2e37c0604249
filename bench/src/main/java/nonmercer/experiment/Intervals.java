package nonmercer.experiment;

import java.util.List;
import java.util.Locale;

/// Values with their intervals, one below the other on a common scale, as an SVG element.
public final class Intervals {
    private static final int ROW = 28; // pixels
    private static final int NAMES = 150;
    private static final int SCALE = 560;
    private static final int MARGIN = 24;

    /// A named value with its interval.
    public record Entry(String name, double value, double low, double high) {}

    private Intervals() {}

    /// The chart of values between 0 and 1.
    static String svg(String axis, List<Entry> entries) {
        int bottom = ROW * entries.size() + 8;
        StringBuilder out = new StringBuilder();
        out.append(
                String.format(
                        Locale.ROOT,
                        "<svg class=\"intervals\" viewBox=\"0 0 %d %d\" width=\"%1$d\" role=\"img\""
                                + " font-size=\"14\" font-family=\"system-ui, sans-serif\">%n",
                        NAMES + SCALE + MARGIN,
                        bottom + 48));
        for (int tenth = 0; tenth <= 10; tenth++) {
            double x = x(tenth / 10.0);
            out.append(
                    String.format(
                            Locale.ROOT,
                            "<line x1=\"%.1f\" x2=\"%1$.1f\" y1=\"4\" y2=\"%d\" stroke=\"#ddd\"/>"
                                    + "<text x=\"%1$.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\">%.1f</text>%n",
                            x,
                            bottom,
                            bottom + 18,
                            tenth / 10.0));
        }
        for (int i = 0; i < entries.size(); i++) {
            Entry e = entries.get(i);
            double y = ROW * (i + 0.5) + 4;
            out.append(
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>"
                                    + "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%6$.1f\" stroke=\"#3b528b\""
                                    + " stroke-width=\"3\"/><circle cx=\"%.1f\" cy=\"%6$.1f\" r=\"5\" fill=\"#3b528b\"/>%n",
                            NAMES - 12,
                            y + 5,
                            Html.text(e.name),
                            x(e.low),
                            x(e.high),
                            y,
                            x(e.value)));
        }
        return out.append(
                        String.format(
                                Locale.ROOT,
                                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text></svg>",
                                NAMES + SCALE / 2,
                                bottom + 40,
                                Html.text(axis)))
                .toString();
    }

    private static double x(double value) {
        return NAMES + SCALE * value;
    }
}
