package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Linear;
import nonmercer.linalg.Decompositions;
import nonmercer.machine.Function;
import nonmercer.machine.KernelRidge;
import nonmercer.machine.Loss;
import nonmercer.machine.Objective;
import nonmercer.machine.RegularisationNetwork;
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

/// The representer theorem as a stationarity condition: the dual of the solution is an expansion,
/// the solution itself is none unless p = 2.
final class DualOfSolutionIsExpansionInTheKernel
        implements Claim<
                DualOfSolutionIsExpansionInTheKernel.Machine,
                DualOfSolutionIsExpansionInTheKernel.Case> {
    /// The coefficients `v` of the solution.
    interface Machine {
        double[] solve(Case c);
    }

    /// `min ½|z - Φ v|² + λ/2 ‖v‖ₚ²`; the rows of `phi` are the data's features on their own side,
    /// those of `psi` on the other.
    record Case(double p, double lambda, double[][] phi, double[][] psi, double[][] responses) {
        double[] z() {
            return responses[0];
        }

        Case with(double[][] features) {
            return new Case(p, lambda, features, psi, responses);
        }

        /// Three points in eight features, far from degenerate.
        static Case pinned(double p, double lambda) {
            double[][] phi = {
                {1, 0.5, -1, 0.25, 2, -0.5, 0, 1.5},
                {0.5, -1.5, 0.25, 1, -0.5, 2, 1, 0},
                {-1, 1, 2, -0.5, 0.25, 0, 1.5, -2}
            };
            double[][] psi = {phi[1], phi[2], phi[0]};
            return new Case(p, lambda, phi, psi, new double[][] {{1, -2, 1.5}});
        }
    }

    @Override
    public String id() {
        return "C16";
    }

    @Override
    public String statement() {
        return "for all data, 1 < p < ∞ and λ > 0 the minimiser v of ½|z - Φ v|² + λ/2 ‖v‖ₚ² has λ J(v) = Φᵀ(z - Φ v), so that with ξ = z - Φ v the dual ξ·z - |ξ|²/2 - ‖Φᵀξ‖²/2λ, in the conjugate norm, has the same value, and J(v) is an expansion in the kernel; v itself is for p = 2, where KernelRidge finds the same, and for no other p of a pinned instance: a twentieth of it at least lies outside of the span";
    }

    @Override
    public Source source() {
        return Source.of(
                "Lin, Zhang & Zhang 2019 (arXiv:1901.01002)",
                "Corollary 4.8; Wright & Gonzalez 2021, Theorem 1");
    }

    @Override
    public String assumes() {
        return "a strictly convex penalty, 1 < p < ∞; that weak duality is a proof: value and dual are computed anew, by their formulas, and the value of no function is below the dual's, so no second solver is asked where p ≠ 2 and n > 1";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Machine>> subjects() {
        return List.of(
                Subject.of("regularisation network", DualOfSolutionIsExpansionInTheKernel::values));
    }

    private static Function function(Case c) {
        return new RegularisationNetwork(
                        SpacePair.of(Coordinates.plain(c.phi[0].length), c.p).queries(),
                        Array.matrix(c.phi),
                        c.z())
                .solve(Objective.of(Loss.squared(), c.lambda))
                .function();
    }

    /// `v`: the function at the unit vectors.
    private static double[] values(Case c) {
        return function(c).at(Coordinates.identity(c.phi[0].length));
    }

    /// `Φᵀ c`: the dual element at the unit vectors.
    private static double[] expansion(Case c) {
        return function(c).dual().at(Coordinates.identity(c.phi[0].length));
    }

    @Override
    public Cases<Case> cases(Machine machine) {
        return Cases.random(
                        60,
                        Combinators.combine(
                                        Arbitraries.of(1.2, 1.5, 2.0, 3.0, 4.0),
                                        Arbitraries.of(0.05, 0.5, 2.0),
                                        integers().between(1, 6),
                                        integers().between(2, 12))
                                .flatAs((p, lambda, n, d) ->
                                        Combinators.combine(
                                                        Points.in(n, d, 2),
                                                        Points.in(n, d, 2),
                                                        Points.in(1, n, 2))
                                                .as((phi, psi, z) ->
                                                        new Case(p, lambda, phi, psi, z))))
                .hitting("p ≠ 2", 0.5, c -> c.p != 2)
                .hitting(
                        "n < D, z ≠ 0",
                        0.4,
                        c -> c.phi.length < c.phi[0].length && Matrices.norm(c.z()) > 0);
    }

    /// The largest of the stationarity's error and the gap between primal and dual, each over its
    /// bound; what of v is outside of the span, over 10⁻⁵ for p = 2, or a twentieth over what it is
    /// on the pinned instance; and for p = 2 the distance from ridge regression.
    @Override
    public double statistic(Machine machine, Case c) {
        double[] v = machine.solve(c);
        double worst = stationarity(v, c) / scale(c);
        double z = Matrices.norm(c.z());
        if (z == 0) {
            return worst;
        }
        worst = Math.max(worst, Math.abs(primal(v, c) - dual(v, c)) / (1e-9 * z * z));
        if (c.phi.length == 1) {
            double f = Matrices.dot(c.phi[0], v);
            worst = Math.max(worst, Math.abs(f - ofOne(c)) / (1e-6 * z));
        }
        if (c.p == 2) {
            double[] ridge =
                    new KernelRidge(new Linear(Coefficient.of(1)), c.lambda)
                            .direct(Array.matrix(c.phi), c.z())
                            .model()
                            .predict(Array.matrix(c.phi))
                            .toDoubles();
            double[] f = Matrices.times(c.phi, v);
            for (int i = 0; i < f.length; i++) {
                worst = Math.max(worst, Math.abs(f[i] - ridge[i]) / (1e-6 * z));
            }
            return Math.max(worst, outside(v, c.phi) / 1e-5);
        }
        Case pinned = Case.pinned(c.p, c.lambda);
        return Math.max(worst, 0.05 / outside(machine.solve(pinned), pinned.phi));
    }

    /// `‖λ J(v) - Φᵀ(z - Φ v)‖∞`.
    private static double stationarity(double[] v, Case c) {
        double[] left = Matrices.duality(v, c.p);
        double[] right = Matrices.transposedTimes(c.phi, residual(v, c));
        double worst = 0;
        for (int n = 0; n < v.length; n++) {
            worst = Math.max(worst, Math.abs(c.lambda * left[n] - right[n]));
        }
        return worst;
    }

    private static double[] residual(double[] v, Case c) {
        double[] r = Matrices.times(c.phi, v);
        for (int i = 0; i < r.length; i++) {
            r[i] = c.z()[i] - r[i];
        }
        return r;
    }

    /// The value at a single datum, by hand: `z N²/(N² + λ)` with the conjugate norm N of its
    /// features, since `|φ·v| ≤ N ‖v‖` with equality for the best v.
    private static double ofOne(Case c) {
        double n = Math.pow(Matrices.norm(c.phi[0], c.p / (c.p - 1)), 2);
        return c.z()[0] * n / (n + c.lambda);
    }

    private static double primal(double[] v, Case c) {
        double[] r = residual(v, c);
        return Matrices.dot(r, r) / 2 + c.lambda / 2 * Math.pow(Matrices.norm(v, c.p), 2);
    }

    private static double dual(double[] v, Case c) {
        double[] xi = residual(v, c);
        double q = c.p / (c.p - 1);
        double norm = Matrices.norm(Matrices.transposedTimes(c.phi, xi), q);
        return Matrices.dot(xi, c.z()) - Matrices.dot(xi, xi) / 2 - norm * norm / (2 * c.lambda);
    }

    /// The share of a vector that is no combination of the rows.
    private static double outside(double[] v, double[][] rows) {
        double norm = Matrices.norm(v);
        if (norm == 0) {
            return 0;
        }
        double[] rest = v.clone();
        var svd = Decompositions.svd(Array.matrix(rows));
        for (int l = 0; l < svd.s().size() && svd.s().at(l) > 1e-9 * svd.s().at(0); l++) {
            double along = 0;
            for (int n = 0; n < rest.length; n++) {
                along += svd.v().get(n, l) * v[n];
            }
            for (int n = 0; n < rest.length; n++) {
                rest[n] -= along * svd.v().get(n, l);
            }
        }
        return Matrices.norm(rest) / norm;
    }

    /// `½|α - (z - Φ v)|²` is the gap, at most 10⁻¹² of the objective, which is at most `½|z|²`.
    private static double scale(Case c) {
        double features = Spectrum.frobenius(c.phi);
        double z = Matrices.norm(c.z());
        return features * z * (1e-6 + 1e-12 * (1 + features * features / c.lambda)) + 1e-300;
    }

    @Override
    public Tolerance<Machine, Case> tolerance() {
        return Tolerance.bound(
                (machine, c) -> 1,
                "once each of the bounds: λ J(v) = Φᵀ α exactly, and ½|α - (z - Φ v)|² is the duality gap, which the"
                        + " solver brings below 10⁻¹² of ½|z|², so 10⁻⁶ ‖Φ‖|z|; the gap at ξ = z - Φ v itself below"
                        + " 10⁻⁹|z|²; predictions of two solvers of a strongly convex problem within the root of their"
                        + " gaps; a twentieth on the pinned instance");
    }

    /// On the pinned instance, three data in eight features.
    @Override
    public Optional<Picture> picture(Machine machine) {
        double[] p = Picture.steps(1.2, 4, 29);
        return Optional.of(
                new Picture(
                        "How much of v, and of its dual J(v), is no expansion",
                        Picture.Axis.of("exponent p"),
                        Picture.Axis.of("share outside of the span"),
                        List.of(
                                Picture.Line.measured(
                                        "the solution v",
                                        p,
                                        at -> {
                                            Case c = Case.pinned(at, 0.5);
                                            return outside(machine.solve(c), c.phi);
                                        }),
                                Picture.Line.measured(
                                        "its dual J(v)",
                                        p,
                                        at -> {
                                            Case c = Case.pinned(at, 0.5);
                                            double[] v = machine.solve(c);
                                            return outside(Matrices.duality(v, at), c.phi);
                                        }),
                                Picture.Line.bound("an expansion", p, at -> 0))));
    }

    @Override
    public List<Mutant<Machine>> mutants() {
        return List.of(
                Mutant.of(
                        "the solution expanded instead of its dual",
                        "the representer theorem of Hilbert spaces, taken over",
                        DualOfSolutionIsExpansionInTheKernel::expansion),
                Mutant.of(
                        "features of the wrong side",
                        "Ψ for Φ: B_X is indexed by the other feature space",
                        c -> values(c.with(c.psi))),
                Mutant.of(
                        "exponent p instead of its conjugate",
                        "folklore",
                        c -> Matrices.duality(expansion(c), c.p)),
                Mutant.of(
                        "norm factor left out of the duality map",
                        "folklore: sign(v)|v|ᵖ⁻¹ for J",
                        c -> {
                            double[] h = expansion(c);
                            double q = c.p / (c.p - 1);
                            for (int n = 0; n < h.length; n++) {
                                h[n] = Math.signum(h[n]) * Math.pow(Math.abs(h[n]), q - 1);
                            }
                            return h;
                        }));
    }
}
