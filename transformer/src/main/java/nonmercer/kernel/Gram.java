package nonmercer.kernel;

import java.util.Optional;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.linalg.Transpose;

/// Every query with every key: the Gram matrix of a kernel, differentiable in queries, keys and the
/// kernel's parameters.
public final class Gram {
    private Gram() {}

    /// `K[i, j] = k(qᵢ, kⱼ)`: `[…, n, d] × […, m, d] → […, n, m]`.
    public static Tensor of(Kernel kernel, Tensor q, Tensor k, Pass pass) {
        return switch (kernel) {
            case Profile p ->
                    profile(
                            p.profile(new Expression.Variable()),
                            p.pairing().of(q, k),
                            q.dim(-1),
                            pass);
            case Featured f ->
                    f.features()
                            .queries(q, pass)
                            .matmul(f.features().keys(k, pass), Transpose.TRANSPOSED);
            case Sum s ->
                    s.terms().stream()
                            .map(t -> of(t, q, k, pass))
                            .reduce(Tensor::add)
                            .orElseThrow();
            case Product p ->
                    p.factors().stream()
                            .map(t -> of(t, q, k, pass))
                            .reduce(Tensor::mul)
                            .orElseThrow();
            case Scaled(Coefficient c, Kernel inner) ->
                    scale(c, of(inner, q, k, pass), q.dim(-1), pass);
            case Warped(Kernel inner, Warp f, Warp g) ->
                    of(inner, f.of(q, pass), g.of(k, pass), pass);
        };
    }

    /// `ln K[i, j]`, where the kernel has a logarithm that does not go through the kernel's own
    /// value (it cannot overflow); empty otherwise.
    public static Optional<Tensor> log(Kernel kernel, Tensor q, Tensor k, Pass pass) {
        return hasLog(kernel) ? Optional.of(logOf(kernel, q, k, pass)) : Optional.empty();
    }

    /// Whether [#log] gives the logarithm.
    public static boolean hasLog(Kernel kernel) {
        return switch (kernel) {
            case Profile p -> logarithm(p).isPresent();
            case Featured f -> false;
            case Sum s -> s.terms().stream().allMatch(Gram::hasLog);
            case Product p -> p.factors().stream().allMatch(Gram::hasLog);
            case Scaled s -> hasLog(s.kernel());
            case Warped w -> hasLog(w.kernel());
        };
    }

    private static Tensor logOf(Kernel kernel, Tensor q, Tensor k, Pass pass) {
        return switch (kernel) {
            case Profile p ->
                    profile(logarithm(p).orElseThrow(), p.pairing().of(q, k), q.dim(-1), pass);
            case Featured f -> throw new IllegalArgumentException(f.name() + " has no logarithm");
            case Sum s ->
                    s.terms().stream()
                            .map(t -> logOf(t, q, k, pass))
                            .reduce(Gram::logAdd)
                            .orElseThrow();
            case Product p ->
                    p.factors().stream()
                            .map(t -> logOf(t, q, k, pass))
                            .reduce(Tensor::add)
                            .orElseThrow();
            case Scaled(Coefficient c, Kernel inner) ->
                    shift(c, logOf(inner, q, k, pass), q.dim(-1), pass);
            case Warped(Kernel inner, Warp f, Warp g) ->
                    logOf(inner, f.of(q, pass), g.of(k, pass), pass);
        };
    }

    private static Optional<Expression> logarithm(Profile p) {
        return p.profile(new Expression.Variable()).logarithm();
    }

    /// The profile of every pairing; a constant profile is repeated.
    private static Tensor profile(Expression f, Tensor s, int d, Pass pass) {
        return f.of(s, d, pass).broadcastTo(s.shape());
    }

    /// `ln(eᵃ + eᵇ) = a + softplus(b - a)`.
    private static Tensor logAdd(Tensor a, Tensor b) {
        return a.add(b.sub(a).softplus());
    }

    private static Tensor scale(Coefficient c, Tensor gram, int d, Pass pass) {
        return c instanceof Coefficient.Trained t
                ? gram.mul(t.tensor(pass))
                : gram.scale(c.value(d));
    }

    private static Tensor shift(Coefficient c, Tensor log, int d, Pass pass) {
        return c instanceof Coefficient.Trained t
                ? log.add(pass.use(t.log()))
                : log.plus(Math.log(c.value(d)));
    }
}
