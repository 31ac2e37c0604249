package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.array.Shape;

/// A penalty of `‖v‖ₚ` as the limit of that of τ and `μ F(v, r, τ)`: a barrier of `|vₙ| ≤ rₙᵃ τᵇ`
/// with `Σ rₙ = τ`, `a = 1/p`, `b = 1 - a`, which together are `‖v‖ₚ ≤ τ`.
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
    private final Penalty penalty;
    private final double lambda;
    private final double a;
    private final double b;
    private final int d;
    private Point at;
    private double mu;

    // By feature, [D] each: w, the determinant of F's second derivative in (v, r) in units of
    // 1/(ψ r²), that derivative's inverse, and the inverse's products with the mixed derivatives to
    // τ.
    private final double[] w;
    private final double[] det;
    private final double[] vv;
    private final double[] vr;
    private final double[] rr;
    private final double[] tv;
    private final double[] tr;
    private double s11; // what is left for τ and the multiplier of Σ r = τ
    private double s12;
    private double s22; // below 0

    /// A point inside, or a step from it.
    record Point(double[] v, double[] r, double tau) {
        /// The point at the end of so much of a step; `τ = Σ r` is summed again.
        Point plus(double rate, Point step) {
            double[] to = Dense.sum(r, rate, step.r);
            double sum = 0;
            for (double x : to) {
                sum += x;
            }
            return new Point(Dense.sum(v, rate, step.v), to, sum);
        }

        /// Two steps at once.
        Point and(Point step) {
            return new Point(Dense.sum(v, 1, step.v), Dense.sum(r, 1, step.r), tau + step.tau);
        }
    }

    /// @param features `Φ`, `[n, D]`
    /// @param v where to start
    /// @param tau above `‖v‖ₚ`
    NormBarrier(Array features, Lp norm, Penalty penalty, double lambda, double[] v, double tau) {
        this.features = features;
        this.norm = norm;
        this.penalty = penalty;
        this.lambda = lambda;
        d = v.length;
        a = 1 / norm.p();
        b = 1 / norm.conjugate().p();
        w = new double[d];
        det = new double[d];
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

    /// The penalty over μ, and F; infinite outside.
    double value(Point p, double mu) {
        double f = lambda * p.tau * (penalty == Penalty.NORM ? 1 : p.tau / 2) / mu;
        for (int n = 0; n < d; n++) {
            double inside = inside(p, n);
            if (!(p.r[n] > 0 && inside > 0)) {
                return Double.POSITIVE_INFINITY;
            }
            f -= Math.log(inside) + b * Math.log(p.r[n]) + a * Math.log(p.tau);
        }
        return Double.isNaN(f) ? Double.POSITIVE_INFINITY : f;
    }

    /// The derivative of the penalty in τ, over μ.
    private double pull() {
        return lambda * (penalty == Penalty.NORM ? 1 : at.tau) / mu;
    }

    /// `ψ`, as a product: no cancellation but in the distance to the boundary itself.
    private double inside(Point p, int n) {
        double s = p.tau * Math.pow(p.r[n] / p.tau, a);
        return (s - Math.abs(p.v[n])) * (s + Math.abs(p.v[n]));
    }

    /// Inverts the second derivative here, for this `μ`.
    void prepare(double forMu) {
        mu = forMu;
        s11 = penalty == Penalty.NORM ? 0 : lambda / mu;
        s12 = 0;
        s22 = 0;
        for (int n = 0; n < d; n++) {
            double psi = inside(at, n);
            double v = at.v[n];
            double r = at.r[n];
            w[n] = v * v / psi;
            double rho = 1 + w[n];
            double free = 1 + 2 * b * w[n];
            double bent = 1 + 2 * w[n];
            det[n] = 4 * a * rho * free + 2 * b * bent;
            vv[n] = (2 * a * rho * (1 + 2 * a * w[n]) + b) * psi / det[n];
            vr[n] = 4 * a * v * rho * r / det[n];
            rr[n] = 2 * bent * r * r / det[n];
            tv[n] = -4 * b * v * rho * (2 * a * rho + b) / (at.tau * det[n]);
            tr[n] = -8 * a * b * rho * w[n] * r / (at.tau * det[n]);
            double left = 8 * a * b * rho * rho + 4 * b * b * rho + 8 * a * b * b * w[n] * rho;
            left += 4 * a * a * rho * free + 2 * a * b * bent;
            s11 += left / (at.tau * at.tau * det[n]);
            s12 -= r / at.tau * (4 * a * rho + 2 * b * bent) / det[n];
            s22 -= rr[n];
        }
    }

    /// A factor of the inverse's part in v: see [#root].
    ///
    /// @param along `a`, `[D]`
    /// @param slack `√(1 - |a|²)`
    /// @param map `L`, `[n, D + 1]`
    record Root(double[] along, double slack, Array map) {}

    /// `L` with `Φ G Φᵀ = L Lᵀ`: the change of `f(xᵢ)` by a force on `f(xⱼ)`, G the part of the
    /// inverse in v.
    ///
    /// `G = √g (I - a aᵀ) √g + u uᵀ/s` with `g` the inverse in (v, r) alone, `√g a = m/√σ`, `σ =
    /// -s₂₂`, `m` the mixed part, `u = t + s₁₂ m/σ`, `s = s₁₁ + s₁₂²/σ`; `1 - |a|²` is the sum of
    /// what r can do with v held, over σ; and `I - β a aᵀ` is the root of `I - a aᵀ` for `β = 1/(1
    /// + √(1 - |a|²))`. Nothing cancels.
    Root root() {
        double sigma = -s22;
        double held = 0;
        double[] along = new double[d];
        double[] root = new double[d];
        double[] free = new double[d];
        double stiff = Math.sqrt(s11 + s12 * s12 / sigma);
        for (int n = 0; n < d; n++) {
            held += at.r[n] * at.r[n] / (2 * a * (1 + w[n]) * (1 + 2 * a * w[n]) + b);
            root[n] = Math.sqrt(vv[n]);
            along[n] = vr[n] / (root[n] * Math.sqrt(sigma));
            free[n] = (tv[n] + s12 / sigma * vr[n]) / stiff;
        }
        double slack = Math.sqrt(held / sigma);
        Array scaled = Dense.scaledColumns(features, root);
        double[] inner = Dense.times(scaled, along);
        double[] last = values(free);
        double[] from = scaled.toDoubles();
        double[] out = new double[inner.length * (d + 1)];
        for (int i = 0; i < inner.length; i++) {
            for (int n = 0; n < d; n++) {
                out[i * (d + 1) + n] = from[i * d + n] - inner[i] / (1 + slack) * along[n];
            }
            out[i * (d + 1) + d] = last[i];
        }
        return new Root(along, slack, Array.of(Shape.of(inner.length, d + 1), out));
    }

    /// The force `f` on v of which the factor's transpose makes this: `(I - β a aᵀ) √g f = x`.
    double[] force(Root root, double[] x) {
        double along = 0;
        for (int n = 0; n < d; n++) {
            along += root.along[n] * x[n];
        }
        double by = along / ((1 + root.slack) * root.slack);
        double[] f = new double[d];
        for (int n = 0; n < d; n++) {
            f[n] = (x[n] + by * root.along[n]) / Math.sqrt(vv[n]);
        }
        return f;
    }

    /// The Newton step of penalty and barrier alone.
    Point step() {
        double[] dv = new double[d];
        double[] dr = new double[d];
        double first = -pull();
        double second = 0;
        for (int n = 0; n < d; n++) {
            double rho = 1 + w[n];
            dv[n] = -2 * at.v[n] / det[n] * (b - 2 * a * a * rho);
            dr[n] = 2 * at.r[n] / det[n] * (2 * a * rho + b * (1 + 2 * w[n]));
            double both = 8 * b * b * w[n] * rho * (2 * a * rho + b) / (at.tau * det[n]);
            first += (2 * b * rho + a) / at.tau - both;
            second -= dr[n];
        }
        return eliminated(dv, dr, first, second);
    }

    /// What a force, `[D]`, that pulls at v besides adds to the Newton step.
    Point response(double[] force) {
        double[] dv = new double[d];
        double[] dr = new double[d];
        double first = 0;
        double second = 0;
        for (int n = 0; n < d; n++) {
            dv[n] = -vv[n] * force[n];
            dr[n] = -vr[n] * force[n];
            first += tv[n] * force[n];
            second -= dr[n];
        }
        return eliminated(dv, dr, first, second);
    }

    /// Solves for the step of τ and the multiplier of `Σ r = τ`.
    private Point eliminated(double[] dv, double[] dr, double first, double second) {
        double minor = s11 * s22 - s12 * s12; // both parts below 0
        double dtau = (s22 * first - s12 * second) / minor;
        double kappa = (s11 * second - s12 * first) / minor;
        for (int n = 0; n < d; n++) {
            dv[n] -= tv[n] * dtau + vr[n] * kappa;
            dr[n] -= tr[n] * dtau + rr[n] * kappa;
        }
        return new Point(dv, dr, dtau);
    }

    /// The derivative of [#value] along a step.
    double slope(Point step) {
        double sum = pull() * step.tau;
        for (int n = 0; n < d; n++) {
            double psi = inside(at, n);
            double rho = 1 + at.v[n] * at.v[n] / psi;
            sum += 2 * at.v[n] / psi * step.v[n];
            sum -= (2 * a * rho + b) / at.r[n] * step.r[n];
            sum -= (2 * b * rho + a) / at.tau * step.tau;
        }
        return sum;
    }
}
