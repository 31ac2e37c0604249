package nonmercer.proofs.attention;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Points;

/// Queries `[n][d]`, keys `[m][d]` and values `[m][e]`.
record Scene(double[][] q, double[][] k, double[][] v) {
    /// Up to `n` queries and `m` keys that the kernel takes, and values of up to three coordinates
    /// in [-2, 2].
    static Arbitrary<Scene> of(Candidate kernel, int n, int m) {
        return kernel.pairs(n, m).flatMap(p -> with(p));
    }

    /// The same for claims about derivatives.
    static Arbitrary<Scene> offKinks(Candidate kernel, int n, int m) {
        return kernel.offKinks(n, m).flatMap(p -> with(p));
    }

    /// Two scenes of one shape.
    static Arbitrary<List<Scene>> two(Candidate kernel, int n, int m) {
        return of(kernel, n, m)
                .flatMap(s ->
                        Combinators.combine(
                                        Points.in(s.q.length, s.q[0].length, 2),
                                        Points.in(s.k.length, s.k[0].length, 2),
                                        Points.in(s.v.length, s.v[0].length, 2))
                                .as((q, k, v) -> List.of(s, new Scene(q, k, v))));
    }

    private static Arbitrary<Scene> with(Pairs p) {
        return integers()
                .between(1, 3)
                .flatMap(e -> Points.in(p.k().length, e, 2))
                .map(v -> new Scene(p.q(), p.k(), v));
    }

    int n() {
        return q.length;
    }

    int m() {
        return k.length;
    }

    /// These keys times a factor.
    Scene scaledKeys(double factor) {
        return new Scene(q, scaled(k, factor), v);
    }

    /// These queries times a factor.
    Scene scaledQueries(double factor) {
        return new Scene(scaled(q, factor), k, v);
    }

    private static double[][] scaled(double[][] x, double factor) {
        double[][] y = new double[x.length][];
        for (int j = 0; j < y.length; j++) {
            y[j] = x[j].clone();
            for (int l = 0; l < y[j].length; l++) {
                y[j][l] *= factor;
            }
        }
        return y;
    }

    /// These queries, with keys and values from `from` on taken from another scene.
    Scene with(Scene other, int from) {
        double[][] keys = k.clone();
        double[][] values = v.clone();
        for (int j = Math.max(0, from); j < keys.length; j++) {
            keys[j] = other.k[j];
            values[j] = other.v[j];
        }
        return new Scene(q, keys, values);
    }

    /// These queries, keys and weights as values: row `j` of the values is unit vector `j`, so that
    /// attention gives its weights.
    Scene weights() {
        double[][] unit = new double[m()][m()];
        for (int j = 0; j < unit.length; j++) {
            unit[j][j] = 1;
        }
        return new Scene(q, k, unit);
    }

    /// The number of numbers whose bits differ in the first rows.
    static int differences(double[][] a, double[][] b, int rows) {
        int count = 0;
        for (int i = 0; i < rows; i++) {
            for (int l = 0; l < a[i].length; l++) {
                count +=
                        Double.doubleToLongBits(a[i][l]) == Double.doubleToLongBits(b[i][l])
                                ? 0
                                : 1;
            }
        }
        return count;
    }

    /// The largest difference of two rows.
    static double distance(double[] a, double[] b) {
        double worst = 0;
        for (int l = 0; l < a.length; l++) {
            worst = Math.max(worst, Math.abs(a[l] - b[l]));
        }
        return worst;
    }
}
