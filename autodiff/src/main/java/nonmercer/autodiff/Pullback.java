package nonmercer.autodiff;

import nonmercer.array.Array;
import nonmercer.array.Shape;

/// One run of an op's pullback: the gradient of its output, and what the op kept.
public final class Pullback {
    private final Node node;
    private final Tensor gradient;
    private final boolean recording;

    Pullback(Node node, Tensor gradient, boolean recording) {
        this.node = node;
        this.gradient = gradient;
        this.recording = recording;
    }

    /// `ȳ`, the gradient with respect to the output, in the output's shape.
    public Tensor gradient() {
        return gradient;
    }

    /// An input the op declared in [Op#keeps()].
    public Tensor in(int i) {
        return as(node.kept(i));
    }

    /// The output, if the op declared it in [Op#keeps()].
    public Tensor out() {
        return as(node.keptOutput());
    }

    /// The array left by the `i`-th [Forward#save(Array)].
    public Array saved(int i) {
        return node.saved().get(i);
    }

    /// The shape of an input; known for every input, kept or not.
    public Shape shape(int i) {
        return node.inputShape(i);
    }

    /// Whether anybody asked for the gradient with respect to this input.
    public boolean wants(int i) {
        return node.parent(i) != null;
    }

    /// Whether this pullback is itself recorded, to be differentiated again. It must then be written in tensor operations.
    public boolean recording() {
        return recording;
    }

    /// A fresh array in the gradient's element type and memory.
    public Array fresh(Shape shape) {
        return node.tape().memory().fresh(gradient.dtype(), shape);
    }

    private Tensor as(Tensor t) {
        return recording ? t : t.detach();
    }
}
