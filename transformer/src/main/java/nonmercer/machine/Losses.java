package nonmercer.machine;

import nonmercer.autodiff.Tensor;

/// The losses that come with the library.
enum Losses implements Loss {
    SQUARED {
        @Override
        public double value(double z, double t) {
            return (z - t) * (z - t) / 2;
        }

        @Override
        public double slope(double z, double t) {
            return t - z;
        }

        @Override
        public double conjugate(double z, double s) {
            return s * z + s * s / 2;
        }

        @Override
        public double conjugateSlope(double z, double s) {
            return z + s;
        }

        @Override
        public double conjugateCurvature(double z, double s) {
            return 1;
        }

        @Override
        public double leastSlope(double z) {
            return Double.NEGATIVE_INFINITY;
        }

        @Override
        public double largestSlope(double z) {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public boolean strictlyConvex() {
            return true;
        }

        // One square: no cancellation near the solution.
        @Override
        public double gap(double z, double t, double s) {
            return (t - z - s) * (t - z - s) / 2;
        }

        @Override
        public Tensor values(Tensor z, Tensor t) {
            return z.sub(t).square().scale(0.5);
        }
    },
    LOGISTIC {
        @Override
        public double value(double z, double t) {
            double m = sign(z) * t;
            return Math.max(0, -m) + Math.log1p(Math.exp(-Math.abs(m)));
        }

        @Override
        public double slope(double z, double t) {
            return -z / (1 + Math.exp(sign(z) * t));
        }

        // β ln β + (1 - β) ln(1 - β), β = -z s
        @Override
        public double conjugate(double z, double s) {
            double b = -sign(z) * s;
            return b < 0 || b > 1
                    ? Double.POSITIVE_INFINITY
                    : entropy(b) + (b == 1 ? 0 : (1 - b) * Math.log1p(-b));
        }

        @Override
        public double conjugateSlope(double z, double s) {
            double b = -sign(z) * s;
            return -z * (Math.log(b) - Math.log1p(-b));
        }

        @Override
        public double conjugateCurvature(double z, double s) {
            double b = -sign(z) * s;
            return 1 / (b * (1 - b));
        }

        @Override
        public double leastSlope(double z) {
            return Math.min(0, -sign(z));
        }

        @Override
        public double largestSlope(double z) {
            return Math.max(0, -sign(z));
        }

        @Override
        public boolean strictlyConvex() {
            return true;
        }

        // The divergence of β from the slope's p, as two terms of one sign: both of them are the
        // smaller of β and 1 - β, which has its digits.
        @Override
        public double gap(double z, double t, double s) {
            double b = -sign(z) * s;
            if (b < 0 || b > 1) {
                return Double.POSITIVE_INFINITY;
            }
            double x = Math.abs(z * t);
            double beta = z * t >= 0 ? b : 1 - b;
            double p = 1 / (1 + Math.exp(x));
            double d = beta - p;
            double u = d / p;
            double near = Math.abs(u) < SERIES ? p * divergence(u) : far(beta, x) - d;
            return near + (1 - p) * divergence(-d / (1 - p));
        }

        // β ln(β/p), p = 1/(1 + exp x), which may underflow
        private double far(double beta, double x) {
            return beta == 0 ? 0 : beta * (Math.log(beta) + x + Math.log1p(Math.exp(-x)));
        }

        @Override
        public Tensor values(Tensor z, Tensor t) {
            return z.mul(t).neg().softplus();
        }
    },
    HINGE {
        @Override
        public double value(double z, double t) {
            return Math.max(0, 1 - sign(z) * t);
        }

        @Override
        public double slope(double z, double t) {
            return sign(z) * t < 1 ? -z : 0;
        }

        @Override
        public double conjugate(double z, double s) {
            double b = -sign(z) * s;
            return b < 0 || b > 1 ? Double.POSITIVE_INFINITY : -b;
        }

        @Override
        public double conjugateSlope(double z, double s) {
            return z;
        }

        @Override
        public double conjugateCurvature(double z, double s) {
            return 0;
        }

        @Override
        public double leastSlope(double z) {
            return Math.min(0, -sign(z));
        }

        @Override
        public double largestSlope(double z) {
            return Math.max(0, -sign(z));
        }

        @Override
        public boolean strictlyConvex() {
            return false;
        }

        // (1 - β) max(0, 1 - m) + β max(0, m - 1), m = z t
        @Override
        public double gap(double z, double t, double s) {
            double b = -sign(z) * s;
            double above = z * t - 1;
            return b < 0 || b > 1
                    ? Double.POSITIVE_INFINITY
                    : (above < 0 ? (b - 1) * above : b * above);
        }

        @Override
        public Tensor values(Tensor z, Tensor t) {
            return z.mul(t).affine(-1, 1).relu();
        }
    };

    private static final double SERIES = 0.1; // below it, 16 terms have all digits

    private static double sign(double z) {
        if (z != 1 && z != -1) {
            throw new IllegalArgumentException(
                    "a loss of two classes takes the responses -1 and 1, got " + z);
        }
        return z;
    }

    private static double entropy(double b) {
        return b <= 0 ? 0 : b * Math.log(b);
    }

    /// `(1 + u) ln(1 + u) - u ≥ 0`, for small u by its power series `Σ (-u)ᵏ/(k (k - 1))`.
    private static double divergence(double u) {
        if (Math.abs(u) >= SERIES) {
            return u <= -1 ? 1 : (1 + u) * Math.log1p(u) - u;
        }
        double sum = 0;
        double power = u * u;
        for (int k = 2; k < 18; k++) {
            sum += power / (k * (k - 1));
            power *= -u;
        }
        return sum;
    }
}
