package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.machine.BinaryMachine;
import nonmercer.machine.BinaryProblem;
import nonmercer.machine.Coupling;
import nonmercer.machine.Loss;
import nonmercer.machine.Objective;
import nonmercer.machine.Responses;
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

/// The printed uniqueness fails for a product of two functions: there are always two solutions.
/// This claim is its negation.
final class ProductMachineHasANegatedTwin
        implements Claim<Coupling, ProductMachineHasANegatedTwin.Case> {
    /// Data and responses `[n][m]`.
    record Case(double[][] x, double[][] y, double[][] z) {}

    @Override
    public String id() {
        return "E4";
    }

    @Override
    public String statement() {
        return "for all problems with the coupling f(x) g(y) whose solution is not zero, (-f, -g) differs and has the same objective; NOT: the solution is unique";
    }

    @Override
    public boolean printedStatement() {
        return false;
    }

    @Override
    public Source source() {
        return Source.of("Wright & Gonzalez 2021", "Theorem 1, uniqueness, refuted for products");
    }

    @Override
    public Kind kind() {
        return Kind.EXACT;
    }

    @Override
    public List<Subject<Coupling>> subjects() {
        return List.of(Subject.of("product", Coupling.PRODUCT));
    }

    @Override
    public Cases<Case> cases(Coupling coupling) {
        return Cases.random(
                30,
                Combinators.combine(integers().between(1, 4), integers().between(1, 4))
                        .flatAs((n, m) ->
                                Combinators.combine(
                                                Points.in(n, 3, 1.5),
                                                Points.in(m, 3, 1.5),
                                                Points.in(n, m, 2))
                                        .as(Case::new)));
    }

    /// The largest difference of predictions of the solution and its twin, silent where they are
    /// one.
    @Override
    public double statistic(Coupling coupling, Case c) {
        BinaryMachine m =
                new BinaryProblem(
                                SpacePair.of(Coordinates.plain(3), 1.5),
                                Array.matrix(c.x),
                                Array.matrix(c.y),
                                Responses.all(Array.matrix(c.z)))
                        .solve(coupling, Objective.of(Loss.squared(), 0.05));
        if (m.f().norm() < 1e-3 || m.g().norm() < 1e-3) {
            return SILENT;
        }
        double[] a = m.predict(Array.matrix(c.x), Array.matrix(c.y)).toDoubles();
        double[] b = m.negated().predict(Array.matrix(c.x), Array.matrix(c.y)).toDoubles();
        double worst = Math.abs(m.f().norm() - m.negated().f().norm());
        for (int o = 0; o < a.length; o++) {
            worst = Math.max(worst, Math.abs(a[o] - b[o]));
        }
        boolean says = m.report().uniqueness() instanceof Uniqueness.NotUnique;
        return says || coupling == Coupling.ADDITIVE ? worst : Double.POSITIVE_INFINITY;
    }

    @Override
    public Tolerance<Coupling, Case> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Coupling>> mutants() {
        return List.of(
                Mutant.of("a sum, which has no twin", "the coupling of C19", Coupling.ADDITIVE));
    }
}
