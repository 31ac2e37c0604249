package nonmercer.machine;

import java.util.ArrayList;
import java.util.List;
import nonmercer.machine.DualNewton.Part;
import nonmercer.machine.DualNewton.Solution;
import nonmercer.machine.DualNewton.Term;

/// Solves a convex problem with either penalty, and says whether the solution is the only one.
final class Solver {
    private static final double TOLERANCE = 1e-12; // of the objective
    private static final double ENOUGH = 1e-10; // of the objective: no other method is tried
    private static final int MOST_ROUNDS = 500;
    private static final double NEGLIGIBLE = 1e-6; // a penalty, of the objective: zero to the gap

    private static final String CONVEX =
            "λ/2 ‖·‖² is strictly convex: the norm has an exponent between 1 and ∞";

    /// @param solution with the coefficients
    /// @param report what to tell
    record Answer(Solution solution, Report report) {}

    private final Loss loss;
    private final double[] z;
    private final List<Term> terms;

    private Solver(Loss loss, double[] z, List<Term> terms) {
        this.loss = loss;
        this.z = z;
        this.terms = terms;
    }

    static Answer solve(Loss loss, Penalty penalty, double[] z, List<Term> terms) {
        Solver solver = new Solver(loss, z, terms);
        return penalty == Penalty.HALF_SQUARE ? solver.halfSquare() : solver.norm();
    }

    /// By the method that was chosen.
    static Answer solve(Method method, Loss loss, Penalty penalty, double[] z, List<Term> terms) {
        if (method == Method.NEWTON) {
            return solve(loss, penalty, z, terms);
        }
        if (penalty != Penalty.HALF_SQUARE) {
            throw new IllegalArgumentException(
                    "L-BFGS takes the penalty λ/2 ‖·‖², whose dual is smooth, got "
                            + penalty
                            + "; use Method.NEWTON");
        }
        Solver solver = new Solver(loss, z, terms);
        Solution s = solver.orZero(DualLbfgs.solve(loss, z, terms), solver.atZero());
        return new Answer(s, Report.ofOne(s.method(), s.objective(), s.gap(), s.steps(), CONVEX));
    }

    private Answer halfSquare() {
        Solution s = best(terms);
        String method = s.steps() <= 1 ? "closed form" : s.method();
        return new Answer(s, Report.ofOne(method, s.objective(), s.gap(), s.steps(), CONVEX));
    }

    /// Newton's method in the dual, which is fast where it converges; else along the central path,
    /// which takes any exponent. Never worse than zero.
    private Solution best(List<Term> of) {
        Solution s = DualNewton.solve(loss, z, of, TOLERANCE);
        double atZero = atZero();
        boolean enough = s.gap() <= ENOUGH * s.objective();
        if (!enough && atZero > 0 && PathFollowing.takes(of)) {
            Solution other =
                    PathFollowing.solve(loss, Penalty.HALF_SQUARE, z, of, atZero, TOLERANCE);
            s = s.gap() <= other.gap() ? s : other;
        }
        return orZero(s, atZero);
    }

    private double atZero() {
        double atZero = 0;
        for (double response : z) {
            atZero += loss.value(response, 0);
        }
        return atZero;
    }

    /// A solution, or zero where that is better.
    private Solution orZero(Solution s, double atZero) {
        if (s.objective() <= atZero) {
            return s;
        }
        List<Part> zero = new ArrayList<>();
        for (Term t : terms) {
            zero.add(new Part(new double[t.trace().size()], null));
        }
        double gap = Math.max(0, s.gap() - (s.objective() - atZero));
        return new Solution(
                s.dual(), new double[z.length], zero, atZero, gap, s.steps(), s.method());
    }

    /// Along the central path where there are features, else by majorants.
    private Answer norm() {
        double atZero = atZero();
        if (atZero > 0 && PathFollowing.takes(terms)) {
            Solution s =
                    orZero(
                            PathFollowing.solve(loss, Penalty.NORM, z, terms, atZero, TOLERANCE),
                            atZero);
            if (Report.close(s.gap(), s.objective())) {
                return answer(s, terms, new Certificate(s.objective(), s.gap()), s.method());
            }
        }
        return majorants();
    }

