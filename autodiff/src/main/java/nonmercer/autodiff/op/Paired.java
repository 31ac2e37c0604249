package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.array.Elementwise;
import nonmercer.array.Memory;
import nonmercer.array.Pairs;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Pairing;
import org.jspecify.annotations.Nullable;

/// `y_ij = Σ_l f(q_il, k_jl)`: a number for each pair of rows, `[…, m, d] × […, n, d] → […, m, n]`;
/// the axes outside must be equal.
///
/// `q̄_il = Σ_j ȳ_ij ∂f/∂q (q_il, k_jl)` and `k̄_jl = Σ_i ȳ_ij ∂f/∂k (q_il, k_jl)`, by loops that
/// keep no `[m, n, d]`.
interface Paired extends Op {
    /// `f`, summed over the coordinates.
    Pairing pairing();

    /// `∂f/∂q` as a constant or a tensor; `∂f/∂k` is its negative, or what [#keySlope] says.
    Tensor slope(Tensor q, Tensor k);

    /// `∂f/∂k`.
    default Tensor keySlope(Tensor q, Tensor k) {
        return slope(q, k).neg();
    }

    @Override
    default Shape shape(Shape... in) {
        Shape q = in[0];
        Shape k = in[1];
        int r = q.rank();
        if (r < 2
                || k.rank() != r
                || q.dim(-1) != k.dim(-1)
                || !q.first(r - 2).equals(k.first(r - 2))) {
            throw new IllegalArgumentException(
                    name()
                            + ": expected queries […, m, d] and keys […, n, d] with the same outer axes and d, got "
                            + q
                            + " and "
                            + k);
        }
        return q.with(-1, k.dim(-2));
    }

    @Override
    default void forward(Forward f) {
        Pairs.pair(pairing(), f.in(0), f.in(1), f.out());
    }

    @Override
    default @Nullable Tensor[] pullback(Pullback p) {
        Tensor q = p.in(0);
        Tensor k = p.in(1);
        Tensor g = p.gradient();
        if (p.recording()) {
            Tensor g1 = g.reshape(g.shape().append(1)); // [.., m, n, 1]
            int r = q.rank();
            Tensor q1 = q.reshape(q.shape().first(r - 1).append(1, q.dim(-1))); // [.., m, 1, d]
            Tensor k1 =
                    k.reshape(
                            k.shape()
                                    .first(r - 2)
                                    .append(1, k.dim(-2), k.dim(-1))); // [.., 1, n, d]
            return new @Nullable Tensor[] {
                p.wants(0) ? g1.mul(slope(q1, k1)).sum(-2) : null,
                p.wants(1) ? g1.mul(keySlope(q1, k1)).sum(-3) : null
            };
        }
        Array dq = p.fresh(q.shape());
        Array dk = p.fresh(k.shape());
        Pairs.pairGradient(pairing(), q.value(), k.value(), g.value(), dq, dk);
        return new @Nullable Tensor[] {Tensor.of(dq), Tensor.of(dk)};
    }

    @Override
    default int keeps() {
        return FIRST | SECOND;
    }

    /// Half the smallest `|q_il - k_jl|`: both may move.
    static double distanceToTie(Array q, Array k) {
        int d = q.dim(-1);
        int m = q.dim(-2);
        int n = k.dim(-2);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < q.size() / Math.max(1, d); i++) {
            for (int j = 0; j < n; j++) {
                for (int l = 0; l < d; l++) {
                    least =
                            Math.min(
                                    least,
                                    Math.abs(q.at(i * d + l) - k.at((i / m * n + j) * d + l)) / 2);
                }
            }
        }
        return least;
    }

    /// `1` where the comparison holds, else 0, broadcasting: a constant.
    static Tensor where(Binary comparison, Tensor a, Tensor b) {
        Array out =
                Memory.of(a.value(), b.value())
                        .fresh(a.dtype(), Shape.broadcast(a.shape(), b.shape()));
        Elementwise.binary(comparison, a.value(), b.value(), out);
        return Tensor.of(out);
    }

    /// Random queries and keys with `d` coordinates.
    static Specimen specimen(Op op, Draw draw, int d) {
        Shape outer = draw.shape(0, 2);
        return draw.of(
                op,
                draw.normal(outer.append(draw.extent(), d)),
                draw.normal(outer.append(draw.extent(), d)));
    }
}
