package nonmercer.machine;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Array;
import org.jspecify.annotations.Nullable;

/// Minimises `Σₒ L(zₒ, tₒ) + Σ λ/2 ‖f‖²` with `tₒ = Σ wₒ f(x_{i(o)})`, a sum over one or two
/// functions, by Newton steps in the dual.
///
/// The dual variable of a response is `αₒ = -∂L/∂tₒ`; the function's coefficients are `c = Σ w α/λ`
/// over its point's responses. The dual to minimise is `Σ L*(zₒ, -αₒ) + Σ λ ½‖J(f)‖²`. For the
/// squared loss in Hilbert spaces one step is the solution. Where the dual variables have bounds
/// that a solution can reach (the hinge loss), or the dual norm is not twice differentiable (p >
/// 2), [InteriorPoint] takes the steps.
final class DualNewton {
    private static final int MOST_STEPS = 300;
    private static final int PATIENCE = 12;
    private static final double SUFFICIENT = 1e-4; // Armijo's constant

    /// A function's part in the predictions: `λ`, and for each response its point and weight.
    record Term(Trace trace, double lambda, int[] point, double[] weight) {
        /// `s Σ w y` over the responses of each point.
        double[] gathered(double[] y, double s) {
            double[] c = new double[trace.size()];
            for (int o = 0; o < y.length; o++) {
                c[point[o]] += s * weight[o] * y[o];
            }
            return c;
        }

        /// Adds `w f` to each response's prediction.
        void add(double[] f, double[] t) {
            for (int o = 0; o < t.length; o++) {
                t[o] += weight[o] * f[point[o]];
            }
        }
    }

    /// A function: the coefficients `c` of its dual element and, where a solver found them, the
    /// coefficients `v` of its features.
    record Part(double[] c, double @Nullable [] v) {
        /// `‖f‖`.
        double norm(Trace trace) {
            return v == null
                    ? Math.sqrt(2 * trace.energy(c, new double[c.length]))
                    : trace.norm().norm(v);
        }

        /// `f(xᵢ)`.
        double[] values(Trace trace) {
            if (v != null) {
                return Dense.times(trace.features().orElseThrow(), v);
            }
            double[] f = new double[c.length];
            trace.energy(c, f);
            return f;
        }

        /// `s f`.
        Part scaled(double s) {
            return new Part(Dense.scaled(c, s), v == null ? null : Dense.scaled(v, s));
        }
    }

    /// @param dual the `αₒ`
    /// @param predictions the `tₒ`
    /// @param terms the functions
    /// @param method which steps it took
    record Solution(
            double[] dual,
            double[] predictions,
            List<Part> terms,
            double objective,
            double gap,
            int steps,
            String method) {}

    private final Loss loss;
    private final double[] z;
    private final List<Term> terms;

    DualNewton(Loss loss, double[] z, List<Term> terms) {
        this.loss = loss;
        this.z = z;
        this.terms = terms;
    }

    /// Until the gap is below `tolerance` of the objective, or no step lowers the dual any more.
    static Solution solve(Loss loss, double[] z, List<Term> terms, double tolerance) {
        return new DualNewton(loss, z, terms).run(tolerance);
    }

    double[] gradient(State at) {
        double[] gradient = new double[z.length];
        for (int o = 0; o < z.length; o++) {
            gradient[o] = at.t[o] - loss.conjugateSlope(z[o], -at.alpha[o]);
        }
        return gradient;
    }

    /// @param c the coefficients of the functions
    /// @param t the predictions
    /// @param dual what is minimised
    record State(double[] alpha, List<double[]> c, double[] t, double dual) {}

