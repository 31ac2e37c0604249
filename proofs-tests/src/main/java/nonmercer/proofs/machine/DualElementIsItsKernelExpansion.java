package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Warp;
import nonmercer.machine.DualElement;
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

/// The dual element needs values of the kernel alone, with the data's points in the first place:
/// the kernel of infinitely many features gives what a solution in many of them has.
final class DualElementIsItsKernelExpansion
        implements Claim<
                DualElementIsItsKernelExpansion.Values, DualElementIsItsKernelExpansion.Case> {
    private static final int DEGREE = 7;

    /// `h(y)` of the element with coefficients ξ at the data, at each of the other points.
    interface Values {
        double[] at(Case c, double[] xi);
    }

    /// `κ(x, y) = exp(xᵀ S (yᵀ T)ᵀ/√d)`, data `x`, `z` and points `y`.
    record Case(
            double p,
            double lambda,
            double[][] s,
            double[][] t,
            double[][] x,
            double[][] responses,
            double[][] y) {
        double[] z() {
            return responses[0];
        }

        Kernel kernel() {
            return new ExpDot().warped(linear(s), linear(t));
        }

        private static Warp linear(double[][] w) {
            return new Warp.Linear(new Parameter(Array.matrix(w)));
        }

        /// `Φ(x)` up to the degree, a row for each point.
        Array phi() {
            return taylor(Matrices.times(x, s));
        }

        /// `Ψ(y)`.
        Array psi() {
            return taylor(Matrices.times(y, t));
        }

        private static Array taylor(double[][] points) {
            return new TaylorExp(DEGREE)
                    .queries(Tensor.of(Array.matrix(points)), Pass.evaluation())
                    .value();
        }

        /// `max |xᵀ S (yᵀ T)ᵀ|/√d`.
        double largest() {
            double r = 0;
            for (double[] q : Matrices.times(x, s)) {
                for (double[] k : Matrices.times(y, t)) {
                    r = Math.max(r, Math.abs(Matrices.dot(q, k)) / Math.sqrt(q.length));
                }
            }
            return r;
        }
    }

    @Override
    public String id() {
        return "C17";
    }

    @Override
    public String statement() {
        return "for all data, 1 < p < ∞ and λ > 0: with v* the minimiser of ½|z - Φ v|² + λ/2 ‖v‖ₚ² in the features of exp(Sx·Ty/√d) up to degree 7, ξ = (z - Φ v*)/λ and r the largest |Sx·Ty|/√d: Σ ξᵢ exp(Sxᵢ·Ty/√d), by values of the kernel alone, is ⟨J(v*), Ψ(y)⟩ up to |ξ|₁ r⁸ eʳ/8!";
    }

    @Override
    public Source source() {
        return Source.of(
                "Wright & Gonzalez 2021",
                "Theorem 1, the expansion of ι(f*); Lagrange's remainder");
    }

    @Override
    public String assumes() {
        return "features up to degree 7 stand for all: the remainder is part of the bound";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Values>> subjects() {
        return List.of(
                Subject.of(
                        "values of the kernel",
                        (c, xi) ->
                                Matrices.transposedTimes(
                                        Matrices.rows(
                                                c.kernel()
                                                        .gram(
                                                                Array.matrix(c.x),
                                                                Array.matrix(c.y))),
                                        xi)),
                Subject.of(
                        "dual element of all features",
                        (c, xi) ->
                                DualElement.of(
                                                SpacePair.of(c.kernel()).queries(),
                                                Array.matrix(c.x),
                                                xi)
                                        .at(Array.matrix(c.y))),
                Subject.of("dual element of finitely many features", (c, xi) -> finite(c, xi)));
    }

    private static double[] finite(Case c, double[] xi) {
        SpacePair pair = SpacePair.of(new Coordinates(c.phi(), c.psi()), c.p);
        return DualElement.of(pair.queries(), Coordinates.identity(c.x.length), xi)
                .at(Coordinates.identity(c.y.length));
    }

    @Override
    public Cases<Case> cases(Values values) {
        return Cases.random(
                        40,
                        Combinators.combine(
                                        Arbitraries.of(1.3, 1.5, 2.0, 3.0),
                                        Arbitraries.of(0.1, 1.0),
                                        integers().between(1, 2),
                                        integers().between(1, 5),
                                        integers().between(1, 5))
                                .flatAs((p, lambda, d, n, m) ->
                                        Combinators.combine(
                                                        Points.in(d, d, 1),
                                                        Points.in(d, d, 1),
                                                        Points.in(n, d, 1.25),
                                                        Points.in(1, n, 2),
                                                        Points.in(m, d, 1.25))
                                                .as((s, t, x, z, y) ->
                                                        new Case(p, lambda, s, t, x, z, y))))
                .hitting("d ≥ 2, S ≠ T", 0.3, c -> c.s.length > 1 && !Arrays.deepEquals(c.s, c.t))
                .hitting("p ≠ 2, z ≠ 0", 0.3, c -> c.p != 2 && Matrices.norm(c.z()) > 0);
    }

    /// The largest difference from `⟨J(v*), Ψ(y)⟩`.
    @Override
    public double statistic(Values values, Case c) {
        Array phi = c.phi();
        int features = phi.dim(1);
        double[] v =
                new RegularisationNetwork(
                                SpacePair.of(Coordinates.plain(features), c.p).queries(),
                                phi,
                                c.z())
                        .solve(Objective.of(Loss.squared(), c.lambda))
                        .function()
                        .at(Coordinates.identity(features));
        double[] xi = Matrices.times(Matrices.rows(phi), v);
        for (int i = 0; i < xi.length; i++) {
            xi[i] = (c.z()[i] - xi[i]) / c.lambda;
        }
        double[] expected = Matrices.times(Matrices.rows(c.psi()), Matrices.duality(v, c.p));
        double[] got = values.at(c, xi);
        double worst = got.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
        for (int j = 0; j < expected.length; j++) {
            worst = Math.max(worst, Math.abs(expected[j] - got[j]));
        }
        return worst;
    }

    /// `½|z - Φ v*|²` is at most the objective at 0, so `|ξ|₁ ≤ √n |z|/λ`.
    @Override
    public Tolerance<Values, Case> tolerance() {
        return Tolerance.truncation(
                (values, c) -> {
                    double z = Matrices.norm(c.z());
                    double xi = Math.sqrt(c.x.length) * z / c.lambda;
                    double phi = Spectrum.frobenius(Matrices.rows(c.phi()));
                    double psi = Spectrum.frobenius(Matrices.rows(c.psi()));
                    double solver = 1e-6 + 1e-12 * (1 + phi * phi / c.lambda);
                    return xi * new TaylorExp(DEGREE).remainder(c.largest())
                            + psi * phi * z / c.lambda * solver;
                },
                "|ξ|₁ ≤ √n |z|/λ times the remainder of the series; and what the solver's duality gap of 10⁻¹² of ½|z|²"
                        + " leaves of λ J(v*) = Φᵀ(z - Φ v*), times the features");
    }

    @Override
    public List<Mutant<Values>> mutants() {
        return List.of(
                Mutant.of(
                        "κ(y, xᵢ) for κ(xᵢ, y)",
                        "a symmetric kernel taken for granted",
                        (c, xi) ->
                                DualElement.of(
                                                SpacePair.of(c.kernel()).keys(),
                                                Array.matrix(c.x),
                                                xi)
                                        .at(Array.matrix(c.y))),
                Mutant.of(
                        "the function in the place of its dual",
                        "the representer theorem of Hilbert spaces, taken over",
                        (c, xi) -> {
                            SpacePair pair = SpacePair.of(Coordinates.plain(c.phi().dim(1)), c.p);
                            return DualElement.of(pair.queries(), c.phi(), xi)
                                    .function()
                                    .at(c.psi());
                        }),
                Mutant.of(
                        "coefficients not divided by λ",
                        "the dual variable returned for the coefficient",
                        (c, xi) -> {
                            double[] dual = xi.clone();
                            for (int i = 0; i < dual.length; i++) {
                                dual[i] *= c.lambda;
                            }
                            return finite(c, dual);
                        }));
    }
}
