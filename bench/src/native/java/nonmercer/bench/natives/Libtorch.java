package nonmercer.bench.natives;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.bench.Peer;
import nonmercer.bench.PeerLibrary;
import nonmercer.bench.Task;
import nonmercer.lanes.Unary;
import nonmercer.linalg.Transpose;
import nonmercer.parallel.Parallel;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// libtorch, the library beneath PyTorch; each call with the setting of its threads that is best
/// for it.
public final class Libtorch implements PeerLibrary {
    private static final String VERSION;

    static {
        String config = torch.show_config().getString();
        int at = config.indexOf("TORCH_VERSION=") + "TORCH_VERSION=".length();
        VERSION = config.substring(at, config.indexOf(',', at));
    }

    @Override
    public String about() {
        String config = torch.show_config().getString();
        int at = config.indexOf("CPU capability usage: ");
        return "libtorch " + VERSION + ", " + config.substring(at, config.indexOf('\n', at));
    }

    @Override
    public List<Peer> of(Task task) {
        return switch (task) {
            case Task.Product p -> List.of(product(p));
            case Task.Function(var f, var x) -> {
                BiConsumer<Tensor, Tensor> function = function(f);
                yield function == null ? List.of() : List.of(like(x, function));
            }
            case Task.Add(var x, var y) -> {
                Tensor ty = tensor(y);
                yield List.of(like(x, (out, tx) -> torch.add_out(out, tx, ty)));
            }
            case Task.Scale(var s, var x) -> {
                Tensor factor = tensor(Array.full(x.dtype(), x.shape().first(0), s));
                yield List.of(like(x, (out, tx) -> torch.mul_out(out, tx, factor)));
            }
            case Task.AddScaled(var s, var x, var y) -> {
                Tensor tx = tensor(x);
                Tensor into = tensor(y);
                Scalar factor = new Scalar(s);
                Peer peer = peer(() -> into.add_(tx, factor), into);
                into.copy_(tensor(y)); // the trials of the threads added to it
                yield List.of(peer);
            }
            case Task.Sum(var x) -> {
                Tensor tx = tensor(x);
                Tensor out = tensor(Array.zeros(x.dtype(), x.shape().first(0)));
                yield List.of(peer(() -> torch.sum_out(out, tx), out));
            }
            case Task.Dot(var x, var y) -> {
                Tensor tx = tensor(x);
                Tensor ty = tensor(y);
                Tensor out = tensor(Array.zeros(x.dtype(), x.shape().first(0)));
                yield List.of(peer(() -> torch.dot_out(out, tx, ty), out));
            }
            case Task.MatVec(var a, var x) -> {
                Tensor ta = tensor(a);
                Tensor tx = tensor(x).reshape(a.dim(1));
                Tensor out = torch.mv(ta, tx);
                yield List.of(peer(() -> torch.mv_out(out, ta, tx), out));
            }
            case Task.Blocks(var f, var x, var times) -> {
                BiConsumer<Tensor, Tensor> function = function(f);
                yield function == null
                        ? List.of()
                        : List.of(
                                like(
                                        x,
                                        (out, tx) -> {
                                            for (int i = 0; i < times; i++) {
                                                function.accept(out, tx);
                                            }
                                        }));
            }
            case Task.Softmax(var x) ->
                    List.of(like(x, (out, tx) -> torch.softmax_out(out, tx, -1)));
            case Task.LogSumExp(var x) -> {
                Tensor tx = tensor(x);
                Tensor out = torch.logsumexp(tx, -1);
                yield List.of(peer(() -> torch.logsumexp_out(out, tx, -1), out));
            }
            case Task.SoftmaxGradient t -> List.of(LibtorchScripts.softmaxGradient(t));
            case Task.AdamW t -> List.of(LibtorchScripts.adamW(t));
            case Task.LayerNorm t -> List.of(LibtorchTraining.layerNorm(t));
            case Task.LayerNormGradient t -> List.of(LibtorchTraining.layerNormGradient(t));
            case Task.LayerNormTraining t -> List.of(LibtorchTraining.layerNormTraining(t));
            case Task.Gather t -> List.of(LibtorchTraining.gather(t));
            case Task.ScatterAdd t -> List.of(LibtorchTraining.scatterAdd(t));
            case Task.CrossEntropy t -> List.of(LibtorchTraining.crossEntropy(t));
            case Task.Encoder t -> List.of(LibtorchEncoder.of(t));
            case Task.Attend t -> LibtorchAttention.of(t);
            case Task.AttendTraining t -> LibtorchAttention.of(t);
            case Task.AttendLinear t -> LibtorchLinear.of(t);
            case Task.AttendLinearTraining t -> LibtorchLinear.of(t);
        };
    }

