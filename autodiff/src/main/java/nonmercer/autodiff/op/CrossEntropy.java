package nonmercer.autodiff.op;

import java.util.Arrays;
import nonmercer.array.Array;
import nonmercer.array.Elementwise;
import nonmercer.array.Reduce;
import nonmercer.array.Rows;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/// The mean cross-entropy of rows of logits `[rows, classes]` with target classes: `-Σ_c q_c ln
/// softmax(x)_c`, with `q = (1 - smoothing) · onehot(target) + smoothing / classes` (Szegedy et al.
/// 2016). A target of -1 leaves its row out; if all rows are left out the result is 0.
///
/// `x̄ = (softmax(x) - q) · ȳ / counted rows`.
public record CrossEntropy(Index targets, double smoothing) implements Op {
    /// Checks the smoothing.
    public CrossEntropy {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException(
                    "crossEntropy: smoothing is a part in [0, 1), got " + smoothing);
        }
    }

    /// The op with these targets, which are copied.
    public CrossEntropy(int[] targets, double smoothing) {
        this(Index.of(targets), smoothing);
    }

    @Override
    public Shape shape(Shape... in) {
        if (in[0].rank() != 2 || in[0].dim(0) != targets.size()) {
            throw new IllegalArgumentException(
                    "crossEntropy: expected logits ["
                            + targets.size()
                            + ", classes] for as many targets, got "
                            + in[0]);
        }
        int classes = in[0].dim(1);
        for (int t : targets.values()) {
            if (t < -1 || t >= classes) {
                throw new IllegalArgumentException(
                        "crossEntropy: target "
                                + t
                                + " is none of the "
                                + classes
                                + " classes, and not the -1 that leaves a row out");
            }
        }
        return Shape.SCALAR;
    }

    @Override
    public void forward(Forward f) {
        Array x = f.in(0);
        Array losses = f.fresh(Shape.of(x.dim(0)));
        Rows.crossEntropy(x, targets.values(), smoothing, losses);
        Reduce.sumTo(losses, f.out());
        Elementwise.affine(f.out(), 1.0 / counted(), 0, f.out());
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor x = p.in(0);
        if (p.recording()) {
            Tensor g = p.gradient().scale(1.0 / counted());
            Tensor rest = x.softmax().sub(Tensor.of(expected(x)));
            return new @Nullable Tensor[] {rest.mul(Tensor.of(counts(x))).mul(g)};
        }
        Array dx = p.fresh(x.shape());
        Array g = p.fresh(Shape.of(targets.size()));
        Elementwise.fill(g, p.gradient().item() / counted());
        Rows.crossEntropyGradient(x.value(), targets.values(), smoothing, g, dx);
        return new @Nullable Tensor[] {Tensor.of(dx)};
    }

    /// The number of rows that count, at least 1.
    private int counted() {
        int n = 0;
        for (int t : targets.values()) {
            n += t < 0 ? 0 : 1;
        }
        return Math.max(1, n);
    }

    /// `q`, `[rows, classes]`.
    private Array expected(Tensor x) {
        int classes = x.dim(1);
        double[] q = new double[x.shape().size()];
        Arrays.fill(q, smoothing / classes);
        for (int i = 0; i < targets.size(); i++) {
            if (targets.values()[i] >= 0) {
                q[i * classes + targets.values()[i]] += 1 - smoothing;
            }
        }
        return Array.of(x.shape(), q).cast(x.dtype());
    }

    /// 1 for a row that counts, 0 for one left out, `[rows, 1]`.
    private Array counts(Tensor x) {
        double[] counts = new double[targets.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = targets.values()[i] < 0 ? 0 : 1;
        }
        return Array.of(Shape.of(counts.length, 1), counts).cast(x.dtype());
    }

    @Override
    public int keeps() {
        return FIRST;
    }

    static Specimen specimen(Draw draw) {
        int classes = draw.extent();
        int[] targets = new int[draw.extent()];
        Arrays.setAll(targets, i -> draw.integer(-1, classes));
        double smoothing = draw.pick(0.0, 0.1);
        return draw.of(
                new CrossEntropy(targets, smoothing),
                draw.normal(Shape.of(targets.length, classes)));
    }
}
