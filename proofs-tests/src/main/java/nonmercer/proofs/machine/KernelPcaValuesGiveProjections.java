package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.attention.Attention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
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
        implements Claim<KernelPcaValuesGiveProjections.Attended, Pairs> {
    private static final int AXES = 2;

    /// What attention gives the queries, `[n, axes]`, with values made of the kernel PCA of the
    /// keys.
    interface Attended {
        double[][] of(KernelPca pca, Pairs p);
    }

    @Override
    public String id() {
        return "L4";
    }

    @Override
    public String statement() {
        return "for all queries q and keys k, with g(x) = Σⱼ κ(x, kⱼ) and the axes Σⱼ aⱼₗ φ̃(kⱼ) of a kernel PCA of the keys: attention with the values vⱼ = g(kⱼ) (aⱼ - mean a) and the weights κ(q, kⱼ)/(g(q) g(kⱼ)), so with the weights κ(q, kⱼ)/g(q) and the values vⱼ/g(kⱼ), is the projection of φ(q)/g(q) on the axes";
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
    public List<Subject<Attended>> subjects() {
        return List.of(
                Subject.of(
                        "Attention on KernelPca",
                        (pca, p) -> attend(new ExpDot(), p, values(pca, true))));
    }

    /// `aⱼ - mean a`: what attention, which divides by `g(q)` itself, is given for `vⱼ/g(kⱼ)`.
    private static double[][] values(KernelPca pca, boolean centred) {
        double[][] v = Matrices.rows(pca.axes());
        double[] mean = new double[AXES];
        for (double[] row : v) {
            for (int l = 0; l < AXES; l++) {
                mean[l] += centred ? row[l] / v.length : 0;
            }
        }
        for (double[] row : v) {
            for (int l = 0; l < AXES; l++) {
                row[l] -= mean[l];
            }
        }
        return v;
    }

    private static double[][] attend(Kernel kernel, Pairs p, double[][] values) {
        return Matrices.rows(
                Attention.of(kernel)
                        .apply(
                                fourfold(p.q()),
                                fourfold(p.k()),
                                fourfold(values),
                                Mask.none(),
                                Pass.evaluation())
                        .reshape(p.q().length, AXES)
                        .value());
    }

    private static Tensor fourfold(double[][] x) {
        return Tensor.of(Array.matrix(x)).reshape(1, 1, x.length, x[0].length);
    }

    @Override
    public Cases<Pairs> cases(Attended attended) {
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
    public double statistic(Attended attention, Pairs p) {
        KernelPca pca = KernelPca.of(new ExpDot(), Array.matrix(p.k()), AXES);
        int m = p.k().length;
        double[][] keys = Pairs.gram(new ExpDot(), p.k(), p.k());
        double[][] across = p.gram(new ExpDot());
        double[][] axes = Matrices.rows(pca.axes());
        double[][] attended = attention.of(pca, p);
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
                double g = 0;
                for (double k : across[i]) {
                    g += k;
                }
                double should = (projected.get(i, l) + mean) / g;
                worst = Math.max(worst, Math.abs(attended[i][l] - should));
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
    public Tolerance<Attended, Pairs> tolerance() {
        return Tolerance.bound(
                (attended, p) -> {
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
    public List<Mutant<Attended>> mutants() {
        return List.of(
                Mutant.of(
                        "values divided by g(k) once more",
                        "weights normalised by the keys too, which the values already account for",
                        (pca, p) -> {
                            double[][] v = values(pca, true);
                            double[][] keys = Pairs.gram(new ExpDot(), p.k(), p.k());
                            for (int j = 0; j < v.length; j++) {
                                double g = 0;
                                for (double k : keys[j]) {
                                    g += k;
                                }
                                for (int l = 0; l < AXES; l++) {
                                    v[j][l] /= g;
                                }
                            }
                            return attend(new ExpDot(), p, v);
                        }),
                Mutant.of(
                        "the values of two keys exchanged",
                        "trained values: nothing makes them those of their keys",
                        (pca, p) -> {
                            double[][] v = values(pca, true);
                            double[] first = v[0];
                            v[0] = v[1];
                            v[1] = first;
                            return attend(new ExpDot(), p, v);
                        }),
                Mutant.of(
                        "attention with another kernel than the kernel PCA",
                        "exp(-‖q-k‖²/√d) for exp(q·k/√d)",
                        (pca, p) -> attend(new Gauss(), p, values(pca, true))));
    }
}
