package nonmercer.attention;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Elementwise;
import nonmercer.array.Memory;
import nonmercer.array.Scan;
import nonmercer.array.Shape;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.op.MatMul;
import nonmercer.autodiff.op.Pad;
import nonmercer.linalg.Transpose;
import org.jspecify.annotations.Nullable;

/// `yᵢ = Σ_{j ≤ i} e^(rⱼ − rᵢ) (aᵢ·bⱼ) cⱼ`, or from the other end `yᵢ = Σ_{j ≥ i} e^(rᵢ − rⱼ)
/// (aᵢ·bⱼ) cⱼ`, in time linear in the number of rows: causal attention through features, without
/// its normaliser.
///
/// Inputs `a`, `b`: `[…, n, f]`, `c`: `[…, n, w]`, `r`: `[…, n]`, not decreasing, so that no factor
/// exceeds 1. By chunks: what gathered before the chunk, `aᵢ·(Σⱼ bⱼ cⱼᵀ)`, and the pairs inside it.
///
/// The pullback is the same product with its operands turned: `ā = forth(ȳ, c, b)`, `b̄ = back(c,
/// ȳ, a)`, `c̄ = back(b, a, ȳ)`, `r̄ = Σ c̄∘c − Σ ȳ∘y` along the rows, so it is linear in the
/// number of rows too, in every order.
record PrefixProduct(Order order, int chunk) implements Op {
    /// Which rows a row sees.
    enum Order {
        /// Itself and those before.
        FORTH,
        /// Itself and those behind.
        BACK
    }

    @Override
    public Shape shape(Shape... in) {
        Shape rows = in[0].without(-1);
        if (!in[1].equals(in[0]) || !in[2].without(-1).equals(rows) || !in[3].equals(rows)) {
            throw new IllegalArgumentException(
                    "a causal product takes two [..., n, f], one [..., n, w] and levels [..., n],"
                            + " got "
                            + in[0]
                            + ", "
                            + in[1]
                            + ", "
                            + in[2]
                            + " and "
                            + in[3]);
        }
        return in[2];
    }

    @Override
    public void forward(Forward f) {
        int n = f.in(0).dim(-2);
        if (f.out().size() == 0) {
            return;
        }
        int chunks = (n + chunk - 1) / chunk;
        int batch = f.in(3).size() / n;
        Tensor a = chunks(f.in(0), batch, chunks);
        Tensor b = chunks(f.in(1), batch, chunks);
        Tensor c = chunks(f.in(2), batch, chunks);
        Levels levels = levels(f.in(3), batch, chunks);
        Tensor pairs = a.matmul(b, Transpose.TRANSPOSED); // [B, C, s, s], nobody else's
        weigh(pairs.value(), f.in(3).toDoubles(), n, chunks);
        Tensor near = pairs.matmul(c); // [B, C, s, w]
        Tensor own =
                Tensor.apply(
                        new MatMul(Transpose.TRANSPOSED, Transpose.PLAIN),
                        b.mul(levels.toEdge()),
                        c); // [B, C, f, w]
        int size = own.dim(2) * own.dim(3);
        Tensor flat = own.reshape(batch, chunks, size);
        Array state = Memory.of(f.in(0)).fresh(f.out().dtype(), flat.shape());
        if (order == Order.FORTH) {
            Scan.before(flat.value(), levels.carry(), state);
        } else {
            Scan.after(flat.value(), levels.carry(), state);
        }
        Tensor far =
                a.mul(levels.fromEdge())
                        .matmul(Tensor.of(state).reshape(batch, chunks, own.dim(2), own.dim(3)));
        Tensor all = near.add(far).reshape(batch, chunks * chunk, f.out().dim(-1));
        Tensor cut = n == chunks * chunk ? all : all.slice(1, 0, n);
        Elementwise.copy(cut.value().reshape(f.out().shape()), f.out());
    }

    /// `[…, n, w]` → `[batch, chunks, chunk, w]`, the rows that are missing zero.
    private Tensor chunks(Array x, int batch, int chunks) {
        int n = x.dim(-2);
        int w = x.dim(-1);
        Tensor rows = Tensor.of(x.reshape(Shape.of(batch, n, w)));
        Tensor whole =
                n == chunks * chunk ? rows : Tensor.apply(new Pad(1, 0, chunks * chunk), rows);
        return whole.reshape(batch, chunks, chunk, w);
    }

