package nonmercer.attention;

import java.util.Optional;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Evidence;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Trait;
import nonmercer.random.RandomStream;

/// `outᵢ = Σⱼ k(qᵢ, kⱼ) vⱼ / Σⱼ k(qᵢ, kⱼ)`: attention with any kernel (Wright & Gonzalez 2021,
/// section 5).
///
/// `kernel` says what is computed, `evaluation` how: fused, in tiles and without a matrix of all
/// pairs, or by the definition. Both are exact; what is exponential in a kernel is taken relative
/// to the largest exponent of the row, so that nothing overflows. A row whose weights sum to zero,
/// because the query sees no key or every seen weight is zero, gives zeros.
///
/// @param kernel what is computed
/// @param evaluation how
/// @param denominator what is divided by, for kernels with negative values
/// @param dropout the probability, in training, that a weight is dropped after the division
public record Attention(
        Kernel kernel, Evaluation evaluation, Denominator denominator, double dropout) {
    /// How an attention is computed.
    public enum Evaluation {
        /// In tiles of queries and keys, with memory linear in both (Dao et al. 2022).
        FUSED,
        /// Through the matrix of all pairs: the definition.
        DEFINITION
    }

    /// Refuses a kernel that is known to take negative values, unless a denominator is named that
    /// says what is meant: the row sum could be zero or change sign.
    public Attention {
        if (denominator instanceof Denominator.Refuse
                && kernel.traits().of(Trait.NON_NEGATIVE) instanceof Evidence.Refuted r) {
            throw new IllegalArgumentException(
                    "attention divides by the sum of the weights, which must not vanish; "
                            + kernel.name()
                            + " takes negative values ("
                            + r.reason()
                            + "). Use a non-negative kernel, such as its square, or name a denominator:"
                            + " Denominator.Signed, Absolute or None");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException(
                    "the dropout of the weights must be in [0, 1), got " + dropout);
        }
    }

    /// Attention with this kernel, fused.
    public static Attention of(Kernel kernel) {
        return of(kernel, new Denominator.Refuse());
    }

    /// Attention with this kernel, which may take negative values, fused.
    public static Attention of(Kernel kernel, Denominator denominator) {
        return new Attention(kernel, Evaluation.FUSED, denominator, 0);
    }

    /// Attention by the definition, through the matrix of all pairs.
    public static Attention unfused(Kernel kernel) {
        return of(kernel).with(Evaluation.DEFINITION);
    }

    /// The same, computed in another way.
    public Attention with(Evaluation other) {
        return new Attention(kernel, other, denominator, dropout);
    }

    /// The same with another kernel.
    public Attention with(Kernel other) {
        return new Attention(other, evaluation, denominator, dropout);
    }

    /// The same with another dropout of the weights.
    public Attention withDropout(double rate) {
        return new Attention(kernel, evaluation, denominator, rate);
    }

    /// The weighted means of the values: `q [b, h, n, d]`, `k [b, h, m, d]`, `v [b, h, m, e]` →
    /// `[b, h, n, e]`.
    public Tensor apply(Tensor q, Tensor k, Tensor v, Mask mask, Pass pass) {
        return apply(q, k, v, mask, Bias.none(), pass);
    }

    /// The weighted means of the values, with a bias: `q [b, h, n, d]`, `k [b, h', m, d']`, `v [b,
    /// h', m, e]` → `[b, h, n, e]`. Where `h = g h'`, heads `g i … g i + g − 1` of the queries read
    /// head `i` of keys and values, which is not copied.
    public Tensor apply(Tensor q, Tensor k, Tensor v, Mask mask, Bias bias, Pass pass) {
        if (v.rank() != 4 || v.dim(0) != k.dim(0) || v.dim(1) != k.dim(1) || v.dim(2) != k.dim(2)) {
            throw new IllegalArgumentException(
                    "attention takes a value [batch, heads, m, e] for each key"
                            + " [batch, heads, m, d], got values "
                            + v.shape()
                            + " for keys "
                            + k.shape());
        }
        check(q, k);
        mask.check(v.dim(0), q.dim(2), v.dim(2));
        Optional<Tensor> added = bias.tensor(scores(q, k), q.dtype());
        Optional<RandomStream> coins = dropout > 0 ? pass.draw() : Optional.empty();
        return switch (evaluation) {
            case FUSED -> Compiled.of(this, q, k, pass).apply(v, mask, added, coins, pass);
            case DEFINITION -> new Definition(this, mask, coins).apply(q, k, v, added, pass);
        };
    }

    /// The weights `[b, h, n, m]` that the values are multiplied with: each row sums to 1, or is
    /// zero, unless the denominator says otherwise.
    public Tensor weights(Tensor q, Tensor k, Mask mask, Pass pass) {
        return weights(q, k, mask, Bias.none(), pass);
    }

    /// The weights with a bias.
    public Tensor weights(Tensor q, Tensor k, Mask mask, Bias bias, Pass pass) {
        check(q, k);
        return new Definition(this, mask, Optional.empty())
                .weights(q, k, bias.tensor(scores(q, k), q.dtype()), pass);
    }

    private static Shape scores(Tensor q, Tensor k) {
        return Shape.of(q.dim(0), q.dim(1), q.dim(2), k.dim(2));
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
        if (q.dim(0) != k.dim(0) || k.dim(1) == 0 || q.dim(1) % k.dim(1) != 0) {
            throw new IllegalArgumentException(
                    "attention: the batches of queries "
                            + q.shape()
                            + " and keys "
                            + k.shape()
                            + " must be one, and the heads of the queries a multiple of those of the keys");
        }
    }

    /// What will run for these shapes, and at what cost.
    public Plan plan(Shape q, Shape k, Shape v) {
        return plan(q, k, v, Mask.none(), Bias.none());
    }

    /// What will run for these shapes under a mask and with a bias, and at what cost.
    public Plan plan(Shape q, Shape k, Shape v, Mask mask, Bias bias) {
        return Plan.exact(this, q, k, v, mask, bias);
    }
}
