package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Linear;
import nonmercer.linalg.Decompositions;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Printed;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Universal approximation is a theorem about q·k, a kernel with finitely many features: it cannot
/// be why infinitely many are better.
final class FiniteKernelsApproximateEveryTable
        implements Claim<FiniteKernelsApproximateEveryTable.Towers, double[][]> {
    private static final double CLOSE = 1e-6;

    /// Two towers of d coordinates for a table, and the kernel between them.
    record Towers(Kernel kernel, boolean cut) {
        /// The table that they give.
        double[][] of(double[][] f, int d) {
            var svd = Decompositions.svd(Array.matrix(f));
            int width = cut ? 1 : d;
            double[][] out = new double[f.length][f.length];
            for (int i = 0; i < f.length; i++) {
                for (int j = 0; j < f.length; j++) {
                    double[] q = new double[width];
                    double[] k = new double[width];
                    for (int l = 0; l < width; l++) {
                        double root = Math.sqrt(svd.s().at(l));
                        q[l] = svd.u().get(i, l) * root;
                        k[l] = svd.v().get(j, l) * root;
                    }
                    out[i][j] = kernel.at(q, k);
                }
            }
            return out;
        }
    }

    @Override
    public String id() {
        return "E5";
    }

    @Override
    public String statement() {
        return "for all tables F of n × n and every ε there are towers q, k of d ≤ n coordinates with |F(t, s) - q(t)·k(s)| ≤ ε everywhere, and q·k has d features";
    }

    @Override
    public Optional<Printed<?>> printed() {
        return Optional.of(
                Printed.exact(
                        "that kernels of towers approximate every table takes infinitely many features: for all regular tables F no kernel of finitely many comes closer than 10⁻⁶, relatively",
                        () ->
                                Cases.random(
                                        20,
                                        integers()
                                                .between(2, 10)
                                                .flatMap(n ->
                                                        Points.in(n, n, 2)
                                                                .filter(f -> regular(f)))),
                        f -> Math.max(0, CLOSE - statistic(subjects().getFirst().code(), f))));
    }

    /// Whether the least singular value is a hundredth at least.
    private static boolean regular(double[][] f) {
        double[] s = Spectrum.singular(f);
        return s[s.length - 1] >= 0.01;
    }

    @Override
    public Source source() {
        return Source.of(
                "Wright & Gonzalez 2021",
                "Theorem 2 is about the logits q·k; the conclusion on infinite dimension, refuted by Eckart & Young 1936");
    }

    @Override
    public String assumes() {
        return "a table of finitely many points; Eckart and Young's theorem through a computed decomposition";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Towers>> subjects() {
        return List.of(Subject.of("q·k", new Towers(new Linear(Coefficient.of(1)), false)));
    }

    /// Tables; among them, by search, those that need every coordinate.
    @Override
    public Cases<double[][]> cases(Towers towers) {
        return Cases.random(100, integers().between(2, 10).flatMap(n -> Points.in(n, n, 2)))
                .hitting("more than 4 rows", 0.3, f -> f.length > 4)
                .hitting(
                        "nothing less than full rank will do",
                        0.3,
                        f -> {
                            double[] s = Spectrum.singular(f);
                            return s[s.length - 1] > CLOSE * s[0];
                        });
    }

    /// The least distance from the table that some `d ≤ n` reaches, relative to the table; infinite
    /// where the kernel's table there has a rank above d.
    @Override
    public double statistic(Towers towers, double[][] f) {
        double norm = Math.max(Spectrum.frobenius(f), 1e-300);
        double best = Double.POSITIVE_INFINITY;
        for (int d = 1; d <= f.length; d++) {
            double[][] near = towers.of(f, d);
            double[] s = Spectrum.singular(near);
            if (Spectrum.rank(s, 1e-9 * Math.max(norm, s[0])) > d) {
                return Double.POSITIVE_INFINITY;
            }
            best = Math.min(best, distance(near, f) / norm);
        }
        return best;
    }

    private static double distance(double[][] a, double[][] b) {
        double[][] rest = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                rest[i][j] = a[i][j] - b[i][j];
            }
        }
        return Spectrum.frobenius(rest);
    }

    @Override
    public Tolerance<Towers, double[][]> tolerance() {
        return Tolerance.rounding(
                (t, f) -> 64.0 * f.length * f.length,
                (t, f) -> 1,
                "the backward error of a singular value decomposition, and sums of n products");
    }

    @Override
    public Optional<Picture> picture(Towers towers) {
        int n = 24;
        double[][] f = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                f[i][j] = Math.tanh(4 * (2.0 * i / (n - 1) - 1 - 2 * (2.0 * j / (n - 1) - 1)));
            }
        }
        double[] d = new double[n];
        double[] error = new double[n];
        for (int l = 1; l <= n; l++) {
            d[l - 1] = l;
            error[l - 1] = distance(towers.of(f, l), f) / Spectrum.frobenius(f);
        }
        return Optional.of(
                new Picture(
                        "tanh(4(t - 2s)) by towers of d coordinates",
                        Picture.Axis.of("coordinates d = features of the kernel"),
                        Picture.Axis.powers("relative distance"),
                        List.of(Picture.Line.measured("distance from the table", d, error))));
    }

    @Override
    public List<Mutant<Towers>> mutants() {
        return List.of(
                Mutant.of(
                        "one coordinate, however many are asked for",
                        "a rank that is capped",
                        new Towers(new Linear(Coefficient.of(1)), true)),
                Mutant.of(
                        "exp(q·k) for the theorem's q·k",
                        "the kernel with infinitely many features, to which the theorem does not speak",
                        new Towers(new ExpDot(Coefficient.of(1)), false)));
    }
}
