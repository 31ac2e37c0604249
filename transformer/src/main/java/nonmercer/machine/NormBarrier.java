package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.array.Shape;

/// `½λ‖v‖ₚ²` as the limit of `½λτ² + μ F(v, r, τ)`: a barrier of `|vₙ| ≤ rₙᵃ τᵇ` with `Σ rₙ = τ`,
/// `a = 1/p`, `b = 1 - a`, which together are `‖v‖ₚ ≤ τ`.
///
/// `F = -Σ ln(rₙ²ᵃτ²ᵇ - vₙ²) + b ln rₙ + a ln τ` is self-concordant for every exponent, so damped
/// Newton steps need no luck where the norm itself is nearly a corner or nearly flat. With `ψ =
/// r²ᵃτ²ᵇ - v²`, `w = v²/ψ`, `ρ = 1 + w` all quotients below are sums of positive numbers. Source:
/// the power cone in Chares 2009; the inverses are derived here.
final class NormBarrier {
    /// What a feature adds to the barrier's parameter: `μ` times their sum bounds the gap.
    static final int PARAMETER = 3;

    private final Array features;
    private final Lp norm;
    private final double lambda;
    private final double a;
    private final double b;
    private Point at;
    private double mu;

    // The inverse of F's second derivative by feature, [D] each: in (v, r) alone, and its products
    // with the mixed derivatives to τ.
    private final double[] vv;
    private final double[] vr;
    private final double[] tv;
    private final double[] tr;
    private final double[] rr;
    private double s11; // what is left for τ and the multiplier of Σ r = τ
    private double s12;
    private double s22;

    /// A point inside, or a step from it.
    record Point(double[] v, double[] r, double tau) {
        Point plus(double rate, Point step) {
            double[] to = Dense.sum(r, rate, step.r);
            double sum = 0;
            for (double x : to) {
                sum += x;
            }
            return new Point(Dense.sum(v, rate, step.v), to, sum);
        }
    }

    /// @param features `Φ`, `[n, D]`
    /// @param v where to start
    /// @param tau above `‖v‖ₚ`
    NormBarrier(Array features, Lp norm, double lambda, double[] v, double tau) {
        this.features = features;
        this.norm = norm;
        this.lambda = lambda;
        int d = v.length;
        a = 1 / norm.p();
        b = 1 / norm.conjugate().p();
        vv = new double[d];
        vr = new double[d];
        rr = new double[d];
        tv = new double[d];
        tr = new double[d];
        double[] r = new double[d];
        double used = 0;
        for (int n = 0; n < d; n++) {
            r[n] = tau * Math.pow(Math.abs(v[n]) / tau, norm.p());
            used += r[n];
        }
        for (int n = 0; n < d; n++) {
            r[n] += (tau - used) / d;
        }
        at = new Point(v, r, 0).plus(0, new Point(v, r, 0));
    }

    Point at() {
        return at;
    }

    void moveTo(Point p) {
        at = p;
    }

    /// `Φ v`.
    double[] values(double[] v) {
        return Dense.times(features, v);
    }

    /// `Φᵀ c`.
    double[] spread(double[] c) {
        return Dense.transposedTimes(features, c);
    }

    Lp norm() {
        return norm;
    }

    /// `½λτ²/μ + F`, infinite outside.
    double value(Point p, double mu) {
        double f = lambda * p.tau * p.tau / (2 * mu);
        for (int n = 0; n < p.v.length; n++) {
            double inside = inside(p, n);
            if (!(p.r[n] > 0 && inside > 0)) {
                return Double.POSITIVE_INFINITY;
            }
            f -= Math.log(inside) + b * Math.log(p.r[n]) + a * Math.log(p.tau);
        }
        return Double.isNaN(f) ? Double.POSITIVE_INFINITY : f;
    }

    /// `ψ`, as a product: no cancellation but in the distance to the boundary itself.
    private double inside(Point p, int n) {
        double s = p.tau * Math.pow(p.r[n] / p.tau, a);
        return (s - Math.abs(p.v[n])) * (s + Math.abs(p.v[n]));
    }

