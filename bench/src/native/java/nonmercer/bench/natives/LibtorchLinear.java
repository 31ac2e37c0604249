package nonmercer.bench.natives;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.attention.Mask;
import nonmercer.bench.Peer;
import nonmercer.bench.Task;
import nonmercer.kernel.Projected;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Attention through positive features as users of libtorch write it: projections, exponentials
/// relative to the largest, and products, in as few passes as its operations allow.
final class LibtorchLinear {
    private static final long[] LAST = {-1};
    private static final long[] ROWS = {-2};
    private static final long[] BOTH = {-1, -2};

    private LibtorchLinear() {}

    /// Whether there are operations for this mask and these features.
    private static boolean possible(Task.AttendLinear task) {
        return task.mask() instanceof Mask.None && task.projected().constants().isEmpty();
    }

    static List<Peer> of(Task.AttendLinear task) {
        if (!possible(task)) {
            return List.of();
        }
        Tensor q = Libtorch.tensor(task.q());
        Tensor k = Libtorch.tensor(task.k());
        Tensor v = Libtorch.tensor(task.v());
        Projected p = task.projected();
        Tensor w = frequencies(p);
        return List.of(Libtorch.allocating(() -> of(q, k, v, w, p.norm())));
    }

    static List<Peer> of(Task.AttendLinearTraining task) {
        if (!possible(task.forward())) {
            return List.of();
        }
        Tensor q = LibtorchTraining.leaf(task.forward().q());
        Tensor k = LibtorchTraining.leaf(task.forward().k());
        Tensor v = LibtorchTraining.leaf(task.forward().v());
        Tensor g = Libtorch.tensor(task.g());
        Projected p = task.forward().projected();
        Tensor w = frequencies(p);
        return List.of(
                LibtorchTraining.gradients(
                        new TensorVector(q, k, v), g, () -> of(q, k, v, w, p.norm())));
    }

    /// `[1, d, m]`.
    private static Tensor frequencies(Projected p) {
        Array w = p.frequencies().value();
        return Libtorch.tensor(w).transpose(-2, -1).contiguous();
    }

    private static Tensor of(Tensor q, Tensor k, Tensor v, Tensor w, double norm) {
        Tensor u = q.matmul(w); // [b, h, n, m]
        Tensor phi = u.sub(torch.amax(u.detach(), LAST, true)).exp();
        Tensor norms = k.square().sum(LAST, true, new ScalarTypeOptional()).mul(new Scalar(norm));
        Tensor t = k.matmul(w).sub(norms);
        Tensor psi = t.sub(torch.amax(t.detach(), BOTH, true)).exp();
        Tensor sums = psi.sum(ROWS, true, new ScalarTypeOptional()); // [b, h, 1, m]
        Tensor means = phi.matmul(psi.transpose(-2, -1).matmul(v));
        return means.div(phi.matmul(sums.transpose(-2, -1)));
    }
}
