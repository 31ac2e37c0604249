package nonmercer.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Elementwise;
import nonmercer.array.Memory;
import org.jspecify.annotations.Nullable;

/// The record of one computation, played backwards for its gradients.
///
/// A result is recorded if and only if one of its inputs is: [#watch(Array)] and [#use(Parameter)]
/// make the first recorded tensors, everything computed from them follows. Tensors of two live
/// tapes do not mix. A tape is closed when its step ends; it is not thread-safe.
///
/// ```java
/// try (Tape tape = Tape.open()) {
///     Tensor x = tape.watch(Array.vector(1, 2, 3));
///     Tensor y = x.mul(x).sum();
///     Array gradient = tape.gradient(y, x).value(); // 2x
/// }
/// ```
public final class Tape implements AutoCloseable {
    private final Memory memory;
    private final Engine engine;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Parameter, Tensor> leaves = new HashMap<>();
    private boolean closed;

    private Tape(Memory memory, Engine engine) {
        this.memory = memory;
        this.engine = engine;
    }

    /// A tape whose results live on the heap.
    public static Tape open() {
        return open(Memory.HEAP, Engine.EAGER);
    }

    /// A tape whose results live in this memory and whose ops run on this engine.
    public static Tape open(Memory memory, Engine engine) {
        return new Tape(memory, engine);
    }

    /// A recorded tensor with this value, to differentiate by.
    public Tensor watch(Array value) {
        return leaf(value, null);
    }

    /// The recorded tensor of a parameter's current value; one and the same for every use on this
    /// tape.
    public Tensor use(Parameter parameter) {
        Tensor t = leaves.get(parameter);
        if (t == null) {
            t = leaf(parameter.value(), parameter);
            leaves.put(parameter, t);
        }
        return t;
    }

    private Tensor leaf(Array value, @Nullable Parameter parameter) {
        checkOpen();
        Node node = Node.leaf(this, nodes.size(), value, parameter);
        nodes.add(node);
        return new Tensor(value, node);
    }

    Tensor record(Op op, Tensor[] in, Array out, List<Array> saved) {
        checkOpen();
        Node node = Node.result(this, nodes.size(), out, op, in, saved);
        nodes.add(node);
        Tensor result = new Tensor(out, node);
        node.keepOutput(result);
        return result;
    }

    /// `∂y/∂x` for a scalar `y`.
    public Tensor gradient(Tensor y, Tensor x) {
        return gradients(y, List.of(x)).getFirst();
    }

    /// `∂y/∂xᵢ` for a scalar `y`, as plain tensors. An `xᵢ` that `y` does not depend on is an
    /// error.
    public List<Tensor> gradients(Tensor y, List<Tensor> xs) {
        return gradients(scalar(y), Tensor.of(one(y)), xs, false);
    }

    /// `∂⟨y, g⟩/∂xᵢ` for a `y` of any shape and a gradient `g` with respect to it, of the same
    /// shape: the product of g and the Jacobian, as plain tensors.
    public List<Tensor> gradients(Tensor y, Array g, List<Tensor> xs) {
        if (!g.shape().equals(y.shape()) || g.dtype() != y.dtype()) {
            throw new IllegalArgumentException(
                    "gradients: expected a gradient with respect to the result, "
                            + name(y.dtype())
                            + y.shape()
                            + ", got "
                            + name(g.dtype())
                            + g.shape());
        }
        return gradients(y, Tensor.of(g), xs, false);
    }

