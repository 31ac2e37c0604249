package nonmercer.attention;

import java.util.Optional;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Evidence;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Trait;

/// `outᵢ = Σⱼ k(qᵢ, kⱼ) vⱼ / Σⱼ k(qᵢ, kⱼ)`: attention with any kernel (Wright & Gonzalez 2021,
/// section 5).
///
/// `kernel` says what is computed, `evaluation` how: fused, in tiles and without a matrix of all
/// pairs, or by the definition. Both are exact; in log form, `softmax(ln k)`, where the kernel has
/// one (nothing overflows), else by the quotient of the sums. A row whose weights sum to zero,
/// because the query sees no key or every seen weight is zero, gives zeros.
public record Attention(Kernel kernel, Evaluation evaluation) {
    /// How an attention is computed.
    public enum Evaluation {
        /// In tiles of queries and keys, with memory linear in both (Dao et al. 2022).
        FUSED,
        /// Through the matrix of all pairs: the definition.
        DEFINITION
    }

    /// Refuses a kernel that is known to take negative values: the row sum it is divided by could
    /// then be zero or change sign.
    public Attention {
        if (kernel.traits().of(Trait.NON_NEGATIVE) instanceof Evidence.Refuted r) {
            throw new IllegalArgumentException(
                    "attention divides by the sum of the weights, which must not vanish; "
                            + kernel.name()
                            + " takes negative values ("
                            + r.reason()
                            + "). Use a non-negative kernel, such as its square");
        }
    }

    /// Attention with this kernel, fused.
    public static Attention of(Kernel kernel) {
        return new Attention(kernel, Evaluation.FUSED);
    }

    /// Attention by the definition, through the matrix of all pairs.
    public static Attention unfused(Kernel kernel) {
        return new Attention(kernel, Evaluation.DEFINITION);
    }

    /// The weighted means of the values: `q [b, h, n, d]`, `k [b, h, m, d]`, `v [b, h, m, e]` →
    /// `[b, h, n, e]`.
    public Tensor apply(Tensor q, Tensor k, Tensor v, Mask mask, Pass pass) {
        if (v.rank() != 4 || v.dim(0) != k.dim(0) || v.dim(1) != k.dim(1) || v.dim(2) != k.dim(2)) {
            throw new IllegalArgumentException(
                    "attention takes a value [batch, heads, m, e] for each key"
                            + " [batch, heads, m, d], got values "
                            + v.shape()
                            + " for keys "
                            + k.shape());
        }
        check(q, k);
        mask.check(v.dim(0), v.dim(2));
        return switch (evaluation) {
            case FUSED -> Compiled.of(kernel, q, k, pass).apply(v, mask, pass);
            case DEFINITION -> weights(q, k, mask, pass).matmul(v);
        };
    }

    /// The row-normalised weights `[b, h, n, m]`: each row sums to 1, or is zero.
    public Tensor weights(Tensor q, Tensor k, Mask mask, Pass pass) {
        check(q, k);
        Optional<Tensor> log = Gram.log(kernel, q, k, pass);
        return log.isPresent()
                ? weights(log.get(), true, mask)
                : weights(Gram.of(kernel, q, k, pass), false, mask);
    }

    /// The row-normalised weights from the values of the kernel, or from their logarithms.
    static Tensor weights(Tensor scores, boolean log, Mask mask) {
        return log
                ? hide(scores, mask, Double.NEGATIVE_INFINITY).softmax()
                : hide(scores, mask, 0).normalizeRows();
    }

    /// What is hidden is replaced, not added to: no number in the padding, be it infinite, leaves a
    /// trace.
    private static Tensor hide(Tensor scores, Mask mask, double hidden) {
        return mask instanceof Mask.None ? scores : scores.where(mask.table(scores), hidden);
    }

    private static void check(Tensor q, Tensor k) {
        if (q.rank() != 4 || k.rank() != 4) {
            throw new IllegalArgumentException(
                    "attention takes queries [batch, heads, n, d] and keys"
                            + " [batch, heads, m, d], got "
                            + q.shape()
                            + " and "
                            + k.shape());
        }
        if (q.dim(0) != k.dim(0) || q.dim(1) != k.dim(1)) {
            throw new IllegalArgumentException(
                    "attention: the batch or the heads of queries "
                            + q.shape()
                            + " and keys "
                            + k.shape()
                            + " differ");
        }
    }

    /// What will run for these shapes, and at what cost.
    public Plan plan(Shape q, Shape k, Shape v) {
        return Plan.exact(this, q, k, v);
    }
}
