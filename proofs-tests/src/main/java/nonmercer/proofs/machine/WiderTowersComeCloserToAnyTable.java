package nonmercer.proofs.machine;

import java.util.ArrayList;
import java.util.List;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;

/// Universal approximation by two towers, and the activation it needs.
final class WiderTowersComeCloserToAnyTable
        implements Claim<WiderTowersComeCloserToAnyTable.Unit, Integer> {
    private static final int GRID = 40;
    private static final int WIDEST = 64;

    /// The activation of the hidden units.
    interface Unit {
        double of(double x);
    }

    @Override
    public String id() {
        return "C15";
    }

    @Override
    public String statement() {
        return "for nested random two-layer towers q, k of m = 4, 8, …, 64 units with the best second layers, the distance of Σₗ qₗ(t) kₗ(s) from tanh(4(t - 2s)) on a grid never grows with m and falls below a tenth of its norm; a polynomial activation stays above that";
    }

    @Override
    public Source source() {
        return Source.of(
                "Wright & Gonzalez 2021",
                "Theorem 2; Leshno, Lin, Pinkus & Schocken 1993 on the activation");
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Unit>> subjects() {
        return List.of(Subject.of("max(0, x)", x -> Math.max(0, x)));
    }

    /// Seeds of the units' weights and biases.
    @Override
    public Cases<Integer> cases(Unit unit) {
        return Cases.all(1, 2, 3, 4, 5, 6, 7, 8);
    }

    /// The largest growth of the relative distance from one width to the next, or how far the last
    /// is above a tenth.
    @Override
    public double statistic(Unit unit, Integer seed) {
        double[][] f = new double[GRID][GRID];
        for (int i = 0; i < GRID; i++) {
            for (int j = 0; j < GRID; j++) {
                f[i][j] = Math.tanh(4 * (at(i) - 2 * at(j)));
            }
        }
        List<double[]> left = new ArrayList<>();
        List<double[]> right = new ArrayList<>();
        RandomStream random = RandomStream.of(seed);
        double last = 1;
        double worst = Double.NEGATIVE_INFINITY;
        for (int m = 1; m <= WIDEST; m++) {
            extend(left, unit, random);
            extend(right, unit, random);
            if (m >= 4 && Integer.bitCount(m) == 1) {
                double now = distance(f, left, right);
                worst = Math.max(worst, now - last);
                last = now;
            }
        }
        return Math.max(worst, last - 0.1);
    }

    private static double at(int i) {
        return 2.0 * i / (GRID - 1) - 1;
    }

    /// One more hidden unit on the grid, made orthogonal to those before it, twice; dropped where
    /// nothing is left of it.
    private static void extend(List<double[]> basis, Unit unit, RandomStream random) {
        double weight = random.nextBoolean() ? 1 : -1;
        double bias = 2 * random.nextDouble() - 1;
        double[] v = new double[GRID];
        for (int i = 0; i < GRID; i++) {
            v[i] = unit.of(weight * at(i) + bias);
        }
        double before = Matrices.norm(v);
        for (int twice = 0; twice < 2; twice++) {
            for (double[] b : basis) {
                double along = Matrices.dot(b, v);
                for (int i = 0; i < GRID; i++) {
                    v[i] -= along * b[i];
                }
            }
        }
        double norm = Matrices.norm(v);
        if (norm > 1e-9 * before) {
            for (int i = 0; i < GRID; i++) {
                v[i] /= norm;
            }
            basis.add(v);
        }
    }

    /// `‖F - P F Q‖/‖F‖` with the projections on both spans: the best second layers.
    private static double distance(double[][] f, List<double[]> left, List<double[]> right) {
        double kept = 0;
        double all = Math.pow(Spectrum.frobenius(f), 2);
        double[][] rest = new double[GRID][];
        for (int i = 0; i < GRID; i++) {
            rest[i] = f[i].clone();
        }
        for (double[] a : left) {
            double[] row = Matrices.transposedTimes(f, a);
            for (double[] b : right) {
                double c = Matrices.dot(row, b);
                for (int i = 0; i < GRID; i++) {
                    for (int j = 0; j < GRID; j++) {
                        rest[i][j] -= c * a[i] * b[j];
                    }
                }
            }
        }
        for (double[] row : rest) {
            kept += Matrices.dot(row, row);
        }
        return Math.sqrt(kept / all);
    }

    @Override
    public Tolerance<Unit, Integer> tolerance() {
        return Tolerance.rounding(
                (unit, seed) -> 4 * WIDEST * GRID,
                (unit, seed) -> 1,
                "nested spaces: exactly no growth; each of up to 64² projections rounds numbers below 1");
    }

    @Override
    public List<Mutant<Unit>> mutants() {
        return List.of(
                Mutant.of(
                        "x² for an activation",
                        "a polynomial: the towers span parabolas, however wide",
                        x -> x * x),
                Mutant.of("no activation", "two linear layers are one", x -> x));
    }
}
