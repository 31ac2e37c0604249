package nonmercer.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Histograms of how much of their bound cases use, statistic / bound on a scale of powers of ten,
/// with the bound as a line; those of the code and of its mutants share one axis.
///
/// @param least power of ten at the left end
/// @param most power of ten at the right end
record MarginChart(int least, int most) {
    private static final int WIDTH = 520;
    private static final int HEIGHT = 190;
    private static final int LEFT = 16;
    private static final int FOOT = 150; // of the bars
    private static final int TOP = 34;
    private static final int END = 34; // the columns of 0 and of infinity
    private static final int BINS = 36;
    private static final int FURTHEST = 18;

    /// The axis that has room for all of these.
    static MarginChart of(List<List<Double>> all) {
        double least = -1;
        double most = 1;
        for (List<Double> margins : all) {
            for (double m : margins) {
                if (m > 0 && m < Double.POSITIVE_INFINITY) {
                    least = Math.min(least, Math.log10(m));
                    most = Math.max(most, Math.log10(m));
                }
            }
        }
        return new MarginChart(
                (int) Math.max(-FURTHEST, Math.floor(least)),
                (int) Math.min(FURTHEST, Math.ceil(most)));
    }

    /// The histogram as an SVG element.
    String svg(String title, List<Double> margins) {
        int[] bins = new int[BINS];
        int zeros = 0;
        int beyond = 0;
        for (double m : margins) {
            if (m == 0) {
                zeros++;
            } else if (m < Double.POSITIVE_INFINITY) {
                double t = (Math.log10(m) - least) / (most - least);
                // A case at the bound itself is not beyond it.
                int bin = (int) Math.floor(BINS * Math.clamp(t, 0, 1));
                int line = Math.round(BINS * (float) -least / (most - least));
                bins[Math.min(BINS - 1, m <= 1 ? Math.min(bin, line - 1) : Math.max(bin, line))]++;
            } else {
                beyond++;
            }
        }
        int tallest = Math.max(1, Math.max(zeros, beyond));
        for (int b : bins) {
            tallest = Math.max(tallest, b);
        }
        StringBuilder out = new StringBuilder();
        out.append(
                String.format(
                        Locale.ROOT,
                        "<svg class=\"margins\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n<text x=\"%d\" y=\"18\" class=\"title\">%s</text>%n",
                        WIDTH,
                        HEIGHT,
                        Html.text(title),
                        LEFT,
                        Html.text(title)));
        bar(out, LEFT, END - 8, zeros, tallest, true);
        double width = (double) (right() - left()) / BINS;
        int line = (int) Math.round(BINS * (double) -least / (most - least));
        for (int i = 0; i < BINS; i++) {
            bar(out, left() + i * width, width - 1, bins[i], tallest, i < line);
        }
        bar(out, WIDTH - LEFT - END + 8, END - 8, beyond, tallest, false);
        axis(out, line * width + left());
        if (margins.isEmpty()) {
            out.append(
                    "<text x=\"%d\" y=\"90\" class=\"note\">no case gave a number</text>"
                            .formatted(left()));
        }
        return out.append("</svg>\n").toString();
    }

    private static int left() {
        return LEFT + END;
    }

    private static int right() {
        return WIDTH - LEFT - END;
    }

    private static void bar(
            StringBuilder out, double x, double width, int count, int tallest, boolean kept) {
        if (count > 0) {
            double height = Math.max(2, (double) (FOOT - TOP) * count / tallest);
            out.append(
                    String.format(
                            Locale.ROOT,
                            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%d</title></rect>%n",
                            kept ? "kept" : "broken",
                            x,
                            FOOT - height,
                            width,
                            height,
                            count));
        }
    }

    private void axis(StringBuilder out, double bound) {
        out.append(
                String.format(
                        Locale.ROOT,
                        "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n<line class=\"bound\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
                        LEFT,
                        FOOT,
                        WIDTH - LEFT,
                        FOOT,
                        bound,
                        TOP - 8,
                        bound,
                        FOOT));
        label(out, LEFT + (END - 8) / 2, "0");
        label(out, WIDTH - LEFT - (END - 8) / 2, "∞");
        for (int power : powers()) {
            double x = left() + (double) (right() - left()) * (power - least) / (most - least);
            label(out, x, power == 0 ? "bound" : "10" + high(power));
        }
        out.append(
                "<text class=\"note\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">statistic / bound</text>%n"
                        .formatted(WIDTH / 2, HEIGHT - 4));
    }

    private List<Integer> powers() {
        int step = Math.max(1, (most - least + 5) / 6);
        List<Integer> powers = new ArrayList<>();
        for (int p = 0; p >= least; p -= step) {
            powers.add(p);
        }
        for (int p = step; p <= most; p += step) {
            powers.add(p);
        }
        return powers;
    }

    private static String high(int power) {
        StringBuilder out = new StringBuilder(power < 0 ? "⁻" : "");
        for (char c : Integer.toString(Math.abs(power)).toCharArray()) {
            out.append("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
        }
        return out.toString();
    }

    private static void label(StringBuilder out, double x, String text) {
        out.append(
                String.format(
                        Locale.ROOT,
                        "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                        x,
                        FOOT + 16,
                        text));
    }
}