    private Solution run(double tolerance) {
        double[] start = new double[z.length];
        boolean smooth = terms.stream().allMatch(t -> t.trace.norm().p() <= 2);
        for (int o = 0; o < z.length; o++) {
            start[o] = -loss.slope(z[o], 0);
            smooth &= open(loss.leastSlope(z[o]), o) && open(loss.largestSlope(z[o]), o);
        }
        State at = state(start);
        InteriorPoint interior = smooth ? null : new InteriorPoint(loss, z, terms);
        String method = smooth ? "Newton in the dual" : "interior points in the dual";
        State best = at;
        double least = Double.POSITIVE_INFINITY;
        int steps = 0;
        int since = 0; // steps that the gap has not fallen
        while (true) {
            double gap = gap(at);
            since++;
            if (gap < least) {
                best = at;
                since = gap < 0.99 * least ? 0 : since;
                least = gap;
            }
            boolean done = gap <= tolerance * Math.abs(gap - at.dual);
            if (done || since > PATIENCE || steps == MOST_STEPS) {
                return solution(best, least, steps, method);
            }
            State next = step(at, interior);
            if (next == null) {
                return solution(best, least, steps, method);
            }
            steps++;
            at = next;
        }
    }

    /// Whether a bound of the slopes is never reached.
    boolean open(double bound, int o) {
        return Double.isInfinite(bound) || Double.isInfinite(loss.conjugateSlope(z[o], bound));
    }

    static Solution solution(State at, double gap, int steps, String method) {
        return new Solution(
                at.alpha,
                at.t,
                at.c.stream().map(c -> new Part(c, null)).toList(),
                gap - at.dual,
                gap,
                steps,
                method);
    }

    /// The sum over the responses of `L + L* - s t`: primal minus dual, without cancellation.
    double gap(State at) {
        double gap = 0;
        for (int o = 0; o < z.length; o++) {
            gap += loss.gap(z[o], at.t[o], -at.alpha[o]);
        }
        return Math.max(0, gap);
    }

    State state(double[] alpha) {
        double[] t = new double[z.length];
        double energies = 0;
        List<double[]> all = new ArrayList<>();
        for (Term term : terms) {
            double[] c = term.gathered(alpha, 1 / term.lambda);
            double[] f = new double[c.length];
            energies += term.lambda * term.trace.energy(c, f);
            term.add(f, t);
            all.add(c);
        }
        double dual = energies;
        for (int o = 0; o < z.length; o++) {
            dual += loss.conjugate(z[o], -alpha[o]);
        }
        return new State(alpha, all, t, dual);
    }

    /// A state of smaller dual, or null where there is none to be found.
    private @Nullable State step(State at, @Nullable InteriorPoint interior) {
        if (interior != null) {
            double[] alpha = interior.step();
            return alpha == null ? null : state(alpha);
        }
        double[] gradient = gradient(at);
        double[] inverse = new double[z.length];
        for (int o = 0; o < z.length; o++) {
            inverse[o] = 1 / loss.conjugateCurvature(z[o], -at.alpha[o]);
        }
        Coupled system = Coupled.of(terms, curvatures(at), inverse);
        double[] d = system == null ? null : system.solve(gradient);
        return d == null ? null : along(d, at, gradient);
    }

    /// The first state along a direction that lowers the dual enough, or null.
    private @Nullable State along(double[] d, State at, double[] gradient) {
        for (double rate = 1; rate > 1e-6; rate /= 2) {
            double[] alpha = new double[z.length];
            double promised = 0;
            for (int o = 0; o < z.length; o++) {
                alpha[o] = moved(o, at.alpha[o], rate * d[o]);
                promised += gradient[o] * (alpha[o] - at.alpha[o]);
            }
            if (promised >= 0) {
                return null;
            }
            State next = state(alpha);
            if (next.dual <= at.dual + SUFFICIENT * promised) {
                return next.dual < at.dual || gap(next) < gap(at) ? next : null;
            }
        }
        return null;
    }

    /// Within the bounds, where the conjugate's slope is infinite: never onto them.
    private double moved(int o, double from, double by) {
        double low = -loss.largestSlope(z[o]);
        double high = -loss.leastSlope(z[o]);
        double to = from + by;
        if (to <= low) {
            return low + (from - low) / 100;
        }
        return to >= high ? high - (high - from) / 100 : to;
    }

    private List<Array> curvatures(State at) {
        List<Array> all = new ArrayList<>();
        for (int s = 0; s < terms.size(); s++) {
            all.add(terms.get(s).trace.curvature(at.c.get(s)));
        }
        return all;
    }
}
