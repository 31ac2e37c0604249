package nonmercer.autodiff;

import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Memory;
import nonmercer.array.Shape;
import nonmercer.autodiff.op.*;
import nonmercer.linalg.Transpose;
import nonmercer.random.RandomStream;
import org.jspecify.annotations.Nullable;

/// An array, and how it was computed if a tape recorded it.
///
/// Code over tensors reads like the formula and runs eagerly: `q.matmul(k, TRANSPOSED).scale(1 /
/// Math.sqrt(d)).softmax().matmul(v)`. Elementwise operations of two tensors broadcast as in NumPy.
/// Both tensors have one element type; nothing is converted silently.
public final class Tensor {
    private final Array value;
    private final @Nullable Node node;

    Tensor(Array value, @Nullable Node node) {
        this.value = value;
        this.node = node;
    }

    /// A constant: a tensor no tape records.
    public static Tensor of(Array value) {
        return new Tensor(value, null);
    }

    /// A float64 constant vector.
    public static Tensor vector(double... values) {
        return of(Array.vector(values));
    }

    /// Applies an op: checks the shapes, runs it, and records the result if an input is recorded.
    ///
    /// @throws IllegalArgumentException if shapes or element types do not fit, or the inputs belong
    ///   to two live tapes
    public static Tensor apply(Op op, Tensor... in) {
        Tape tape = null;
        Array[] arrays = new Array[in.length];
        Shape[] shapes = new Shape[in.length];
        for (int i = 0; i < in.length; i++) {
            arrays[i] = in[i].value;
            shapes[i] = in[i].shape();
            if (in[i].dtype() != in[0].dtype()) {
                throw new IllegalArgumentException(
                        op.name()
                                + ": input 0 is "
                                + in[0].dtype()
                                + ", input "
                                + i
                                + " is "
                                + in[i].dtype()
                                + "; cast one of them");
            }
            Node n = in[i].node;
            if (n != null) {
                if (tape != null && tape != n.tape()) {
                    throw new IllegalArgumentException(
                            op.name() + ": its inputs were recorded on two tapes");
                }
                tape = n.tape();
            }
        }
        Shape shape = op.shape(shapes);
        if (tape == null) {
            Forward f = new Forward(arrays, Memory.of(arrays), op.dtype(in[0].dtype()), shape);
            op.forward(f);
            return new Tensor(f.out(), null);
        }
        tape.checkOpen();
        Forward f = new Forward(arrays, tape.memory(), op.dtype(in[0].dtype()), shape);
        tape.engine().run(op, f);
        return tape.record(op, in, f.out(), f.saved());
    }

    /// The numbers.
    public Array value() {
        return value;
    }

    /// The extents, outermost first.
    public Shape shape() {
        return value.shape();
    }

    /// The extent along an axis; -1 is the innermost.
    public int dim(int axis) {
        return value.dim(axis);
    }

    /// The number of axes.
    public int rank() {
        return value.shape().rank();
    }

    /// The type of the elements.
    public DType dtype() {
        return value.dtype();
    }

    /// The one element of a tensor of size 1.
    public double item() {
        return value.item();
    }

    /// Whether a tape recorded how this was computed.
    public boolean recorded() {
        return node != null;
    }

    /// The same numbers as a constant: no gradient flows through it.
    public Tensor detach() {
        return node == null ? this : new Tensor(value, null);
    }

    @Nullable Node node() {
        return node;
    }

    // --- arithmetic, broadcasting ---

    /// `x + y`.
    public Tensor add(Tensor y) {
        return apply(new Add(), this, y);
    }

    /// `x - y`.
    public Tensor sub(Tensor y) {
        return apply(new Subtract(), this, y);
    }

    /// `x · y`, elementwise.
    public Tensor mul(Tensor y) {
        return apply(new Multiply(), this, y);
    }

    /// `x / y`, elementwise.
    public Tensor div(Tensor y) {
        return apply(new Divide(), this, y);
    }

    /// `max(x, y)`; where they are equal the gradient goes to `x`.
    public Tensor maximum(Tensor y) {
        return apply(new Maximum(), this, y);
    }

    /// `min(x, y)`; where they are equal the gradient goes to `x`.
    public Tensor minimum(Tensor y) {
        return apply(new Minimum(), this, y);
    }

    /// `a · x`.
    public Tensor scale(double a) {
        return a == 1 ? this : apply(new Affine(a, 0), this);
    }

    /// `x + b`.
    public Tensor plus(double b) {
        return b == 0 ? this : apply(new Affine(1, b), this);
    }

    /// `a · x + b`.
    public Tensor affine(double a, double b) {
        return apply(new Affine(a, b), this);
    }

