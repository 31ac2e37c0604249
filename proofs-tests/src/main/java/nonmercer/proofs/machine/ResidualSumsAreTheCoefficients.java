package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.machine.BinaryMachine;
import nonmercer.machine.BinaryProblem;
import nonmercer.machine.Function;
import nonmercer.machine.Loss;
import nonmercer.machine.Method;
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
    record Answer(Side f, Side g, double[][] predictions) {
        Answer with(Side otherF, Side otherG) {
            return new Answer(otherF, otherG, predictions);
        }
    }

    /// A function: its coefficients, its values at the data, and its norm.
    record Side(double[] coefficients, double[] values, double norm) {
        static Side of(Function f, double[][] points) {
            return new Side(f.dual().coefficients(), f.at(Array.matrix(points)), f.norm());
        }

        Side with(double[] others) {
            return new Side(others, values, norm);
        }
    }

    /// A solver of the binary problem.
    interface Machine {
        Answer solve(Case c);
    }

    /// Data and responses `[n][m]`.
    record Case(double p, double lambda, double[][] x, double[][] y, double[][] z) {
        /// The queries, and their responses, in reverse order.
        Case reversed() {
            return new Case(
                    p,
                    lambda,
                    ResidualSumsAreTheCoefficients.reversed(x),
                    y,
                    ResidualSumsAreTheCoefficients.reversed(z));
        }
    }

    @Override
    public String id() {
        return "C19";
    }

    @Override
    public String statement() {
        return "for all data and p: the minimiser of ½Σ(zᵢⱼ - f(xᵢ) - g(yⱼ))² + λ/2 (‖f‖ₚ² + ‖g‖ₚ'²) has the dual coefficients ξᵢ = Σⱼ rᵢⱼ/λ, ζⱼ = Σᵢ rᵢⱼ/λ of the residuals r, with Σ ξ = Σ ζ to rounding, ‖f‖² = ξ·f(x) and ‖g‖² = ζ·g(y); and data in another order, and another solver with a start of its own, give the same predictions";
    }

    @Override
    public Source source() {
        return Source.of("Wright & Gonzalez 2021", "Theorem 1 with the coupling f(x) + g(y)");
    }

    @Override
    public String assumes() {
        return "squared loss; 1 < p, p' < ∞, so that both penalties are strictly convex";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Machine>> subjects() {
        return List.of(Subject.of("binary machine", c -> library(c, 1)));
    }

    private static BinaryMachine solved(Case c, double scale, Method method) {
        return new BinaryProblem(
                        SpacePair.of(Coordinates.plain(c.x[0].length), c.p),
                        Array.matrix(c.x),
                        Array.matrix(c.y),
                        Responses.all(Array.matrix(c.z)))
                .additive(Objective.of(Loss.squared(), c.lambda * scale), method);
    }

    private static Answer library(Case c, double scale) {
        BinaryMachine m = solved(c, scale, Method.NEWTON);
        return new Answer(
                Side.of(m.f(), c.x),
                Side.of(m.g(), c.y),
                Matrices.rows(m.predict(Array.matrix(c.x), Array.matrix(c.y))));
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

    /// The largest of the five differences, each over its bound.
    @Override
    public double statistic(Machine machine, Case c) {
        Answer a = machine.solve(c);
        double[] xi = a.f.coefficients;
        double[] zeta = a.g.coefficients;
        if (xi.length != c.x.length || zeta.length != c.y.length) {
            return Double.POSITIVE_INFINITY; // a coefficient for each point
        }
        double z = Spectrum.frobenius(c.z);
        double[] rows = new double[xi.length];
        double[] columns = new double[zeta.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                double r = c.z[i][j] - a.predictions[i][j];
                rows[i] += r;
                columns[j] += r;
            }
        }
        double worst = Math.max(off(c.lambda, xi, rows), off(c.lambda, zeta, columns));
        worst /= z * (rows.length + columns.length) * 1e-6 + 1e-300;
        double total = Arrays.stream(xi).sum() - Arrays.stream(zeta).sum();
        worst = Math.max(worst, Math.abs(total) / rounding(c));
        worst = Math.max(worst, euler(a.f) / (rounding(c) * largest(c.x)));
        worst = Math.max(worst, euler(a.g) / (rounding(c) * largest(c.y)));
        double[][] again = reversed(machine.solve(c.reversed()).predictions);
        double moved = Spectrum.frobenius(Matrices.sum(a.predictions, -1, again));
        worst = Math.max(worst, moved / (4e-6 * z + 1e-300));
        BinaryMachine other = solved(c, 1, Method.LBFGS);
        double[][] theirs = Matrices.rows(other.predict(Array.matrix(c.x), Array.matrix(c.y)));
        double apart = Spectrum.frobenius(Matrices.sum(a.predictions, -1, theirs));
        return other.report().gap() > 1e-6 * z * z
                ? Double.POSITIVE_INFINITY
                : Math.max(
                        worst, apart / (2e-6 * z + Math.sqrt(2 * other.report().gap()) + 1e-300));
    }

    private static double off(double lambda, double[] coefficients, double[] sums) {
        double worst = 0;
        for (int i = 0; i < sums.length; i++) {
            worst = Math.max(worst, Math.abs(lambda * coefficients[i] - sums[i]));
        }
        return worst;
    }

    /// `|‖f‖² - ξ·f(x)|` over the size of ‖f‖.
    private static double euler(Side f) {
        return Math.abs(f.norm * f.norm - Matrices.dot(f.coefficients, f.values))
                / Math.max(f.norm, 1e-300);
    }

    private static double largest(double[][] x) {
        return 1 + Spectrum.frobenius(x);
    }

    /// The roundings of sums of the dual variables, whose squares add up to at most `|z|²`, over λ;
    /// 200 for the power functions of a norm.
    private static double rounding(Case c) {
        int n = c.x.length * c.y.length;
        return Tolerance.Rounding.gamma(200 + 4 * n, Tolerance.Rounding.DOUBLE)
                        * Math.sqrt(n)
                        * Spectrum.frobenius(c.z)
                        / c.lambda
                + 1e-300;
    }

    private static double[][] reversed(double[][] rows) {
        double[][] out = rows.clone();
        Collections.reverse(Arrays.asList(out));
        return out;
    }

    @Override
    public Tolerance<Machine, Case> tolerance() {
        return Tolerance.bound(
                (machine, c) -> 1,
                "once each of the bounds: half the squares of α - r add up to the duality gap, which the solver brings below"
                        + " 10⁻¹² of ½|z|², and sums of up to n + m of them stay below (n + m) 10⁻⁶ |z|; the totals and"
                        + " Euler's identity hold for whatever α, up to rounding; two solutions within that gap of a"
                        + " strongly convex dual differ by 2·10⁻⁶ |z| at most, and one of L-BFGS by the root of twice its own gap");
    }

    @Override
    public List<Mutant<Machine>> mutants() {
        return List.of(
                Mutant.of(
                        "ξ from columns, ζ from rows",
                        "folklore",
                        c -> {
                            Answer a = library(c, 1);
                            double[] xi = a.f.coefficients;
                            double[] zeta = a.g.coefficients;
                            return a.with(
                                    a.f.with(Arrays.copyOf(zeta, xi.length)),
                                    a.g.with(Arrays.copyOf(xi, zeta.length)));
                        }),
                Mutant.of("λ twice too large", "λ for λ/2", c -> library(c, 2)),
                Mutant.of(
                        "coefficients not divided by λ",
                        "the dual variable returned for the coefficient",
                        c -> {
                            Answer a = library(c, 1);
                            double[] xi = a.f.coefficients.clone();
                            for (int i = 0; i < xi.length; i++) {
                                xi[i] *= c.lambda;
                            }
                            return a.with(a.f.with(xi), a.g);
                        }),
                Mutant.of(
                        "a total that is not conserved",
                        "one coefficient off by a millionth, as a solver's own tolerance would allow",
                        c -> {
                            Answer a = library(c, 1);
                            double[] xi = a.f.coefficients.clone();
                            xi[0] *= 1 + 1e-6;
                            return a.with(a.f.with(xi), a.g);
                        }));
    }
}
