package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
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
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Printed;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The printed uniqueness fails for a product of two functions: there are always two solutions.
/// This claim is its negation.
final class ProductMachineHasANegatedTwin
        implements Claim<ProductMachineHasANegatedTwin.Twin, ProductMachineHasANegatedTwin.Case> {
    private static final double LAMBDA = 0.05;

    /// A coupling, and the solution that is said to be as good.
    record Twin(Coupling coupling, UnaryOperator<BinaryMachine> of) {}

    /// Data and responses `[n][m]`.
    record Case(double p, double[][] x, double[][] y, double[][] z) {}

    @Override
    public String id() {
        return "E4";
    }

    @Override
    public String statement() {
        return "for all problems with the coupling f(x) g(y) and all p whose solution is not zero: (-f, -g) differs and has the same objective, halfway between them is worse, and ‖f‖ = ‖g‖ in their norms if both have the same λ";
    }

    @Override
    public Optional<Printed<?>> printed() {
        return Optional.of(
                Printed.of(
                        "for all data the solution (f, g) of a problem with the coupling f(x) g(y) is unique: nothing else has an objective as low",
                        () -> cases(subjects().getFirst().code()),
                        c -> {
                            BinaryMachine m = solved(Coupling.PRODUCT, c);
                            BinaryMachine twin = m.negated();
                            double more = objective(twin, c) - objective(m, c);
                            return more > 1e-12 * objective(m, c) ? 0 : 2 * m.f().norm();
                        },
                        c -> 1e-3,
                        "how far apart two solutions may be that a solver cannot tell apart"));
    }

    @Override
    public Source source() {
        return Source.of("Wright & Gonzalez 2021", "Theorem 1, uniqueness, refuted for products");
    }

    @Override
    public String assumes() {
        return "a solution that is not zero: zero is its own twin";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Twin>> subjects() {
        return List.of(Subject.of("product", new Twin(Coupling.PRODUCT, BinaryMachine::negated)));
    }

    @Override
    public Cases<Case> cases(Twin twin) {
        return Cases.random(
                30,
                Combinators.combine(
                                Arbitraries.of(1.5, 2.0, 3.0),
                                integers().between(1, 4),
                                integers().between(1, 4))
                        .flatAs((p, n, m) ->
                                Combinators.combine(
                                                Points.in(n, 3, 1.5),
                                                Points.in(m, 3, 1.5),
                                                Points.in(n, m, 2))
                                        .as((x, y, z) -> new Case(p, x, y, z))));
    }

    /// The largest of: how far the objectives of the solution and its twin are apart, and the norms
    /// of its two functions, each over its bound; infinite if zero is no worse, if the twin is the
    /// same, or if the report does not say that there are others; silent where the solution is
    /// zero.
    @Override
    public double statistic(Twin twin, Case c) {
        BinaryMachine m = solved(twin.coupling, c);
        if (m.f().norm() < 1e-3 || m.g().norm() < 1e-3) {
            return SILENT;
        }
        BinaryMachine other = twin.of.apply(m);
        double z = Spectrum.frobenius(c.z);
        double here = objective(m, c);
        double differ = Math.abs(here - objective(other, c)) / (1e-12 * z * z);
        double[] f = m.f().at(Array.matrix(c.x));
        boolean same = Arrays.equals(f, other.f().at(Array.matrix(c.x)));
        boolean worse = z * z / 2 > here; // halfway between twins is zero
        boolean says =
                twin.coupling == Coupling.ADDITIVE
                        || m.report().uniqueness() instanceof Uniqueness.NotUnique;
        double balance = Math.abs(m.f().norm() - m.g().norm()) / balance(z);
        return same || !worse || !says ? Double.POSITIVE_INFINITY : Math.max(differ, balance);
    }

    private static BinaryMachine solved(Coupling coupling, Case c) {
        return new BinaryProblem(
                        SpacePair.of(Coordinates.plain(3), c.p),
                        Array.matrix(c.x),
                        Array.matrix(c.y),
                        Responses.all(Array.matrix(c.z)))
                .solve(coupling, Objective.of(Loss.squared(), LAMBDA));
    }

    private static double objective(BinaryMachine m, Case c) {
        double[][] t = Matrices.rows(m.predict(Array.matrix(c.x), Array.matrix(c.y)));
        double miss = Math.pow(Spectrum.frobenius(Matrices.sum(c.z, -1, t)), 2);
        return miss / 2 + LAMBDA / 2 * (Math.pow(m.f().norm(), 2) + Math.pow(m.g().norm(), 2));
    }

    /// The penalties of norms a, b exceed those of balanced ones by `λ(a - b)²/2`, which a round
    /// would gain; the solver stops where a round gains less than `10⁻¹²` of `½|z|²`. Ten times the
    /// root of that for the last half rounds, which may move the norms as far.
    private static double balance(double z) {
        return 10 * Math.sqrt(1e-12 * z * z / LAMBDA);
    }

    @Override
    public Tolerance<Twin, Case> tolerance() {
        return Tolerance.bound(
                (twin, c) -> 1,
                "once each of the bounds: rounding, 10⁻¹² of |z|², between the objectives; and what is left of the norms'"
                        + " difference by a solver that stops where a round gains less than 10⁻¹² of ½|z|²");
    }

    /// Along `(s f, s g)`, from the twin at -1 to the solution at 1.
    @Override
    public Optional<Picture> picture(Twin twin) {
        Case c =
                new Case(
                        1.5,
                        Points.spread(3, 3, 1.5),
                        new double[][] {{1, 0.5, -1}, {-0.5, 1, 0.25}},
                        new double[][] {{1, -1}, {2, 0.5}, {-1, 1.5}});
        BinaryMachine m = solved(twin.coupling, c);
        double[] s = Picture.steps(-1.4, 1.4, 29);
        return Optional.of(
                new Picture(
                        "Objective of (s f, s g): two solutions and zero between them",
                        Picture.Axis.of("s"),
                        Picture.Axis.of("objective"),
                        List.of(
                                Picture.Line.measured(
                                        "objective",
                                        s,
                                        at ->
                                                objective(
                                                        new BinaryMachine(
                                                                m.f().scaled(at),
                                                                m.g().scaled(at),
                                                                m.coupling(),
                                                                m.report()),
                                                        c)),
                                Picture.Line.bound("least value", s, at -> objective(m, c)))));
    }

    @Override
    public List<Mutant<Twin>> mutants() {
        return List.of(
                Mutant.of(
                        "a sum, which has no twin",
                        "the coupling of C19",
                        new Twin(Coupling.ADDITIVE, BinaryMachine::negated)),
                Mutant.of(
                        "one function negated",
                        "half of a sign change",
                        new Twin(
                                Coupling.PRODUCT,
                                m ->
                                        new BinaryMachine(
                                                m.f().scaled(-1),
                                                m.g(),
                                                m.coupling(),
                                                m.report()))),
                Mutant.of(
                        "the solution itself",
                        "uniqueness as printed",
                        new Twin(Coupling.PRODUCT, m -> m)));
    }
}
