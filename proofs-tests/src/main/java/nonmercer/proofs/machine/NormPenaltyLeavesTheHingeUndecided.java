package nonmercer.proofs.machine;

import java.util.List;
import net.jqwik.api.Combinators;
import nonmercer.machine.Loss;
import nonmercer.machine.Lp;
import nonmercer.machine.Objective;
import nonmercer.machine.Penalty;
import nonmercer.machine.RegularisationNetwork;
import nonmercer.machine.SpacePair;
import nonmercer.machine.Uniqueness;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The printed uniqueness of regularisation networks fails without strict convexity. This claim is
/// its negation.
final class NormPenaltyLeavesTheHingeUndecided
        implements Claim<
                NormPenaltyLeavesTheHingeUndecided.Value, NormPenaltyLeavesTheHingeUndecided.Case> {
    /// The objective of the value `v` of a function at a point.
    interface Value {
        double of(double v);
    }

    /// Two values, of which the first is claimed to be a minimiser.
    record Case(double[][] inside, double[][] anywhere) {}

    @Override
    public String id() {
        return "E3";
    }

    @Override
    public String statement() {
        return "max(0, 1 - v) + |v| has the same least value, 1, at every v in [0, 1]; NOT: the minimiser is unique for every convex loss and every increasing convex function of the norm";
    }

    @Override
    public boolean printedStatement() {
        return false;
    }

    @Override
    public Source source() {
        return Source.of(
                "Lin, Zhang & Zhang 2019 (arXiv:1901.01002)", "Theorem 4.7, uniqueness, refuted");
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Value>> subjects() {
        return List.of(
                Subject.of(
                        "hinge and norm",
                        v -> Loss.hinge().value(1, v) + new Lp(2).norm(new double[] {v})));
    }

    private static RegularisationNetwork.Fitted solver() {
        return new RegularisationNetwork(
                        SpacePair.of(Coordinates.plain(1), 2).queries(),
                        Coordinates.identity(1),
                        new double[] {1})
                .solve(Objective.of(Loss.hinge(), 1).with(Penalty.NORM));
    }

    @Override
    public Cases<Case> cases(Value value) {
        return Cases.random(
                60, Combinators.combine(Points.in(1, 1, 1), Points.in(1, 1, 3)).as(Case::new));
    }

    /// How far the value at a point of `[0, 1]` is above that anywhere, or from 1.
    @Override
    public double statistic(Value value, Case c) {
        double inside = value.of(Math.abs(c.inside[0][0]));
        boolean says = solver().report().uniqueness() instanceof Uniqueness.NotUnique;
        double worst = Math.max(Math.abs(inside - 1), inside - value.of(c.anywhere[0][0]));
        return says ? worst : Double.POSITIVE_INFINITY;
    }

    @Override
    public Tolerance<Value, Case> tolerance() {
        return Tolerance.rounding(
                (value, c) -> 8, (value, c) -> 4, "eight roundings of numbers up to 4");
    }

    @Override
    public List<Mutant<Value>> mutants() {
        return List.of(
                Mutant.of(
                        "half the square of the norm, which decides",
                        "φ(t) = t²/2",
                        v -> Loss.hinge().value(1, v) + v * v / 2),
                Mutant.of(
                        "the logistic loss, which is strictly convex",
                        "folklore",
                        v -> Loss.logistic().value(1, v) + Math.abs(v)));
    }
}
