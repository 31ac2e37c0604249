package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.linalg.Decompositions;
import nonmercer.machine.Interpolation;
import nonmercer.machine.SpacePair;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
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

    /// An exponent, rows of features, their values, and ways to move, of which the part in the null
    /// space of the rows counts.
    record Case(double p, double[][] phi, double[][] values, double[][] along) {
        double[] z() {
            return values[0];
        }

        Case with(double exponent) {
            return new Case(exponent, phi, values, along);
        }
    }

    /// An increasing function and its derivative.
    private record Penalty(DoubleUnaryOperator at, DoubleUnaryOperator slope) {}

    private static final double LEAST = 0.5; // singular value of the features

    private static final List<Penalty> INCREASING =
            List.of(
                    new Penalty(t -> t, t -> 1),
                    new Penalty(t -> t * t, t -> 2 * t),
                    new Penalty(Math::exp, Math::exp),
                    new Penalty(t -> -1 / (1 + t), t -> 1 / ((1 + t) * (1 + t))));

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
                        c.z())
                .solve()
                .function()
                .at(Coordinates.identity(d));
    }

    @Override
    public Cases<Case> cases(Learner learner) {
        return Cases.random(
                        80,
                        Combinators.combine(
                                        Arbitraries.of(1.5, 2.0, 3.0),
                                        integers().between(1, 3),
                                        integers().between(1, 3))
                                .flatAs((p, n, more) ->
                                        Combinators.combine(
                                                        Points.general(n, n + more, 2)
                                                                .filter(x -> least(x) > LEAST),
                                                        Points.in(1, n, 1),
                                                        Points.in(4, n + more, 1))
                                                .as((x, z, a) -> new Case(p, x, z, a))))
                .hitting("p ≠ 2, z ≠ 0", 0.4, c -> c.p != 2 && Matrices.norm(c.z()) > 0)
                .hitting("several data", 0.4, c -> c.phi.length > 1);
    }

    private static double least(double[][] rows) {
        double[] s = Spectrum.singular(rows);
        return s[s.length - 1];
    }

    /// How far the interpolant misses its values, or its φ is above that of others in units of its
    /// slope, or the interpolants of p = 1.5 and 2 of one datum come within 0.05.
    @Override
    public double statistic(Learner learner, Case c) {
        double[] v = learner.of(c);
        double worst = missed(c, v);
        double norm = Matrices.norm(v, c.p);
        for (double[] move : c.along) {
            double[] out = combination(c.phi, Matrices.times(c.phi, move));
            double[] h = v.clone();
            for (int l = 0; l < h.length; l++) {
                h[l] += move[l] - out[l];
            }
            double other = Matrices.norm(h, c.p);
            for (Penalty phi : INCREASING) {
                double excess = phi.at.applyAsDouble(norm) - phi.at.applyAsDouble(other);
                double slope = phi.slope.applyAsDouble(Math.max(norm, 1e-9));
                worst = Math.max(worst, excess / slope);
            }
        }
        Case one = new Case(1.5, new double[][] {{1, 2}}, new double[][] {{1}}, c.along);
        double apart = Math.abs(learner.of(one)[0] - learner.of(one.with(2))[0]);
        return Math.max(worst, 0.05 - apart);
    }

    private static double missed(Case c, double[] v) {
        double[] off = Matrices.times(c.phi, v);
        double worst = 0;
        for (int i = 0; i < off.length; i++) {
            worst = Math.max(worst, Math.abs(off[i] - c.z()[i]));
        }
        return worst;
    }

    /// The combination of the rows whose products with them are these.
    private static double[] combination(double[][] rows, double[] products) {
        double[][] gram = Matrices.times(rows, Matrices.transposed(rows));
        return Matrices.transposedTimes(
                rows, Decompositions.solve(Array.matrix(gram), Array.vector(products)).toDoubles());
    }

    /// For (1, 2)·v = 1: for p = 1.5, `v ∝ φ²`: (1, 4)/9; for p = 2, (1, 2)/5: they differ by
    /// 0.088. The solver stops at 10⁻¹² of the values, and a gap of 10⁻¹² of `½‖v‖²`, whose root is
    /// 10⁻⁶. The interpolant is no longer than that of Hilbert's norm, in the p-norm at most
    /// `6^{1/6}` times `|z|` over the least singular value; φ's excess over its slope is the
    /// norm's, and twice that leaves room for its curvature.
    @Override
    public Tolerance<Learner, Case> tolerance() {
        return Tolerance.bound(
                (learner, c) -> 3e-6 * Matrices.norm(c.z()) / LEAST + 1e-12,
                "the root of the solver's gap, 10⁻⁶ of a norm below 1.4 |z| over the least singular value, a half, and as"
                        + " much again for the curvature of φ");
    }

    /// `(1, 2)·v = 1`: along the null space, away from the interpolant.
    @Override
    public Optional<Picture> picture(Learner learner) {
        double[] t = Picture.steps(-0.3, 0.3, 31);
        List<Picture.Line> lines = new ArrayList<>();
        for (double p : new double[] {1.5, 2, 3}) {
            double[] v =
                    learner.of(
                            new Case(
                                    p,
                                    new double[][] {{1, 2}},
                                    new double[][] {{1}},
                                    new double[][] {{0, 0}}));
            lines.add(
                    Picture.Line.measured(
                            "p = " + p,
                            t,
                            s -> {
                                double[] h = {v[0] + 2 * s, v[1] - s};
                                return Matrices.norm(h, p) - Matrices.norm(v, p);
                            }));
        }
        lines.add(Picture.Line.bound("0", t, s -> 0));
        return Optional.of(
                new Picture(
                        "Norms of other interpolants of (1, 2)·v = 1",
                        Picture.Axis.of("move along (2, -1)"),
                        Picture.Axis.of("‖h‖ - ‖v‖ in the p-norm"),
                        lines));
    }

    @Override
    public List<Mutant<Learner>> mutants() {
        return List.of(
                Mutant.of(
                        "the interpolant of another norm",
                        "Hilbert's solution for every p",
                        c -> library(c.with(2))),
                Mutant.of(
                        "the interpolant of the conjugate norm",
                        "p' for p",
                        c -> library(c.with(c.p / (c.p - 1)))),
                Mutant.of(
                        "an interpolant of nothing in particular",
                        "any right inverse: Hilbert's solution and a move in the null space",
                        c -> {
                            double[] v = combination(c.phi, c.z());
                            double[] move = new double[v.length];
                            move[0] = 1;
                            double[] out = combination(c.phi, Matrices.times(c.phi, move));
                            for (int l = 0; l < v.length; l++) {
                                v[l] += move[l] - out[l];
                            }
                            return v;
                        }));
    }
}
