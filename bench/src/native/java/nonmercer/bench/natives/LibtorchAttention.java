package nonmercer.bench.natives;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import nonmercer.attention.Mask;
import nonmercer.bench.Peer;
import nonmercer.bench.Task;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Expression;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Scaled;
import nonmercer.kernel.Sum;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Attention of libtorch: its fused kernel for the exponential of a dot product, for others what
/// its users write, through the matrix of all pairs, in as few passes as its operations allow;
/// softmax where the kernel has a logarithm.
final class LibtorchAttention {
    private static final long BLOCK_BYTES = 1L << 26;
    private static final long[] LAST = {-1};

    private final Kernel kernel;
    private final Mask mask;
    private final int d;

    private LibtorchAttention(Task.Attend task) {
        this.kernel = task.kernel();
        this.mask = task.mask();
        this.d = task.q().dim(-1);
    }

    private boolean fused() {
        return kernel.equals(new ExpDot());
    }

    /// Whether there are operations for this kernel and mask.
    private boolean possible() {
        if (fused()) {
            return mask instanceof Mask.None || mask instanceof Mask.Causal;
        }
        try (PointerScope _ = new PointerScope()) {
            Tensor one = torch.ones(1, 1, 1, d);
            Tensor _ = weights(one, one);
            return mask instanceof Mask.None;
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    static List<Peer> of(Task.Attend task) {
        LibtorchAttention attention = new LibtorchAttention(task);
        if (!attention.possible()) {
            return List.of();
        }
        Tensor q = Libtorch.tensor(task.q());
        Tensor k = Libtorch.tensor(task.k());
        Tensor v = Libtorch.tensor(task.v());
        return List.of(Libtorch.allocating(() -> attention.of(q, k, v)));
    }

    static List<Peer> of(Task.AttendTraining task) {
        LibtorchAttention attention = new LibtorchAttention(task.forward());
        if (!attention.possible()) {
            return List.of();
        }
        Tensor q = LibtorchTraining.leaf(task.forward().q());
        Tensor k = LibtorchTraining.leaf(task.forward().k());
        Tensor v = LibtorchTraining.leaf(task.forward().v());
        Tensor g = Libtorch.tensor(task.g());
        return List.of(
                LibtorchTraining.gradients(
                        new TensorVector(q, k, v), g, () -> attention.of(q, k, v)));
    }

    private Tensor of(Tensor q, Tensor k, Tensor v) { // [b, h, n, d]
        if (fused()) {
            boolean causal = mask instanceof Mask.Causal;
            return torch.scaled_dot_product_attention(
                    q, k, v, new TensorOptional(), 0, causal, new DoubleOptional(), false);
        }
        return weights(q, k).matmul(v);
    }

    private Tensor weights(Tensor q, Tensor k) { // [b, h, n, m]
        if (kernel instanceof Profile p) {
            Optional<Expression> log = p.profile(new Expression.Variable()).logarithm();
            if (log.isPresent()) {
                return torch.softmax(of(log.get(), pairs(p.pairing(), q, k)), -1);
            }
        }
        Tensor w = of(kernel, q, k);
        return w.div(w.sum(LAST, true, new ScalarTypeOptional()));
    }

    private Tensor of(Kernel kernel, Tensor q, Tensor k) {
        return switch (kernel) {
            case Profile p -> of(p.profile(new Expression.Variable()), pairs(p.pairing(), q, k));
            case Sum(List<Kernel> terms) ->
                    terms.stream().map(t -> of(t, q, k)).reduce(Tensor::add).orElseThrow();
            case Scaled(var c, Kernel inner) -> of(inner, q, k).mul(new Scalar(c.value(d)));
            default -> throw new UnsupportedOperationException(kernel.name());
        };
    }

    private Tensor of(Expression f, Tensor s) {
        return switch (f) {
            case Expression.Variable() -> s;
            case Expression.Plus(var a, var b) when fixed(a) -> of(b, s).add(scalar(a));
            case Expression.Plus(var a, var b) when fixed(b) -> of(a, s).add(scalar(b));
            case Expression.Plus(var a, var b) -> of(a, s).add(of(b, s));
            case Expression.Times(var a, var b) when fixed(a) -> of(b, s).mul(scalar(a));
            case Expression.Times(var a, var b) when fixed(b) -> of(a, s).mul(scalar(b));
            case Expression.Times(var a, var b) -> of(a, s).mul(of(b, s));
            case Expression.Exp(var a) -> of(a, s).exp();
            case Expression.Log(var a) -> of(a, s).log();
            case Expression.Sqrt(var a) -> of(a, s).sqrt();
            case Expression.Cos(var a) -> of(a, s).cos();
            case Expression.Sin(var a) -> of(a, s).sin();
            case Expression.Power(var a, int n) ->
                    switch (n) {
                        case 2 -> of(a, s).square();
                        case -1 -> of(a, s).reciprocal();
                        default -> of(a, s).pow(new Scalar(n));
                    };
            default -> throw new UnsupportedOperationException(f.print("s"));
        };
    }

    /// Whether it does not depend on the pairing.
    private static boolean fixed(Expression f) {
        return switch (f) {
            case Expression.Constant c -> true;
            case Expression.Symbol c -> true;
            case Expression.Plus(var a, var b) -> fixed(a) && fixed(b);
            case Expression.Times(var a, var b) -> fixed(a) && fixed(b);
            case Expression.Log(var a) -> fixed(a);
            case Expression.Power(var a, int n) -> fixed(a);
            default -> false;
        };
    }

    private Scalar scalar(Expression f) {
        return new Scalar(f.at(0, d));
    }

    private static Tensor pairs(Pairing pairing, Tensor q, Tensor k) { // [b, h, n, m]
        return switch (pairing) {
            case DOT -> q.matmul(k.transpose(-2, -1));
            case SQUARED_DISTANCE -> squaredDistances(q, k);
            case L1_DISTANCE -> torch.cdist(q, k, 1, new LongOptional());
            case SUM_OF_MINIMA -> blocks(q, k, (a, b) -> torch.minimum(a, b).sum(LAST));
            case HARMONIC -> throw new UnsupportedOperationException(pairing.symbol());
        };
    }

    /// `‖q‖² + ‖k‖² − 2q·k`: half the time of the square of `cdist`.
    private static Tensor squaredDistances(Tensor q, Tensor k) {
        Tensor a = q.view(-1, q.size(2), q.size(3));
        Tensor b = k.view(-1, k.size(2), k.size(3));
        Tensor norms = a.square().sum(LAST).unsqueeze(2).add(b.square().sum(LAST).unsqueeze(1));
        Tensor s = torch.baddbmm(norms, a, b.transpose(1, 2), new Scalar(1), new Scalar(-2));
        return s.clamp_min(new Scalar(0)).view(q.size(0), q.size(1), q.size(2), k.size(2));
    }

    /// A function of all pairs of rows, for as many queries at a time as stay within a block of
    /// memory.
    private static Tensor blocks(Tensor q, Tensor k, BinaryOperator<Tensor> f) {
        long row = 4 * q.size(0) * q.size(1) * k.size(2) * k.size(3);
        long step = Math.max(1, BLOCK_BYTES / row);
        List<Tensor> parts = new ArrayList<>();
        for (long i = 0; i < q.size(2); i += step) {
            Tensor some = q.narrow(2, i, Math.min(step, q.size(2) - i));
            parts.add(f.apply(some.unsqueeze(3), k.unsqueeze(2)));
        }
        return torch.cat(new TensorVector(parts.toArray(Tensor[]::new)), 2);
    }
}
