package nonmercer.machine;

import java.util.ArrayList;
import java.util.List;
import nonmercer.machine.DualNewton.Part;
import nonmercer.machine.DualNewton.Solution;
import nonmercer.machine.DualNewton.Term;
import org.jspecify.annotations.Nullable;

/// Solves a convex problem with either penalty, and says whether the solution is the only one.
final class Solver {
    private static final double TOLERANCE = 1e-12; // of the objective
    private static final double ENOUGH = 1e-10; // of the objective: no other method is tried
    private static final int MOST_ROUNDS = 500;
    private static final double ROUNDING = 0x1p-46; // of a sum of losses
    private static final int FEW = 2000; // data whose system may be factorised after all
    private static final int PATIENCE = 8; // rounds that do not lower the gap
    private static final double[] SMALLEST = {1e-15, 1e-12}; // eigenvalues, of the largest

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
        Solution s = solver.measured(DualLbfgs.solve(loss, z, terms), penalty, terms);
        if (!Report.close(s.gap(), s.objective()) && z.length <= FEW) {
            Solution other = solver.best(terms, true);
            s =
                    named(
                            better(s, other),
                            s.steps() + other.steps(),
                            "L-BFGS, then " + other.method());
        }
        s = solver.orZero(s, penalty, terms);
        return new Answer(s, Report.ofOne(s.method(), s.objective(), s.gap(), s.steps(), CONVEX));
    }

    private Answer halfSquare() {
        Solution s = best(terms, true);
        String method = s.steps() <= 1 ? "closed form" : s.method();
        return new Answer(s, Report.ofOne(method, s.objective(), s.gap(), s.steps(), CONVEX));
    }

    /// Newton's method in the dual, which is fast where it converges; else along the central path,
    /// which takes any exponent. Never worse than zero.
    ///
    /// @param coordinates whether kernels without features may take the path in coordinates, which
    ///   costs as much as many of Newton's steps
    private Solution best(List<Term> of, boolean coordinates) {
        Penalty penalty = Penalty.HALF_SQUARE;
        Solution s = measured(DualNewton.solve(loss, z, of, TOLERANCE), penalty, of);
        if (s.gap() > ENOUGH * s.objective()) {
            Solution other = path(penalty, of, coordinates);
            s = other == null ? s : better(s, other);
        }
        return orZero(s, penalty, of);
    }

    /// Along the central path, where there are features or coordinates; null where there are none,
    /// or nothing to gain.
    private @Nullable Solution path(Penalty penalty, List<Term> of, boolean coordinates) {
        double atZero = atZero();
        if (!(atZero > 0)) {
            return null;
        }
        if (PathFollowing.takes(of)) {
            return PathFollowing.solve(loss, penalty, z, of, atZero, TOLERANCE);
        }
        Solution best = null;
        if (coordinates && Coordinates.takes(of)) {
            for (double smallest : SMALLEST) {
                List<Term> there = Coordinates.of(of, smallest);
                Solution s = PathFollowing.solve(loss, penalty, z, there, atZero, TOLERANCE);
                for (Solution now : List.of(bySections(s), byCoordinates(s, there))) {
                    Solution m = measured(now, penalty, of);
                    best = best == null ? m : better(best, m);
                }
                if (best != null && best.gap() <= ENOUGH * best.objective()) {
                    return best;
                }
            }
        }
        return best;
    }

    /// The functions that the dual variables make.
    private static Solution bySections(Solution s) {
        return with(s, s.terms().stream().map(p -> new Part(p.c(), null)).toList());
    }

    private static Solution byCoordinates(Solution s, List<Term> there) {
        List<Part> parts = new ArrayList<>();
        for (int k = 0; k < there.size(); k++) {
            parts.add(Coordinates.back(there.get(k), s.terms().get(k)));
        }
        return with(s, parts);
    }

    private static Solution with(Solution s, List<Part> parts) {
        return new Solution(
                s.dual(), s.predictions(), parts, s.objective(), s.gap(), s.steps(), s.method());
    }

    private static Solution with(Solution s, double[] dual, double gap) {
        return new Solution(
                dual, s.predictions(), s.terms(), s.objective(), gap, s.steps(), s.method());
    }

    private static Solution named(Solution s, int steps, String method) {
        return new Solution(
                s.dual(), s.predictions(), s.terms(), s.objective(), s.gap(), steps, method);
    }

    /// The one of the smaller gap, or the other where it is lower: what bounds one bounds both.
    private static Solution better(Solution a, Solution b) {
        Solution least = a.gap() <= b.gap() ? a : b;
        Solution other = a.gap() <= b.gap() ? b : a;
        double by = least.objective() - other.objective() - ROUNDING * least.objective();
        return by > 0 ? with(other, least.dual(), Math.max(0, least.gap() - by)) : least;
    }

    /// With objective and gap of the functions themselves.
    private Solution measured(Solution s, Penalty penalty, List<Term> of) {
        Certificate c = Certificate.of(loss, penalty, z, of, s.dual(), s.terms());
        return new Solution(
                s.dual(),
                Certificate.predictions(of, s.terms(), z.length),
                s.terms(),
                c.objective(),
                c.gap(),
                s.steps(),
                s.method());
    }

    private double atZero() {
        double atZero = 0;
        for (double response : z) {
            atZero += loss.value(response, 0);
        }
        return atZero;
    }

    /// A solution, or zero where that is better.
    private Solution orZero(Solution s, Penalty penalty, List<Term> of) {
        if (s.objective() <= atZero()) {
            return s;
        }
        List<Part> zero = new ArrayList<>();
        for (Term t : of) {
            zero.add(new Part(new double[t.trace().size()], null));
        }
        return measured(with(s, zero), penalty, of);
    }

    /// Along the central path where there are features, else by majorants.
    private Answer norm() {
        Solution s = path(Penalty.NORM, terms, true);
        s = s == null ? null : orZero(s, Penalty.NORM, terms);
        if (s == null || !Report.close(s.gap(), s.objective())) {
            Solution other = majorants();
            s = s == null ? other : better(s, other);
        }
        boolean close = Report.close(s.gap(), s.objective());
        Uniqueness unique = NormUniqueness.of(loss, z, terms, s);
        return new Answer(
                s, new Report(s.method(), s.objective(), s.gap(), close, s.steps(), unique));
    }

    /// `λ‖f‖ ≤ λ(‖f‖²/‖f₀‖ + ‖f₀‖)/2` with equality at `f₀`: each round minimises that.
    private Solution majorants() {
        Solution s = best(terms, false);
        Solution best = orZero(measured(s, Penalty.NORM, terms), Penalty.NORM, terms);
        int steps = s.steps();
        int since = 0;
        for (int round = 0;
                round < MOST_ROUNDS && since < PATIENCE && best.gap() > ENOUGH * best.objective();
                round++) {
            List<Term> next = new ArrayList<>();
            for (int k = 0; k < terms.size(); k++) {
                Term t = terms.get(k);
                double norm = Math.max(s.terms().get(k).norm(t.trace()), 1e-12);
                next.add(new Term(t.trace(), t.lambda() / norm, t.point(), t.weight()));
            }
            s = best(next, false);
            steps += s.steps();
            Solution now = orZero(measured(s, Penalty.NORM, terms), Penalty.NORM, terms);
            since = now.gap() < 0.99 * best.gap() ? 0 : since + 1;
            best = better(best, now);
        }
        return named(best, steps, best.method() + " of quadratic majorants");
    }
}
