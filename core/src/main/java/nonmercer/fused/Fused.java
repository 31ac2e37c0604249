package nonmercer.fused;

import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.DType;

/// `outᵢ = Σⱼ wᵢⱼ vⱼ / Σⱼ wᵢⱼ` with `wᵢⱼ` a function of pairings of query i and key j, exactly, and
/// its pullback; no array of all pairs exists.
///
/// Arrays are `[sequences, heads, rows, width]`, row-major; heads of queries may share a head of
/// keys and values. The bits are the same at any number of threads and any vector width, cold or
/// hot. A query that sees no key gets zeros. Source: Milakov & Gimelshein 2018 for the running
/// sums, Dao et al. 2022, algorithms 1 and 4, for the tiles; here for any weight made of pairings.
/// Each thread keeps its packed operands for the next call.
///
/// Both methods throw [IllegalArgumentException] when the shapes do not fit.
public final class Fused {
    private Fused() {}

    /// Writes the means `[…, n, e]`, and into `norms [kept·sequences·heads·n]` what the pullback
    /// needs of each query, [Scores#kept()] numbers: `ln Σⱼ wᵢⱼ` up to a constant; or first what
    /// the sum was divided by.
    ///
    /// @param q the queries of each pairing
    /// @param k the keys of each pairing
    public static void forward(
            Scores scores,
            Setting setting,
            List<Array> q,
            List<Array> k,
            Array v,
            Array out,
            Array norms) {
        Extent x = extent(scores, setting, q, k, v);
        int[] widths = widths(q);
        if (v.dtype() == DType.FLOAT32) {
            FloatFused.forward(
                    x,
                    scores,
                    setting,
                    floats(q),
                    floats(k),
                    widths,
                    v.floats(),
                    out.floats(),
                    norms.floats());
        } else {
            DoubleFused.forward(
                    x,
                    scores,
                    setting,
                    doubles(q),
                    doubles(k),
                    widths,
                    v.doubles(),
                    out.doubles(),
                    norms.doubles());
        }
    }

    /// Writes every score, `w` or `ln w`: `[…, n, m]`.
    ///
    /// @param q the queries of each pairing
    /// @param k the keys of each pairing
    public static void gram(Scores scores, List<Array> q, List<Array> k, Array out) {
        Extent x = extent(scores, Setting.of(Visible.all()), q, k, k.getFirst());
        if (out.size() != x.groups() * x.n() * x.m()) {
            throw new IllegalArgumentException(
                    "the scores of "
                            + q.getFirst().shape()
                            + " and "
                            + k.getFirst().shape()
                            + " do not fit in "
                            + out.shape());
        }
        int[] widths = widths(q);
        if (out.dtype() == DType.FLOAT32) {
            FloatFused.gram(x, scores, floats(q), floats(k), widths, out.floats());
        } else {
            DoubleFused.gram(x, scores, doubles(q), doubles(k), widths, out.doubles());
        }
    }

    /// Writes the gradients with respect to queries, keys and values, given the one with respect to
    /// `out`; gives those with respect to the scores' other numbers. That of the bias is written if
    /// there is room for it.
    public static double[] backward(
            Scores scores,
            Setting setting,
            List<Array> q,
            List<Array> k,
            Array v,
            Array out,
            Array norms,
            Array gradient,
            List<Array> dq,
            List<Array> dk,
            Array dv,
            Optional<Array> dbias) {
        Extent x = extent(scores, setting, q, k, v);
        if (x.room() > x.m()) {
            throw new IllegalArgumentException(
                    "fused attention: only the first "
                            + x.m()
                            + " of "
                            + x.room()
                            + " keys are keys; a gradient is one of all that is given");
        }
        int[] widths = widths(q);
        return v.dtype() == DType.FLOAT32
                ? FloatFused.backward(
                        x,
                        scores,
                        setting,
                        floats(q),
                        floats(k),
                        widths,
                        v.floats(),
                        out.floats(),
                        norms.floats(),
                        gradient.floats(),
                        floats(dq),
                        floats(dk),
                        dv.floats(),
                        dbias.map(Array::floats).orElse(new float[0]))
                : DoubleFused.backward(
                        x,
                        scores,
                        setting,
                        doubles(q),
                        doubles(k),
                        widths,
                        v.doubles(),
                        out.doubles(),
                        norms.doubles(),
                        gradient.doubles(),
                        doubles(dq),
                        doubles(dk),
                        dv.doubles(),
                        dbias.map(Array::doubles).orElse(new double[0]));
    }

    private static Extent extent(
            Scores scores, Setting setting, List<Array> q, List<Array> k, Array v) {
        if (q.size() != scores.forms().size() || k.size() != q.size()) {
            throw new IllegalArgumentException(
                    "fused attention: "
                            + scores.forms().size()
                            + " pairings need as many queries and keys, got "
                            + q.size()
                            + " and "
                            + k.size());
        }
        int n = q.getFirst().dim(-2);
        for (int p = 0; p < q.size(); p++) {
            Array a = q.get(p);
            Array b = k.get(p);
            if (a.shape().rank() != 4
                    || b.shape().rank() != 4
                    || v.shape().rank() != 4
                    || a.dim(-1) != b.dim(-1)
                    || a.dim(-2) != n
                    || b.dim(-2) != v.dim(-2)
                    || a.dim(0) != v.dim(0)
                    || !b.shape().first(2).equals(v.shape().first(2))
                    || v.dim(1) == 0
                    || a.dim(1) % v.dim(1) != 0) {
                throw new IllegalArgumentException(
                        "fused attention: expected queries [sequences, g h, n, d], keys [sequences, h, m, d]"
                                + " and values [sequences, h, m, e], got "
                                + a.shape()
                                + ", "
                                + b.shape()
                                + " and "
                                + v.shape());
            }
        }
        if (setting.divisor().kind() == Divisor.Kind.ONE && !scores.isValue()) {
            throw new IllegalArgumentException(
                    "fused attention: weights that are not divided by a sum must be given by their value");
        }
        int room = v.dim(2);
        int m = setting.visible().keys(room);
        if (m < 0 || m > room) {
            throw new IllegalArgumentException(
                    "fused attention: " + m + " keys are to be read of " + room);
        }
        Extent x = new Extent(v.dim(0), q.getFirst().dim(1), v.dim(1), n, m, v.dim(3), room);
        setting.bias().ifPresent(b -> b.check(x));
        return x;
    }

    // Loops, not streams: a call of a millisecond begins with them, long before they are compiled.

    private static int[] widths(List<Array> arrays) {
        int[] all = new int[arrays.size()];
        for (int p = 0; p < all.length; p++) {
            all[p] = arrays.get(p).dim(-1);
        }
        return all;
    }

    private static float[][] floats(List<Array> arrays) {
        float[][] all = new float[arrays.size()][];
        for (int p = 0; p < all.length; p++) {
            all[p] = arrays.get(p).floats();
        }
        return all;
    }

    private static double[][] doubles(List<Array> arrays) {
        double[][] all = new double[arrays.size()][];
        for (int p = 0; p < all.length; p++) {
            all[p] = arrays.get(p).doubles();
        }
        return all;
    }
}
