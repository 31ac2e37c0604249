package nonmercer.proofs.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.attention.Attention;
import nonmercer.attention.Denominator;
import nonmercer.attention.Mask;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Evidence;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Trait;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.Tolerance;

/// Attention with a kernel, as a function: what the laws of attention are tested on.
record Attending(Candidate kernel, Form form) {
    /// `q [b, h, n, d]`, `k [b, h, m, d']`, `v [b, h, m, e]` → `[b, h, n, e]`.
    interface Form {
        Tensor of(Kernel kernel, Tensor q, Tensor k, Tensor v, Mask mask);
    }

    /// The library's attention with this kernel.
    static Optional<Attending> of(Candidate kernel) {
        return Optional.of(
                new Attending(
                        kernel,
                        kernel.attention().isEmpty()
                                ? Attending::attend
                                : (typed, q, k, v, mask) ->
                                        kernel.attention()
                                                .get()
                                                .with(typed)
                                                .apply(q, k, v, mask, Pass.evaluation())));
    }

    /// A wrong attention with `ExpDot`.
    static Attending wrong(Form form) {
        return new Attending(Candidate.of(new ExpDot()), form);
    }

    /// Attention as the library does it with this kernel, `[b, h, n, e]`.
    static Tensor attend(Kernel kernel, Tensor q, Tensor k, Tensor v, Mask mask) {
        return attention(kernel).apply(q, k, v, mask, Pass.evaluation());
    }

    /// Kernels that take negative values are divided by the sum of the weights as it is.
    static Attention attention(Kernel kernel) {
        return kernel.traits().of(Trait.NON_NEGATIVE) instanceof Evidence.Refuted
                ? Attention.of(kernel, new Denominator.Signed(0))
                : Attention.of(kernel);
    }

    /// The output `[n][e]` for one sequence and one head.
    double[][] of(Scene s, Mask mask, DType dtype) {
        return of(List.of(s), mask, dtype)[0];
    }

    /// The outputs `[b][n][e]` for sequences of one shape.
    double[][][] of(List<Scene> batch, Mask mask, DType dtype) {
        Tensor out =
                form.of(
                        ParameterTree.freshCopy(kernel.kernel(), dtype),
                        stacked(batch.stream().map(Scene::q).toList(), dtype),
                        stacked(batch.stream().map(Scene::k).toList(), dtype),
                        stacked(batch.stream().map(Scene::v).toList(), dtype),
                        mask);
        double[][][] result = new double[batch.size()][out.dim(2)][out.dim(3)];
        for (int b = 0; b < result.length; b++) {
            for (int i = 0; i < result[b].length; i++) {
                for (int l = 0; l < result[b][i].length; l++) {
                    result[b][i][l] = out.value().get(b, 0, i, l);
                }
            }
        }
        return result;
    }

    private static Tensor stacked(List<double[][]> matrices, DType dtype) {
        int rows = matrices.getFirst().length;
        int columns = matrices.getFirst()[0].length;
        double[] all = new double[matrices.size() * rows * columns];
        int at = 0;
        for (double[][] matrix : matrices) {
            for (double[] row : matrix) {
                System.arraycopy(row, 0, all, at, columns);
                at += columns;
            }
        }
        return Tensor.of(Array.of(Shape.of(matrices.size(), 1, rows, columns), all).cast(dtype));
    }

    /// The definition: `outᵢ = Σⱼ k(qᵢ, kⱼ) vⱼ / Σⱼ k(qᵢ, kⱼ)` over the keys seen, zeros where that
    /// sum is 0.
    double[] definition(Scene s, Mask mask, int i) {
        return definition(s, mask, i, new double[s.k().length]);
    }

    /// The definition with weights `k(qᵢ, kⱼ) e^bⱼ`.
    double[] definition(Scene s, Mask mask, int i, double[] bias) {
        double[] out = new double[s.v()[0].length];
        double sum = 0;
        for (int j = 0; j < s.k().length; j++) {
            if (mask.sees(0, i, s.q().length, j, s.k().length)) {
                double w = kernel.kernel().at(s.q()[i], s.k()[j]) * Math.exp(bias[j]);
                sum += w;
                for (int l = 0; l < out.length; l++) {
                    out[l] += w * s.v()[j][l];
                }
            }
        }
        for (int l = 0; l < out.length; l++) {
            out[l] = sum == 0 ? 0 : out[l] / sum;
        }
        return out;
    }

    /// How far two computations of row `i` in this precision can differ, in the largest coordinate.
    ///
    /// Weight `j` is off by the roundings `eⱼ` of the kernel's formula, and in log form by those of
    /// the largest logarithm, subtracted before the exponential. Numerator and denominator are off
    /// by `ε = Σ eⱼ + γ Σ|kⱼ|` for values of size 1, `γ` for two sums of `m` terms and a quotient;
    /// so the quotient `N/S` by `ε (1 + |N/S|) / (|S| - ε)`. Twice, for two computations.
    double rounding(Scene s, Mask mask, int i, double unit) {
        return rounding(s, mask, i, unit, new double[s.k().length]);
    }

    /// The same with weights `k(qᵢ, kⱼ) e^bⱼ`, whose logarithms are larger by `|bⱼ|` at most.
    double rounding(Scene s, Mask mask, int i, double unit, double[] bias) {
        int m = s.k().length;
        List<Enclosure> seen = new ArrayList<>();
        double log = 0;
        for (int j = 0; j < m; j++) {
            if (mask.sees(0, i, s.q().length, j, m)) {
                Enclosure k = Enclosure.of(kernel.kernel(), s.q()[i], s.k()[j], unit);
                double by = Math.exp(bias[j]);
                seen.add(new Enclosure(k.value() * by, k.error() * by));
                double own = k.value() > 0 ? Math.abs(Math.log(k.value())) : 0;
                log = Math.max(log, own + Math.abs(bias[j]));
            }
        }
        return rounding(seen, log, size(s.v()), unit);
    }

    /// The same for weights that are known up to errors, whose logarithms are at most so large, and
    /// values of at most this size.
    static double rounding(List<Enclosure> seen, double log, double size, double unit) {
        int m = seen.size();
        double sum = 0;
        double sizes = 0;
        double off = 0;
        for (Enclosure k : seen) {
            sum += k.value();
            sizes += Math.abs(k.value());
            off += k.error() + 8 * unit * (1 + log) * Math.abs(k.value());
        }
        off += Tolerance.Rounding.gamma(2 * m + 8, unit) * sizes;
        if (off == 0) {
            return 0;
        }
        double least = Math.abs(sum) - off;
        return least > 0 ? 2 * size * off * (1 + sizes / least) / least : Double.POSITIVE_INFINITY;
    }

    static double size(double[][] v) {
        double most = 0;
        for (double[] row : v) {
            for (double each : row) {
                most = Math.max(most, Math.abs(each));
            }
        }
        return most;
    }
}
