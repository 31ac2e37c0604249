package nonmercer.proofs;

import java.util.List;

/// Lines over numbers, for a claim that can be seen.
///
/// @param title what is shown
/// @param x the horizontal axis
/// @param y the vertical axis
/// @param lines at least one
public record Picture(String title, Axis x, Axis y, List<Line> lines) {
    /// Refuses a picture of nothing.
    public Picture {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("the picture '" + title + "' shows nothing");
        }
    }

    /// What an axis counts, and whether it counts in powers of ten, where only positive numbers
    /// have a place.
    public record Axis(String name, boolean powers) {
        /// An axis of equal steps.
        public static Axis of(String name) {
            return new Axis(name, false);
        }

        /// An axis of powers of ten.
        public static Axis powers(String name) {
            return new Axis(name, true);
        }
    }

    /// Points under one name: measured values, or the bound that they should keep.
    public record Line(String name, boolean bound, double[] x, double[] y) {
        /// Refuses points without one of their coordinates.
        public Line {
            if (x.length != y.length || x.length == 0) {
                throw new IllegalArgumentException(
                        "the line '%s' has %d and %d coordinates; expected as many, at least one"
                                .formatted(name, x.length, y.length));
            }
        }

        /// What was measured.
        public static Line measured(String name, double[] x, double[] y) {
            return new Line(name, false, x, y);
        }

        /// What theory says of it.
        public static Line bound(String name, double[] x, double[] y) {
            return new Line(name, true, x, y);
        }
    }
}
