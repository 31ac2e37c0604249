package nonmercer.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.op.Reshape;
import org.jspecify.annotations.Nullable;

/// One run of an op's pullback: the gradient of its output, and what the op kept.
public final class Pullback {
    private final Node node;
    private final Tensor gradient;
    private final boolean[] needed;
    private final boolean recording;
    private int read;

    Pullback(Node node, Tensor gradient, boolean[] needed, boolean recording) {
        this.node = node;
        this.gradient = gradient;
        this.needed = needed;
        this.recording = recording;
    }

    /// `ȳ`, the gradient with respect to the output, in the output's shape.
    public Tensor gradient() {
        return gradient;
    }

    /// The number of inputs.
    public int count() {
        return node.parentCount();
    }

    /// An input the op declared in [Op#keeps()].
    public Tensor in(int i) {
        read |= Op.bit(i);
        return as(node.kept(i));
    }

    /// The output, if the op declared it in [Op#keeps()].
    public Tensor out() {
        read |= Op.OUTPUT;
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

    /// The element type of the inputs.
    public DType dtype() {
        return node.inputType();
    }

    /// Whether a gradient that was asked for depends on the one with respect to this input.
    public boolean wants(int i) {
        Node parent = node.parent(i);
        return parent != null && needed[parent.index()];
    }

    /// Whether this pullback is itself recorded, to be differentiated again. It must then be
    /// written in tensor operations.
    public boolean recording() {
        return recording;
    }

    /// The gradients of a composition that gives the same result: for a fused op's pullback when it
    /// is itself recorded. The op must keep all its inputs.
    public @Nullable Tensor[] ofDefinition(Function<List<Tensor>, Tensor> definition) {
        List<Tensor> in = new ArrayList<>();
        List<Node> targets = new ArrayList<>();
        for (int i = 0; i < count(); i++) {
            // An entry of its own, so that only what flows through this input is counted.
            Tensor x = Tensor.apply(new Reshape(shape(i)), in(i));
            in.add(x);
            if (wants(i) && x.node() != null) {
                targets.add(x.node());
            }
        }
        Tensor y = definition.apply(in).mul(gradient).sum();
        @Nullable Tensor[] all = node.tape().backward(y, targets, true);
        @Nullable Tensor[] parts = new @Nullable Tensor[count()];
        for (int i = 0; i < parts.length; i++) {
            Node x = in.get(i).node();
            parts[i] = wants(i) && x != null ? all[x.index()] : null;
        }
        return parts;
    }

    /// A fresh array in the gradient's element type, in the tape's memory.
    public Array fresh(Shape shape) {
        return node.tape().memory().fresh(gradient.dtype(), shape);
    }

    Tape tape() {
        return node.tape();
    }

    /// What was read so far, in the bits of [Op#keeps()].
    int read() {
        return read;
    }

    private Tensor as(Tensor t) {
        return recording ? t : t.detach();
    }
}
