package nonmercer.bench.natives;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nonmercer.autodiff.ParameterTree;
import nonmercer.bench.Peer;
import nonmercer.bench.Task;
import nonmercer.layer.Norm;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// An encoder block of libtorch's operations and our weights: layer norm before each part, scaled
/// dot-product attention (its fused kernel), GELU.
final class LibtorchEncoder {
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final int heads;

    private LibtorchEncoder(ParameterTree tree, int heads) {
        tree.forEach((name, p) -> parameters.put(name, LibtorchTraining.leaf(p.value())));
        this.heads = heads;
    }

    static Peer of(Task.Encoder task) {
        LibtorchEncoder block =
                new LibtorchEncoder(
                        ParameterTree.of(task.block()), task.block().attention().heads().queries());
        Tensor x = LibtorchTraining.leaf(task.x());
        Tensor g = Libtorch.tensor(task.g());
        List<Tensor> leaves = new ArrayList<>(List.of(x));
        leaves.addAll(block.parameters.values());
        return LibtorchTraining.gradients(
                new TensorVector(leaves.toArray(Tensor[]::new)), g, () -> block.of(x));
    }

    private Tensor of(Tensor x) { // [b, n, d]
        Tensor y = x.add(attention(norm("attentionNorm", x)));
        return y.add(feedForward(norm("feedForwardNorm", y)));
    }

    private Tensor attention(Tensor x) {
        Tensor q = split(linear("attention.query", x));
        Tensor k = split(linear("attention.key", x));
        Tensor v = split(linear("attention.value", x));
        Tensor y = torch.scaled_dot_product_attention(q, k, v).transpose(1, 2); // [b, n, h, d/h]
        return linear("attention.output", y.reshape(x.size(0), x.size(1), x.size(2)));
    }

    private Tensor split(Tensor x) { // [b, n, d] -> [b, h, n, d/h]
        return x.view(x.size(0), x.size(1), heads, x.size(2) / heads).transpose(1, 2);
    }

    private Tensor feedForward(Tensor x) {
        return linear("feedForward.out", torch.gelu(linear("feedForward.in", x)));
    }

    private Tensor norm(String name, Tensor x) {
        return torch.layer_norm(
                x,
                new long[] {x.size(2)},
                new TensorOptional(parameter(name + ".gain")),
                new TensorOptional(parameter(name + ".bias")),
                Norm.EPSILON,
                false);
    }

    /// `x W + b`: libtorch stores Wᵀ, of which this is a view.
    private Tensor linear(String name, Tensor x) {
        return torch.linear(
                x, parameter(name + ".weight").t(), new TensorOptional(parameter(name + ".bias")));
    }

    private Tensor parameter(String name) {
        return Objects.requireNonNull(parameters.get(name), name);
    }
}
