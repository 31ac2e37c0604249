package nonmercer.bench.natives;

import nonmercer.array.Array;
import nonmercer.bench.Peer;
import nonmercer.bench.Task;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Operations of libtorch that its binding leaves out, through TorchScript; some ten microseconds a
/// call.
final class LibtorchScripts {
    private static final CompilationUnit SCRIPTS =
            torch.compile(
                    """
                    def softmax_gradient(y, g, out):
                        torch._softmax_backward_data(g, y, -1, y.dtype, grad_input=out)
                        return out

                    # Without the lists in its result the step would be taken for dead code.
                    def adamw(p, g, m, v, t, rate: float, decay: float):
                        ps, ms, vs = [p], [m], [v]
                        torch._fused_adamw_(ps, [g], ms, vs, [], [t], lr=rate, beta1=%s, beta2=%s,
                            weight_decay=decay, eps=%s, amsgrad=False, maximize=False)
                        return ps, ms, vs
                    """
                            .formatted(Task.AdamW.BETA1, Task.AdamW.BETA2, Task.AdamW.EPSILON));

    private LibtorchScripts() {}

    static Peer softmaxGradient(Task.SoftmaxGradient task) {
        Tensor y = Libtorch.tensor(task.y());
        Tensor g = Libtorch.tensor(task.g());
        Tensor out = torch.empty_like(y);
        return Libtorch.peer(
                () -> run("softmax_gradient", new IValue(y), new IValue(g), new IValue(out)), out);
    }

    /// The optimiser as one pass over all arrays, which is faster than `torch::optim::AdamW`.
    static Peer adamW(Task.AdamW task) {
        Tensor p = Libtorch.tensor(task.p());
        Tensor g = Libtorch.tensor(task.g());
        Tensor m = torch.zeros_like(p);
        Tensor v = torch.zeros_like(p);
        Tensor t = Libtorch.tensor(Array.full(task.p().dtype(), task.p().shape().first(0), 1));
        Peer peer =
                Libtorch.peer(
                        () ->
                                run(
                                        "adamw",
                                        new IValue(p),
                                        new IValue(g),
                                        new IValue(m),
                                        new IValue(v),
                                        new IValue(t),
                                        new IValue(task.rate()),
                                        new IValue(task.decay())),
                        p);
        p.copy_(Libtorch.tensor(task.p())); // the trials of the threads moved them
        m.zero_();
        v.zero_();
        return peer;
    }

    private static void run(String name, IValue... arguments) {
        SCRIPTS.get_function(new QualifiedName(name)).apply(new IValueVector(arguments));
    }
}
