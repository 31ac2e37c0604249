package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.autodiff.Tensor;

/// How far statistics of `n` independent numbers are from what they estimate, except with
/// probability [#ALPHA]: theorems for every `n`, not limits.
final class Deviation {
    /// The probability, at most, that one assertion refutes a true claim: ten thousand assertions
    /// fit into the suite's budget.
    static final double ALPHA = 1e-10;

    private Deviation() {}

    /// Of the mean of numbers in an interval of length `range`: `range √(ln(2/α)/2n)` (Hoeffding
    /// 1963, Theorem 2).
    static double hoeffding(double range, long n) {
        return range * Math.sqrt(Math.log(2 / ALPHA) / (2.0 * n));
    }

    /// Of the mean of numbers with this variance, none farther than `most` from its expectation:
    /// `t` with `2 exp(−n t²/(2σ² + 2 most t/3)) = α` (Bernstein 1924).
    static double bernstein(double variance, double most, long n) {
        double l = Math.log(2 / ALPHA) / n;
        double b = most * l / 3;
        return b + Math.sqrt(b * b + 2 * variance * l);
    }

    /// Of an empirical distribution function from the true one, anywhere: `√(ln(2/α)/2n)`
    /// (Dvoretzky, Kiefer & Wolfowitz 1956; Massart 1990).
    static double dkw(long n) {
        return Math.sqrt(Math.log(2 / ALPHA) / (2.0 * n));
    }

    /// Of [#catoniMean] from the mean of numbers with this variance, whatever their tails: `√(2σ² l
    /// /(n − 2l))`, `l = ln(2/α)` (Catoni 2012, Proposition 2.4).
    static double catoni(double variance, long n) {
        double l = Math.log(2 / ALPHA);
        return Math.sqrt(2 * variance * l / (n - 2 * l));
    }

    /// Catoni's estimate of a mean: the `θ` with `Σ ψ(s (xᵢ − θ)) = 0`, `ψ(u) = ± ln(1 + |u| +
    /// u²/2)`.
    static double catoniMean(double[] x, double variance) {
        int n = x.length;
        double l = Math.log(2 / ALPHA);
        double s = Math.sqrt(2 * l / (n * (variance + 2 * variance * l / (n - 2 * l))));
        double low = Arrays.stream(x).min().orElseThrow();
        double high = Arrays.stream(x).max().orElseThrow();
        double theta = Arrays.stream(x).average().orElseThrow();
        for (int step = 0; step < 60 && high - low > 1e-12 * (1 + Math.abs(theta)); step++) {
            double sum = 0;
            double slope = 0;
            for (double xi : x) {
                double u = s * (xi - theta);
                double a = Math.abs(u);
                double inside = 1 + a + u * u / 2;
                sum += Math.copySign(Math.log(inside), u);
                slope += s * (1 + a) / inside;
            }
            if (sum > 0) {
                low = theta;
            } else {
                high = theta;
            }
            double next = theta + sum / slope;
            if (Math.abs(next - theta) < 1e-13 * (1 + Math.abs(theta))) {
                break;
            }
            theta = next > low && next < high ? next : (low + high) / 2;
        }
        return theta;
    }

    /// `sup |Fₙ − Φ|`, the distance of a sample from the standard normal law.
    static double fromNormal(double[] sample) {
        return fromNormal(sample, x -> 0);
    }

    /// The distance of a sample from the law with the distribution function `Φ` and something more.
    static double fromNormal(double[] sample, DoubleUnaryOperator more) {
        double[] x = sample.clone();
        Arrays.sort(x);
        double[] scaled = Arrays.stream(x).map(v -> v / Math.sqrt(2)).toArray();
        double[] f = Tensor.of(Array.of(Shape.of(x.length), scaled)).erf().value().toDoubles();
        Arrays.setAll(f, i -> (1 + f[i]) / 2 + more.applyAsDouble(x[i]));
        return distance(f);
    }

    /// The distance of a sample from the chi-squared law with an even number of degrees of freedom,
    /// `F(x) = 1 − e^(−x/2) Σ_{k < d/2} (x/2)ᵏ/k!`.
    static double fromChiSquared(int degrees, double[] sample) {
        double[] x = sample.clone();
        Arrays.sort(x);
        return distance(
                Arrays.stream(x)
                        .map(v -> {
                            double term = 1;
                            double sum = 1;
                            for (int k = 1; k < degrees / 2; k++) {
                                term *= v / 2 / k;
                                sum += term;
                            }
                            return 1 - Math.exp(-v / 2) * sum;
                        })
                        .toArray());
    }

    /// `sup |Fₙ − F|` from the values of `F` at the sorted sample.
    private static double distance(double... f) {
        int n = f.length;
        double worst = 0;
        for (int i = 0; i < n; i++) {
            worst = Math.max(worst, Math.max((i + 1.0) / n - f[i], f[i] - (double) i / n));
        }
        return worst;
    }
}
