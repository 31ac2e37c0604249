package nonmercer.kernel;

import java.util.Optional;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.linalg.Transpose;

/// Every query with every key: the Gram matrix of a kernel, differentiable in queries, keys and the kernel's parameters.
public final class Gram {
    private Gram() {}

    /// `K[i, j] = k(qᵢ, kⱼ)`: `[…, n, d] × […, m, d] → […, n, m]`.
    public static Tensor of(Kernel kernel, Tensor q, Tensor k, Pass pass) {
        return switch (kernel) {
            case Profile p -> p.profile(new Expression.Variable()).of(p.pairing().of(q, k), q.dim(-1), pass);
            case Featured f ->
                f.features().queries(q, pass).matmul(f.features().keys(k, pass), Transpose.TRANSPOSED);
            case Sum s -> s.terms().stream().map(t -> of(t, q, k, pass)).reduce(Tensor::add).orElseThrow();
            case Product p -> p.factors().stream().map(t -> of(t, q, k, pass)).reduce(Tensor::mul).orElseThrow();
            case Scaled(Coefficient c, Kernel inner) -> scale(c, of(inner, q, k, pass), q.dim(-1), pass);
            case Warped(Kernel inner, Warp f, Warp g) -> of(inner, f.of(q, pass), g.of(k, pass), pass);
        };
    }

    /// `ln K[i, j]`, where the kernel has a logarithm that does not go through the kernel's own value (it cannot overflow);
    /// empty otherwise. A kernel that is zero somewhere gives -∞ there.
    public static Optional<Tensor> log(Kernel kernel, Tensor q, Tensor k, Pass pass) {
        return switch (kernel) {
            case Profile p -> p.profile(new Expression.Variable())
                    .logarithm()
                    .map(log -> log.of(p.pairing().of(q, k), q.dim(-1), pass));
            case Featured f -> Optional.empty();
            case Sum s -> s.terms().stream().map(t -> log(t, q, k, pass)).reduce(Gram::logAdd).orElseThrow();
            case Product p -> p.factors().stream()
                    .map(t -> log(t, q, k, pass))
                    .reduce((a, b) -> a.flatMap(x -> b.map(x::add)))
                    .orElseThrow();
            case Scaled(Coefficient c, Kernel inner) ->
                log(inner, q, k, pass).map(log -> shift(c, log, q.dim(-1), pass));
            case Warped(Kernel inner, Warp f, Warp g) -> log(inner, f.of(q, pass), g.of(k, pass), pass);
        };
    }

    /// `ln(eᵃ + eᵇ) = a + softplus(b - a)`.
    private static Optional<Tensor> logAdd(Optional<Tensor> a, Optional<Tensor> b) {
        return a.flatMap(x -> b.map(y -> x.add(y.sub(x).softplus())));
    }

    private static Tensor scale(Coefficient c, Tensor gram, int d, Pass pass) {
        return c instanceof Coefficient.Trained t ? gram.mul(t.tensor(pass)) : gram.scale(c.value(d));
    }

    private static Tensor shift(Coefficient c, Tensor log, int d, Pass pass) {
        return c instanceof Coefficient.Trained t ? log.add(pass.use(t.log())) : log.plus(Math.log(c.value(d)));
    }
}
