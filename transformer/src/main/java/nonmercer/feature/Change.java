package nonmercer.feature;

import nonmercer.array.Array;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// The change of coordinates of a preconditioner, and the `A` of optimal features: fitted to scaled
/// queries and keys, each number with the outer axes of the data.
///
/// @param b the mean of the queries, `[…, 1, d]`
/// @param c the mean of the keys
/// @param psi `Ψ`
/// @param optimal `A`, `[…, 1, 1]`
record Change(
        @Nullable Tensor b, @Nullable Tensor c, @Nullable Tensor psi, @Nullable Tensor optimal) {
    /// Less than any sum of squares that is not zero; `Ψ` may be any positive number.
    private static final double TINY = 1e-30;

    /// A row in its new coordinates, and the logarithm of the factor that keeps the kernel.
    record Point(Tensor x, @Nullable Tensor log) {}

    /// Nothing changes.
    static Change none(RandomFeatures f) {
        return new Change(
                null,
                null,
                null,
                f.component() instanceof Component.OptimalPositive o
                        ? Tensor.of(Array.vector(o.a()))
                        : null);
    }

    static Change fit(RandomFeatures f, Tensor x, Tensor y) {
        Preconditioner p = f.preconditioner();
        Tensor b = null;
        Tensor c = null;
        Tensor psi = null;
        if (p.centres()) {
            b = mean(x);
            c = mean(y);
            x = x.sub(b);
            y = y.sub(c);
        }
        if (p.rescales()) {
            psi = mean(y.square()).plus(TINY).div(mean(x.square()).plus(TINY)).sqrt().sqrt();
            x = x.mul(psi);
            y = y.div(psi);
        }
        Tensor a = null;
        if (f.component() instanceof Component.OptimalPositive o) {
            a = o.adaptive() ? best(x, y) : Tensor.of(Array.vector(o.a()));
        }
        return new Change(b, c, psi, a);
    }

    /// The mean over the rows, `[…, 1, d]`.
    private static Tensor mean(Tensor x) {
        return x.sumTo(x.shape().with(-2, 1)).scale(1.0 / x.dim(-2));
    }

    /// `A*` at the mean of `‖x + y‖²` over all pairs: a choice that leaves the kernel as it is, so
    /// a constant to the gradient.
    private static Tensor best(Tensor x, Tensor y) {
        Tensor mx = mean(x.detach());
        Tensor my = mean(y.detach());
        Tensor z =
                mean(x.detach().square())
                        .add(mean(y.detach().square()))
                        .add(mx.mul(my).scale(2))
                        .sum(-1); // [..., 1]
        double[] all = z.value().toDoubles();
        int d = x.dim(-1);
        for (int i = 0; i < all.length; i++) {
            all[i] = Component.OptimalPositive.best(d, all[i]);
        }
        Array a = Array.of(z.shape().append(1), all).cast(z.dtype());
        return Tensor.of(a);
    }

    /// `A` in the element type and rank of the features.
    Tensor a() {
        if (optimal == null) {
            throw new IllegalStateException("only optimal positive features have an A");
        }
        return optimal;
    }

    /// `Ψ(x − b)` and `c·x − b·c`, without which the kernel would lack the factor `exp(c·x)`.
    Point query(Tensor x) {
        Tensor log = b == null || c == null ? null : dot(x.sub(b), c);
        return new Point(moved(x, b, psi), log);
    }

    /// `Ψ⁻¹(y − c)` and `b·y`.
    Point key(Tensor y) {
        Tensor log = b == null ? null : dot(y, b);
        Tensor inverse = psi == null ? null : psi.reciprocal();
        return new Point(moved(y, c, inverse), log);
    }

    private static Tensor moved(Tensor x, @Nullable Tensor by, @Nullable Tensor times) {
        Tensor centred = by == null ? x : x.sub(by);
        return times == null ? centred : centred.mul(times);
    }

    private static Tensor dot(Tensor x, Tensor with) {
        Tensor sum = x.mul(with).sum(-1);
        return sum.reshape(sum.shape().append(1));
    }
}
