package nonmercer.metric;

/// Student's distribution with a whole number of degrees of freedom.
final class StudentT {
    private StudentT() {}

    /// `P(|T| <= t)` by the finite series of Abramowitz and Stegun 26.7.3 and 26.7.4, with `θ =
    /// arctan(t/√ν)`: `sin θ · (1 + 1/2 cos² θ + (1·3)/(2·4) cos⁴ θ + …)` up to `cos^(ν-2) θ` for
    /// even `ν`, `2/π · (θ + sin θ · (cos θ + 2/3 cos³ θ + (2·4)/(3·5) cos⁵ θ + …))` up to
    /// `cos^(ν-2) θ` for odd `ν`.
    static double within(double t, int freedom) {
        double theta = Math.atan(t / Math.sqrt(freedom));
        double cos = Math.cos(theta);
        boolean odd = freedom % 2 == 1;
        double sum = 0;
        double term = odd ? cos : 1;
        for (int k = odd ? 1 : 0; k <= freedom - 2; k += 2) {
            sum += term;
            term *= cos * cos * (k + 1) / (k + 2);
        }
        double series = Math.sin(theta) * sum;
        return odd ? 2 / Math.PI * (theta + series) : series;
    }

    /// The `t` with `P(|T| <= t) = level`, by bisection to the last bit.
    static double quantile(int freedom, double level) {
        double low = 0;
        double high = 1;
        while (within(high, freedom) < level) {
            low = high;
            high *= 2;
        }
        while (true) {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) {
                return middle;
            }
            if (within(middle, freedom) < level) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }
}
