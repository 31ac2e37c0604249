package nonmercer.kernel;

import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.fused.Fused;

/// Every query with every key: the Gram matrix of a kernel, differentiable in queries, keys and the
/// kernel's parameters.
public final class Gram {
    private Gram() {}

    /// `K[i, j] = k(qᵢ, kⱼ)`: `[…, n, d] × […, m, d] → […, n, m]`, in tensor operations on all
    /// pairs.
    public static Tensor of(Kernel kernel, Tensor q, Tensor k, Pass pass) {
        return Lowered.of(kernel, q, k, pass).value(pass);
    }

    /// The same by the cheapest way: in tiles unless a point or a parameter of the kernel is
    /// recorded.
    static Tensor automatic(Kernel kernel, Tensor q, Tensor k, Pass pass) {
        boolean recorded =
                q.recorded()
                        || k.recorded()
                        || ParameterTree.found(kernel).values().stream()
                                .anyMatch(p -> pass.use(p).recorded());
        return recorded ? of(kernel, q, k, pass) : Tensor.of(tiled(kernel, q, k, pass));
    }

    /// The same without gradients, in tiles: beside the result, memory is linear in the number of
    /// points.
    static Array tiled(Kernel kernel, Tensor q, Tensor k, Pass pass) {
        check(q, k);
        KernelProgram program = KernelProgram.ofValue(kernel, q, k, pass);
        Array out = Array.zeros(q.dtype(), q.shape().with(-1, k.dim(-2)));
        if (out.size() > 0) {
            Fused.gram(program.scores(), groups(program.queries()), groups(program.keys()), out);
        }
        return out;
    }

    /// `[…, n, d]` as `[1, groups, n, d]`.
    private static List<Array> groups(List<Tensor> tensors) {
        return tensors.stream()
                .map(t -> {
                    int r = t.rank();
                    return t.reshape(1, t.shape().first(r - 2).size(), t.dim(-2), t.dim(-1))
                            .value();
                })
                .toList();
    }

    private static void check(Tensor q, Tensor k) {
        int r = q.rank();
        if (r < 2
                || k.rank() != r
                || !q.shape().first(r - 2).equals(k.shape().first(r - 2))
                || q.dtype() != k.dtype()) {
            throw new IllegalArgumentException(
                    "a Gram matrix takes points [..., n, d] and [..., m, d] of one type, got "
                            + q
                            + " and "
                            + k);
        }
    }

    /// `ln K[i, j]`, where the kernel has a logarithm that does not go through the kernel's own
    /// value (it cannot overflow); empty otherwise.
    public static Optional<Tensor> log(Kernel kernel, Tensor q, Tensor k, Pass pass) {
        return hasLog(kernel)
                ? Optional.of(Lowered.of(kernel, q, k, pass).log(pass))
                : Optional.empty();
    }

    /// The kernel in parts that do not overflow.
    public static Factors factors(Kernel kernel, Tensor q, Tensor k, Pass pass) {
        return Lowered.of(kernel, q, k, pass).factors(pass);
    }

    /// Whether [#log] gives the logarithm.
    public static boolean hasLog(Kernel kernel) {
        return Lowered.hasLog(kernel);
    }
}
