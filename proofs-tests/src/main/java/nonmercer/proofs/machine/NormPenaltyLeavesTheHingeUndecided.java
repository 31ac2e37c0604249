package nonmercer.proofs.machine;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
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
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Printed;
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
        return "for all v in [0, 1]: max(0, 1 - v) + |v| = 1, which is its least value, so that it has no single minimiser";
    }

    @Override
    public Optional<Printed<?>> printed() {
        return Optional.of(
                Printed.exact(
                        "for every convex loss L, every increasing convex φ, λ > 0, x and z: the minimiser v of L(z, x v) + λ φ(|v|) is unique",
                        () ->
                                Cases.random(
                                        500,
                                        Combinators.combine(
                                                        Arbitraries.of(
                                                                "squared", "logistic", "hinge"),
                                                        Arbitraries.of(Penalty.values()),
                                                        Arbitraries.integers().between(-3, 3),
                                                        Arbitraries.of(-1, 1),
                                                        Arbitraries.integers().between(1, 4))
                                                .as(Problem::new)),
                        Problem::width));
    }

    /// A problem in one coordinate with one datum: a loss, `φ`, the datum with its response, and
    /// twice λ.
    record Problem(String loss, Penalty penalty, int x, int z, int twiceLambda) {
        private double objective(double v) {
            Loss of =
                    switch (loss) {
                        case "squared" -> Loss.squared();
                        case "logistic" -> Loss.logistic();
                        default -> Loss.hinge();
                    };
            double norm = new Lp(2).norm(new double[] {v});
            double phi = penalty == Penalty.NORM ? norm : norm * norm / 2;
            return of.value(z, x * v) + twiceLambda / 2.0 * phi;
        }

        /// How long a segment of minimisers is, in quarters of a grid of [-4, 4]: a convex function
        /// is least at both ends of a segment and half way only if it is on all of it.
        double width() {
            double longest = 0;
            for (int a = -16; a < 16; a++) {
                for (int b = a + 1; b <= 16; b++) {
                    double end = objective(a / 4.0);
                    if (end == objective(b / 4.0) && end == objective((a + b) / 8.0)) {
                        longest = Math.max(longest, (b - a) / 4.0);
                    }
                }
            }
            return longest;
        }
    }

    @Override
    public Source source() {
        return Source.of(
                "Lin, Zhang & Zhang 2019 (arXiv:1901.01002)", "Theorem 4.7, uniqueness, refuted");
    }

    @Override
    public String assumes() {
        return "what is printed: any convex loss and any increasing convex function of the norm";
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
    public Optional<Picture> picture(Value value) {
        double[] v = Picture.steps(-0.5, 1.5, 41);
        return Optional.of(
                new Picture(
                        "Every v in [0, 1] is a minimiser of max(0, 1 - v) + |v|",
                        Picture.Axis.of("v"),
                        Picture.Axis.of("objective"),
                        List.of(
                                Picture.Line.measured("objective", v, value::of),
                                Picture.Line.bound("least value", v, at -> 1))));
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