    /// Inverts the second derivative here, for this `μ`.
    void prepare(double forMu) {
        mu = forMu;
        s11 = lambda / mu;
        s12 = 0;
        s22 = 0;
        for (int n = 0; n < vv.length; n++) {
            double psi = inside(at, n);
            double v = at.v[n];
            double r = at.r[n];
            double w = v * v / psi;
            double rho = 1 + w;
            double det = 4 * a * rho * (1 + 2 * b * w) + 2 * b * (1 + 2 * w);
            vv[n] = (2 * a * rho * (1 + 2 * a * w) + b) * psi / det;
            vr[n] = 4 * a * v * rho * r / det;
            rr[n] = 2 * (1 + 2 * w) * r * r / det;
            tv[n] = -4 * b * v * rho * (2 * a * rho + b) / (at.tau * det);
            tr[n] = -8 * a * b * rho * w * r / (at.tau * det);
            double left = 8 * a * b * rho * rho + 4 * b * b * rho + 8 * a * b * b * w * rho;
            left += 4 * a * a * rho * (1 + 2 * b * w) + 2 * a * b * (1 + 2 * w);
            s11 += left / (at.tau * at.tau * det);
            s12 -= r / at.tau * (4 * a * rho + 2 * b * (1 + 2 * w)) / det;
            s22 -= rr[n];
        }
    }

    /// `Φ G Φᵀ`, `G` the part of the inverse in v: the change of `f(xᵢ)` by a force on `f(xⱼ)`,
    /// times μ.
    Array curvature() {
        double[] root = new double[vv.length];
        for (int n = 0; n < root.length; n++) {
            root[n] = Math.sqrt(vv[n]);
        }
        Array half = Dense.scaledColumns(features, root);
        double[] h = Dense.timesTransposed(half, half).toDoubles();
        double[] t = values(tv);
        double[] m = values(vr);
        double det = s11 * s22 - s12 * s12;
        int n = t.length;
        for (int i = 0; i < n; i++) {
            double byT = (s22 * t[i] - s12 * m[i]) / det;
            double byM = (s11 * m[i] - s12 * t[i]) / det;
            for (int j = 0; j < n; j++) {
                h[i * n + j] += byT * t[j] + byM * m[j];
            }
        }
        return Array.of(Shape.of(n, n), h);
    }

    /// The Newton step where a force, `[D]`, pulls at v besides.
    Point step(double[] force) {
        int d = vv.length;
        double[] dv = new double[d];
        double[] dr = new double[d];
        double first = -lambda * at.tau / mu;
        double second = 0;
        for (int n = 0; n < d; n++) {
            double psi = inside(at, n);
            double v = at.v[n];
            double w = v * v / psi;
            double rho = 1 + w;
            double det = 4 * a * rho * (1 + 2 * b * w) + 2 * b * (1 + 2 * w);
            double onR = 2 * at.r[n] / det * (2 * a * rho + b * (1 + 2 * w));
            dv[n] = -2 * v / det * (b - 2 * a * a * rho) - vv[n] * force[n];
            dr[n] = onR - vr[n] * force[n];
            double both = 8 * b * b * w * rho * (2 * a * rho + b) / (at.tau * det);
            first += (2 * b * rho + a) / at.tau - both + tv[n] * force[n];
            second -= dr[n];
        }
        double det = s11 * s22 - s12 * s12;
        double dtau = (s22 * first - s12 * second) / det;
        double kappa = (s11 * second - s12 * first) / det;
        for (int n = 0; n < d; n++) {
            dv[n] -= tv[n] * dtau + vr[n] * kappa;
            dr[n] -= tr[n] * dtau + rr[n] * kappa;
        }
        return new Point(dv, dr, dtau);
    }

    /// The derivative of [#value] along a step.
    double slope(Point step) {
        double sum = lambda * at.tau / mu * step.tau;
        for (int n = 0; n < vv.length; n++) {
            double psi = inside(at, n);
            double rho = 1 + at.v[n] * at.v[n] / psi;
            sum += 2 * at.v[n] / psi * step.v[n];
            sum -= (2 * a * rho + b) / at.r[n] * step.r[n];
            sum -= (2 * b * rho + a) / at.tau * step.tau;
        }
        return sum;
    }
}
