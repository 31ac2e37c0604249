package nonmercer.machine;

/// `₀F₁(;1; t) = Σ tⁿ/(n!)²`: the Bessel function `I₀(2√t)` for positive t, `J₀(2√-t)` for
/// negative.
///
/// The series has positive terms for positive t; for negative ones they cancel, and J₀ goes another
/// way. Exact to a few roundings of the argument.
final class BesselZero {
    private static final double LARGEST = 1.3e5; // I₀(2√t) exceeds 10³⁰⁸ before
    private static final double FAR = 25; // terms of the asymptotic series fall below e⁻⁵⁰
    private static final int HIGHEST = 80; // J₈₀(25) < 10⁻³⁰, and its square is the error

    private BesselZero() {}

    /// Infinity beyond the range of doubles, and no number at no number.
    static double at(double t) {
        if (Double.isNaN(t) || t > LARGEST) {
            return t + Double.POSITIVE_INFINITY;
        }
        if (t >= -1) {
            return series(t);
        }
        double x = 2 * Math.sqrt(-t);
        return x < FAR ? backwards(x) : asymptotic(x);
    }

    private static double series(double t) {
        double sum = 0;
        double term = 1;
        for (int n = 1; sum + term != sum; n++) {
            sum += term;
            term *= t / ((double) n * n);
        }
        return sum;
    }

    /// Miller's algorithm: `Jₙ₋₁ = 2n/x Jₙ - Jₙ₊₁` downwards from any start, scaled at last so that
    /// `J₀ + 2J₂ + 2J₄ + … = 1`.
    private static double backwards(double x) {
        double above = 0;
        double here = 1e-300;
        double sum = 0;
        for (int n = HIGHEST; n > 0; n--) {
            sum += n % 2 == 0 ? 2 * here : 0;
            double below = 2 * n / x * here - above;
            above = here;
            here = below;
        }
        return here / (sum + here);
    }

    /// `√(2/πx) (P cos(x - π/4) - Q sin(x - π/4))` by Hankel's series for P and Q.
    private static double asymptotic(double x) {
        double p = 0;
        double q = 0;
        double term = 1;
        for (int k = 1; Math.abs(term) > 0x1p-60; k++) {
            double sign = (k - 1) % 4 < 2 ? 1 : -1;
            if (k % 2 == 1) {
                p += sign * term;
            } else {
                q += sign * term;
            }
            term *= -(2.0 * k - 1) * (2.0 * k - 1) / (8 * k * x);
        }
        double cos = Math.cos(x);
        double sin = Math.sin(x);
        return (p * (cos + sin) - q * (sin - cos)) / Math.sqrt(Math.PI * x);
    }
}
