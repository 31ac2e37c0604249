package nonmercer.machine;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.machine.DualNewton.Part;
import nonmercer.machine.DualNewton.Solution;
import nonmercer.machine.DualNewton.Term;

/// Minimises `Σₒ L(zₒ, tₒ) + Σ λ/2 ‖f‖²` over the features' coefficients, for any exponents.
///
/// Minimises `Σ L_μ(tₒ) + Σ (½λτ² + μ F)` ([SmoothedLoss], [NormBarrier]) by damped Newton steps,
/// for ever smaller μ. All of it is convex and smooth, so a step that lowers it always exists; the
/// gap of a minimiser is at most μ times the number of barriers. A solution keeps the coefficients
/// `v` besides those of the dual element: for large p they cannot be had from it, because `vₙ` is
/// the (p - 1)-th root of what cancels there. Source: Nesterov & Nemirovskii 1994.
final class PathFollowing {
    private static final int MOST_STEPS = 1500;
    private static final double FALL = 0.15; // of μ
    private static final double CENTRED = 0.1; // the square of Newton's decrement
    private static final int REFINEMENTS = 6;
    private static final int PATIENCE = 4; // values of μ that do not lower the gap

    private final Loss loss;
    private final double[] z;
    private final List<Term> terms;
    private final SmoothedLoss smoothed;
    private final List<NormBarrier> barriers = new ArrayList<>();
    private double mu;
    private double[] alpha;
    private double[] linearised; // the α that the last step aimed at
    private double[] t;
    private int steps;

    private PathFollowing(Loss loss, double[] z, List<Term> terms, double atZero) {
        this.loss = loss;
        this.z = z;
        this.terms = terms;
        smoothed = new SmoothedLoss(loss, z);
        int parameter = smoothed.bounds();
        for (Term term : terms) {
            parameter += NormBarrier.PARAMETER * features(term).dim(1);
        }
        mu = atZero / parameter;
        for (Term term : terms) {
            int d = features(term).dim(1);
            double tau = Math.sqrt(NormBarrier.PARAMETER * d * mu / term.lambda());
            barriers.add(
                    new NormBarrier(
                            features(term),
                            term.trace().norm(),
                            term.lambda(),
                            new double[d],
                            tau));
        }
        t = new double[z.length];
        alpha = new double[z.length];
        linearised = alpha;
        for (int o = 0; o < z.length; o++) {
            alpha[o] = smoothed.alpha(o, 0, mu, Double.NaN);
        }
    }

    private static Array features(Term term) {
        return term.trace().features().orElseThrow();
    }

    /// Whether all functions have finitely many features.
    static boolean takes(List<Term> terms) {
        return terms.stream().allMatch(t -> t.trace().features().isPresent());
    }

    /// Until the gap is below `tolerance` of the objective or falls no more.
    ///
    /// @param atZero the objective of zero, above 0
    static Solution solve(
            Loss loss, double[] z, List<Term> terms, double atZero, double tolerance) {
        return new PathFollowing(loss, z, terms, atZero).run(tolerance);
    }

    private Solution run(double tolerance) {
        Solution best = solution();
        int since = 0;
        while (best.gap() > tolerance * best.objective() && since < PATIENCE) {
            boolean more = steps < MOST_STEPS;
            while (more && steps < MOST_STEPS) {
                more = step();
            }
            Solution now = solution();
            since = now.gap() < 0.9 * best.gap() ? 0 : since + 1;
            best = now.gap() < best.gap() ? now : best;
            mu *= FALL;
            for (int o = 0; o < z.length; o++) {
                alpha[o] = smoothed.alpha(o, t[o], mu, alpha[o]);
            }
        }
        return best;
    }

    /// Whether a Newton step was made that leaves more to do.
    private boolean step() {
        double[] inverse = new double[z.length];
        List<Array> curvatures = new ArrayList<>();
        for (int s = 0; s < terms.size(); s++) {
            barriers.get(s).prepare(mu);
            Array h = barriers.get(s).curvature();
            double scale = terms.get(s).lambda() / mu;
            curvatures.add(Array.of(h.shape(), Dense.scaled(h.toDoubles(), scale)));
        }
        for (int o = 0; o < z.length; o++) {
            double c = smoothed.curvature(o, alpha[o], mu);
            inverse[o] = 1 / Math.min(c, 1 / Double.MIN_NORMAL);
        }
        Coupled system = Coupled.of(terms, curvatures, inverse);
        return system != null && move(refined(system, inverse));
    }

    /// A step to the slopes `y` of the losses: that of the functions, and of the predictions.
    private record Step(double[] y, List<NormBarrier.Point> functions, double[] dt) {}

