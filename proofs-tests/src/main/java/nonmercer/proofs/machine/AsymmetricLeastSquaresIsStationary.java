package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.kernel.Kernel;
import nonmercer.machine.AsymmetricLeastSquares;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Solved through 2n dual numbers, checked in the features.
final class AsymmetricLeastSquaresIsStationary
        implements Claim<
                AsymmetricLeastSquaresIsStationary.Machine,
                AsymmetricLeastSquaresIsStationary.Case> {
    /// The dual solution.
    record Dual(double[] alpha, double[] beta) {}

    /// A solver of the dual.
    interface Machine {
        Dual solve(Case c, double[][] k);
    }

    /// Features of the points as queries and as keys.
    record Case(double gamma, double[][] s, double[][] t, double[][] responses) {
        double[] z() {
            return responses[0];
        }

        double[][] k() {
            return Matrices.times(s, Matrices.transposed(t));
        }
    }

    @Override
    public String id() {
        return "C21";
    }

    @Override
    public String statement() {
        return "for all features S, T of n points, responses z and γ: with w = Tᵀβ, v = Sᵀα of the dual system the derivatives v + γ Sᵀ(S w - z) and w + γ Tᵀ(T v - z) vanish";
    }

    @Override
    public Source source() {
        return Source.of("He et al. 2023 (AsK-LS)", "the dual system [I/γ, K; Kᵀ, I/γ]");
    }

    @Override
    public String assumes() {
        return "1/γ is not a singular value of the kernel matrix";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Machine>> subjects() {
        return List.of(Subject.of("the library", AsymmetricLeastSquaresIsStationary::library));
    }

    /// The points are unit vectors, so that the kernel's matrix is any matrix.
    private static Dual library(Case c, double[][] k) {
        int n = k.length;
        Kernel kernel = new Table(Array.matrix(k));
        var model =
                new AsymmetricLeastSquares(kernel, c.gamma).solve(Coordinates.identity(n), c.z());
        return new Dual(model.alpha(), model.beta());
    }

    @Override
    public Cases<Case> cases(Machine machine) {
        return Cases.random(
                        80,
                        Combinators.combine(
                                        Arbitraries.of(
                                                0.1, 0.3), // 1/γ is then above no singular value by
                                        // chance only
                                        integers().between(1, 6),
                                        integers().between(1, 8))
                                .flatAs((gamma, n, d) ->
                                        Combinators.combine(
                                                        Points.in(n, d, 1),
                                                        Points.in(n, d, 1),
                                                        Points.in(1, n, 2))
                                                .as((s, t, z) -> new Case(gamma, s, t, z))))
                .hitting("n < D", 0.2, c -> c.s.length < c.s[0].length);
    }

    /// Silent where the system is nearly singular: `1/γ` near a singular value of K.
    @Override
    public double statistic(Machine machine, Case c) {
        double[] sigma = Spectrum.singular(c.k());
        for (double v : sigma) {
            if (Math.abs(v - 1 / c.gamma) < 0.1) {
                return SILENT;
            }
        }
        Dual d = machine.solve(c, c.k());
        double[] w = Matrices.transposedTimes(c.t, d.beta);
        double[] v = Matrices.transposedTimes(c.s, d.alpha);
        return Math.max(slope(c, c.s, w, v), slope(c, c.t, v, w));
    }

    private static double slope(Case c, double[][] s, double[] w, double[] v) {
        double[] r = Matrices.times(s, w);
        for (int i = 0; i < r.length; i++) {
            r[i] -= c.z()[i];
        }
        double[] back = Matrices.transposedTimes(s, r);
        double worst = 0;
        for (int n = 0; n < v.length; n++) {
            worst = Math.max(worst, Math.abs(v[n] + c.gamma * back[n]));
        }
        return worst;
    }

    @Override
    public Tolerance<Machine, Case> tolerance() {
        return Tolerance.bound(
                (machine, c) -> {
                    double norm = 1 / c.gamma + Spectrum.frobenius(c.k());
                    double size = Spectrum.frobenius(c.s) + Spectrum.frobenius(c.t);
                    int n = c.s.length;
                    // The residual of LU is a multiple of n u ‖A‖‖x‖, and ‖x‖ ≤ √2 |z|/0.1.
                    return 64
                            * n
                            * n
                            * Tolerance.Rounding.DOUBLE
                            * norm
                            * (1 + size)
                            * 15
                            * (1 + Matrices.norm(c.z()));
                },
                "the residual of an elimination of 2n equations whose least singular value is at least 0.1");
    }

    @Override
    public List<Mutant<Machine>> mutants() {
        return List.of(
                Mutant.of(
                        "Kᵀ for K",
                        "folklore: a symmetric kernel assumed",
                        (c, k) -> library(c, Matrices.transposed(k))),
                Mutant.of(
                        "α and β exchanged",
                        "folklore",
                        (c, k) -> {
                            Dual d = library(c, k);
                            double[] exchanged = d.beta;
                            return new Dual(exchanged, d.alpha);
                        }));
    }
}