    /// Hides what a row of a chunk does not see, and lets the rest decay.
    private void weigh(Array pairs, double[] r, int n, int chunks) {
        int s = chunk;
        for (int row = 0; row < pairs.size() / s; row++) {
            int b = row / (s * chunks);
            int first = row / s % chunks * s;
            int i = row % s;
            double mine = level(r, b, n, first + i);
            for (int j = 0; j < s; j++) {
                boolean sees = order == Order.FORTH ? j <= i : j >= i;
                double other = level(r, b, n, first + j);
                if (!sees || mine != other) {
                    scale(pairs, row * s + j, sees ? decay(mine, other) : 0);
                }
            }
        }
    }

    private static void scale(Array x, int at, double by) {
        if (x.dtype() == DType.FLOAT32) {
            x.floats()[at] = by == 0 ? 0 : (float) (x.floats()[at] * by);
        } else {
            x.doubles()[at] = by == 0 ? 0 : x.doubles()[at] * by;
        }
    }

    /// The factors of rows to and from the levels at the edges of their chunk `[B, C, s, 1]`, and
    /// from edge to edge `[B, C]`.
    private record Levels(Tensor toEdge, Tensor fromEdge, Array carry) {}

    private Levels levels(Array r, int batch, int chunks) {
        int n = r.dim(-1);
        int s = chunk;
        double[] from = r.toDoubles();
        double[] to = new double[batch * chunks * s];
        double[] back = new double[batch * chunks * s];
        double[] carry = new double[batch * chunks];
        for (int b = 0; b < batch; b++) {
            for (int c = 0; c < chunks; c++) {
                int at = b * chunks + c;
                double edge = level(from, b, n, order == Order.FORTH ? (c + 1) * s - 1 : c * s);
                double other =
                        order == Order.FORTH
                                ? level(from, b, n, c * s - 1)
                                : level(from, b, n, (c + 1) * s);
                double before =
                        order == Order.FORTH
                                ? level(from, b, n, (c - 1) * s - 1)
                                : level(from, b, n, (c + 2) * s);
                carry[at] = decay(other, before);
                for (int i = 0; i < s; i++) {
                    double mine = level(from, b, n, c * s + i);
                    to[at * s + i] = decay(edge, mine);
                    back[at * s + i] = decay(mine, other);
                }
            }
        }
        DType type = r.dtype();
        return new Levels(
                Tensor.of(Array.of(Shape.of(batch, chunks, s, 1), to).cast(type)),
                Tensor.of(Array.of(Shape.of(batch, chunks, s, 1), back).cast(type)),
                Array.of(Shape.of(batch, chunks), carry).cast(type));
    }

    /// The level of a row; beyond the ends that of the nearest.
    private static double level(double[] r, int b, int n, int i) {
        return r[b * n + Math.clamp(i, 0, n - 1)];
    }

    private static double decay(double a, double b) {
        return a == b ? 1 : Math.exp(-Math.abs(a - b));
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor a = p.in(0);
        Tensor b = p.in(1);
        Tensor c = p.in(2);
        Tensor r = p.in(3);
        Tensor y = p.out();
        Tensor g = p.gradient();
        PrefixProduct same = this;
        PrefixProduct other =
                new PrefixProduct(order == Order.FORTH ? Order.BACK : Order.FORTH, chunk);
        Tensor dc = p.wants(2) || p.wants(3) ? Tensor.apply(other, b, a, g, r) : null;
        Tensor dr = null;
        if (p.wants(3) && dc != null) {
            Tensor forth = dc.mul(c).sum(-1).sub(g.mul(y).sum(-1));
            dr = order == Order.FORTH ? forth : forth.neg();
        }
        return new @Nullable Tensor[] {
            p.wants(0) ? Tensor.apply(same, g, c, b, r) : null,
            p.wants(1) ? Tensor.apply(other, c, g, a, r) : null,
            dc,
            dr
        };
    }

    @Override
    public int keeps() {
        return FIRST | SECOND | THIRD | 1 << 3 | OUTPUT;
    }
}
