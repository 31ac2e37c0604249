package nonmercer.spectral;

import java.util.OptionalDouble;

/// Sums of hypergeometric series.
final class Series {
    private static final int MOST = 4000;

    private Series() {}

    /// `₁F₁(d; d/2; t)`: `E exp((ωᵢ + ωⱼ)·z)` of two orthogonal frequencies in `d` coordinates with
    /// normal marginals and independent lengths, `t = ‖z‖²/2`; with cosines for exponentials `t =
    /// −‖z‖²/2`.
    ///
    /// For `t < 0` by Kummer's transformation `e^t ₁F₁(−d/2; d/2; −t)`.
    static double confluent(int d, double t) {
        return t >= 0 ? sum(d, d / 2.0, t) : Math.exp(t) * sum(-d / 2.0, d / 2.0, -t);
    }

    /// `Σₖ (a)ₖ/(b)ₖ tᵏ/k!`, to the last bit that counts.
    private static double sum(double a, double b, double t) {
        double term = 1;
        double sum = 1;
        for (int k = 0; k < MOST && term != 0; k++) {
            term *= (a + k) / (b + k) * t / (k + 1);
            sum += term;
            if (Math.abs(term) < 0x1p-60 * Math.abs(sum) && k > t) {
                break;
            }
        }
        return sum;
    }

    /// `E ₀F₁(; d/2; R² x/4)` with `R² = r₁² + r₂² + 2 c r₁ r₂`, `r` independent and chi with `d`
    /// degrees: `E exp((ωᵢ + ωⱼ)·z)` of two frequencies at cosine `c` in a uniformly random
    /// position, `x = ‖z‖²`, or with cosines `x = −‖z‖²`. Empty where the sum would cancel or
    /// overflow.
    static OptionalDouble atCosine(int d, double c, double x) {
        if (Math.abs(x) > 24) {
            return OptionalDouble.empty();
        }
        int most = 160;
        double[] chi = new double[2 * most + 1]; // ln E rᵖ
        for (int p = 0; p < chi.length; p++) {
            chi[p] = p / 2.0 * Math.log(2) + logGamma((d + p) / 2.0) - logGamma(d / 2.0);
        }
        double sum = 0;
        double logFactor = 0; // ln of (|x|/4)ᵏ/((d/2)ₖ k!)
        for (int k = 0; k < most; k++) {
            double term = power(k, c, chi, logFactor);
            sum += x < 0 && k % 2 == 1 ? -term : term;
            if (k > 2 && Math.abs(term) < 0x1p-58 * Math.abs(sum) || x == 0) {
                return OptionalDouble.of(sum);
            }
            logFactor += Math.log(Math.abs(x) / 4) - Math.log((d / 2.0 + k) * (k + 1));
        }
        return OptionalDouble.empty();
    }

    /// `e^logFactor E R²ᵏ`, by the trinomial theorem.
    private static double power(int k, double c, double[] chi, double logFactor) {
        double sum = 0;
        double log = logFactor; // and ln of k over j, and of |2c|ʲ
        for (int j = 0; j <= k; j++) {
            double split = log; // and ln of k − j over i
            for (int i = 0; i <= k - j; i++) {
                double term = Math.exp(split + chi[j + 2 * i] + chi[j + 2 * (k - j - i)]);
                sum += c < 0 && j % 2 == 1 ? -term : term;
                split += Math.log((double) (k - j - i) / (i + 1));
            }
            log += Math.log((double) (k - j) / (j + 1) * Math.abs(2 * c));
        }
        return sum;
    }

    /// `ln Γ(x)`, `x` a positive multiple of ½: by the recurrence, from `Γ(½) = √π` and `Γ(1) = 1`.
    static double logGamma(double x) {
        double at = x == Math.rint(x) ? 1 : 0.5;
        double sum = at == 1 ? 0 : Math.log(Math.PI) / 2;
        for (; at < x; at++) {
            sum += Math.log(at);
        }
        return sum;
    }
}
