package nonmercer.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.machine.DualNewton.Term;
import org.jspecify.annotations.Nullable;

/// Primal-dual Newton steps for a dual with bounds, or with functions of p > 2.
///
/// The unknowns are the dual variables `α`, a multiplier for each of their bounds, and for p > 2
/// the coefficients `v` themselves, tied to `α` by `λ J(v) = Φᵀ ξ`: `J` is differentiable there
/// while its inverse is not. The complementarity is driven to zero along the central path; a step
/// stays inside the bounds and is shortened where the equations' residual grows. Source: Wright
/// 1997, Primal-Dual Interior-Point Methods.
final class InteriorPoint {
    private static final double INSIDE = 0.99; // of the way to the nearest bound
    private static final double CENTRING = 0.1;

    private final Loss loss;
    private final double[] z;
    private final List<Term> terms;
    private final double[] low;
    private final double[] high;
    private Point at;

    /// @param under the multipliers of `α ≥ low`
    /// @param over the multipliers of `α ≤ high`
    /// @param v for each function its coefficients, empty where p ≤ 2
    private record Point(double[] alpha, double[] under, double[] over, List<double[]> v) {}

    /// A point's consequences.
    ///
    /// @param c the coefficients of the dual elements
    /// @param gradient of the dual in α, without the bounds
    /// @param residual of all equations but complementarity
    private record State(List<double[]> c, double[] gradient, double residual) {}

    InteriorPoint(Loss loss, double[] z, List<Term> terms) {
        this.loss = loss;
        this.z = z;
        this.terms = terms;
        this.low = new double[z.length];
        this.high = new double[z.length];
        double[] alpha = new double[z.length];
        double[] ones = new double[z.length];
        Arrays.fill(ones, 1);
        for (int o = 0; o < z.length; o++) {
            low[o] = -loss.largestSlope(z[o]);
            high[o] = -loss.leastSlope(z[o]);
            alpha[o] = start(low[o], high[o], -loss.slope(z[o], 0));
        }
        List<double[]> v = new ArrayList<>();
        for (Term t : terms) {
            v.add(primal(t) ? start(t, coefficients(t, alpha)) : new double[0]);
        }
        at = new Point(alpha, bounded(low, ones), bounded(high, ones), v);
    }

    private static double start(double low, double high, double wish) {
        if (Double.isInfinite(low) || Double.isInfinite(high)) {
            return Double.isInfinite(low) && Double.isInfinite(high)
                    ? wish
                    : Double.isInfinite(low) ? high - 1 : low + 1;
        }
        return (low + high) / 2;
    }

    private static double[] bounded(double[] bound, double[] ones) {
        double[] m = ones.clone();
        for (int o = 0; o < m.length; o++) {
            m[o] = Double.isInfinite(bound[o]) ? 0 : 1;
        }
        return m;
    }

    private static boolean primal(Term t) {
        return t.trace().norm().p() > 2 && t.trace().features().isPresent();
    }

    private static Array features(Term t) {
        return t.trace().features().orElseThrow();
    }

    private static double[] start(Term t, double[] c) {
        return t.trace().norm().conjugate().duality(Dense.transposedTimes(features(t), c));
    }

    private double[] coefficients(Term t, double[] alpha) {
        return t.gathered(alpha, 1 / t.lambda());
    }

    /// The next dual variables, or null where there is no step.
    double @Nullable [] step() {
        State now = state(at);
        double mu = CENTRING * complementarity();
        List<Array> curvatures = new ArrayList<>();
        double[] shift = new double[z.length]; // Bᵀ(Φ v - H ξ): the linearised prediction's excess
        for (int s = 0; s < terms.size(); s++) {
            Term t = terms.get(s);
            double[] v = at.v.get(s);
            if (v.length == 0) {
                curvatures.add(t.trace().curvature(now.c.get(s)));
                continue;
            }
            Lp norm = t.trace().norm();
            Array h = FeatureSpace.curvature(features(t), norm.conjugate(), norm.duality(v));
            curvatures.add(h);
            double[] fv = Dense.times(features(t), v);
            double[] hc = Dense.times(h, now.c.get(s));
            for (int o = 0; o < z.length; o++) {
                int i = t.point()[o];
                shift[o] += t.weight()[o] * (hc[i] - fv[i]);
            }
        }
        double[] inverse = new double[z.length];
        double[] right = new double[z.length];
        for (int o = 0; o < z.length; o++) {
            double below = at.alpha[o] - low[o];
            double above = high[o] - at.alpha[o];
            double c = loss.conjugateCurvature(z[o], -at.alpha[o]);
            c += at.under[o] / below + at.over[o] / above;
            inverse[o] = 1 / c;
            right[o] = now.gradient[o] + shift[o];
            right[o] += (at.over[o] == 0 ? 0 : mu / above) - (at.under[o] == 0 ? 0 : mu / below);
        }
        Coupled system = Coupled.of(terms, curvatures, inverse);
        double[] d = system == null ? null : system.solve(right);
        if (d == null) {
            return null;
        }
        return move(d, mu, now);
    }

