package nonmercer.proofs.kernel;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.linalg.Transpose;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// For `f = Σⱼ aⱼ κ(·, yⱼ)` and `g = Σᵢ bᵢ κ(xᵢ, ·)` the pairing is `⟨f, g⟩ = bᵀ K a`. The kernel
/// is asymmetric, so that a transposed Gram matrix shows.
final class PairingReproducesSections
        implements Claim<PairingReproducesSections.Form, PairingReproducesSections.Case> {
    /// `⟨f, g⟩` of the expansions with centres `y`, coefficients `a`, and centres `x`, coefficients
    /// `b`.
    interface Form {
        double of(Kernel kernel, double[][] x, double[] b, double[][] y, double[] a);
    }

    /// `κ = exp(xᵀ A y)`, centres and coefficients.
    record Case(double[][] form, double[][] x, double[][] y, double[][] b, double[][] a) {
        Kernel kernel() {
            return Towers.of(form);
        }
    }

    @Override
    public String id() {
        return "C7";
    }

    @Override
    public String statement() {
        return "for all f = Σ aⱼ κ(·, yⱼ), g = Σ bᵢ κ(xᵢ, ·): ⟨f, κ(x, ·)⟩ = f(x), ⟨κ(·, y), g⟩ = g(y), ⟨f, g⟩ = Σ bᵢ"
                + " f(xᵢ) = Σ aⱼ g(yⱼ),"
                + " whichever way f is written";
    }

    @Override
    public Source source() {
        return Source.of(
                "Lin, Zhang & Zhang 2019 (arXiv:1901.01002)",
                "Definition 2.2; Wright & Gonzalez 2021, Definition 1");
    }

    @Override
    public String assumes() {
        return "the feature maps are those of the kernel (K18)";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Form>> subjects() {
        return List.of(
                Subject.of(
                        "bᵀ K a with the library's Gram matrix",
                        (kernel, x, b, y, a) -> {
                            Tensor gram =
                                    Gram.of(
                                            kernel,
                                            Tensor.of(Array.matrix(x)),
                                            Tensor.of(Array.matrix(y)),
                                            Pass.evaluation());
                            Tensor row = Tensor.of(Array.matrix(b));
                            return row.matmul(gram)
                                    .matmul(Tensor.of(Array.matrix(a)), Transpose.TRANSPOSED)
                                    .item();
                        }));
    }

    @Override
    public Cases<Case> cases(Form form) {
        return Cases.random(
                        150,
                        Combinators.combine(
                                        integers().between(1, 3),
                                        integers().between(1, 6),
                                        integers().between(1, 7))
                                .flatAs((d, n, m) ->
                                        Combinators.combine(
                                                        Points.in(d, d, 0.6),
                                                        Points.in(n, d, 2),
                                                        Points.in(m, d, 2),
                                                        Points.in(1, n, 2),
                                                        Points.in(1, m, 2))
                                                .as(Case::new)))
                .hitting(
                        "asymmetric, d ≥ 2",
                        0.5,
                        c ->
                                c.form.length >= 2
                                        && !Arrays.deepEquals(c.form, Towers.transposed(c.form)))
                .hitting("n ≠ m", 0.5, c -> c.x.length != c.y.length);
    }

    @Override
    public double statistic(Form form, Case c) {
        Kernel kernel = c.kernel();
        double[] a = c.a[0];
        double[] b = c.b[0];
        double[] fx = values(kernel, c.x, c.y, a);
        double[] gy = new double[c.y.length];
        for (int j = 0; j < gy.length; j++) {
            for (int i = 0; i < b.length; i++) {
                gy[j] += b[i] * kernel.at(c.x[i], c.y[j]);
            }
        }
        double whole = form.of(kernel, c.x, b, c.y, a);
        double worst = Math.max(Math.abs(whole - dot(b, fx)), Math.abs(whole - dot(a, gy)));
        worst = Math.max(worst, Math.abs(whole - form.of(kernel, c.x, b, split(c.y), split(a))));
        for (int i = 0; i < c.x.length; i++) {
            double[][] one = {c.x[i]};
            worst =
                    Math.max(
                            worst,
                            Math.abs(form.of(kernel, one, new double[] {1}, c.y, a) - fx[i]));
        }
        for (int j = 0; j < c.y.length; j++) {
            double[][] one = {c.y[j]};
            worst =
                    Math.max(
                            worst,
                            Math.abs(form.of(kernel, c.x, b, one, new double[] {1}) - gy[j]));
        }
        return worst;
    }

    /// `f(xᵢ)`.
    private static double[] values(Kernel kernel, double[][] x, double[][] y, double[] a) {
        double[] f = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < y.length; j++) {
                f[i] += a[j] * kernel.at(x[i], y[j]);
            }
        }
        return f;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /// The last centre twice.
    private static double[][] split(double[][] y) {
        double[][] twice = Arrays.copyOf(y, y.length + 1);
        twice[y.length] = y[y.length - 1];
        return twice;
    }

    /// The last coefficient in two parts, `3 a` and `-2 a`.
    private static double[] split(double[] a) {
        double[] parts = Arrays.copyOf(a, a.length + 1);
        parts[a.length] = -2 * a[a.length - 1];
        parts[a.length - 1] *= 3;
        return parts;
    }

    @Override
    public Tolerance<Form, Case> tolerance() {
        return Tolerance.bound(
                (form, c) -> {
                    Kernel kernel = c.kernel();
                    double sum = 0;
                    for (int i = 0; i < c.x.length; i++) {
                        for (int j = 0; j < c.y.length; j++) {
                            Enclosure k =
                                    Enclosure.of(kernel, c.x[i], c.y[j], Tolerance.Rounding.DOUBLE);
                            double gamma =
                                    Tolerance.Rounding.gamma(
                                            c.x.length + c.y.length + 4, Tolerance.Rounding.DOUBLE);
                            double weight =
                                    Math.max(1, Math.abs(c.b[0][i]))
                                            * Math.max(1, Math.abs(c.a[0][j]));
                            sum += weight * (2 * k.error() + 2 * gamma * Math.abs(k.value()));
                        }
                    }
                    return 5 * sum;
                },
                "Σ max(1, |bᵢ|) max(1, |aⱼ|) of the roundings of κ(xᵢ, yⱼ) and of n + m sums, both ways; 5 times, for"
                        + " a coefficient"
                        + " written as 3 - 2");
    }

    @Override
    public List<Mutant<Form>> mutants() {
        return List.of(
                Mutant.of(
                        "κ(y, x) for κ(x, y)",
                        "folklore",
                        (kernel, x, b, y, a) -> sum(b, a, (i, j) -> kernel.at(y[j], x[i]))),
                Mutant.of(
                        "transposed Gram matrix",
                        "folklore",
                        (kernel, x, b, y, a) ->
                                sum(b, a, (i, j) -> kernel.at(x[j % x.length], y[i % y.length]))),
                Mutant.of(
                        "symmetrised Gram matrix",
                        "folklore",
                        (kernel, x, b, y, a) ->
                                sum(
                                        b,
                                        a,
                                        (i, j) ->
                                                (kernel.at(x[i], y[j]) + kernel.at(y[j], x[i]))
                                                        / 2)),
                Mutant.of(
                        "a repeated centre counted once",
                        "folklore",
                        (kernel, x, b, y, a) ->
                                sum(
                                        b,
                                        a,
                                        (i, j) ->
                                                j > 0 && Arrays.equals(y[j], y[j - 1])
                                                        ? 0
                                                        : kernel.at(x[i], y[j]))));
    }

    private interface Entry {
        double at(int i, int j);
    }

    private static double sum(double[] b, double[] a, Entry k) {
        double sum = 0;
        for (int i = 0; i < b.length; i++) {
            for (int j = 0; j < a.length; j++) {
                sum += b[i] * k.at(i, j) * a[j];
            }
        }
        return sum;
    }
}
