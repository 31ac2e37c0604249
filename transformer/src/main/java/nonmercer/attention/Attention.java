package nonmercer.attention;

import java.util.Optional;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Evidence;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Trait;

/// `outᵢ = Σⱼ k(qᵢ, kⱼ) vⱼ / Σⱼ k(qᵢ, kⱼ)`: attention with any kernel (Wright & Gonzalez 2021, section 5).
///
/// `kernel` says what is computed. How: exactly, through the matrix of all pairs; in log form, `softmax(ln k)`, where the
/// kernel has one (nothing overflows), else by the quotient of the sums. A row whose weights sum to zero, because the
/// query sees no key or every seen weight is zero, gives zeros.
public record Attention(Kernel kernel) {
    /// Attention with this kernel, evaluated exactly.
    ///
    /// @throws IllegalArgumentException if the kernel is known to take negative values: the row sum it is divided by could
    ///     then be zero or change sign
    public static Attention of(Kernel kernel) {
        if (kernel.traits().of(Trait.NON_NEGATIVE) instanceof Evidence.Refuted r) {
            throw new IllegalArgumentException("attention divides by the sum of the weights, which must not vanish; "
                    + kernel.name() + " takes negative values (" + r.reason() + "). Use a non-negative kernel, such as its square");
        }
        return new Attention(kernel);
    }

    /// The weighted means of the values: `q [b, h, n, d]`, `k [b, h, m, d]`, `v [b, h, m, e]` → `[b, h, n, e]`.
    public Tensor apply(Tensor q, Tensor k, Tensor v, Mask mask, Pass pass) {
        if (v.dim(-2) != k.dim(-2)) {
            throw new IllegalArgumentException(
                    "attention: there are " + k.dim(-2) + " keys and " + v.dim(-2) + " values: " + k.shape() + " and " + v.shape());
        }
        return weights(q, k, mask, pass).matmul(v);
    }

    /// The row-normalised weights `[b, h, n, m]`: each row sums to 1, or is zero.
    public Tensor weights(Tensor q, Tensor k, Mask mask, Pass pass) {
        check(q, k);
        Optional<Tensor> log = Gram.log(kernel, q, k, pass);
        return log.isPresent()
                ? hide(log.get(), mask, 0, Double.NEGATIVE_INFINITY).softmax()
                : hide(Gram.of(kernel, q, k, pass), mask, 1, 0).normalizeRows();
    }

    private static Tensor hide(Tensor scores, Mask mask, double seen, double hidden) {
        if (mask instanceof Mask.None) {
            return scores;
        }
        Tensor table = Tensor.of(
                mask.table(scores.dtype(), scores.dim(0), scores.dim(-2), scores.dim(-1), seen, hidden));
        return seen == 0 ? scores.add(table) : scores.mul(table);
    }

    private static void check(Tensor q, Tensor k) {
        if (q.rank() != 4 || k.rank() != 4) {
            throw new IllegalArgumentException("attention takes queries [batch, heads, n, d] and keys [batch, heads, m, d], got "
                    + q.shape() + " and " + k.shape());
        }
        if (q.dim(0) != k.dim(0) || q.dim(1) != k.dim(1) || q.dim(3) != k.dim(3)) {
            throw new IllegalArgumentException(
                    "attention: batch, heads and width of queries " + q.shape() + " and keys " + k.shape() + " differ");
        }
    }

    /// What will run for these shapes, and at what cost.
    public Plan plan(Shape q, Shape k, Shape v) {
        return Plan.exact(kernel, q, k, v);
    }
}