    /// `-x`.
    public Tensor neg() {
        return apply(new Affine(-1, 0), this);
    }

    // --- elementwise functions ---

    /// `eˣ`.
    public Tensor exp() {
        return apply(new Exp(), this);
    }

    /// `ln x`.
    public Tensor log() {
        return apply(new Log(), this);
    }

    /// `√x`. The gradient at 0 is taken as 0.
    public Tensor sqrt() {
        return apply(new Sqrt(), this);
    }

    /// `x²`.
    public Tensor square() {
        return apply(new Square(), this);
    }

    /// `1/x`.
    public Tensor reciprocal() {
        return apply(new Reciprocal(), this);
    }

    /// `xᵖ` for an integer `p`.
    public Tensor pow(int p) {
        return apply(new Power(p), this);
    }

    /// `|x|`. The gradient at 0 is taken as 0.
    public Tensor abs() {
        return apply(new Abs(), this);
    }

    /// `tanh x`.
    public Tensor tanh() {
        return apply(new Tanh(), this);
    }

    /// `erf x`.
    public Tensor erf() {
        return apply(new Erf(), this);
    }

    /// `1 / (1 + e⁻ˣ)`.
    public Tensor sigmoid() {
        return apply(new Sigmoid(), this);
    }

    /// `ln(1 + eˣ)`.
    public Tensor softplus() {
        return apply(new Softplus(), this);
    }

    /// `sin x`, radians.
    public Tensor sin() {
        return apply(new Sin(), this);
    }

    /// `cos x`, radians.
    public Tensor cos() {
        return apply(new Cos(), this);
    }

    /// `arccos x`, beyond ±1 that of ±1. The gradient there is taken as 0.
    public Tensor acos() {
        return apply(new Acos(), this);
    }

    /// `max(x, 0)`. The gradient at 0 is taken as 0.
    public Tensor relu() {
        return apply(new Relu(), this);
    }

    /// `x · Φ(x)`, with the exact normal distribution function `Φ(x) = (1 + erf(x/√2))/2`
    /// (Hendrycks & Gimpel 2016).
    public Tensor gelu() {
        return apply(new Gelu(), this);
    }

    /// The tanh form of GELU: `x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³)))`.
    public Tensor geluTanh() {
        return apply(new GeluTanh(), this);
    }

    /// `x` where the mask is not 0, elsewhere this number: `scores.where(mask,
    /// Double.NEGATIVE_INFINITY).softmax()`.
    public Tensor where(Array mask, double otherwise) {
        return apply(new Where(mask), this, of(Array.scalar(dtype(), otherwise)));
    }

    // --- reductions ---

    /// The sum along an axis, which disappears.
    public Tensor sum(int axis) {
        return apply(new Sum(shape().axis(axis)), this);
    }

    /// The sum of all elements, shape `[]`.
    public Tensor sum() {
        return apply(new SumTo(Shape.SCALAR), this);
    }

    /// The mean along an axis, which disappears.
    public Tensor mean(int axis) {
        return sum(axis).scale(1.0 / dim(axis));
    }

    /// The mean of all elements, shape `[]`.
    public Tensor mean() {
        return sum().scale(1.0 / value.size());
    }

    /// The maximum along the innermost axis, which disappears; the gradient goes to the first of
    /// equal maxima.
    public Tensor max() {
        return apply(new MaxRow(), this);
    }

    /// `ln Σⱼ exp(xⱼ)` along the innermost axis, which disappears; -∞ for a row of -∞.
    public Tensor logSumExp() {
        return apply(new LogSumExp(), this);
    }

    /// `exp(xᵢ) / Σⱼ exp(xⱼ)` along the innermost axis; a row of -∞ gives zeros.
    public Tensor softmax() {
        return apply(new Softmax(), this);
    }

    /// `exp(xᵢⱼ + hᵢ)`: the innermost axis shifted by one number a row, `h` of extent 1 there.
    public Tensor expRows(Tensor h) {
        return apply(new ExpRows(), this, h);
    }

    /// `xᵢ / Σⱼ xⱼ` along the innermost axis; a row whose sum is 0 gives zeros.
    public Tensor normalizeRows() {
        return apply(new NormalizeRows(), this);
    }

    /// The same numbers in another element type, rounded to nearest or exactly widened.
    public Tensor cast(DType to) {
        return to == dtype() ? this : apply(new Cast(to), this);
    }

    // --- shape ---

    /// The same elements in the same order under another shape.
    public Tensor reshape(Shape to) {
        return to.equals(shape()) ? this : apply(new Reshape(to), this);
    }