    /// The functions' step where the losses' slopes become `y`.
    private Step step(double[] y) {
        List<NormBarrier.Point> functions = new ArrayList<>();
        double[] dt = new double[z.length];
        for (int s = 0; s < terms.size(); s++) {
            NormBarrier barrier = barriers.get(s);
            double[] force = barrier.spread(terms.get(s).gathered(y, 1 / mu));
            NormBarrier.Point d = barrier.step(force);
            functions.add(d);
            terms.get(s).add(barrier.values(d.v()), dt);
        }
        return new Step(y, functions, dt);
    }

    /// Newton's step: `C(y + α) = δt(y)`, solved again for what rounding leaves of it. The product
    /// with `Φᵀ` must cancel to the last digits, which a factorised matrix does not keep.
    private Step refined(Coupled system, double[] inverse) {
        double[] y = Dense.scaled(alpha, -1);
        Step best = step(y);
        double least = Double.POSITIVE_INFINITY;
        for (int round = 0; round < REFINEMENTS; round++) {
            Step now = step(y);
            double[] left = new double[z.length];
            double size = 0;
            for (int o = 0; o < left.length; o++) {
                left[o] = (y[o] + alpha[o]) / inverse[o] - now.dt[o];
                size += left[o] * left[o] * inverse[o];
            }
            if (!(size < least)) {
                break;
            }
            least = size;
            best = now;
            double[] d = system.solve(left);
            if (d == null) {
                break;
            }
            y = Dense.sum(y, 1, d);
        }
        return best;
    }

    private boolean move(Step step) {
        double slope = 0;
        for (int s = 0; s < terms.size(); s++) {
            slope += barriers.get(s).slope(step.functions.get(s));
        }
        for (int o = 0; o < z.length; o++) {
            slope -= alpha[o] * step.dt[o] / mu;
        }
        if (!(slope < 0)) {
            return false;
        }
        double before = value(t, alpha, barriers.stream().map(NormBarrier::at).toList());
        for (double rate = 1; rate > 1e-9; rate /= 2) {
            List<NormBarrier.Point> to = new ArrayList<>();
            for (int s = 0; s < terms.size(); s++) {
                to.add(barriers.get(s).at().plus(rate, step.functions.get(s)));
            }
            double[] there = Dense.sum(t, rate, step.dt);
            double[] dual = new double[z.length];
            for (int o = 0; o < z.length; o++) {
                dual[o] = smoothed.alpha(o, there[o], mu, alpha[o]);
            }
            if (value(there, dual, to) <= before + 0.1 * rate * slope) {
                steps++;
                linearised = Dense.scaled(step.y, -1);
                t = new double[z.length];
                for (int s = 0; s < terms.size(); s++) {
                    barriers.get(s).moveTo(to.get(s));
                    terms.get(s).add(barriers.get(s).values(to.get(s).v()), t);
                }
                for (int o = 0; o < z.length; o++) {
                    alpha[o] = smoothed.alpha(o, t[o], mu, dual[o]);
                }
                return -slope > CENTRED;
            }
        }
        return false;
    }

    private double value(double[] at, double[] dual, List<NormBarrier.Point> points) {
        double sum = 0;
        for (int s = 0; s < points.size(); s++) {
            sum += barriers.get(s).value(points.get(s), mu);
        }
        if (Double.isInfinite(sum)) {
            return sum;
        }
        double losses = 0;
        for (int o = 0; o < z.length; o++) {
            losses += smoothed.value(o, at[o], mu, dual[o]);
        }
        return sum + losses / mu;
    }

    /// The smaller gap of two dual points: the slopes here, and those that the last step aimed at,
    /// which fit the functions' derivatives better where the losses are curved.
    private Solution solution() {
        Solution here = solution(alpha);
        double[] inside = new double[z.length];
        for (int o = 0; o < z.length; o++) {
            inside[o] = smoothed.inside(o, linearised[o]);
        }
        Solution aimed = solution(inside);
        return aimed.gap() < here.gap() ? aimed : here;
    }

    private Solution solution(double[] dual) {
        double objective = 0;
        double gap = 0;
        for (int o = 0; o < z.length; o++) {
            objective += loss.value(z[o], t[o]);
            gap += loss.gap(z[o], t[o], -dual[o]);
        }
        List<Part> parts = new ArrayList<>();
        for (int s = 0; s < terms.size(); s++) {
            Term term = terms.get(s);
            NormBarrier barrier = barriers.get(s);
            double[] v = barrier.at().v();
            double[] c = term.gathered(dual, 1 / term.lambda());
            double[] h = barrier.spread(c);
            double f = barrier.norm().norm(v);
            double e = barrier.norm().conjugate().norm(h);
            objective += term.lambda() * f * f / 2;
            gap += term.lambda() * (f * f / 2 + e * e / 2 - Dense.dot(v, h));
            parts.add(new Part(c, v));
        }
        double certain = Double.isNaN(gap) ? Double.POSITIVE_INFINITY : Math.max(0, gap);
        return new Solution(
                dual.clone(),
                t.clone(),
                parts,
                objective,
                certain,
                steps,
                "Newton along the central path");
    }
}
