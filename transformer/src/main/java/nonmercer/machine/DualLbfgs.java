package nonmercer.machine;

import java.util.List;
import nonmercer.autodiff.optim.Lbfgs;
import nonmercer.machine.DualNewton.Solution;
import nonmercer.machine.DualNewton.State;
import nonmercer.machine.DualNewton.Term;

/// The problem of [DualNewton] by L-BFGS: products of the kernel's matrix and a vector, no
/// factorisation.
final class DualLbfgs {
    private static final int MOST_STEPS = 5000;
    private static final int FIRST_STEPS = 500; // in the functions, before those in the dual

    private final Loss loss;
    private final double[] z;
    private final List<Term> terms;
    private final DualNewton dual;

    private DualLbfgs(Loss loss, double[] z, List<Term> terms) {
        this.loss = loss;
        this.z = z;
        this.terms = terms;
        this.dual = new DualNewton(loss, z, terms);
    }

    /// By L-BFGS, until no step lowers the objective any more.
    ///
    /// @throws IllegalArgumentException if the dual variables reach their bounds
    static Solution solve(Loss loss, double[] z, List<Term> terms) {
        return new DualLbfgs(loss, z, terms).run();
    }

    private Solution run() {
        double[] alpha = new double[z.length];
        boolean bounded = false;
        for (int o = 0; o < z.length; o++) {
            alpha[o] = -loss.slope(z[o], 0);
            bounded |= Double.isFinite(loss.leastSlope(z[o]));
            bounded |= Double.isFinite(loss.largestSlope(z[o]));
            if (!dual.open(loss.leastSlope(z[o]), o) || !dual.open(loss.largestSlope(z[o]), o)) {
                throw new IllegalArgumentException(
                        "L-BFGS needs a loss with a smooth dual, and the dual variables of "
                                + loss
                                + " reach their bounds; use Method.NEWTON");
            }
        }
        Solution first = null;
        if (bounded && terms.stream().allMatch(t -> t.trace().norm().p() == 2)) {
            first = inFunctions();
            alpha = first.dual();
        }
        int steps =
                Lbfgs.minimise(
                        (x, gradient) -> {
                            for (int o = 0; o < x.length; o++) {
                                if (x[o] <= -loss.largestSlope(z[o])
                                        || x[o] >= -loss.leastSlope(z[o])) {
                                    return Double.POSITIVE_INFINITY;
                                }
                            }
                            State at = dual.state(x);
                            System.arraycopy(dual.gradient(at), 0, gradient, 0, x.length);
                            return at.dual();
                        },
                        alpha,
                        0,
                        MOST_STEPS);
        State at = dual.state(alpha);
        int all = steps + (first == null ? 0 : first.steps());
        Solution last = DualNewton.solution(at, dual.gap(at), all, "L-BFGS in the dual");
        return first == null || last.gap() < first.gap() ? last : first;
    }

    /// A start in Hilbert spaces, where dual variables with bounds would run into them: minimises
    /// the objective of the functions that coefficients α make, whose derivative is the prediction
    /// of `α
    /// + L'(t)`. The slopes `-L'(t)` are a dual point inside, and the gap to it is the energy of
    ///   the difference. Its condition is the square of the dual's, so it does not end here.
    private Solution inFunctions() {
        double[] alpha = new double[z.length];
        int steps =
                Lbfgs.minimise(
                        (x, gradient) -> {
                            State at = dual.state(x);
                            double[] left = Dense.sum(x, -1, slopes(at));
                            System.arraycopy(dual.state(left).t(), 0, gradient, 0, x.length);
                            return primal(at);
                        },
                        alpha,
                        0,
                        FIRST_STEPS);
        State at = dual.state(alpha);
        double[] slopes = slopes(at);
        return new Solution(
                slopes,
                at.t(),
                at.c().stream().map(c -> new DualNewton.Part(c, null)).toList(),
                primal(at),
                energy(dual.state(Dense.sum(alpha, -1, slopes))),
                steps,
                "L-BFGS");
    }

    private double[] slopes(State at) {
        double[] slopes = new double[z.length];
        for (int o = 0; o < z.length; o++) {
            slopes[o] = -loss.slope(z[o], at.t()[o]);
        }
        return slopes;
    }

    /// `Σ λ/2 ‖f‖² = ½ α·t` in Hilbert spaces.
    private static double energy(State at) {
        return Math.max(0, Dense.dot(at.alpha(), at.t()) / 2);
    }

    private double primal(State at) {
        double sum = energy(at);
        for (int o = 0; o < z.length; o++) {
            sum += loss.value(z[o], at.t()[o]);
        }
        return sum;
    }
}