    private double @Nullable [] move(double[] d, double mu, State now) {
        double[] under = new double[z.length];
        double[] over = new double[z.length];
        double rate = 1;
        double rateOfMultipliers = 1;
        for (int o = 0; o < z.length; o++) {
            double below = at.alpha[o] - low[o];
            double above = high[o] - at.alpha[o];
            if (at.under[o] > 0) {
                under[o] = mu / below - at.under[o] - at.under[o] / below * d[o];
                rate = inside(rate, below, d[o]);
                rateOfMultipliers = inside(rateOfMultipliers, at.under[o], under[o]);
            }
            if (at.over[o] > 0) {
                over[o] = mu / above - at.over[o] + at.over[o] / above * d[o];
                rate = inside(rate, above, -d[o]);
                rateOfMultipliers = inside(rateOfMultipliers, at.over[o], over[o]);
            }
        }
        Point best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int halvings = 0; halvings < 12; halvings++, rate /= 2) {
            Point next =
                    new Point(
                            Dense.sum(at.alpha, rate, d),
                            Dense.sum(at.under, Math.min(rate, rateOfMultipliers), under),
                            Dense.sum(at.over, Math.min(rate, rateOfMultipliers), over),
                            moved(d, rate, now));
            double residual = state(next).residual;
            if (residual < least) {
                best = next;
                least = residual;
            }
            if (residual <= (1 - 0.1 * rate) * now.residual || residual < 1e-13) {
                break;
            }
        }
        if (best == null) {
            return null;
        }
        at = best;
        return at.alpha;
    }

    private static double inside(double rate, double room, double by) {
        return by < 0 ? Math.min(rate, -INSIDE * room / by) : rate;
    }

    /// `v + rate (J'(v)⁻¹ Φᵀ(c + dc) - v)`.
    private List<double[]> moved(double[] d, double rate, State now) {
        List<double[]> all = new ArrayList<>();
        for (int s = 0; s < terms.size(); s++) {
            Term t = terms.get(s);
            double[] v = at.v.get(s);
            if (v.length == 0) {
                all.add(v);
                continue;
            }
            double[] c = Dense.sum(now.c.get(s), 1, coefficients(t, d));
            double[] target =
                    FeatureSpace.linearised(
                            t.trace().norm(), v, Dense.transposedTimes(features(t), c));
            for (int n = 0; n < v.length; n++) {
                target[n] -= v[n];
            }
            all.add(Dense.sum(v, rate, target));
        }
        return all;
    }

    private double complementarity() {
        double sum = 0;
        int count = 0;
        for (int o = 0; o < z.length; o++) {
            if (at.under[o] > 0) {
                sum += at.under[o] * (at.alpha[o] - low[o]);
                count++;
            }
            if (at.over[o] > 0) {
                sum += at.over[o] * (high[o] - at.alpha[o]);
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private State state(Point p) {
        double[] t = new double[z.length];
        double residual = 0;
        List<double[]> all = new ArrayList<>();
        for (int s = 0; s < terms.size(); s++) {
            Term term = terms.get(s);
            double[] c = coefficients(term, p.alpha);
            double[] v = p.v.get(s);
            double[] f = new double[c.length];
            if (v.length == 0) {
                term.trace().energy(c, f);
            } else {
                f = Dense.times(features(term), v);
                double[] j = term.trace().norm().duality(v);
                double[] h = Dense.transposedTimes(features(term), c);
                for (int n = 0; n < j.length; n++) {
                    residual += (j[n] - h[n]) * (j[n] - h[n]);
                }
            }
            term.add(f, t);
            all.add(c);
        }
        double[] gradient = new double[z.length];
        for (int o = 0; o < z.length; o++) {
            gradient[o] = t[o] - loss.conjugateSlope(z[o], -p.alpha[o]);
            double r = gradient[o] - p.under[o] + p.over[o];
            residual += r * r;
        }
        return new State(all, gradient, Math.sqrt(residual));
    }
}
