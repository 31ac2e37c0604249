package nonmercer.proofs.spectral;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;

/// Features in `0 … 7`, or 0 and 1, and values in `-7 … 7`, whole: every sum is exact, so that a
/// quotient taken last is one number, however the sums were ordered.
///
/// @param phi queries' features `[n][m]`
/// @param psi keys' features `[N][m]`
/// @param v values `[N][e]`
/// @param seen how many keys are there
record Integers(double[][] phi, double[][] psi, double[][] v, int seen) {
    /// As many queries as keys, or any number; features up to `greatest`, one case of six with more
    /// than a block of 64 of them, and every fourth nearly as long as can be; of those with any
    /// number of queries one of ten with thousands of keys.
    static Arbitrary<Integers> drawn(boolean square, int most, int greatest) {
        return GaussAt.drawn(r -> {
            int keys = 1 + (r.nextInt(4) == 0 ? most - 20 + r.nextInt(20) : r.nextInt(most));
            keys = !square && r.nextInt(10) == 0 ? 1000 + r.nextInt(3000) : keys;
            int n = square ? keys : 1 + r.nextInt(12);
            int m = r.nextInt(6) == 0 ? 65 + r.nextInt(16) : 1 + r.nextInt(16);
            double[][] phi = whole(r, n, m, 0, greatest);
            double[][] psi = whole(r, keys, m, 0, greatest);
            if (r.nextInt(4) == 0) {
                phi[r.nextInt(n)] = new double[m];
            }
            int seen = r.nextBoolean() ? keys : 1 + r.nextInt(keys);
            return new Integers(phi, psi, whole(r, keys, 1 + r.nextInt(4), -7, 7), seen);
        });
    }

    private static double[][] whole(Random r, int n, int m, int least, int greatest) {
        double[][] x = new double[n][m];
        for (double[] row : x) {
            for (int l = 0; l < m; l++) {
                row[l] = least + r.nextInt(greatest + 1 - least);
            }
        }
        return x;
    }

    /// The quadratic form: `(Σⱼ (φᵢ·ψⱼ) vⱼ)/(Σⱼ φᵢ·ψⱼ)` over the first `seen` keys; empty where the
    /// divisor is zero.
    double[] row(int i, int seen) {
        long z = 0;
        long[] sums = new long[v[0].length];
        for (int j = 0; j < seen; j++) {
            long w = (long) GaussAt.dot(phi[i], psi[j]);
            z += w;
            for (int l = 0; l < sums.length; l++) {
                sums[l] += w * (long) v[j][l];
            }
        }
        double divisor = z;
        return z == 0
                ? new double[0]
                : IntStream.range(0, sums.length).mapToDouble(l -> sums[l] / divisor).toArray();
    }

    /// How many numbers of a row differ, `-0` being 0.
    static int differing(double[] a, double... b) {
        int count = 0;
        for (int l = 0; l < b.length; l++) {
            count += a[l] == b[l] ? 0 : 1;
        }
        return count;
    }
}
