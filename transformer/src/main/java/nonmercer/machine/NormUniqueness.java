package nonmercer.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nonmercer.machine.DualNewton.Part;
import nonmercer.machine.DualNewton.Solution;
import nonmercer.machine.DualNewton.Term;

/// Whether `Σ L + Σ λ‖f‖` has another minimiser.
///
/// The middle of two minimisers is one too, so their norms add up: by strict convexity each
/// function is a multiple of its other, or zero. What is left are multiples `a f`, `b g` and, where
/// a function is zero, those that take over from the other.
final class NormUniqueness {
    private static final double ROUNDING = 1e-12; // of the objective
    private static final double NEGLIGIBLE = 1e-6; // a penalty, of the objective: zero to the gap
    private static final double INDEPENDENT = 1e-2; // the sine of an angle between predictions
    private static final double DEPENDENT = 1e-4;

    private static final String STRICTLY =
            "all solutions predict the same, for the loss is strictly convex, and of these one has the"
                    + " least norm";

    private final Loss loss;
    private final double[] z;
    private final List<Term> terms;
    private final Solution s;

    private NormUniqueness(Loss loss, double[] z, List<Term> terms, Solution s) {
        this.loss = loss;
        this.z = z;
        this.terms = terms;
        this.s = s;
    }

    static Uniqueness of(Loss loss, double[] z, List<Term> terms, Solution s) {
        NormUniqueness u = new NormUniqueness(loss, z, terms, s);
        boolean close = Report.close(s.gap(), s.objective());
        if (!close) {
            return loss.strictlyConvex() && terms.size() == 1
                    ? Report.far(STRICTLY)
                    : new Uniqueness.Unknown("the solver did not converge");
        }
        if (loss.strictlyConvex()) {
            return terms.size() == 1 ? new Uniqueness.Unique(STRICTLY) : u.ofSplits();
        }
        return u.onTheRay();
    }

    /// The objective of these multiples of the functions.
    private double objective(double... scale) {
        List<Part> parts = new ArrayList<>();
        for (int k = 0; k < terms.size(); k++) {
            parts.add(s.terms().get(k).scaled(scale[k]));
        }
        return Certificate.of(loss, Penalty.NORM, z, terms, s.dual(), parts).objective();
    }

    private double penalty(int k) {
        return terms.get(k).lambda() * s.terms().get(k).norm(terms.get(k).trace());
    }

    private double[] predictions(int k) {
        return Certificate.predictions(
                terms.subList(k, k + 1), s.terms().subList(k, k + 1), z.length);
    }

    /// For a strictly convex loss: two functions whose predictions are no multiples of one another
    /// cannot take over from each other.
    private Uniqueness ofSplits() {
        List<Integer> live = new ArrayList<>();
        for (int k = 0; k < terms.size(); k++) {
            if (penalty(k) > NEGLIGIBLE * s.objective()) {
                live.add(k);
            } else if (!excluded(k)) {
                return new Uniqueness.Unknown(
                        "all solutions predict the same, for the loss is strictly convex; that another"
                                + " function may take over a part is not excluded");
            }
        }
        if (live.size() < 2) {
            return new Uniqueness.Unique(
                    STRICTLY + "; where a function is zero, λ exceeds what it could gain");
        }
        double[] f = predictions(live.get(0));
        double[] g = predictions(live.get(1));
        double along = Dense.dot(f, g) / Dense.dot(g, g);
        double[] left = Dense.sum(f, -along, g);
        double sine = Math.sqrt(Dense.dot(left, left) / Dense.dot(f, f));
        if (sine > INDEPENDENT) {
            return new Uniqueness.Unique(
                    "all solutions predict the same, for the loss is strictly convex; other functions"
                            + " are multiples of these, whose predictions are independent");
        }
        for (double part : new double[] {0.5, -0.5}) {
            boolean same = objective(1 - part, 1 + part * along) <= s.objective() * (1 + ROUNDING);
            if (sine < DEPENDENT && same && part * along >= -1) {
                return new Uniqueness.NotUnique(
                        "λ‖·‖ is linear along a ray, and the functions' predictions are multiples of"
                                + " one another",
                        (1 - part) + " f and " + (1 + part * along) + " g have the same objective");
            }
        }
        return new Uniqueness.Unknown(
                "all solutions predict the same, but the functions' predictions are nearly multiples of"
                        + " one another");
    }

    /// Whether a function is zero in all solutions: `‖Σ w α κ‖ < λ` at the solution of the dual,
    /// which is within `|δ|² ≤ 2 gap/c` of this α if c is the least curvature of the conjugate.
    private boolean excluded(int k) {
        Term term = terms.get(k);
        double curvature = Double.POSITIVE_INFINITY;
        double size = 0;
        for (int o = 0; o < z.length; o++) {
            curvature = Math.min(curvature, loss.conjugateCurvature(z[o], -s.dual()[o]));
            double[] one = new double[z.length];
            one[o] = 1;
            double norm = Certificate.norm(term, one);
            size += norm * norm;
        }
        double error = Math.sqrt(2 * s.gap() / curvature * size);
        return Certificate.norm(term, s.dual()) + 2 * error < term.lambda() * (1 - NEGLIGIBLE);
    }

    /// For any loss: the multiples of this solution.
    private Uniqueness onTheRay() {
        double penalty = 0;
        for (int k = 0; k < terms.size(); k++) {
            penalty += penalty(k);
        }
        if (penalty <= NEGLIGIBLE * s.objective()) {
            return new Uniqueness.Unknown("the solution found is zero");
        }
        for (double scale : new double[] {0, 0.5, 0.9, 1.1, 1.5, 2}) {
            double[] all = new double[terms.size()];
            Arrays.fill(all, scale);
            if (objective(all) <= s.objective() * (1 + ROUNDING)) {
                return new Uniqueness.NotUnique(
                        "λ‖·‖ is linear along a ray and the loss is not strictly convex",
                        scale + " times this solution has the same objective");
            }
        }
        return new Uniqueness.Unknown(
                "neither the loss nor λ‖·‖ is strictly convex; no other solution was found on the ray of this one");
    }
}
