package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Evidence;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;

/// Universal approximation by two towers: how width pays, what head dimension caps, and the
/// activation it needs.
final class WiderTowersComeCloserToAnyTable
        implements Claim<
                WiderTowersComeCloserToAnyTable.Unit, WiderTowersComeCloserToAnyTable.Case> {
    private static final int GRID = HiddenUnits.GRID;
    private static final int WIDEST = HiddenUnits.WIDEST;
    private static final Kernel DOT = new nonmercer.kernel.Linear(Coefficient.of(1));

    /// The activation of the hidden units.
    interface Unit {
        Tensor of(Tensor x);
    }

    /// A seed of the units, and a sum of products of Chebyshev polynomials: coefficients and
    /// degrees.
    record Case(int seed, List<double[]> products) {
        double at(double t, double s) {
            double sum = 0;
            for (double[] p : products) {
                sum += p[0] * Math.cos(p[1] * Math.acos(t)) * Math.cos(p[2] * Math.acos(s));
            }
            return sum;
        }
    }

    @Override
    public String id() {
        return "C15";
    }

    @Override
    public String statement() {
        return "for random two-layer towers q, k of nested hidden units max(0, ±x + b), b uniform in [-1, 1], with the best second layers into d coordinates: the distance of q·k from tanh(4(t - 2s)) and from random asymmetric sums of Chebyshev products on a grid never grows with the width m = 4, 8, …, 512 nor with d = 2, 16, m, is never below Eckart and Young's for d, and for d = m falls at least like 1/m over m = 32, …, 256; d = 2 stalls; with x² for an activation, whatever m, it is never below Eckart and Young's for the 3 dimensions of the parabolas";
    }

    @Override
    public Source source() {
        return Source.of(
                "Wright & Gonzalez 2021",
                "Theorem 2; Leshno, Lin, Pinkus & Schocken 1993 on the activation");
    }

    @Override
    public String assumes() {
        return "the first layer is random and kept, the second is the best one: what training could reach at most; a grid stands for the function";
    }

    @Override
    public Cost cost() {
        return Cost.SECONDS;
    }

    @Override
    public Kind kind() {
        return Kind.GENERIC;
    }

    /// The slope fluctuates: the largest of 200 seeds was -1.3, none above -1.
    @Override
    public double falseAlarm() {
        return 5e-3;
    }

    @Override
    public Evidence evidence() {
        return Evidence.PINNED;
    }

    @Override
    public List<Subject<Unit>> subjects() {
        return List.of(Subject.of("max(0, x)", Tensor::relu));
    }

    @Override
    public Cases<Case> cases(Unit unit) {
        var product =
                Combinators.combine(
                                Arbitraries.of(-1.0, -0.5, 0.5, 1.0),
                                integers().between(0, 3),
                                integers().between(0, 3))
                        .as((c, a, b) -> new double[] {c, a, b});
        return Cases.random(
                1,
                Combinators.combine(integers().between(1, 1_000_000), product.list().ofSize(3))
                        .as(Case::new)
                        .dontShrink()); // a case takes a second
    }

    /// The largest of: growth with m and with d, what falls below Eckart and Young, each relative
    /// to the table and in units of its rounding; how far the slope for tanh is above -1, plus 1;
    /// and how far the library's towers are off what was computed for them.
    @Override
    public double statistic(Unit unit, Case c) {
        Units units = Units.of(unit, RandomStream.of(c.seed));
        double tanh = of(units, WIDEST, (t, s) -> Math.tanh(4 * (t - 2 * s)));
        return tanh > 1 ? tanh : Math.max(tanh, of(units, WIDEST / 4, c::at));
    }

    /// The hidden units of both towers, and parabolas for those of one.
    private record Units(HiddenUnits left, HiddenUnits right, HiddenUnits parabolas) {
        static Units of(Unit unit, RandomStream random) {
            return new Units(
                    HiddenUnits.of(unit, random.at("queries")),
                    HiddenUnits.of(unit, random.at("keys")),
                    HiddenUnits.of(Tensor::square, random.at("queries")));
        }
    }

    private static double of(Units units, int widest, DoubleBinaryOperator target) {
        double[][] f = new double[GRID][GRID];
        for (int i = 0; i < GRID; i++) {
            for (int j = 0; j < GRID; j++) {
                f[i][j] = target.applyAsDouble(HiddenUnits.at(i), HiddenUnits.at(j));
            }
        }
        double norm = Spectrum.frobenius(f);
        if (norm < 1) {
            return 0; // products that cancel
        }
        HiddenUnits left = units.left;
        HiddenUnits right = units.right;
        double[][] core = core(left, f, right);
        double[] sigma = Spectrum.singular(f);
        double worst = Double.NEGATIVE_INFINITY;
        double[] last = {1, 1, 1};
        double at32 = 1;
        double at256 = 1;
        for (int m = 4; m <= widest; m *= 2) {
            double[] now = distances(core, left.rank(m), right.rank(m), m, norm);
            int[] d = {2, 16, m};
            for (int k = 0; k < d.length; k++) {
                worst = Math.max(worst, (now[k] - last[k]) / 1e-10);
                worst = Math.max(worst, (tail(sigma, d[k]) / norm - now[k]) / 1e-10);
            }
            worst = Math.max(worst, (now[1] - now[0]) / 1e-10);
            worst = Math.max(worst, (now[2] - now[0]) / 1e-10);
            at32 = m == 32 ? now[2] : at32;
            at256 = m == 256 ? now[2] : at256;
            last = now;
        }
        if (widest == WIDEST) {
            double slope = Math.log(at256 / at32) / Math.log(8);
            worst = Math.max(worst, 2 + slope);
        }
        HiddenUnits parabolas = units.parabolas;
        double[][] flat = core(parabolas, f, right);
        int rank = parabolas.rank(WIDEST);
        double stuck = distances(flat, rank, right.rank(widest), widest, norm)[2];
        worst = Math.max(worst, (tail(sigma, 3) / norm - stuck) / 1e-10);
        double four = distances(core, left.rank(4), right.rank(4), 4, norm)[2];
        return Math.max(worst, Math.abs(built(left, f, right) / norm - four) / 1e-6);
    }

    private static double tail(double[] sigma, int from) {
        double sum = 0;
        for (int l = from; l < sigma.length; l++) {
            sum += sigma[l] * sigma[l];
        }
        return Math.sqrt(sum);
    }

    /// `Aᵀ F B` with the orthonormal bases of both sides.
    private static double[][] core(HiddenUnits left, double[][] f, HiddenUnits right) {
        double[][] out = new double[left.basis().size()][right.basis().size()];
        for (int a = 0; a < out.length; a++) {
            double[] row = Matrices.transposedTimes(f, left.basis().get(a));
            for (int b = 0; b < out[a].length; b++) {
                out[a][b] = Matrices.dot(row, right.basis().get(b));
            }
        }
        return out;
    }

    /// The distances over the norm of the best towers with 2, 16 and m coordinates, from the part
    /// of the table in both spans.
    private static double[] distances(double[][] core, int n, int m, int width, double norm) {
        double[][] part = new double[n][];
        double kept = 0;
        for (int a = 0; a < n; a++) {
            part[a] = Arrays.copyOf(core[a], m);
            kept += Matrices.dot(part[a], part[a]);
        }
        double out = Math.max(0, norm * norm - kept);
        double[] sigma = Spectrum.singular(part);
        double[] d = new double[3];
        int[] coordinates = {2, 16, width};
        for (int k = 0; k < d.length; k++) {
            d[k] = Math.sqrt(out + Math.pow(tail(sigma, coordinates[k]), 2)) / norm;
        }
        return d;
    }

    /// The distance of two towers of four units that are made of the library's layers.
    private static double built(HiddenUnits left, double[][] f, HiddenUnits right) {
        double[][] core = core(left, f, right);
        int n = left.rank(4);
        int m = right.rank(4);
        double[][] q = new double[GRID][n];
        double[][] k = new double[GRID][n];
        for (int i = 0; i < GRID; i++) {
            for (int a = 0; a < n; a++) {
                q[i][a] = left.basis().get(a)[i];
                for (int b = 0; b < m; b++) {
                    k[i][a] += core[a][b] * right.basis().get(b)[i];
                }
            }
        }
        Array made =
                Gram.of(
                                DOT,
                                left.tower(q).of(HiddenUnits.points()),
                                right.tower(k).of(HiddenUnits.points()),
                                Pass.evaluation())
                        .value();
        return Spectrum.frobenius(Matrices.sum(f, -1, Matrices.rows(made)));
    }

    @Override
    public Tolerance<Unit, Case> tolerance() {
        return Tolerance.bound(
                (unit, c) -> 1,
                "once each of the bounds: 10⁻¹⁰ for distances of at least 10⁻⁴ from sums of squares, nested spaces giving"
                        + " exactly no growth; a slope of at most -1; 10⁻⁶ for towers whose second layer is solved with"
                        + " a condition below 10⁹");
    }

    /// tanh(4(t - 2s)), one draw of the hidden units.
    @Override
    public Optional<Picture> picture(Unit unit) {
        Units units = Units.of(unit, RandomStream.of(1));
        double[][] f = new double[GRID][GRID];
        for (int i = 0; i < GRID; i++) {
            for (int j = 0; j < GRID; j++) {
                f[i][j] = Math.tanh(4 * (HiddenUnits.at(i) - 2 * HiddenUnits.at(j)));
            }
        }
        double norm = Spectrum.frobenius(f);
        double[] sigma = Spectrum.singular(f);
        double[][] core = core(units.left, f, units.right);
        double[] m = {4, 8, 16, 32, 64, 128, 256};
        double[][] off = new double[3][m.length];
        for (int i = 0; i < m.length; i++) {
            int width = (int) m[i];
            double[] at =
                    distances(core, units.left.rank(width), units.right.rank(width), width, norm);
            for (int k = 0; k < 3; k++) {
                off[k][i] = at[k];
            }
        }
        return Optional.of(
                new Picture(
                        "What towers of m hidden units miss of tanh(4(t - 2s))",
                        Picture.Axis.powers("hidden units m"),
                        Picture.Axis.powers("distance, of the table's norm"),
                        List.of(
                                Picture.Line.measured("d = 2", m, off[0]),
                                Picture.Line.bound(
                                        "least for d = 2", m, w -> tail(sigma, 2) / norm),
                                Picture.Line.measured("d = 16", m, off[1]),
                                Picture.Line.bound(
                                        "least for d = 16", m, w -> tail(sigma, 16) / norm),
                                Picture.Line.measured("d = m", m, off[2]))));
    }

    @Override
    public List<Mutant<Unit>> mutants() {
        return List.of(
                Mutant.of(
                        "x² for an activation",
                        "a polynomial: the towers span parabolas, however wide",
                        x -> x.square()),
                Mutant.of("no activation", "two linear layers are one", x -> x));
    }
}
