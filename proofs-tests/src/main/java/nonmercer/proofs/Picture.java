package nonmercer.proofs;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

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

    /// The eigenvalues of a symmetric matrix by their size, those above and those below 0 apart,
    /// with the size below which rounding decides the sign: what is smaller is left out.
    public static Picture spectrum(String title, double[] eigenvalues, double rounding) {
        double[] by =
                Arrays.stream(eigenvalues)
                        .boxed()
                        .sorted(comparingDouble((Double e) -> -Math.abs(e)))
                        .mapToDouble(e -> e)
                        .toArray();
        List<Line> lines = new ArrayList<>();
        signed(by, 1, rounding).ifPresent(lines::add);
        signed(by, -1, rounding).ifPresent(lines::add);
        lines.add(
                Line.bound(
                        "rounding",
                        new double[] {1, Math.max(2, by.length)},
                        new double[] {rounding, rounding}));
        return new Picture(
                title,
                Axis.of("eigenvalues by size"),
                Axis.powers("size of the eigenvalue"),
                lines);
    }

    private static Optional<Line> signed(double[] by, int sign, double rounding) {
        int[] places = IntStream.range(0, by.length).filter(i -> sign * by[i] > rounding).toArray();
        return places.length == 0
                ? Optional.empty()
                : Optional.of(
                        Line.measured(
                                sign > 0 ? "above 0" : "below 0",
                                Arrays.stream(places).mapToDouble(i -> i + 1).toArray(),
                                Arrays.stream(places).mapToDouble(i -> sign * by[i]).toArray()));
    }

    /// So many places from one number to another, equally far apart.
    public static double[] steps(double from, double to, int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> from + (to - from) * i / (count - 1))
                .toArray();
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

        /// What was measured, as a function of the place.
        public static Line measured(String name, double[] x, DoubleUnaryOperator y) {
            return measured(name, x, Arrays.stream(x).map(y).toArray());
        }

        /// What theory says of it, as a function of the place.
        public static Line bound(String name, double[] x, DoubleUnaryOperator y) {
            return bound(name, x, Arrays.stream(x).map(y).toArray());
        }

        /// What theory says of it.
        public static Line bound(String name, double[] x, double[] y) {
            return new Line(name, true, x, y);
        }
    }
}
