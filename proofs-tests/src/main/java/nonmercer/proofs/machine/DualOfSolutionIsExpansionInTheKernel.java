package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.machine.Function;
import nonmercer.machine.Loss;
import nonmercer.machine.Objective;
import nonmercer.machine.RegularisationNetwork;
import nonmercer.machine.SpacePair;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
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

    /// `min ½|z - Φ v|² + λ/2 ‖v‖ₚ²`; the rows of `phi` are the data's features.
    record Case(double p, double lambda, double[][] phi, double[][] responses) {
        double[] z() {
            return responses[0];
        }
    }

    @Override
    public String id() {
        return "C16";
    }

    @Override
    public String statement() {
        return "for all data, 1 < p < ∞ and λ > 0 the minimiser of ½|z - f(x)|² + λ/2 ‖f‖ₚ² has λ J(f) = Σᵢ (zᵢ -"
                + " f(xᵢ)) κ(xᵢ, ·)";
    }

    @Override
    public Source source() {
        return Source.of(
                "Lin, Zhang & Zhang 2019 (arXiv:1901.01002)",
                "Corollary 4.8; Wright & Gonzalez 2021, Theorem 1");
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
    private static double[] dual(Case c) {
        return function(c).dual().at(Coordinates.identity(c.phi[0].length));
    }

    @Override
    public Cases<Case> cases(Machine machine) {
        return Cases.random(
                        80,
                        Combinators.combine(
                                        Arbitraries.of(1.2, 1.5, 2.0, 3.0, 4.0),
                                        Arbitraries.of(0.05, 0.5, 2.0),
                                        integers().between(1, 6),
                                        integers().between(2, 12))
                                .flatAs((p, lambda, n, d) ->
                                        Combinators.combine(Points.in(n, d, 2), Points.in(1, n, 2))
                                                .as((phi, z) -> new Case(p, lambda, phi, z))))
                .hitting("p ≠ 2", 0.5, c -> c.p != 2)
                .hitting(
                        "n < D, z ≠ 0",
                        0.4,
                        c -> c.phi.length < c.phi[0].length && Matrices.norm(c.z()) > 0);
    }

    @Override
    public double statistic(Machine machine, Case c) {
        double[] v = machine.solve(c);
        double[] left = Matrices.duality(v, c.p);
        double[] r = Matrices.times(c.phi, v);
        for (int i = 0; i < r.length; i++) {
            r[i] = c.z()[i] - r[i];
        }
        double[] right = Matrices.transposedTimes(c.phi, r);
        double worst = 0;
        for (int n = 0; n < v.length; n++) {
            worst = Math.max(worst, Math.abs(c.lambda * left[n] - right[n]));
        }
        return worst;
    }

    @Override
    public Tolerance<Machine, Case> tolerance() {
        return Tolerance.bound(
                (machine, c) -> {
                    double features = Spectrum.frobenius(c.phi);
                    double z = Matrices.norm(c.z());
                    // ½|α - (z - f)|² is the gap, at most 10⁻¹² of the objective, which is at most
                    // ½|z|².
                    return features * z * (1e-6 + 1e-12 * (1 + features * features / c.lambda));
                },
                "λ J(v) = Φᵀ α exactly, and ½|α - (z - f)|² is the duality gap, which the solver brings below 10⁻¹²"
                        + " of ½|z|²; and rounding");
    }

    @Override
    public List<Mutant<Machine>> mutants() {
        return List.of(
                Mutant.of(
                        "the solution expanded instead of its dual",
                        "the representer theorem of Hilbert spaces, taken over",
                        DualOfSolutionIsExpansionInTheKernel::dual),
                Mutant.of(
                        "exponent p instead of its conjugate",
                        "folklore",
                        c -> Matrices.duality(dual(c), c.p)),
                Mutant.of(
                        "norm factor left out of the duality map",
                        "folklore: sign(v)|v|ᵖ⁻¹ for J",
                        c -> {
                            double[] h = dual(c);
                            double q = c.p / (c.p - 1);
                            for (int n = 0; n < h.length; n++) {
                                h[n] = Math.signum(h[n]) * Math.pow(Math.abs(h[n]), q - 1);
                            }
                            return h;
                        }));
    }
}
