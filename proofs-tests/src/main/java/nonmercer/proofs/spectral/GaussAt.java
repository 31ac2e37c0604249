package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.kernel.FeatureMap;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.Numbers;
import nonmercer.spectral.Spread;

/// A normal law `ω = μ + Lᵀε` and two points, scaled already; with the seed of the draws.
///
/// @param factor `L`; only its diagonal counts where `diagonal`
record GaussAt(
        double[] mean, double[][] factor, boolean diagonal, double[] x, double[] y, long seed) {
    /// A law with a full factor and one with a diagonal one.
    record Both(GaussAt full, GaussAt diagonal) {
        /// The greater of a number of the two.
        double max(ToDoubleFunction<GaussAt> number) {
            return Math.max(number.applyAsDouble(full), number.applyAsDouble(diagonal));
        }

        private static Both of(
                Random r, Predicate<GaussAt> kept, BiFunction<Random, Boolean, GaussAt> draw) {
            GaussAt[] all = new GaussAt[2];
            for (int i = 0; i < 2; i++) {
                do {
                    all[i] = draw.apply(r, i == 1);
                } while (!kept.test(all[i]));
            }
            return new Both(all[0], all[1]);
        }
    }

    /// Cases where no two of `‖Lδ‖²`, `‖Lᵀδ‖²` and, for diagonal laws, `‖L²δ‖²` are near each
    /// other, all in `[1, 3]`, and `|μ·δ|` in `[½, 1]`; `δ = x − y`.
    static Arbitrary<Both> apart() {
        return apart(c -> true);
    }

    /// Such cases that are telling.
    static Arbitrary<Both> apart(Predicate<GaussAt> kept) {
        return drawn(r ->
                Both.of(
                        r,
                        c -> c.telling(c.delta(), 1, 3, 0.5) && kept.test(c),
                        (random, diagonal) ->
                                random(random, 1 + random.nextDouble() * 2, true, diagonal)));
    }

    /// The same with `z = x + y` for `δ`, for variances in `[½, 1]`, and at least 0.15 apart.
    static Arbitrary<Both> together() {
        return drawn(r ->
                Both.of(
                        r,
                        c -> c.telling(c.z(), 0.5, 1, 0.15),
                        (random, diagonal) ->
                                random(random, 0.5 + random.nextDouble() / 2, false, diagonal)));
    }

    /// The same at half the points.
    GaussAt halved() {
        double[] p = x.clone();
        double[] q = y.clone();
        scale(p, 0.5);
        scale(q, 0.5);
        return new GaussAt(mean, factor, diagonal, p, q, seed);
    }

    /// Values that do not shrink: a simpler draw of a random law tells no more.
    static <T> Arbitrary<T> drawn(Function<Random, T> draw) {
        return Arbitraries.fromGenerator(r -> Shrinkable.unshrinkable(draw.apply(r)));
    }

    private static GaussAt random(Random r, double variance, boolean difference, boolean diagonal) {
        int d = 2 + r.nextInt(5);
        double[][] factor = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int l = 0; l < d; l++) {
                factor[i][l] =
                        diagonal
                                ? i == l ? Math.exp(r.nextGaussian() / 2) : 0
                                : r.nextGaussian() / Math.sqrt(d);
            }
        }
        double[] t = gaussian(r, d);
        scale(t, Math.sqrt(variance / square(times(factor, t))));
        double[] mean = gaussian(r, d);
        scale(mean, (0.5 + r.nextDouble() / 2) / Math.abs(dot(mean, t)));
        double[] x = gaussian(r, d);
        double[] y = x.clone();
        for (int l = 0; l < d; l++) {
            x[l] = difference ? x[l] / 2 : t[l] * (0.3 + 0.4 * r.nextDouble());
            y[l] = difference ? x[l] - t[l] : t[l] - x[l];
        }
        return new GaussAt(mean, factor, diagonal, x, y, r.nextLong());
    }

    private boolean telling(double[] t, double low, double high, double apart) {
        double right = variance(t);
        double other = square(times(other(), t));
        return other >= low
                && other <= high
                && Math.abs(right - other) >= apart
                && square(mean) < 4;
    }

    /// What a wrong reading takes for `L`: `Lᵀ`, and `L²` of a diagonal one.
    double[][] other() {
        int d = mean.length;
        double[][] t = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int l = 0; l < d; l++) {
                t[i][l] = diagonal ? factor[i][l] * factor[i][l] : factor[l][i];
            }
        }
        return t;
    }

    int d() {
        return mean.length;
    }

    double[] delta() {
        double[] t = x.clone();
        Arrays.setAll(t, l -> x[l] - y[l]);
        return t;
    }

    double[] z() {
        double[] t = x.clone();
        Arrays.setAll(t, l -> x[l] + y[l]);
        return t;
    }

    /// `‖Lt‖²`.
    double variance(double... t) {
        return square(times(factor, t));
    }

    /// `μ·t`.
    double along(double... t) {
        return dot(mean, t);
    }

    /// The library's law.
    Gaussian law() {
        return law(factor);
    }

    /// The library's law with another factor.
    Gaussian law(double[][] l) {
        Numbers mu = Numbers.fixed(Array.of(Shape.of(1, d()), mean));
        return new Gaussian(mu, diagonal ? diagonalSpread(l) : new Spread.Full(full(l)));
    }

    private Spread diagonalSpread(double[][] l) {
        double[] logs = new double[d()];
        Arrays.setAll(logs, i -> 2 * Math.log(l[i][i]));
        return new Spread.Diagonal(Numbers.fixed(Array.of(Shape.of(1, d()), logs)));
    }

    private Numbers full(double[][] l) {
        double[] all = Arrays.stream(l).flatMapToDouble(Arrays::stream).toArray();
        return Numbers.fixed(Array.of(Shape.of(1, d(), d()), all));
    }

    /// The stream of the draws.
    RandomStream stream() {
        return RandomStream.of(seed);
    }

    /// `⟨φ(q), ψ(k)⟩`.
    static double estimate(FeatureMap map, double[] q, double[] k) {
        return Estimates.gram(map, new double[][] {q}, new double[][] {k})[0][0];
    }

    static double[] gaussian(Random r, int d) {
        double[] t = new double[d];
        Arrays.setAll(t, l -> r.nextGaussian());
        return t;
    }

    static void scale(double[] t, double by) {
        Arrays.setAll(t, l -> t[l] * by);
    }

    static double[] times(double[][] a, double... t) {
        return Arrays.stream(a).mapToDouble(row -> dot(row, t)).toArray();
    }

    static double square(double... t) {
        return dot(t, t);
    }

    static double dot(double[] a, double... b) {
        double sum = 0;
        for (int l = 0; l < a.length; l++) {
            sum += a[l] * b[l];
        }
        return sum;
    }
}
