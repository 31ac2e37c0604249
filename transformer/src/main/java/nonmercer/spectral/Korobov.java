package nonmercer.spectral;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.random.Normal;
import nonmercer.random.RandomStream;

/// Rank-1 lattices with generators `(1, a, a², …) mod m` (Korobov 1959), shifted at random.
final class Korobov {
    private static final int CANDIDATES = 64;

    private Korobov() {}

    /// Standard normal quantiles of the points `frac(i aˡ/m + shiftₗ)`.
    static Array normal(int m, int d, RandomStream stream) {
        Array out = Array.zeros(DType.FLOAT64, Shape.of(m, d));
        double[] to = out.doubles();
        double[] shift = new double[d];
        for (int l = 0; l < d; l++) {
            shift[l] = stream.nextDouble();
        }
        long[] z = powers(best(m, d), m, d);
        for (int i = 0; i < m; i++) {
            for (int l = 0; l < d; l++) {
                double u = (double) (i * z[l] % m) / m + shift[l];
                u -= u >= 1 ? 1 : 0;
                to[i * d + l] = Normal.quantile(Math.clamp(u, 0x1p-54, 1 - 0x1p-53));
            }
        }
        return out;
    }

    /// The candidate `a`, coprime to `m`, with the least worst-case error `P₂`, coordinate `l`
    /// weighted `1/(l + 1)²`.
    private static long best(int m, int d) {
        long best = 1;
        double least = Double.POSITIVE_INFINITY;
        int step = Math.max(1, m / CANDIDATES);
        for (long a = 1L + step / 2; a < m; a += step) {
            while (gcd(a, m) != 1) {
                a++;
            }
            double error = error(powers(a, m, d), m);
            if (error < least) {
                least = error;
                best = a;
            }
        }
        return best;
    }

    /// `P₂ + 1 = m⁻¹ Σᵢ Πₗ (1 + γₗ 2π² B₂(frac(i zₗ/m)))`, `B₂(x) = x² − x + 1/6`.
    private static double error(long[] z, int m) {
        double sum = 0;
        for (int i = 0; i < m; i++) {
            double product = 1;
            for (int l = 0; l < z.length; l++) {
                double x = (double) (i * z[l] % m) / m;
                double weight = 1.0 / ((l + 1.0) * (l + 1.0));
                product *= 1 + weight * 2 * Math.PI * Math.PI * (x * x - x + 1 / 6.0);
            }
            sum += product;
        }
        return sum / m;
    }

    private static long[] powers(long a, int m, int d) {
        long[] z = new long[d];
        z[0] = 1 % m;
        for (int l = 1; l < d; l++) {
            z[l] = z[l - 1] * a % m;
        }
        return z;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
