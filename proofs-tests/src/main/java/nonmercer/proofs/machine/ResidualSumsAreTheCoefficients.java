package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
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
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// In a binary machine with the sum of two functions, rows of residuals are the coefficients of one
/// and columns those of the other; so both have the same total.
final class ResidualSumsAreTheCoefficients
        implements Claim<
                ResidualSumsAreTheCoefficients.Machine, ResidualSumsAreTheCoefficients.Case> {
    /// What a solver gives.
    record Answer(double[] xi, double[] zeta, double[][] predictions) {}

    /// A solver of the binary problem.
    interface Machine {
        Answer solve(Case c);
    }

    /// Data and responses `[n][m]`.
    record Case(double p, double lambda, double[][] x, double[][] y, double[][] z) {}

    @Override
    public String id() {
        return "C19";
    }

    @Override
    public String statement() {
        return "for all data and p: the minimiser of ½Σ(zᵢⱼ - f(xᵢ) - g(yⱼ))² + λ/2 (‖f‖ₚ² + ‖g‖ₚ'²) has the dual coefficients ξᵢ = Σⱼ rᵢⱼ/λ, ζⱼ = Σᵢ rᵢⱼ/λ of the residuals r, and Σ ξ = Σ ζ";
    }

    @Override
    public Source source() {
        return Source.of("Wright & Gonzalez 2021", "Theorem 1 with the coupling f(x) + g(y)");
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Machine>> subjects() {
        return List.of(Subject.of("binary machine", c -> library(c, 1)));
    }

    private static Answer library(Case c, double scale) {
        BinaryMachine m =
                new BinaryProblem(
                                SpacePair.of(Coordinates.plain(c.x[0].length), c.p),
                                Array.matrix(c.x),
                                Array.matrix(c.y),
                                Responses.all(Array.matrix(c.z)))
                        .solve(Coupling.ADDITIVE, Objective.of(Loss.squared(), c.lambda * scale));
        Array t = m.predict(Array.matrix(c.x), Array.matrix(c.y));
        double[][] rows = new double[c.x.length][c.y.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = t.get(i, j);
            }
        }
        return new Answer(m.f().dual().coefficients(), m.g().dual().coefficients(), rows);
    }

    @Override
    public Cases<Case> cases(Machine machine) {
        return Cases.random(
                        60,
                        Combinators.combine(
                                        Arbitraries.of(1.3, 2.0, 3.0),
                                        Arbitraries.of(0.2, 1.0),
                                        integers().between(1, 5),
                                        integers().between(1, 5),
                                        integers().between(2, 5))
                                .flatAs((p, lambda, n, m, d) ->
                                        Combinators.combine(
                                                        Points.in(n, d, 1.5),
                                                        Points.in(m, d, 1.5),
                                                        Points.in(n, m, 2))
                                                .as((x, y, z) -> new Case(p, lambda, x, y, z))))
                .hitting("p ≠ 2, n ≠ m", 0.3, c -> c.p != 2 && c.x.length != c.y.length)
                .hitting("z ≠ 0", 0.9, c -> Spectrum.frobenius(c.z) > 0);
    }

    @Override
    public double statistic(Machine machine, Case c) {
        Answer a = machine.solve(c);
        if (a.xi.length != c.x.length || a.zeta.length != c.y.length) {
            return Double.POSITIVE_INFINITY; // a coefficient for each point
        }
        double[] rows = new double[c.x.length];
        double[] columns = new double[c.y.length];
        double total = 0;
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                double r = c.z[i][j] - a.predictions[i][j];
                rows[i] += r;
                columns[j] += r;
            }
            total += c.lambda * a.xi[i];
        }
        double worst = 0;
        for (int i = 0; i < rows.length; i++) {
            worst = Math.max(worst, Math.abs(c.lambda * a.xi[i] - rows[i]));
        }
        for (int j = 0; j < columns.length; j++) {
            total -= c.lambda * a.zeta[j];
            worst = Math.max(worst, Math.abs(c.lambda * a.zeta[j] - columns[j]));
        }
        return Math.max(worst, Math.abs(total));
    }

    @Override
    public Tolerance<Machine, Case> tolerance() {
        return Tolerance.bound(
                (machine, c) ->
                        Spectrum.frobenius(c.z) * (c.x.length + c.y.length) * 1e-6
                                + 1e-12 * Spectrum.frobenius(c.z),
                "half the squares of α - r add up to the duality gap, which the solver brings below 10⁻¹² of"
                        + " ½|z|²: sums of up to n + m of them stay below (n + m) 10⁻⁶ |z|");
    }

    @Override
    public List<Mutant<Machine>> mutants() {
        return List.of(
                Mutant.of(
                        "ξ from columns, ζ from rows",
                        "folklore",
                        c -> {
                            Answer a = library(c, 1);
                            return new Answer(
                                    Arrays.copyOf(a.zeta, a.xi.length),
                                    Arrays.copyOf(a.xi, a.zeta.length),
                                    a.predictions);
                        }),
                Mutant.of("λ twice too large", "λ for λ/2", c -> library(c, 2)),
                Mutant.of(
                        "coefficients not divided by λ",
                        "the dual variable returned for the coefficient",
                        c -> {
                            Answer a = library(c, 1);
                            double[] xi = a.xi.clone();
                            for (int i = 0; i < xi.length; i++) {
                                xi[i] *= c.lambda;
                            }
                            return new Answer(xi, a.zeta, a.predictions);
                        }));
    }
}