    private static Peer product(Task.Product p) {
        Tensor a = p.ta() == Transpose.PLAIN ? tensor(p.a()) : tensor(p.a()).transpose(-2, -1);
        Tensor b = p.tb() == Transpose.PLAIN ? tensor(p.b()) : tensor(p.b()).transpose(-2, -1);
        Tensor c = torch.matmul(a, b);
        return peer(() -> torch.matmul_out(c, a, b), c);
    }

    private static @Nullable BiConsumer<Tensor, Tensor> function(Unary f) {
        return switch (f) {
            case EXP -> torch::exp_out;
            case LOG -> torch::log_out;
            case TANH -> torch::tanh_out;
            case ERF -> torch::erf_out;
            case SIGMOID -> torch::sigmoid_out;
            case GELU -> torch::gelu_out;
            case SIN -> torch::sin_out;
            case COS -> torch::cos_out;
            default -> null;
        };
    }

    private static Peer like(Array x, BiConsumer<Tensor, Tensor> loop) {
        Tensor tx = tensor(x);
        Tensor out = tensor(Array.zeros(x.dtype(), x.shape()));
        return peer(() -> loop.accept(out, tx), out);
    }

    /// Nothing is recorded.
    static Peer peer(Runnable body, Tensor out) {
        return recorded(
                () -> {
                    try (NoGradGuard _ = new NoGradGuard()) {
                        body.run();
                    }
                },
                () -> array(out));
    }

    /// An operation that allocates its result, as most do; nothing is recorded.
    static Peer allocating(Supplier<Tensor> body) {
        return recorded(
                () -> {
                    try (NoGradGuard _ = new NoGradGuard()) {
                        Tensor _ = body.get();
                    }
                },
                () -> array(body.get()));
    }

    /// What a call allocates is let go at its end.
    static Peer recorded(Runnable body, Supplier<Array> result) {
        Runnable call =
                () -> {
                    try (PointerScope _ = new PointerScope()) {
                        body.run();
                    }
                };
        int threads = Parallel.threads();
        LibtorchThreads best = LibtorchThreads.best(call, threads);
        return new Peer(
                "libtorch",
                VERSION,
                best::set,
                call,
                () -> {
                    try (PointerScope _ = new PointerScope()) {
                        return result.get();
                    }
                },
                threads == 1 ? 0 : OpenBlas.LINGER_MILLIS);
    }

    /// A copy in libtorch's own memory, as whole numbers.
    static Tensor tensor(int[] x) {
        return Tensor.create(Arrays.stream(x).asLongStream().toArray(), x.length);
    }

    /// A copy in libtorch's own memory.
    static Tensor tensor(Array x) {
        long[] sizes = Arrays.stream(x.shape().extents()).asLongStream().toArray();
        return x.dtype() == DType.FLOAT32
                ? Tensor.create(x.toFloats(), sizes)
                : Tensor.create(x.toDoubles(), sizes);
    }

    /// A copy on the heap, of the same type and shape.
    static Array array(Tensor of) {
        Tensor x = of.contiguous(); // it may be a view, its axes in another order
        int[] extents = new int[(int) x.dim()];
        for (int i = 0; i < extents.length; i++) {
            extents[i] = (int) x.size(i);
        }
        Shape shape = Shape.of(extents);
        return x.element_size() == DType.FLOAT32.bytes()
                ? new Buffer(x.data_ptr_float(), DType.FLOAT32, shape).array()
                : new Buffer(x.data_ptr_double(), DType.FLOAT64, shape).array();
    }
}
