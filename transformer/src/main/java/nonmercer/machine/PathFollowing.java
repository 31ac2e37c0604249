package nonmercer.machine;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.machine.DualNewton.Part;
import nonmercer.machine.DualNewton.Solution;
import nonmercer.machine.DualNewton.Term;

/// Minimises `Σₒ L(zₒ, tₒ)` and the penalties of the norms over the features' coefficients, for any
/// exponents.
///
/// Minimises `Σ L_μ(tₒ) + Σ (½λτ² + μ F)`, or with `λτ`, ([SmoothedLoss], [NormBarrier]) by damped
/// Newton steps, for ever smaller μ. All of it is convex and smooth, so a step that lowers it
/// always exists; the gap of a minimiser is at most μ times the number of barriers. A solution
/// keeps the coefficients `v` besides those of the dual element: for large p they cannot be had
/// from it, because `vₙ` is the (p - 1)-th root of what cancels there. Source: Nesterov &
/// Nemirovskii 1994.
final class PathFollowing {
    private static final int MOST_STEPS = 1500;
    private static final double FALL = 0.15; // of μ
    private static final double CENTRED = 0.1; // the square of Newton's decrement
    private static final int REFINEMENTS = 3;
    private static final int PATIENCE = 4; // values of μ that do not lower the gap

    private final Loss loss;
    private final Penalty penalty;
    private final double[] z;
    private final List<Term> terms;
    private final SmoothedLoss smoothed;
    private final List<NormBarrier> barriers = new ArrayList<>();
    private double mu;
    private double[] alpha;
    private double[] linearised; // the α that the last step aimed at
    private double[] t;
    private int steps;

    private PathFollowing(Loss loss, Penalty penalty, double[] z, List<Term> terms, double atZero) {
        this.loss = loss;
        this.penalty = penalty;
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
            double tau = NormBarrier.PARAMETER * d * mu / term.lambda();
            barriers.add(
                    new NormBarrier(
                            features(term),
                            term.trace().norm(),
                            penalty,
                            term.lambda(),
                            new double[d],
                            penalty == Penalty.NORM ? tau : Math.sqrt(tau)));
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
            Loss loss,
            Penalty penalty,
            double[] z,
            List<Term> terms,
            double atZero,
            double tolerance) {
        return new PathFollowing(loss, penalty, z, terms, atZero).run(tolerance);
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
        List<NormBarrier.Root> roots = new ArrayList<>();
        List<Array> scaled = new ArrayList<>();
        for (NormBarrier barrier : barriers) {
            barrier.prepare(mu);
            NormBarrier.Root root = barrier.root();
            roots.add(root);
            double[] map = Dense.scaled(root.map().toDoubles(), 1 / Math.sqrt(mu));
            scaled.add(Array.of(root.map().shape(), map));
        }
        for (int o = 0; o < z.length; o++) {
            double c = smoothed.curvature(o, alpha[o], mu);
            inverse[o] = 1 / Math.min(c, 1 / Double.MIN_NORMAL);
        }
        Stacked system = Stacked.of(terms, scaled, inverse);
        return system != null && move(refined(system, roots, scaled, inverse));
    }

    /// A step to the slopes `y` of the losses: that of the functions, and of the predictions.
    private record Step(double[] y, List<NormBarrier.Point> functions, double[] dt) {}

    private Step step(double[] y, List<NormBarrier.Point> functions) {
        double[] dt = new double[z.length];
        for (int s = 0; s < terms.size(); s++) {
            terms.get(s).add(barriers.get(s).values(functions.get(s).v()), dt);
        }
        return new Step(y, functions, dt);
    }

    /// Newton's step: `C(y + α) = δt(y)`, from that without the losses, and again for what rounding
    /// leaves of it.
    private Step refined(
            Stacked system, List<NormBarrier.Root> roots, List<Array> maps, double[] inverse) {
        Step best = step(new double[z.length], barriers.stream().map(NormBarrier::step).toList());
        double[] left = left(best, inverse);
        List<double[]> u = new ArrayList<>();
        for (Array map : maps) {
            u.add(new double[map.dim(1)]);
        }
        for (int round = 0; round < REFINEMENTS; round++) {
            Stacked.Answer more = system.solve(left);
            if (more == null) {
                break;
            }
            List<NormBarrier.Point> functions = new ArrayList<>();
            for (int s = 0; s < terms.size(); s++) {
                NormBarrier barrier = barriers.get(s);
                double[] pulled = Dense.scaled(more.u().get(s), -1 / Math.sqrt(mu));
                double[] force = barrier.force(roots.get(s), pulled);
                functions.add(best.functions.get(s).and(barrier.response(force)));
            }
            Step next = step(Dense.sum(best.y, 1, more.y()), functions);
            double[] leaves = left(next, inverse);
            if (!(size(leaves, inverse) < size(left, inverse))) {
                break;
            }
            best = next;
            left = leaves;
            for (int s = 0; s < u.size(); s++) {
                u.set(s, Dense.sum(u.get(s), 1, more.u().get(s)));
            }
        }
        return new Step(system.tied(best.y, u), best.functions, best.dt);
    }

    private double[] left(Step step, double[] inverse) {
        double[] left = new double[z.length];
        for (int o = 0; o < left.length; o++) {
            left[o] = (step.y[o] + alpha[o]) / inverse[o] - step.dt[o];
        }
        return left;
    }

    /// `leftᵀ C⁻¹ left`.
    private static double size(double[] left, double[] inverse) {
        double size = 0;
        for (int o = 0; o < left.length; o++) {
            size += left[o] * left[o] * inverse[o];
        }
        return size;
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
        List<Part> parts = new ArrayList<>();
        for (int s = 0; s < terms.size(); s++) {
            double[] c = terms.get(s).gathered(dual, 1 / terms.get(s).lambda());
            double[] v = barriers.get(s).at().v();
            if (penalty == Penalty.NORM) {
                Lp norm = barriers.get(s).norm();
                double e = norm.conjugate().norm(barriers.get(s).spread(c));
                c = Dense.scaled(c, e == 0 ? 0 : norm.norm(v) / e);
            }
            parts.add(new Part(c, v));
        }
        Certificate certificate = Certificate.of(loss, penalty, z, terms, dual, parts);
        return new Solution(
                dual.clone(),
                t.clone(),
                parts,
                certificate.objective(),
                certificate.gap(),
                steps,
                "Newton along the central path");
    }
}
