package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import nonmercer.proofs.Picture;

/// Pictures of functions and of samples.
final class Curves {
    private static final double WIDTH = 0.25;

    private Curves() {}

    /// `n` numbers from one to another.
    static double[] range(double from, double to, int n) {
        double[] x = new double[n];
        Arrays.setAll(x, i -> from + (to - from) * i / (n - 1));
        return x;
    }

    /// What the code gives.
    static Picture.Line measured(String name, double[] x, DoubleUnaryOperator f) {
        return Picture.Line.measured(name, x, Arrays.stream(x).map(f).toArray());
    }

    /// What theory says.
    static Picture.Line bound(String name, double[] x, DoubleUnaryOperator f) {
        return Picture.Line.bound(name, x, Arrays.stream(x).map(f).toArray());
    }

    /// Lines over axes of equal steps.
    static Optional<Picture> of(String title, String x, String y, Picture.Line... lines) {
        return Optional.of(
                new Picture(title, Picture.Axis.of(x), Picture.Axis.of(y), List.of(lines)));
    }

    /// How often numbers fall near each place, and the density they should have.
    static Optional<Picture> density(
            String title, String law, double most, double[] sample, DoubleUnaryOperator density) {
        double[] x = range(-most, most, (int) Math.rint(2 * most / WIDTH) + 1);
        double[] count = new double[x.length];
        for (double s : sample) {
            long cell = Math.round((s + most) / WIDTH);
            if (cell >= 0 && cell < count.length) {
                count[(int) cell] += 1 / (WIDTH * sample.length);
            }
        }
        return of(
                title,
                "ω·z/‖z‖",
                "density",
                Picture.Line.measured("drawn", x, count),
                bound(law, x, density));
    }

    /// The standard normal density.
    static double normal(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
