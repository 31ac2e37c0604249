// twin: float
package nonmercer.lanes;

/// The sums of one chunk, in the order that [DoubleLanes] sets: the definitions.
final class ScalarDoubleSums {
    private static final int STRIPE = DoubleLanes.STRIPE;

    private ScalarDoubleSums() {}

    static double sum(double[] x, int xo, int n) {
        double[] running = new double[4 * STRIPE];
        int m = n - n % STRIPE;
        for (int i = 0; i < m; i++) {
            running[i % running.length] += x[xo + i];
        }
        double total = fold(running);
        for (int i = m; i < n; i++) {
            total += x[xo + i];
        }
        return total;
    }

    static double dot(double[] a, int ao, double[] b, int bo, int n) {
        double[] running = new double[4 * STRIPE];
        int m = n - n % STRIPE;
        for (int i = 0; i < m; i++) {
            int k = i % running.length;
            running[k] = Math.fma(a[ao + i], b[bo + i], running[k]);
        }
        double total = fold(running);
        for (int i = m; i < n; i++) {
            total = Math.fma(a[ao + i], b[bo + i], total);
        }
        return total;
    }

    static double squaredDeviations(double[] x, int xo, double centre, int n) {
        double[] running = new double[4 * STRIPE];
        int m = n - n % STRIPE;
        for (int i = 0; i < m; i++) {
            int k = i % running.length;
            double d = x[xo + i] - centre;
            running[k] = Math.fma(d, d, running[k]);
        }
        double total = fold(running);
        for (int i = m; i < n; i++) {
            double d = x[xo + i] - centre;
            total = Math.fma(d, d, total);
        }
        return total;
    }

    static double sumExp(double[] x, int xo, double shift, int n) {
        double[] running = new double[4 * STRIPE];
        int m = n - n % STRIPE;
        for (int i = 0; i < m; i++) {
            running[i % running.length] += ScalarDoubleExp.exp(x[xo + i] - shift);
        }
        double total = fold(running);
        for (int i = m; i < n; i++) {
            total += ScalarDoubleExp.exp(x[xo + i] - shift);
        }
        return total;
    }

    static double pairGradient(
            Pairing f,
            double q,
            double[] keys,
            int ko,
            double[] g,
            int go,
            double[] dkeys,
            int dko,
            int n) {
        double[] running = new double[STRIPE];
        int m = n - n % STRIPE;
        for (int j = 0; j < m; j++) {
            int k = j % STRIPE;
            running[k] = addPairGradient(f, running[k], q, keys[ko + j], g[go + j], dkeys, dko + j);
        }
        return restOfPairGradient(f, fold(running), q, keys, ko, g, go, dkeys, dko, m, n);
    }

    /// Adds the terms `m … n-1` to a total, one by one.
    static double restOfPairGradient(
            Pairing f,
            double folded,
            double q,
            double[] keys,
            int ko,
            double[] g,
            int go,
            double[] dkeys,
            int dko,
            int m,
            int n) {
        double total = folded;
        for (int j = m; j < n; j++) {
            total = addPairGradient(f, total, q, keys[ko + j], g[go + j], dkeys, dko + j);
        }
        return total;
    }

    private static double addPairGradient(
            Pairing f, double sum, double q, double key, double g, double[] dkeys, int at) {
        double slope = ScalarDoubleFunctions.slope(f, q, key);
        dkeys[at] = Math.fma(g, ScalarDoubleFunctions.keySlope(f, q, key), dkeys[at]);
        return Math.fma(g, slope, sum);
    }

    /// `a[k] + a[k + h]` for h = half the length, …, 2, 1; `a` is used up.
    static double fold(double[] a) {
        for (int h = a.length / 2; h > 0; h /= 2) {
            for (int k = 0; k < h; k++) {
                a[k] += a[k + h];
            }
        }
        return a[0];
    }
}