    private static String name(DType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /// `∂y/∂xᵢ` as recorded tensors, which can be differentiated again on this tape.
    public List<Tensor> recordedGradients(Tensor y, List<Tensor> xs) {
        return gradients(scalar(y), Tensor.of(one(y)), xs, true);
    }

    private List<Tensor> gradients(Tensor y, Tensor g, List<Tensor> xs, boolean recorded) {
        checkOpen();
        List<Node> targets = new ArrayList<>(xs.size());
        for (Tensor x : xs) {
            Node node = x.node();
            if (node == null || node.tape() != this) {
                throw new IllegalArgumentException(
                        "a gradient is asked with respect to a tensor of shape "
                                + x.shape()
                                + " that this tape did not record");
            }
            targets.add(node);
        }
        @Nullable Tensor[] all = backward(y, g, targets, recorded);
        List<Tensor> result = new ArrayList<>(xs.size());
        for (Node node : targets) {
            Tensor part = at(all, node);
            if (part == null) {
                throw new IllegalArgumentException(
                        "the loss does not depend on "
                                + node
                                + "."
                                + Cut.of(node, nodes(), root(y)));
            }
            result.add(part);
        }
        return result;
    }

    /// `∂loss/∂p` for every parameter of the model.
    ///
    /// @throws IllegalStateException naming the first parameter that took part in no loss, and
    ///   where its graph was cut
    public Gradients gradients(Tensor loss, ParameterTree model) {
        checkOpen();
        List<Node> targets = new ArrayList<>();
        model.forEach((name, p) -> {
            Tensor leaf = leaves.get(p);
            if (leaf == null) {
                throw new IllegalStateException(
                        "the parameter '"
                                + name
                                + "' "
                                + p.shape()
                                + " took part in no computation of this step: it would never be trained");
            }
            targets.add(root(leaf));
        });
        @Nullable Tensor[] all = backward(loss, targets, false);
        Map<Parameter, Array> found = new HashMap<>();
        model.forEach((name, p) -> {
            Node node = targets.get(found.size());
            Tensor g = at(all, node);
            if (g == null) {
                throw new IllegalStateException(
                        "the loss does not depend on the parameter '"
                                + name
                                + "' "
                                + p.shape()
                                + "."
                                + Cut.of(node, nodes(), root(loss)));
            }
            found.put(p, g.value());
        });
        return new Gradients(model, found);
    }

    private Node root(Tensor y) {
        Node node = y.node();
        if (node == null) {
            throw new IllegalArgumentException(
                    "the loss is not recorded: nothing it was computed from was watched on a tape");
        }
        if (node.tape() != this) {
            throw new IllegalArgumentException("the loss was recorded on another tape");
        }
        return node;
    }

    static @Nullable Tensor at(@Nullable Tensor[] gradients, Node node) {
        return node.index() < gradients.length ? gradients[node.index()] : null;
    }

    private Tensor scalar(Tensor y) {
        checkOpen();
        Node _ = root(y);
        if (y.value().size() != 1) {
            throw new IllegalArgumentException(
                    "gradients are taken of one number, got shape "
                            + y.shape()
                            + "; sum() or mean() it first");
        }
        return y;
    }

    private Array one(Tensor y) {
        Array one = memory.fresh(y.dtype(), y.shape());
        Elementwise.fill(one, 1);
        return one;
    }

    /// The gradients of one number with respect to these nodes, by index; others are let go as soon
    /// as they are used.
    @Nullable Tensor[] backward(Tensor y, List<Node> targets, boolean recorded) {
        return backward(scalar(y), Tensor.of(one(y)), targets, recorded);
    }

    /// The same of any `y`, from the gradient `seed` with respect to it.
    @Nullable Tensor[] backward(Tensor y, Tensor seed, List<Node> targets, boolean recorded) {
        checkOpen();
        Node root = root(y);
        int count = root.index() + 1;
        boolean[] wanted = new boolean[count];
        for (Node target : targets) {
            if (target.index() < count) {
                wanted[target.index()] = true;
            }
        }
        boolean[] needed = leadingTo(wanted);
        Cotangents cotangents = Cotangents.of(count, memory, recorded);
        cotangents.add(root.index(), seed);
        for (int i = root.index(); i >= 0; i--) {
            Tensor g = cotangents.at(i);
            Node node = nodes.get(i);
            Op op = node.op();
            if (g == null || op == null || !needed[i]) {
                continue;
            }
            int mark = cotangents.mark();
            @Nullable Tensor[] parts = engine.pull(op, new Pullback(node, g, needed, recorded));
            for (int j = 0; j < node.parentCount(); j++) {
                Node parent = node.parent(j);
                Tensor part = parts[j];
                if (parent == null || part == null || !needed[parent.index()]) {
                    parts[j] = null;
                } else if (!part.shape().equals(parent.shape())) {
                    throw new IllegalStateException(
                            "the pullback of "
                                    + node
                                    + " gave input "
                                    + j
                                    + " of shape "
                                    + parent.shape()
                                    + " a gradient of shape "
                                    + part.shape());
                }
            }
            cotangents.add(node, parts);
            if (!wanted[i]) {
                cotangents.drop(i);
            }
            cotangents.forgetSince(mark);
        }
        return cotangents.all();
    }

    /// For each node whether a wanted one is among those it was computed from, or is itself.
    private boolean[] leadingTo(boolean[] wanted) {
        boolean[] needed = wanted.clone();
        for (int i = 0; i < needed.length; i++) {
            Node node = nodes.get(i);
            for (int j = 0; j < node.parentCount() && !needed[i]; j++) {
                Node parent = node.parent(j);
                needed[i] = parent != null && needed[parent.index()];
            }
        }
        return needed;
    }

    /// The number of recorded results.
    public int size() {
        return nodes.size();
    }

    List<Node> nodes() {
        return List.copyOf(nodes);
    }

    Memory memory() {
        return memory;
    }

    Engine engine() {
        return engine;
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("this tape is closed: its step ended");
        }
    }

    /// Ends the step: nothing can be recorded or differentiated on this tape any more.
    @Override
    public void close() {
        closed = true;
        nodes.clear();
        leaves.clear();
    }
}
