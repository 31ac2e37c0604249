package nonmercer.proofs;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/// Random points of `ℝᵈ` as cases: rows of numbers that are multiples of 2⁻¹⁰, and so exact in
/// float32 and in float64.
///
/// A failing case shrinks towards whole numbers and zeros.
public final class Points {
    /// The grid the coordinates lie on.
    public static final double GRID = 0x1p-10;

    private static final int[] PRIMES = {2, 3, 5, 7, 11, 13, 17, 19};

    private Points() {}

    /// `n` points uniform in the cube `[-radius, radius]ᵈ`; one set in four has a repeated or a
    /// zero point.
    public static Arbitrary<double[][]> in(int n, int d, double radius) {
        return Arbitraries.fromGenerator(random -> {
            double[][] x = new double[n][];
            Arrays.setAll(x, i -> point(random, d, radius));
            int luck = n > 0 ? random.nextInt(8) : 2;
            if (luck == 0) {
                x[random.nextInt(n)] = x[random.nextInt(n)].clone();
            } else if (luck == 1) {
                x[random.nextInt(n)] = new double[d];
            }
            return new Rows(x);
        });
    }

    /// `n` points uniform in the cube `[-radius, radius]ᵈ`, in general position: no two of them
    /// closer than `radius/8n` in every coordinate, and never simplified, since simple points are
    /// no general position.
    public static Arbitrary<double[][]> general(int n, int d, double radius) {
        return Arbitraries.fromGenerator(random -> {
            double[][] x = new double[n][];
            for (int i = 0; i < n; i++) {
                do {
                    x[i] = point(random, d, radius);
                } while (near(x, i, radius / (8 * n)));
            }
            return Shrinkable.unshrinkable(x);
        });
    }

    /// The same `n` points every time, spread over the cube `[-radius, radius]ᵈ`, d ≤ 8: the
    /// multiples of square roots of primes, modulo 1. For pictures.
    public static double[][] spread(int n, int d, double radius) {
        double[][] x = new double[n][d];
        for (int i = 0; i < n; i++) {
            for (int l = 0; l < d; l++) {
                double turn = (i + 1) * Math.sqrt(PRIMES[l]);
                x[i][l] = radius * (2 * (turn - Math.floor(turn)) - 1);
            }
        }
        return x;
    }

    /// Zeros are positive: `-0.0` would differ in its bits from what equals it.
    private static double[] point(Random random, int d, double radius) {
        double[] x = new double[d];
        Arrays.setAll(
                x, l -> GRID * Math.rint(radius * (2 * random.nextDouble() - 1) / GRID) + 0.0);
        return x;
    }

    /// Whether point `i` is near one before it.
    private static boolean near(double[][] x, int i, double distance) {
        for (int j = 0; j < i; j++) {
            double most = 0;
            for (int l = 0; l < x[i].length; l++) {
                most = Math.max(most, Math.abs(x[i][l] - x[j][l]));
            }
            if (most < distance) {
                return true;
            }
        }
        return false;
    }

    /// Whether two points are the same.
    public static boolean repeats(double[][] x) {
        return IntStream.range(0, x.length)
                .anyMatch(i -> IntStream.range(0, i).anyMatch(j -> Arrays.equals(x[i], x[j])));
    }

    private record Rows(double[][] rows) implements Shrinkable<double[][]> {
        @Override
        public double[][] value() {
            double[][] copy = new double[rows.length][];
            for (int i = 0; i < rows.length; i++) {
                copy[i] = rows[i].clone();
            }
            return copy;
        }

        /// All coordinates simpler at once, then row by row, then one by one.
        @Override
        public Stream<Shrinkable<double[][]>> shrink() {
            Stream<Shrinkable<double[][]>> all = steps().map(f -> with(f, -1, -1));
            Stream<Shrinkable<double[][]>> byRow =
                    IntStream.range(0, rows.length)
                            .boxed()
                            .flatMap(i -> steps().map(f -> with(f, i, -1)));
            Stream<Shrinkable<double[][]>> one =
                    IntStream.range(0, rows.length)
                            .boxed()
                            .flatMap(i ->
                                    IntStream.range(0, rows[i].length)
                                            .boxed()
                                            .flatMap(l -> steps().map(f -> with(f, i, l))));
            return Stream.of(all, byRow, one)
                    .flatMap(s -> s)
                    .filter(s -> s.distance().compareTo(distance()) < 0);
        }

        private static Stream<DoubleUnaryOperator> steps() {
            return Stream.of(
                    v -> 0,
                    v -> v < 0 ? Math.ceil(v) : Math.floor(v),
                    v -> Math.rint(4 * v) / 4,
                    v -> Math.rint(16 * v) / 16);
        }

        private Shrinkable<double[][]> with(DoubleUnaryOperator f, int row, int column) {
            double[][] x = value();
            for (int i = 0; i < x.length; i++) {
                for (int l = 0; l < x[i].length; l++) {
                    if ((row < 0 || i == row) && (column < 0 || l == column)) {
                        x[i][l] = f.applyAsDouble(x[i][l]) + 0.0;
                    }
                }
            }
            return new Rows(x);
        }

        /// Places after the point first, then size.
        @Override
        public ShrinkingDistance distance() {
            long places = 0;
            long size = 0;
            for (double[] row : rows) {
                for (double v : row) {
                    long grid = Math.abs(Math.round(v / GRID));
                    places += grid == 0 ? 0 : Math.max(0, 10 - Long.numberOfTrailingZeros(grid));
                    size += grid;
                }
            }
            return ShrinkingDistance.of(places, size);
        }
    }
}
