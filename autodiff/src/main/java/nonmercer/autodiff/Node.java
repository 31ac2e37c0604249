package nonmercer.autodiff;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import org.jspecify.annotations.Nullable;

/// One recorded result: the op that made it, the results it was made of, and what its pullback will
/// read.
final class Node {
    private static final Shape[] NO_SHAPES = {};
    private static final @Nullable Node[] NO_PARENTS = {};
    private static final Tensor[] NO_TENSORS = {};

    private final Tape tape;
    private final int index;
    private final Shape shape;
    private final @Nullable Op op;
    private final @Nullable Parameter parameter;
    private final @Nullable Node[] parents;
    private final Shape[] inputShapes;
    private final DType inputType;
    private final @Nullable Tensor[] kept;
    private final List<Array> saved;
    private @Nullable Tensor keptOutput;

    private Node(
            Tape tape,
            int index,
            Array value,
            @Nullable Op op,
            @Nullable Parameter parameter,
            Tensor[] in,
            List<Array> saved) {
        this.tape = tape;
        this.index = index;
        this.shape = value.shape();
        this.op = op;
        this.parameter = parameter;
        this.saved = saved;
        int n = in.length;
        this.parents = n == 0 ? NO_PARENTS : new @Nullable Node[n];
        this.inputType = n == 0 ? value.dtype() : in[0].dtype();
        this.inputShapes = n == 0 ? NO_SHAPES : new Shape[n];
        this.kept = new @Nullable Tensor[n];
        for (int i = 0; i < n; i++) {
            parents[i] = in[i].node();
            inputShapes[i] = in[i].shape();
            if (op != null && (op.keeps() & Op.bit(i)) != 0) {
                kept[i] = in[i];
            }
        }
    }

    static Node leaf(Tape tape, int index, Array value, @Nullable Parameter parameter) {
        return new Node(tape, index, value, null, parameter, NO_TENSORS, List.of());
    }

    static Node result(Tape tape, int index, Array value, Op op, Tensor[] in, List<Array> saved) {
        return new Node(tape, index, value, op, null, in, saved);
    }

    void keepOutput(Tensor output) {
        if (op != null && (op.keeps() & Op.OUTPUT) != 0) {
            keptOutput = output;
        }
    }

    Tape tape() {
        return tape;
    }

    int index() {
        return index;
    }

    Shape shape() {
        return shape;
    }

    @Nullable Op op() {
        return op;
    }

    @Nullable Parameter parameter() {
        return parameter;
    }

    int parentCount() {
        return parents.length;
    }

    @Nullable Node parent(int i) {
        return parents[i];
    }

    Shape inputShape(int i) {
        return inputShapes[i];
    }

    DType inputType() {
        return inputType;
    }

    List<Array> saved() {
        return saved;
    }

    Tensor kept(int i) {
        Tensor t = kept[i];
        if (t == null) {
            throw new IllegalStateException(
                    "the pullback of "
                            + name()
                            + " reads input "
                            + i
                            + ", which its keeps() does not declare");
        }
        return t;
    }

    Tensor keptOutput() {
        Tensor t = keptOutput;
        if (t == null) {
            throw new IllegalStateException(
                    "the pullback of "
                            + name()
                            + " reads the output, which its keeps() does not declare");
        }
        return t;
    }

    String name() {
        return op == null ? "input" : op.name();
    }

    /// `MatMul [8, 64] (entry 12 of the tape)`.
    @Override
    public String toString() {
        return name() + " " + shape + " (entry " + index + " of the tape)";
    }
}
