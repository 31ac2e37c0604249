package nonmercer.array;

import nonmercer.lanes.Pairing;
import nonmercer.parallel.Parallel;

/// Every query against every key by a sum over coordinates that is no product: sums of minima,
/// distances.
///
/// Queries are `[.., m, d]`, keys `[.., n, d]`, the result `[.., m, n]`; the leading axes are
/// equal.
public final class Pairs {
    private static final int COORDINATES = 8;

    private Pairs() {}

    /// `out[.., i, j] = Σ_l f(q[.., i, l], k[.., j, l])`, each sum from l = 0 up.
    public static void pair(Pairing f, Array q, Array k, Array out) {
        Loops loops = Chunks.loops("pair", q, k, out);
        int m = q.dim(-2);
        int n = k.dim(-2);
        int d = q.dim(-1);
        check("pair", q, k, out);
        Array columns = columns(k);
        int batch = out.size() == 0 ? 0 : out.size() / (m * n);
        Chunks.rows(
                batch * m,
                Math.multiplyExact(n, Math.max(1, d)),
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        loops.pair(f, q, row * d, d, columns, row / m * n * d, n, out, row * n, n);
                    }
                });
    }

    /// The pullback of [#pair] for the gradient `g` `[.., m, n]`: writes `dq` and `dk`, shaped as
    /// `q` and `k`.
    public static void pairGradient(Pairing f, Array q, Array k, Array g, Array dq, Array dk) {
        Loops loops = Chunks.loops("pairGradient", q, k, g, dq, dk);
        int m = q.dim(-2);
        int n = k.dim(-2);
        int d = q.dim(-1);
        check("pairGradient", q, k, g);
        Chunks.shape("pairGradient", "a gradient of the queries", q.shape(), dq);
        Chunks.shape("pairGradient", "a gradient of the keys", k.shape(), dk);
        if (g.size() == 0 || d == 0) {
            Elementwise.fill(dq, 0);
            Elementwise.fill(dk, 0);
            return;
        }
        Array columns = columns(k);
        Array dcolumns = Memory.of(k, q, g).fresh(k.dtype(), columns.shape());
        Elementwise.fill(dcolumns, 0);
        // A coordinate's gradients need no other coordinate: a few of them for one batch entry are
        // a task, in which every query adds to the keys' gradient, in order.
        int blocks = (d + COORDINATES - 1) / COORDINATES;
        Parallel.forEach(
                Math.multiplyExact(g.size() / (m * n), blocks),
                task -> {
                    int b = task / blocks;
                    int l = task % blocks * COORDINATES;
                    int count = Math.min(COORDINATES, d - l);
                    int ko = (b * d + l) * n;
                    for (int i = b * m; i < (b + 1) * m; i++) {
                        loops.pairGradient(
                                f, q, i * d + l, count, columns, ko, g, i * n, n, dq, dcolumns);
                    }
                });
        Layout.permute(dcolumns, lastTwoSwapped(k.shape().rank()), dk);
    }

    private static void check(String operation, Array q, Array k, Array out) {
        int rank = q.shape().rank();
        if (rank < 2
                || k.shape().rank() != rank
                || q.dim(-1) != k.dim(-1)
                || !q.shape().first(rank - 2).equals(k.shape().first(rank - 2))) {
            throw new IllegalArgumentException(
                    operation
                            + ": expected queries [.., m, d] and keys [.., n, d] of equal"
                            + " leading axes, got "
                            + q.shape()
                            + " and "
                            + k.shape());
        }
        Chunks.shape(operation, "an array of pairs", q.shape().with(-1, k.dim(-2)), out);
    }

    private static Array columns(Array k) {
        int rank = k.shape().rank();
        Array out = Memory.of(k).fresh(k.dtype(), k.shape().permute(lastTwoSwapped(rank)));
        Layout.permute(k, lastTwoSwapped(rank), out);
        return out;
    }

    private static int[] lastTwoSwapped(int rank) {
        int[] order = java.util.stream.IntStream.range(0, rank).toArray();
        order[rank - 1] = rank - 2;
        order[rank - 2] = rank - 1;
        return order;
    }
}