    /// `λ‖f‖ ≤ λ(‖f‖²/‖f₀‖ + ‖f₀‖)/2` with equality at `f₀`: each round minimises that.
    private Answer majorants() {
        List<Term> now = terms;
        Solution s = best(now);
        Certificate best = certificate(s, now);
        int steps = s.steps();
        for (int round = 0;
                round < MOST_ROUNDS && best.gap > 1e-10 * Math.max(1e-300, best.objective);
                round++) {
            List<Term> next = new ArrayList<>();
            for (int k = 0; k < terms.size(); k++) {
                Term t = terms.get(k);
                double norm = Math.max(norm(now.get(k), s.terms().get(k)), 1e-12);
                next.add(new Term(t.trace(), t.lambda() / norm, t.point(), t.weight()));
            }
            now = next;
            s = best(now);
            steps += s.steps();
            best = certificate(s, now);
        }
        Solution all =
                new Solution(
                        s.dual(),
                        s.predictions(),
                        s.terms(),
                        best.objective,
                        best.gap,
                        steps,
                        s.method());
        return answer(all, now, best, s.method() + " of quadratic majorants");
    }

    private Answer answer(Solution s, List<Term> now, Certificate best, String method) {
        boolean close = Report.close(best.gap, best.objective);
        Uniqueness unique = uniqueness(s, now, best);
        return new Answer(
                s, new Report(method, best.objective, best.gap, close, s.steps(), unique));
    }

    private static double norm(Term term, Part f) {
        return f.norm(term.trace());
    }

    private record Certificate(double objective, double gap) {}

    /// The dual of `λ‖·‖` bounds `‖Σ w α κ‖ ≤ λ`; α shrunk into that ball gives a lower bound.
    private Certificate certificate(Solution s, List<Term> now) {
        double shrink = 1;
        for (int k = 0; k < terms.size(); k++) {
            double dual = now.get(k).lambda() * norm(now.get(k), s.terms().get(k));
            shrink =
                    dual > terms.get(k).lambda()
                            ? Math.min(shrink, terms.get(k).lambda() / dual)
                            : shrink;
        }
        double primal = primal(s, now, 1);
        double dual = 0;
        for (int o = 0; o < z.length; o++) {
            dual -= loss.conjugate(z[o], -shrink * s.dual()[o]);
        }
        return new Certificate(primal, Math.max(0, primal - dual));
    }

    /// The objective of the solution times `scale`.
    private double primal(Solution s, List<Term> now, double scale) {
        double sum = 0;
        for (int o = 0; o < z.length; o++) {
            sum += loss.value(z[o], scale * s.predictions()[o]);
        }
        for (int k = 0; k < terms.size(); k++) {
            sum += terms.get(k).lambda() * scale * norm(now.get(k), s.terms().get(k));
        }
        return sum;
    }

    /// Solutions on one ray predict differently, so a strictly convex loss excludes them; otherwise
    /// the ray is searched.
    private Uniqueness uniqueness(Solution s, List<Term> now, Certificate best) {
        if (loss.strictlyConvex()) {
            String strictly =
                    "all solutions predict the same, for the loss is strictly convex, and of these one has the"
                            + " least norm";
            return Report.close(best.gap, best.objective)
                    ? new Uniqueness.Unique(strictly)
                    : Report.far(strictly);
        }
        double penalty = 0;
        for (int k = 0; k < terms.size(); k++) {
            penalty += terms.get(k).lambda() * norm(now.get(k), s.terms().get(k));
        }
        if (penalty <= NEGLIGIBLE * best.objective) {
            return new Uniqueness.Unknown("the solution found is zero");
        }
        for (double scale : new double[] {0, 0.5, 0.9, 1.1, 1.5, 2}) {
            double other = primal(s, now, scale);
            if (other <= best.objective + best.gap + 1e-12 * best.objective) {
                return new Uniqueness.NotUnique(
                        "λ‖·‖ is linear along a ray and the loss is not strictly convex",
                        scale + " times this solution has the same objective");
            }
        }
        return new Uniqueness.Unknown(
                "neither the loss nor λ‖·‖ is strictly convex; no other solution was found on the ray of this one");
    }
}
