package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Distance;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Linear;
import nonmercer.machine.SingularFeatures;
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

/// How close each family of siamese similarities comes to a table, and that two towers alone have
/// no floor.
final class SimilaritiesFormAHierarchy
        implements Claim<SimilaritiesFormAHierarchy.Floors, SimilaritiesFormAHierarchy.Case> {
    private static final Kernel DOT = new Linear(Coefficient.of(1));

    /// The least distances from a square table of: ⟨q, q⟩; ⟨q, q⟩ + u + u; Σ λ q q; two towers.
    interface Floors {
        double[] of(double[][] f);
    }

    /// A table; a tower q and the numbers u, λ to try.
    record Case(double[][] f, double[][] q, double[][] u) {}

    @Override
    public String id() {
        return "L2";
    }

    @Override
    public String statement() {
        return "for all square tables F: the least distances of inner products q·q, of shifted ones q·q + u + uᵀ, of weighted ones Σ λₗ qₗ qₗᵀ and of two towers never rise in this order, and no q, u, λ comes closer; the third is ‖(F - Fᵀ)/2‖, and two towers of singular features reach 0; and -|t - s| has a first one above 0 and a second one of 0";
    }

    @Override
    public Source source() {
        return Source.of(
                "Okuno et al. 2019 (SIPS); Kim et al. 2019 (WIPS)",
                "the classes of similarities; Higham 1988, Theorem 2.1, for the distances");
    }

    @Override
    public String assumes() {
        return "square tables; the Frobenius norm";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Floors>> subjects() {
        return List.of(
                Subject.of("by eigenvalues, and singular features", f -> floors(f, true, true)));
    }

    private static double[] floors(double[][] f, boolean doubly, boolean two) {
        int n = f.length;
        double[][] symmetric = new double[n][n];
        double anti = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                symmetric[i][j] = (f[i][j] + f[j][i]) / 2;
                anti += (f[i][j] - f[j][i]) * (f[i][j] - f[j][i]) / 4;
            }
        }
        double inner = Math.sqrt(anti + negative(symmetric));
        double shifted = Math.sqrt(anti + negative(centred(symmetric, doubly)));
        return new double[] {inner, shifted, Math.sqrt(anti), towers(f, two)};
    }

    /// How far the library's two towers are from the table, or one of them with itself.
    private static double towers(double[][] f, boolean two) {
        if (Spectrum.frobenius(f) == 0) {
            return 0;
        }
        Tensor one = Tensor.of(Coordinates.identity(f.length));
        var map = SingularFeatures.of(new Table(Array.matrix(f)), one.value(), one.value());
        Tensor q = map.queries(one, Pass.evaluation());
        Tensor k = two ? map.keys(one, Pass.evaluation()) : q;
        return Spectrum.frobenius(Matrices.sum(f, -1, gram(DOT, q, k)));
    }

    private static double[][] gram(Kernel kernel, Tensor q, Tensor k) {
        return Matrices.rows(Gram.of(kernel, q, k, Pass.evaluation()).value());
    }

    private static double negative(double[][] a) {
        double sum = 0;
        for (double v : Spectrum.symmetric(a)) {
            sum += v < 0 ? v * v : 0;
        }
        return sum;
    }

    /// `(I - 11ᵀ/n) A (I - 11ᵀ/n)`: what no `u + uᵀ` can change. The part that it takes away is of
    /// the form `u + uᵀ`, so the floor is the centred table's distance from the cone.
    private static double[][] centred(double[][] a, boolean doubly) {
        int n = a.length;
        double[] mean = new double[n];
        double all = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                mean[i] += a[i][j] / n;
                all += a[i][j] / n / n;
            }
        }
        double[][] c = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                c[i][j] = a[i][j] - (doubly ? mean[i] + mean[j] - all : all);
            }
        }
        return c;
    }

    @Override
    public Cases<Case> cases(Floors floors) {
        return Cases.random(
                        120,
                        Combinators.combine(integers().between(2, 12), integers().between(1, 3))
                                .flatAs((n, d) ->
                                        Combinators.combine(
                                                        Points.in(n, n, 2),
                                                        Points.in(n, d, 1.5),
                                                        Points.in(2, n, 2))
                                                .as(Case::new)))
                .hitting("not symmetric", 0.8, c -> c.f[0][1] != c.f[1][0]);
    }

    /// How far the floors rise, tries fall below them, those of the library's -|t - s| are from
    /// what they should be, the third is from the antisymmetric part, and the fourth from 0.
    @Override
    public double statistic(Floors floors, Case c) {
        double[][] f = c.f;
        int n = f.length;
        double[] e = floors.of(f);
        double worst = e[3];
        for (int l = 1; l < e.length; l++) {
            worst = Math.max(worst, e[l] - e[l - 1]);
        }
        double anti = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                anti += (f[i][j] - f[j][i]) * (f[i][j] - f[j][i]) / 4;
            }
        }
        double[] line = floors.of(line(n));
        worst = Math.max(worst, Math.abs(e[2] - Math.sqrt(anti)));
        for (int family = 0; family < 3; family++) {
            worst = Math.max(worst, e[family] - tried(c, family));
        }
        // A positive semidefinite table has no negative trace direction: -|t - s| has the value -1
        // at (0, 1) with zeros beside it, an eigenvalue of at most -1.
        worst = Math.max(worst, 1 - line[0]);
        return Math.max(worst, line[1]);
    }

    /// `-|i - j|` by the library's kernel of distances.
    private static double[][] line(int n) {
        double[][] t = new double[n][1];
        for (int i = 0; i < n; i++) {
            t[i][0] = i;
        }
        Tensor points = Tensor.of(Array.matrix(t));
        double[][] g = gram(new Distance(Coefficient.of(1)), points, points);
        return Matrices.sum(g, -2, g);
    }

    /// The distance of a similarity of a family: the Gram matrix of q in the right multiple, with
    /// shifts, or with weights on the coordinates.
    private static double tried(Case c, int family) {
        Tensor q = Tensor.of(Array.matrix(c.q));
        Tensor weighted = family < 2 ? q : Tensor.of(Array.matrix(Matrices.times(c.q, weights(c))));
        double[][] g = gram(DOT, q, weighted);
        double size = 0;
        double along = 0;
        for (int i = 0; i < g.length; i++) {
            for (int j = 0; j < g.length; j++) {
                g[i][j] += family == 1 ? c.u[0][i] + c.u[0][j] : 0;
                size += g[i][j] * g[i][j];
                along += g[i][j] * c.f[i][j];
            }
        }
        double scale = size == 0 ? 0 : family < 2 ? Math.max(0, along / size) : along / size;
        return Spectrum.frobenius(Matrices.sum(c.f, -scale, g));
    }

    private static double[][] weights(Case c) {
        int d = c.q[0].length;
        double[][] w = new double[d][d];
        for (int l = 0; l < d; l++) {
            w[l][l] = c.u[1][l % c.u[1].length];
        }
        return w;
    }

    /// Floors are roots of sums of squares: what rounding leaves of a zero eigenvalue stays of its
    /// size; singular features leave out singular values below `10⁻¹⁰ σ₁`, fewer than 12 of them.
    @Override
    public Tolerance<Floors, Case> tolerance() {
        return Tolerance.bound(
                (floors, c) -> {
                    double norm = Spectrum.frobenius(c.f) + (double) c.f.length * c.f.length;
                    return Spectrum.rounding(c.f.length, norm) * Math.sqrt(c.f.length)
                            + 1e-9 * Spectrum.frobenius(c.f);
                },
                "the backward error of the eigenvalue solver for the table and for the grid's; 10⁻⁹ of the table for"
                        + " singular features, which leave out at most n singular values below 10⁻¹⁰ σ₁");
    }

    /// `-|i - j|` of twelve points and so much of the sign of `i - j`.
    @Override
    public Optional<Picture> picture(Floors floors) {
        double[] a = Picture.steps(0, 2, 21);
        double[][] line = line(12);
        double[][] sign = new double[12][12];
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 12; j++) {
                sign[i][j] = Integer.signum(i - j);
            }
        }
        String[] names = {"⟨q, q⟩", "⟨q, q⟩ + u + u", "Σ λ q q", "two towers"};
        List<Picture.Line> lines = new ArrayList<>();
        for (int family = 0; family < names.length; family++) {
            int at = family;
            lines.add(
                    Picture.Line.measured(
                            names[family], a, s -> floors.of(Matrices.sum(line, s, sign))[at]));
        }
        lines.add(Picture.Line.bound("‖(F - Fᵀ)/2‖", a, s -> s * Spectrum.frobenius(sign)));
        return Optional.of(
                new Picture(
                        "How close similarities come to -|i - j| + a sign(i - j)",
                        Picture.Axis.of("a, the share without symmetry"),
                        Picture.Axis.of("least distance"),
                        lines));
    }

    @Override
    public List<Mutant<Floors>> mutants() {
        return List.of(
                Mutant.of(
                        "the mean taken off once",
                        "centred by one number, not by rows and columns",
                        f -> floors(f, false, true)),
                Mutant.of(
                        "one tower for both",
                        "tied towers: what a siamese network can",
                        f -> floors(f, true, false)),
                Mutant.of(
                        "weighted inner products without a floor",
                        "λₗ < 0 taken for asymmetry",
                        f -> {
                            double[] e = floors(f, true, true);
                            return new double[] {e[0], e[1], 0, e[3]};
                        }));
    }
}
