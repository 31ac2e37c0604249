package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.kernel.ExpDot;
import nonmercer.machine.KernelPca;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Attention as a projection on principal components: an identity for values that are constructed
/// so, and no statement about values that were trained.
final class KernelPcaValuesGiveProjections
        implements Claim<KernelPcaValuesGiveProjections.Values, Pairs> {
    private static final int AXES = 2;

    /// The values of the keys, `[m, axes]`, from the axes of their kernel PCA with the feature of
    /// each divided by a function g.
    interface Values {
        double[][] of(double[][] axes, double[] g);
    }

    @Override
    public String id() {
        return "L4";
    }

    @Override
    public String statement() {
        return "for all queries q and keys k, with g(x) = Σⱼ κ(x, kⱼ) and the axes Σⱼ aⱼₗ φ̃(kⱼ) of a kernel PCA of the keys: attention with the values vⱼ = g(kⱼ) Σ (a centred)ⱼ, weights κ(q, kⱼ)/(g(q) g(kⱼ)), is the projection of φ(q)/g(q) on the axes";
    }

    @Override
    public Source source() {
        return Source.of(
                "Teo & Nguyen 2024",
                "section 2, the identity; Saritas & Yildiz 2025 for what it does not say of trained values");
    }

    @Override
    public String assumes() {
        return "constructed values: nothing is said of trained ones, which have no reason to be such (Saritas & Yildiz 2025)";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Values>> subjects() {
        return List.of(Subject.of("v = g (a - mean a)", (axes, g) -> values(axes, g, true)));
    }

    private static double[][] values(double[][] a, double[] g, boolean centred) {
        double[] mean = new double[AXES];
        for (double[] row : a) {
            for (int l = 0; l < AXES; l++) {
                mean[l] += centred ? row[l] / a.length : 0;
            }
        }
        double[][] v = new double[a.length][AXES];
        for (int j = 0; j < a.length; j++) {
            for (int l = 0; l < AXES; l++) {
                v[j][l] = g[j] * (a[j][l] - mean[l]);
            }
        }
        return v;
    }

    @Override
    public Cases<Pairs> cases(Values values) {
        return Cases.random(
                        60,
                        Combinators.combine(
                                        integers().between(2, 3),
                                        integers().between(1, 4),
                                        integers().between(4, 9))
                                .flatAs((d, n, m) ->
                                        Combinators.combine(
                                                        Points.in(n, d, 1.5),
                                                        Points.general(m, d, 1.5))
                                                .as(Pairs::new)))
                .hitting("fewer queries than keys", 0.3, p -> p.q().length < p.k().length);
    }

    /// The largest distance of attention from the library's projection, which also takes the mean
    /// feature off: that part is the same for all queries before the division.
    @Override
    public double statistic(Values values, Pairs p) {
        KernelPca pca = KernelPca.of(new ExpDot(), Array.matrix(p.k()), AXES);
        int m = p.k().length;
        double[][] keys = Pairs.gram(new ExpDot(), p.k(), p.k());
        double[][] across = p.gram(new ExpDot());
        double[] g = new double[m];
        double[][] axes = new double[m][AXES];
        for (int j = 0; j < m; j++) {
            for (double k : keys[j]) {
                g[j] += k;
            }
            for (int l = 0; l < AXES; l++) {
                axes[j][l] = pca.axes().get(j, l);
            }
        }
        double[][] v = values.of(axes, g);
        Array projected = pca.project(Array.matrix(p.q()));
        Array origin = pca.project(Array.matrix(p.k()));
        double worst = 0;
        for (int l = 0; l < AXES; l++) {
            // What the projections of the keys say of the mean feature: their mean is 0.
            double mean = 0;
            for (int j = 0; j < m; j++) {
                mean += (Matrices.dot(keys[j], column(axes, l)) - origin.get(j, l)) / m;
            }
            for (int i = 0; i < p.q().length; i++) {
                double gq = 0;
                for (double k : across[i]) {
                    gq += k;
                }
                double attended = 0;
                for (int j = 0; j < m; j++) {
                    attended += across[i][j] / (gq * g[j]) * v[j][l];
                }
                double should = (projected.get(i, l) + mean) / gq;
                worst = Math.max(worst, Math.abs(attended - should));
            }
        }
        return worst;
    }

    private static double[] column(double[][] a, int l) {
        double[] c = new double[a.length];
        for (int j = 0; j < c.length; j++) {
            c[j] = a[j][l];
        }
        return c;
    }

    /// Kernel values are at most `exp(1.5² √3) < 50`, axes have length at most `1/√λ` with λ ≥
    /// 10⁻¹⁰ of the largest eigenvalue; sums of m ≤ 9 terms, twice.
    @Override
    public Tolerance<Values, Pairs> tolerance() {
        return Tolerance.bound(
                (values, p) -> {
                    KernelPca pca = KernelPca.of(new ExpDot(), Array.matrix(p.k()), AXES);
                    double most = 0;
                    for (int j = 0; j < p.k().length; j++) {
                        for (int l = 0; l < AXES; l++) {
                            most = Math.max(most, Math.abs(pca.axes().get(j, l)));
                        }
                    }
                    int m = p.k().length;
                    return Tolerance.Rounding.gamma(64 * m, Tolerance.Rounding.DOUBLE)
                            * 50
                            * m
                            * most
                            * 8;
                },
                "the roundings of sums over keys of kernel values below 50 times the coefficients of the axes");
    }

    @Override
    public List<Mutant<Values>> mutants() {
        return List.of(
                Mutant.of(
                        "values without g",
                        "weights normalised by the query only",
                        (axes, g) -> {
                            double[] one = new double[g.length];
                            Arrays.fill(one, 1);
                            return values(axes, one, true);
                        }),
                Mutant.of(
                        "the values of two keys exchanged",
                        "trained values: nothing makes them those of their keys",
                        (axes, g) -> {
                            double[][] v = values(axes, g, true);
                            double[] first = v[0];
                            v[0] = v[1];
                            v[1] = first;
                            return v;
                        }));
    }
}
