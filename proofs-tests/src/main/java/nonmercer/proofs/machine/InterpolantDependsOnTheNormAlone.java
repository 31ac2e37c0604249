package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
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

/// Which increasing function of the norm is penalised does not matter; which norm does.
final class InterpolantDependsOnTheNormAlone
        implements Claim<
                InterpolantDependsOnTheNormAlone.Learner, InterpolantDependsOnTheNormAlone.Case> {
    /// The coefficients of the interpolant of least φ(‖v‖ₚ).
    interface Learner {
        double[] of(Case c);
    }

    /// An exponent, a row of features with a coefficient for each way to move along its null space.
    record Case(double p, double[][] phi, double z, double[][] along) {}

    private static final List<DoubleUnaryOperator> INCREASING =
            List.of(t -> t, t -> t * t, Math::exp, t -> -1 / (1 + t));

    @Override
    public String id() {
        return "L6";
    }

    @Override
    public String statement() {
        return "for all data and 1 < p < ∞: the interpolant f of least norm has φ(‖f‖) ≤ φ(‖h‖) for every other interpolant h and φ(t) = t, t², eᵗ, -1/(1 + t); while for (1, 2)·v = 1 those of p = 1.5 and p = 2 differ";
    }

    @Override
    public Source source() {
        return Source.of(
                "Schlegel 2021",
                "regularisers that admit a representer theorem are radial, and the solution does not depend on which");
    }

    @Override
    public String assumes() {
        return "data that have an interpolant";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Learner>> subjects() {
        return List.of(Subject.of("Interpolation", InterpolantDependsOnTheNormAlone::library));
    }

    private static double[] library(Case c) {
        int d = c.phi[0].length;
        return new Interpolation(
                        SpacePair.of(Coordinates.plain(d), c.p).queries(),
                        Array.matrix(c.phi),
                        new double[] {c.z})
                .solve()
                .function()
                .at(Coordinates.identity(d));
    }

    @Override
    public Cases<Case> cases(Learner learner) {
        return Cases.random(
                        80,
                        Combinators.combine(Arbitraries.of(1.5, 2.0, 3.0), integers().between(2, 5))
                                .flatAs((p, d) ->
                                        Combinators.combine(
                                                        Points.general(1, d, 2)
                                                                .filter(x ->
                                                                        Matrices.norm(x[0]) > 0.5),
                                                        Points.in(1, 1, 2),
                                                        Points.in(4, d, 1))
                                                .as((x, z, a) -> new Case(p, x, z[0][0], a))))
                .hitting("p ≠ 2, z ≠ 0", 0.4, c -> c.p != 2 && c.z != 0);
    }

    /// How far the interpolant misses its value, or is above others under any φ, or those of p =
    /// 1.5 and 2 come within 0.05.
    @Override
    public double statistic(Learner learner, Case c) {
        double[] v = learner.of(c);
        double worst = Math.abs(Matrices.dot(c.phi[0], v) - c.z);
        double norm = Matrices.norm(v, c.p);
        double square = Matrices.dot(c.phi[0], c.phi[0]);
        for (double[] move : c.along) {
            double[] h = v.clone();
            double out = Matrices.dot(c.phi[0], move) / square;
            for (int l = 0; l < h.length; l++) {
                h[l] += move[l] - out * c.phi[0][l];
            }
            for (DoubleUnaryOperator phi : INCREASING) {
                worst =
                        Math.max(
                                worst,
                                phi.applyAsDouble(norm) - phi.applyAsDouble(Matrices.norm(h, c.p)));
            }
        }
        double[][] row = {{1, 2}};
        double[] a = learner.of(new Case(1.5, row, 1, c.along));
        double[] b = learner.of(new Case(2, row, 1, c.along));
        return Math.max(worst, 0.05 - Math.abs(a[0] - b[0]));
    }

    /// For p = 1.5, `v ∝ φ²`: (1, 4)/9; for p = 2, (1, 2)/5: they differ by 0.088. The solver stops
    /// at 10⁻¹² of the values, whose root is 10⁻⁶. `|φ| > ½` in at most five coordinates, so that
    /// its dual norm is above `½ 5^(-1/6)` and the interpolant's below `2.7 |z|`, where no φ has a
    /// slope above `e^(2.7 |z|)`.
    @Override
    public Tolerance<Learner, Case> tolerance() {
        return Tolerance.bound(
                (learner, c) -> 1e-6 * (1 + Math.abs(c.z)) * Math.exp(2.7 * Math.abs(c.z)),
                "the root of the solver's gap, 10⁻⁶ of the values, times the slope of φ at norms below 2.7 |z|");
    }

    @Override
    public List<Mutant<Learner>> mutants() {
        return List.of(
                Mutant.of(
                        "the interpolant of another norm",
                        "Hilbert's solution for every p",
                        c -> library(new Case(2, c.phi, c.z, c.along))),
                Mutant.of(
                        "a combination of the sections themselves with the right value",
                        "f for its dual: v in the span of the features",
                        c -> {
                            double[] v = c.phi[0].clone();
                            double s = c.z / Matrices.dot(v, v);
                            for (int l = 0; l < v.length; l++) {
                                v[l] *= s;
                            }
                            return v;
                        }));
    }
}
