package nonmercer.autodiff.op;

import nonmercer.array.Fastfood;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.linalg.Transpose;
import org.jspecify.annotations.Nullable;

/// `y = V x` for blocks `V = S H G Π H B` one below the other, along the innermost axis: rows `x
/// [.., d]` and diagonals `s`, `g`, `b` `[blocks, n]`, `d ≤ n`, to `y [.., blocks·n]` (Le, Sarlós &
/// Smola 2013); or with [Transpose#TRANSPOSED] `x = Vᵀ y`, the other way.
///
/// `x̄ = Vᵀ ȳ`, and `ȳ = V x̄` of the transpose. With `u = Π H B x` and `t = H S ȳ`: `s̄ = Σ ȳ · H
/// G u`, `ḡ = Σ t · u`, `b̄ = Σ x · H Πᵀ G t` over all rows; the transpose is the same form in `x̄`
/// and `y`, and so has the same gradients.
///
/// @param order the permutation `Π` of the elements of all blocks: `(Π x)ᵢ = x[order[i]]`
/// @param d the elements of a row of `x`
public record FastfoodProjection(Transpose side, int d, Index order) implements Op {
    /// The projection of rows of `d` elements by blocks with this permutation, which is copied.
    public FastfoodProjection(int d, int... order) {
        this(Transpose.PLAIN, d, Index.of(order));
    }

    @Override
    public Shape shape(Shape... in) {
        boolean plain = side == Transpose.PLAIN;
        int m = order.size();
        if (in[0].rank() == 0 || in[0].dim(-1) != (plain ? d : m)) {
            throw new IllegalArgumentException(
                    "fastfood: expected rows of " + (plain ? d : m) + " elements, got " + in[0]);
        }
        Fastfood.check(in[0].with(-1, d), in[1], in[2], in[3], m);
        return in[0].with(-1, plain ? m : d);
    }

    @Override
    public void forward(Forward f) {
        if (side == Transpose.PLAIN) {
            Fastfood.project(f.in(0), f.in(1), f.in(2), f.in(3), order.values(), f.out());
        } else {
            Fastfood.projectBack(f.in(0), f.in(1), f.in(2), f.in(3), order.values(), f.out());
        }
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        Tensor s = p.in(1);
        Tensor g = p.in(2);
        Tensor b = p.in(3);
        @Nullable Tensor[] parts = new @Nullable Tensor[4];
        if (p.wants(0)) {
            Op back = new FastfoodProjection(side.flip(), d, order);
            parts[0] = Tensor.apply(back, p.gradient(), s, g, b);
        }
        if (p.wants(1) || p.wants(2) || p.wants(3)) {
            boolean plain = side == Transpose.PLAIN;
            diagonals(p, plain ? p.in(0) : p.gradient(), plain ? p.gradient() : p.in(0), parts);
        }
        return parts;
    }

    private void diagonals(Pullback p, Tensor x, Tensor y, @Nullable Tensor[] parts) {
        int n = p.shape(1).dim(1);
        Shape rows = y.shape();
        Shape blocks = rows.with(-1, p.shape(1).dim(0)).append(n);
        Tensor padded =
                (d == n ? x : Tensor.apply(new Pad(x.rank() - 1, 0, n), x))
                        .reshape(x.shape().with(-1, 1).append(n));
        Tensor g = p.in(2);
        Tensor u =
                padded.mul(p.in(3))
                        .hadamard()
                        .reshape(rows)
                        .shuffle(order.values())
                        .reshape(blocks);
        Tensor each = y.reshape(blocks);
        if (p.wants(1)) {
            parts[1] = u.mul(g).hadamard().mul(each).sumTo(p.shape(1));
        }
        if (p.wants(2) || p.wants(3)) {
            Tensor t = each.mul(p.in(1)).hadamard();
            if (p.wants(2)) {
                parts[2] = t.mul(u).sumTo(p.shape(2));
            }
            if (p.wants(3)) {
                Tensor back = t.mul(g).reshape(rows).shuffle(Shuffle.inverse(order));
                parts[3] = back.reshape(blocks).hadamard().mul(padded).sumTo(p.shape(3));
            }
        }
    }

    @Override
    public int keeps() {
        return FIRST | SECOND | THIRD | Op.bit(3);
    }

    static Specimen specimen(Draw draw) {
        int n = 1 << draw.integer(0, 4);
        int d = draw.integer(1, n + 1);
        int blocks = draw.integer(1, 3);
        int[] order = new int[blocks * n];
        for (int k = 0; k < blocks; k++) {
            int[] block = draw.permutation(n);
            for (int i = 0; i < n; i++) {
                order[k * n + i] = k * n + block[i];
            }
        }
        Transpose side = draw.pick(Transpose.PLAIN, Transpose.TRANSPOSED);
        Shape diagonal = Shape.of(blocks, n);
        return draw.of(
                new FastfoodProjection(side, d, Index.of(order)),
                draw.normal(draw.shape(0, 2).append(side == Transpose.PLAIN ? d : blocks * n)),
                draw.normal(diagonal),
                draw.normal(diagonal),
                draw.normal(diagonal));
    }
}
