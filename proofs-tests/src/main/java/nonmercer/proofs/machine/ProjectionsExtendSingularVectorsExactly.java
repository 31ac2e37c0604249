package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Quadratic;
import nonmercer.machine.KernelSvd;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Asymmetric Nyström: one half of a singular pair gives the other, anywhere.
final class ProjectionsExtendSingularVectorsExactly
        implements Claim<ProjectionsExtendSingularVectorsExactly.Extension, Pairs> {
    /// `e(x)` and `r(y)` at some points, for the decomposition of a kernel on its nodes.
    interface Extension {
        double[][] of(KernelSvd svd, Array points, boolean queries);
    }

    @Override
    public String id() {
        return "L1";
    }

    @Override
    public String statement() {
        return "for all nodes x, y with κ(xᵢ, yⱼ) = U Σ Vᵀ: e(x) = Σⱼ vⱼ κ(x, yⱼ) is U Σ at the nodes and r(y) = Σᵢ uᵢ κ(xᵢ, y) is V Σ, so e(x) Σ⁻¹ extends the left singular vectors by the right ones; and Σₗ eₗ(x) rₗ(y)/σₗ is κ(x, y) at any new y if x is a node and there are as many pairs as such nodes, and at all x and y for a kernel whose rank the nodes have";
    }

    @Override
    public Source source() {
        return Source.of(
                "Tao et al. 2024, Coupled covariances",
                "asymmetric Nyström approximation, exact at the nodes");
    }

    @Override
    public String assumes() {
        return "the matrix at the nodes is regular enough: singular values below a share of the first are left out";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Extension>> subjects() {
        return List.of(
                Subject.of(
                        "KernelSvd",
                        (svd, points, queries) ->
                                rows(queries ? svd.queries(points) : svd.keys(points))));
    }

    private static double[][] rows(Array a) {
        double[][] rows = new double[a.dim(0)][a.dim(1)];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = a.get(i, j);
            }
        }
        return rows;
    }

    @Override
    public Cases<Pairs> cases(Extension extension) {
        return Cases.random(
                        80,
                        Combinators.combine(
                                        integers().between(1, 3),
                                        integers().between(1, 7),
                                        integers().between(1, 7))
                                .flatAs((d, n, m) ->
                                        Combinators.combine(Points.in(n, d, 2), Points.in(m, d, 2))
                                                .as(Pairs::new)))
                .hitting("more queries than keys, or fewer", 0.4, p -> p.q().length != p.k().length)
                .hitting(
                        "three nodes on each side",
                        0.3,
                        p -> Math.min(p.q().length, p.k().length) >= 3);
    }

    /// The largest distance at the nodes, and that between them, each over its bound: with the
    /// softmax kernel in the rows of the nodes, with `(q·k + 1)²` on the line at new points.
    @Override
    public double statistic(Extension extension, Pairs p) {
        int rank = Math.min(p.q().length, p.k().length);
        KernelSvd svd = KernelSvd.of(new ExpDot(), Array.matrix(p.q()), Array.matrix(p.k()), rank);
        double[][] e = extension.of(svd, Array.matrix(p.q()), true);
        double[][] r = extension.of(svd, Array.matrix(p.k()), false);
        double at = Math.max(off(e, svd.left(), svd.values()), off(r, svd.right(), svd.values()));
        double worst = at / rounding(p.gram(new ExpDot()));
        if (rank == p.q().length && svd.values().at(rank - 1) > 1e-4 * svd.values().at(0)) {
            worst = Math.max(worst, between(extension, svd, p.q(), moved(p.k(), 0.375)));
        }
        if (rank >= 3) {
            double[][] x = column(p.q());
            double[][] y = column(p.k());
            Kernel kernel = new Quadratic(Coefficient.of(1), 1);
            KernelSvd three = KernelSvd.of(kernel, Array.matrix(x), Array.matrix(y), 3);
            if (three.values().at(2) > 1e-3 * three.values().at(0)) {
                worst = Math.max(worst, between(extension, three, moved(x, 0.25), moved(y, -0.5)));
            }
        }
        return worst;
    }

    /// How far `Σₗ eₗ(x) rₗ(y)/σₗ` is from the kernel, over the rounding: that of e and of r, each
    /// times the other over the least singular value, which itself is off by as much.
    private static double between(Extension extension, KernelSvd svd, double[][] x, double[][] y) {
        double[][] e = extension.of(svd, Array.matrix(x), true);
        double[][] r = extension.of(svd, Array.matrix(y), false);
        double[][] k = Pairs.gram(svd.kernel(), x, y);
        double worst = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < y.length; j++) {
                double sum = 0;
                for (int l = 0; l < e[i].length; l++) {
                    sum += e[i][l] * r[j][l] / svd.values().at(l);
                }
                worst = Math.max(worst, Math.abs(sum - k[i][j]));
            }
        }
        double least = svd.values().at(svd.values().size() - 1);
        double rows = Spectrum.frobenius(Pairs.gram(svd.kernel(), x, Matrices.rows(svd.y())));
        double columns = Spectrum.frobenius(Pairs.gram(svd.kernel(), Matrices.rows(svd.x()), y));
        int n = svd.x().dim(0) + svd.y().dim(0) + x.length + y.length;
        double size = svd.values().at(0) + rows + columns;
        return worst / (4 * Spectrum.rounding(n, size) * (1 + rows * columns / (least * least)));
    }

    private static double[][] moved(double[][] x, double by) {
        return Arrays.stream(x)
                .map(row -> Arrays.stream(row).map(v -> v + by).toArray())
                .toArray(double[][]::new);
    }

    private static double[][] column(double[][] x) {
        return Arrays.stream(x).map(row -> new double[] {row[0]}).toArray(double[][]::new);
    }

    private static double off(double[][] projected, Array vectors, Array values) {
        double worst = 0;
        for (int i = 0; i < projected.length; i++) {
            for (int l = 0; l < projected[i].length; l++) {
                double should = vectors.get(i, l) * values.at(l);
                worst = Math.max(worst, Math.abs(projected[i][l] - should));
            }
        }
        return worst;
    }

    /// `‖K V - U Σ‖` is the backward error of the decomposition, a modest multiple of `n u ‖K‖`.
    private static double rounding(double[][] gram) {
        return 4 * Spectrum.rounding(gram.length + gram[0].length, Spectrum.frobenius(gram));
    }

    @Override
    public Tolerance<Extension, Pairs> tolerance() {
        return Tolerance.bound(
                (extension, p) -> 1,
                "once each of the bounds: the backward error of the singular value decomposition, and sums of n products;"
                        + " between the nodes that error over the least singular value squared, times the rows and"
                        + " columns it meets");
    }

    @Override
    public Optional<Picture> picture(Extension extension) {
        double[] nodes = {2, 3, 4, 5, 6, 8, 10, 12};
        double[] error = new double[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            error[i] = unseen(extension, (int) nodes[i]);
        }
        return Optional.of(
                new Picture(
                        "exp(xy) from its singular pairs at n nodes",
                        Picture.Axis.of("nodes n"),
                        Picture.Axis.powers("largest error between the nodes"),
                        List.of(Picture.Line.measured("error", nodes, error))));
    }

    /// The largest error on [-1, 1] of `Σ e(x) r(y)/σ`.
    private static double unseen(Extension extension, int n) {
        double[][] half = line(n); // keys elsewhere than queries
        for (double[] y : half) {
            y[0] = 0.25 + 0.75 * y[0];
        }
        KernelSvd svd = KernelSvd.of(new ExpDot(), Array.matrix(line(n)), Array.matrix(half), n);
        double[][] at = line(31);
        double[][] e = extension.of(svd, Array.matrix(at), true);
        double[][] r = extension.of(svd, Array.matrix(at), false);
        double worst = 1e-16;
        for (int i = 0; i < at.length; i++) {
            for (int j = 0; j < at.length; j++) {
                double sum = 0;
                for (int l = 0; l < n; l++) {
                    double s = svd.values().at(l);
                    sum += s > 1e-12 * svd.values().at(0) ? e[i][l] * r[j][l] / s : 0;
                }
                worst = Math.max(worst, Math.abs(sum - new ExpDot().at(at[i], at[j])));
            }
        }
        return worst;
    }

    private static double[][] line(int n) {
        double[][] x = new double[n][1];
        for (int i = 0; i < n; i++) {
            x[i][0] = Math.cos(Math.PI * (i + 0.5) / n);
        }
        return x;
    }

    @Override
    public List<Mutant<Extension>> mutants() {
        return List.of(
                Mutant.of(
                        "divided by the singular value twice",
                        "e/σ for e",
                        (svd, points, queries) -> {
                            double[][] e = rows(queries ? svd.queries(points) : svd.keys(points));
                            for (double[] row : e) {
                                for (int l = 0; l < row.length; l++) {
                                    row[l] /= Math.max(svd.values().at(l), 1e-300);
                                }
                            }
                            return e;
                        }),
                Mutant.of(
                        "queries projected on the left singular vectors",
                        "U for V: symmetric habits",
                        (svd, points, queries) ->
                                rows(queries ? svd.keys(points) : svd.queries(points))));
    }
}
