package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.machine.Interpolation;
import nonmercer.machine.SpacePair;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The interpolation problem has a solution for all values if and only if the sections at the
/// points are linearly independent: two equal points refute it.
final class EqualPointsAllowEqualValuesOnly
        implements Claim<
                EqualPointsAllowEqualValuesOnly.Solver, EqualPointsAllowEqualValuesOnly.Case> {
    /// Whether a function with these values at these points is offered.
    interface Solver {
        boolean offers(double[][] x, double[] z);
    }

    /// Points in general position, and values; the last point repeats the first where `twice`.
    record Case(double[][] x, double[][] values, boolean twice) {
        double[][] points() {
            double[][] all = x.clone();
            if (twice) {
                all[all.length - 1] = x[0].clone();
            }
            return all;
        }

        double[] z() {
            double[] z = values[0].clone();
            z[z.length - 1] = z[0] + 1; // what equal points cannot have
            return z;
        }
    }

    @Override
    public String id() {
        return "C25";
    }

    @Override
    public String statement() {
        return "for all n ≤ d points in general position of ℝᵈ and all values there is an interpolant; for all points of which two are equal there is none where their values differ";
    }

    @Override
    public Source source() {
        return Source.of(
                "Lin, Zhang & Zhang 2019 (arXiv:1901.01002)",
                "Lemma 4.1: solvable for all values if and only if the sections are independent");
    }

    @Override
    public String assumes() {
        return "n ≤ d points in general position; equal points are equal in every bit";
    }

    @Override
    public Kind kind() {
        return Kind.GENERIC;
    }

    /// Random rows of d numbers on a grid of 2⁻¹⁰ that are dependent up to rounding.
    @Override
    public double falseAlarm() {
        return 3e-3;
    }

    @Override
    public List<Subject<Solver>> subjects() {
        return List.of(Subject.of("Interpolation", EqualPointsAllowEqualValuesOnly::library));
    }

    private static boolean library(double[][] x, double[] z) {
        try {
            var found =
                    new Interpolation(
                                    SpacePair.of(Coordinates.plain(x[0].length), 2).queries(),
                                    Array.matrix(x),
                                    z)
                            .solve();
            return found.miss() < 1e-6;
        } catch (IllegalArgumentException dependent) {
            return false;
        }
    }

    @Override
    public Cases<Case> cases(Solver solver) {
        return Cases.random(
                        100,
                        Combinators.combine(integers().between(2, 4), integers().between(0, 2))
                                .flatAs((n, more) ->
                                        Combinators.combine(
                                                        Points.general(n, n + more, 2),
                                                        Points.in(1, n, 2),
                                                        Arbitraries.of(true, false))
                                                .as(Case::new)))
                .hitting("two equal points", 0.3, c -> c.twice)
                .hitting("none", 0.3, c -> !c.twice);
    }

    /// 1 where the solver offers what does not exist, or misses what does.
    @Override
    public double statistic(Solver solver, Case c) {
        return solver.offers(c.points(), c.z()) == c.twice ? 1 : 0;
    }

    @Override
    public Tolerance<Solver, Case> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Solver>> mutants() {
        return List.of(
                Mutant.of(
                        "a least-squares solution offered as an interpolant",
                        "a pseudo-inverse for the inverse of a singular Gram matrix",
                        (x, z) -> true),
                Mutant.of(
                        "a solver that trusts no pair of points",
                        "folklore",
                        (x, z) -> x.length < 2));
    }
}
