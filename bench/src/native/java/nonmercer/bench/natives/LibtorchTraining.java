package nonmercer.bench.natives;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.bench.Peer;
import nonmercer.bench.Task;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Normalisation, embeddings and losses of libtorch; where a task asks for forward and backward,
/// through its autograd.
final class LibtorchTraining {
    private LibtorchTraining() {}

    static Peer layerNorm(Task.LayerNorm task) {
        Tensor x = Libtorch.tensor(task.x());
        long[] n = {task.x().dim(-1)};
        TensorOptional none = new TensorOptional();
        return Libtorch.allocating(
                () -> torch.native_layer_norm(x, n, none, none, task.epsilon()).get0());
    }

    static Peer layerNormGradient(Task.LayerNormGradient task) {
        Tensor x = Libtorch.tensor(task.x());
        Tensor g = Libtorch.tensor(task.g());
        long[] n = {task.x().dim(-1)};
        TensorOptional none = new TensorOptional();
        var forward = torch.native_layer_norm(x, n, none, none, task.epsilon());
        Tensor mean = new Tensor(forward.get1()); // what it gives is gone with the tuple
        Tensor inverse = new Tensor(forward.get2());
        BoolPointer onlyX = new BoolPointer(3).put(0, true).put(1, false).put(2, false);
        return Libtorch.allocating(() ->
                torch.native_layer_norm_backward(g, x, n, mean, inverse, none, none, onlyX).get0());
    }

    static Peer layerNormTraining(Task.LayerNormTraining task) {
        Tensor x = leaf(task.x());
        Tensor gain = leaf(task.gain());
        Tensor bias = leaf(task.bias());
        Tensor g = Libtorch.tensor(task.g());
        long[] n = {task.x().dim(-1)};
        TensorOptional optionalGain = new TensorOptional(gain);
        TensorOptional optionalBias = new TensorOptional(bias);
        return gradients(
                new TensorVector(x, gain, bias),
                g,
                () -> torch.layer_norm(x, n, optionalGain, optionalBias, task.epsilon(), false));
    }

    static Peer gather(Task.Gather task) {
        Tensor table = Libtorch.tensor(task.table());
        Tensor rows = Libtorch.tensor(task.rows());
        Tensor out = torch.index_select(table, 0, rows);
        return Libtorch.peer(() -> torch.index_select_out(out, table, 0, rows), out);
    }

    /// What its embedding does backward.
    static Peer scatterAdd(Task.ScatterAdd task) {
        Tensor x = Libtorch.tensor(task.x());
        Tensor rows = Libtorch.tensor(task.rows());
        return Libtorch.allocating(
                () -> torch.embedding_dense_backward(x, rows, task.extent(), -1, false));
    }

    static Peer crossEntropy(Task.CrossEntropy task) {
        Tensor logits = leaf(task.logits());
        Tensor targets = Libtorch.tensor(task.targets());
        return gradients(new TensorVector(logits), () -> torch.cross_entropy_loss(logits, targets));
    }

    /// A copy that is recorded.
    static Tensor leaf(Array x) {
        return Libtorch.tensor(x).set_requires_grad(true);
    }

    /// Makes the loss.
    interface Loss {
        Tensor of();
    }

    /// The gradients of a loss with respect to these, one after the other.
    static Peer gradients(TensorVector leaves, Loss loss) {
        return gradients(() -> torch.grad(new TensorVector(loss.of()), leaves));
    }

    /// The gradients of a result of any shape, given the one with respect to it.
    static Peer gradients(TensorVector leaves, Tensor g, Supplier<Tensor> result) {
        return gradients(() ->
                torch.grad(
                        new TensorVector(result.get()),
                        leaves,
                        new TensorVector(g),
                        new BoolOptional(),
                        false,
                        false));
    }

    private static Peer gradients(Supplier<TensorVector> gradients) {
        return Libtorch.recorded(
                () -> {
                    TensorVector _ = gradients.get();
                },
                () -> concatenated(gradients.get()));
    }

    private static Array concatenated(TensorVector parts) {
        List<Array> arrays = Arrays.stream(parts.get()).map(Libtorch::array).toList();
        float[] all = new float[arrays.stream().mapToInt(Array::size).sum()];
        int at = 0;
        for (Array x : arrays) {
            System.arraycopy(x.floats(), 0, all, at, x.size());
            at += x.size();
        }
        return Array.of(Shape.of(all.length), all);
    }
}