    /// The same elements in the same order under another shape.
    public Tensor reshape(int... extents) {
        return reshape(Shape.of(extents));
    }

    /// The axes in another order: axis `i` of the result is axis `order[i]` of this.
    public Tensor permute(int... order) {
        return apply(new Permute(order), this);
    }

    /// Repeats axes of extent 1, and adds axes outside, up to a shape.
    public Tensor broadcastTo(Shape to) {
        return to.equals(shape()) ? this : apply(new BroadcastTo(to), this);
    }

    /// Sums the axes that broadcasting would repeat: the adjoint of [#broadcastTo(Shape)].
    public Tensor sumTo(Shape to) {
        return to.equals(shape()) ? this : apply(new SumTo(to), this);
    }

    /// The elements `from` (inclusive) to `to` (exclusive) along an axis.
    public Tensor slice(int axis, int from, int to) {
        return apply(new Slice(shape().axis(axis), from, to), this);
    }

    /// Tensors one after the other along an axis.
    public static Tensor concat(int axis, List<Tensor> parts) {
        return apply(new Concat(parts.getFirst().shape().axis(axis)), parts.toArray(new Tensor[0]));
    }

    /// The parts of these extents along an axis, in order.
    public Tensor[] split(int axis, int... extents) {
        int a = shape().axis(axis);
        if (Arrays.stream(extents).sum() != dim(a)) {
            throw new IllegalArgumentException(
                    "split: "
                            + Arrays.toString(extents)
                            + " do not add up to the "
                            + dim(a)
                            + " along axis "
                            + axis
                            + " of "
                            + shape());
        }
        Tensor[] parts = new Tensor[extents.length];
        int from = 0;
        for (int i = 0; i < extents.length; i++) {
            parts[i] = slice(a, from, from + extents[i]);
            from += extents[i];
        }
        return parts;
    }

    /// Rows of a table `[rows, d]`: the result is `[index.length, d]`.
    public Tensor gather(int... index) {
        return apply(new Gather(index), this);
    }

    /// The elements of each row in another order: element `j` of the result is element `order[j]`.
    public Tensor shuffle(int... order) {
        return apply(new Shuffle(order), this);
    }

    // --- products ---

    /// `x y` over the two innermost axes; axes outside broadcast.
    public Tensor matmul(Tensor y) {
        return matmul(y, Transpose.PLAIN);
    }

    /// `x y` or `x yᵀ` over the two innermost axes; axes outside broadcast.
    public Tensor matmul(Tensor y, Transpose of) {
        if (rank() > 2 && y.rank() == 2) { // one tall product instead of a batch of small ones
            int n = dim(-1);
            Tensor tall = reshape(n == 0 ? 0 : value.size() / n, n);
            Tensor product = apply(new MatMul(Transpose.PLAIN, of), tall, y);
            return product.reshape(shape().with(-1, product.dim(-1)));
        }
        return apply(new MatMul(Transpose.PLAIN, of), this, y);
    }

    /// `H x` along the innermost axis, of a power of two elements: the unnormalised Walsh–Hadamard
    /// transform.
    public Tensor hadamard() {
        return apply(new WalshHadamard(), this);
    }

    // --- layers ---

    /// `x W + b` along the innermost axis, with weights `[in, out]` and a bias `[out]`.
    public Tensor linear(Tensor weight, Tensor bias) {
        return apply(new Linear(), this, weight, bias);
    }

    /// Each element 0 with probability `rate`, else divided by `1 - rate`; which ones depends on
    /// the key alone.
    public Tensor dropout(double rate, RandomStream key) {
        return rate == 0 ? this : apply(new Dropout(rate, key), this);
    }

    /// `(x - mean) / √(variance + ε) · gain + bias` along the innermost axis (Ba, Kiros & Hinton
    /// 2016).
    public Tensor layerNorm(Tensor gain, Tensor bias, double epsilon) {
        return apply(new LayerNorm(epsilon), this, gain, bias);
    }

    /// `x / √(mean(x²) + ε) · gain` along the innermost axis (Zhang & Sennrich 2019).
    public Tensor rmsNorm(Tensor gain, double epsilon) {
        return apply(new RmsNorm(epsilon), this, gain);
    }

    /// The mean over the rows `[n, classes]` of the cross-entropy with the targets; a target of -1
    /// is left out.
    public Tensor crossEntropy(int[] targets, double smoothing) {
        return apply(new CrossEntropy(targets, smoothing), this);
    }

    /// Shape, type and, up to 64 elements, the values.
    @Override
    public String toString() {
        return (node == null ? "constant " : node.name() + " ") + value;
    }
}
