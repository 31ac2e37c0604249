package nonmercer.attention;

import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.Elementwise;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.op.MatMul;
import nonmercer.feature.RandomFeatures;
import nonmercer.fused.FusedLinear;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Logarithms;
import nonmercer.kernel.PositiveFeatureMap;
import nonmercer.kernel.Projected;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Unary;
import nonmercer.linalg.Transpose;

/// Attention through features in linear time: `outᵢ = φ(qᵢ)ᵀ S / φ(qᵢ)ᵀ s`, `S = Σⱼ ψ(kⱼ) vⱼᵀ`, `s
/// = Σⱼ ψ(kⱼ)` (Katharopoulos et al. 2020).
///
/// Time `O(L m (d + e))` for `m` features, forward and backward. Memory kept for the backward pass:
/// the features, `O(L m)`, or with [#recomputing()] the inputs alone. Causal attention goes by
/// chunks: the state before the chunk, and the pairs inside it. Equal to the attention whose kernel
/// is `⟨φ(q), ψ(k)⟩`, up to rounding; how near that kernel is to another is a matter of the
/// features.
///
/// Positive features are known by their logarithms: a query's are shifted by their own maximum, the
/// keys' by one number for all of them (causally: by the maximum so far), which cancels in the
/// quotient. So nothing overflows, the greatest feature is 1, and no ε is added anywhere. A row
/// whose weights sum to zero gives zeros.
///
/// @param features the map
/// @param chunk the rows of a chunk of causal attention
/// @param memory what is kept for the backward pass
public record LinearAttention(FeatureMap features, int chunk, Keeps memory) {
    /// What is kept for the backward pass.
    public enum Keeps {
        /// What takes least time: the inputs alone where features are projections, which are done
        /// block by block, else the features.
        FASTEST,
        /// The features of all queries and keys.
        FEATURES,
        /// Queries, keys and values; the features are computed again.
        INPUTS
    }

    static final int CHUNK = 64;

    /// Below any logarithm of a feature that float32 could tell from zero.
    private static final double NOTHING = -1e30;

    /// Refuses features whose normaliser can vanish, and an empty chunk.
    public LinearAttention {
        if (features.normaliserRisk().isPresent()) {
            throw new IllegalArgumentException(
                    "linear attention divides by the sum of the weights, which must not vanish: "
                            + features.normaliserRisk().get()
                            + ". LinearAttention.unguarded takes such features all the same");
        }
        checkChunk(chunk);
    }

    static void checkChunk(int chunk) {
        if (chunk < 1) {
            throw new IllegalArgumentException("a chunk has at least one row, got " + chunk);
        }
    }

    /// With chunks of 64.
    public static LinearAttention of(FeatureMap features) {
        return new LinearAttention(features, CHUNK, Keeps.FASTEST);
    }

    /// The same, keeping its inputs alone for the backward pass, which computes the features again.
    public LinearAttention recomputing() {
        return new LinearAttention(features, chunk, Keeps.INPUTS);
    }

    /// With features whose normaliser can vanish or change its sign, at the caller's risk.
    public static LinearAttention unguarded(FeatureMap features) {
        return of(new Unguarded(features));
    }

    /// The weighted means of the values: `q [b, h, n, d]`, `k [b, g, m, d]`, `v [b, g, m, e]` →
    /// `[b, h, n, e]`. Where `g < h`, each head of keys serves `h/g` heads of queries in a row.
    ///
    /// @throws IllegalArgumentException if the shapes do not fit, or for a mask other than none,
    ///   causal (with as many queries as keys), lengths, or the last two together
    public Tensor apply(Tensor q, Tensor k, Tensor v, Mask mask, Pass pass) {
        check(q, k, v);
        mask.check(k.dim(0), q.dim(2), k.dim(2));
        boolean causal = LinearMask.causal(mask);
        if (features.fitsData() && !(mask instanceof Mask.None)) {
            throw new IllegalArgumentException(
                    "these features are fitted to all queries and keys, a mask hides some; use"
                            + " features that are not fitted to the data");
        }
        if (causal && q.dim(2) != k.dim(2)) {
            throw new IllegalArgumentException(
                    "causal linear attention takes as many queries as keys, got "
                            + q.shape()
                            + " and "
                            + k.shape()
                            + "; to go on from earlier keys use LinearStream");
        }
        if (memory != Keeps.FEATURES
                && !features.fitsData()
                && features instanceof PositiveFeatureMap positive) {
            Optional<Projected> projected = positive.fitted(q, k, pass).projected(q, k, pass);
            if (projected.isPresent()) {
                return fused(projected.get(), v, mask, causal);
            }
        }
        if (memory != Keeps.INPUTS) {
            return means(q, k, v, mask, causal, pass);
        }
        return pass.recomputed(
                features,
                List.of(q, k, v),
                q.shape().with(-1, v.dim(-1)),
                (in, p) -> means(in.get(0), in.get(1), in.get(2), mask, causal, p));
    }

    private Tensor means(Tensor q, Tensor k, Tensor v, Mask mask, boolean causal, Pass pass) {
        Tensor keys = spread(k, q.dim(1));
        Array seen = LinearMask.seen(mask, keys);
        if (seen.size() > 0) {
            keys = keys.where(seen, 0);
        }
        Tensor extended = extended(spread(v, q.dim(1)), seen);
        FeatureMap ready = features.fitted(q, keys, pass);
        Tensor sums =
                ready instanceof PositiveFeatureMap positive
                        ? positive(
                                positive.logQueries(q, pass),
                                positive.logKeys(keys, pass),
                                extended,
                                seen,
                                causal)
                        : plain(ready, q, keys, extended, seen, causal, pass);
        return quotient(sums);
    }

    /// The values, zeros where they are not seen, and a column of ones: `[b, h, m, e + 1]`.
    private static Tensor extended(Tensor v, Array seen) {
        Tensor values = seen.size() > 0 ? v.where(seen, 0) : v;
        Tensor ones = Tensor.of(Array.full(v.dtype(), values.shape().with(-1, 1), 1));
        return Tensor.concat(-1, List.of(values, ones));
    }

    /// Block by block.
    private Tensor fused(Projected p, Tensor v, Mask mask, boolean causal) {
        int m = v.dim(2);
        int[] lengths = new int[v.dim(0)];
        for (int b = 0; b < lengths.length; b++) {
            lengths[b] = LinearMask.length(mask, b, m);
        }
        return ProjectedAttention.apply(
                p,
                v,
                new FusedLinear(p.norm(), causal, lengths),
                in ->
                        definition(
                                ProjectedAttention.projected(in, p.norm()),
                                in.get(2),
                                mask,
                                causal));
    }

    /// The same in ordinary operations.
    private Tensor definition(Projected p, Tensor v, Mask mask, boolean causal) {
        int heads = p.queries().dim(1);
        Tensor keys = spread(p.keys(), heads);
        Array seen = LinearMask.seen(mask, keys);
        Tensor norms = column(keys.square().sum(-1).scale(-p.norm()));
        Tensor sums =
                positive(
                        new Logarithms(scores(p, p.queries()), norms),
                        new Logarithms(scores(p, keys), norms),
                        extended(spread(v, heads), seen),
                        seen,
                        causal);
        return quotient(sums);
    }

    private static Tensor scores(Projected p, Tensor x) {
        Tensor w = p.frequencies();
        Tensor u =
                w.dim(0) == 1
                        ? x.matmul(w.reshape(w.dim(1), w.dim(2)), Transpose.TRANSPOSED)
                        : x.matmul(w, Transpose.TRANSPOSED);
        return p.constants().map(c -> u.add(c.reshape(c.dim(0), 1, c.dim(1)))).orElse(u);
    }

    /// What will run for these shapes, and at what cost: two products a row and feature for queries
    /// and keys, and two with the values; causally the pairs of each chunk as well.
    public Plan plan(Shape q, Shape k, Shape v, Mask mask) {
        long m = features.dimension(q.dim(-1));
        long rows = q.without(-1).size();
        long keys = rows / q.dim(-2) * k.dim(-2);
        long flops = 2 * (rows + keys) * m * (q.dim(-1) + v.dim(-1) + 1);
        if (LinearMask.causal(mask)) {
            flops += 2 * rows * chunk * (m + v.dim(-1) + 1);
        }
        return new Plan(
                "linear, " + m + " features",
                "features were given; exact for their kernel",
                mask instanceof Mask.None ? List.of() : List.of(mask.toString()),
                flops,
                kept(rows + keys, m),
                false,
                "");
    }

    private long kept(long rows, long m) {
        boolean fused =
                memory == Keeps.FASTEST
                        && features instanceof PositiveFeatureMap
                        && !features.fitsData()
                        && RandomFeatures.of(features).isPresent();
        return memory == Keeps.INPUTS || fused ? 0 : 4 * rows * m;
    }

    private Tensor positive(
            Logarithms queries, Logarithms logs, Tensor v, Array seen, boolean causal) {
        Tensor scores = queries.scores(); // [b, h, n, m]; the offset cancels
        Tensor phi = scores.expRows(column(scores.detach().max()).neg());
        Tensor offset = logs.offset(); // [b, h, m, 1]
        if (seen.size() > 0) {
            offset = offset.where(seen, Double.NEGATIVE_INFINITY);
        }
        Tensor most = floor(column(logs.scores().detach().max()).add(offset.detach()));
        Tensor rows = most.reshape(most.shape().without(-1)); // [b, h, m]
        if (causal) {
            Tensor level = Tensor.of(runningMaximum(rows.value()));
            Tensor psi = logs.scores().expRows(offset.sub(column(level)));
            return Tensor.apply(
                    new PrefixProduct(PrefixProduct.Order.FORTH, chunk), phi, psi, v, level);
        }
        Tensor level = column(column(floor(rows.max())));
        return product(phi, logs.scores().expRows(offset.sub(level)), v);
    }

    private Tensor plain(
            FeatureMap map, Tensor q, Tensor k, Tensor v, Array seen, boolean causal, Pass pass) {
        Tensor phi = map.queries(q, pass);
        Tensor psi = map.keys(k, pass);
        if (seen.size() > 0) {
            psi = psi.where(seen, 0);
        }
        if (causal) {
            Tensor level = Tensor.of(Array.zeros(v.dtype(), v.shape().without(-1)));
            return Tensor.apply(
                    new PrefixProduct(PrefixProduct.Order.FORTH, chunk), phi, psi, v, level);
        }
        return product(phi, psi, v);
    }

    /// `φ (ψᵀ v)`.
    private static Tensor product(Tensor phi, Tensor psi, Tensor v) {
        return phi.matmul(Tensor.apply(new MatMul(Transpose.TRANSPOSED, Transpose.PLAIN), psi, v));
    }

    /// The sums over their last column; zeros where that is zero.
    static Tensor quotient(Tensor sums) {
        int e = sums.dim(-1) - 1;
        Tensor parts = sums.slice(-1, 0, e);
        Tensor total = sums.slice(-1, e, e + 1);
        if (!anyZero(total.value())) {
            return parts.div(total);
        }
        Array some = Array.zeros(sums.dtype(), total.shape());
        Elementwise.unary(Unary.ABS, total.value(), some);
        Elementwise.binary(Binary.GREATER, some, Array.scalar(sums.dtype(), 0), some);
        return parts.where(some, 0).div(total.where(some, 1));
    }

    private static boolean anyZero(Array x) {
        for (int i = 0; i < x.size(); i++) {
            if (x.at(i) == 0) {
                return true;
            }
        }
        return false;
    }

    private static Tensor column(Tensor x) {
        return x.reshape(x.shape().append(1));
    }

    private static Tensor floor(Tensor x) {
        return x.maximum(Tensor.of(Array.scalar(x.dtype(), NOTHING)));
    }

    /// The maximum of each row `[…, n]` up to each place.
    private static Array runningMaximum(Array x) {
        int n = x.dim(-1);
        double[] y = x.toDoubles();
        for (int i = 0; i < y.length; i++) {
            y[i] = i % n == 0 ? y[i] : Math.max(y[i - 1], y[i]);
        }
        return Array.of(x.shape(), y).cast(x.dtype());
    }

    /// Each of `g` heads `h/g` times in a row.
    static Tensor spread(Tensor x, int heads) {
        int g = x.dim(1);
        if (g == heads) {
            return x;
        }
        int b = x.dim(0);
        int n = x.dim(2);
        int w = x.dim(3);
        return x.reshape(b, g, 1, n, w)
                .broadcastTo(Shape.of(b, g, heads / g, n, w))
                .reshape(b, heads, n, w);
    }

    private static void check(Tensor q, Tensor k, Tensor v) {
        boolean fits = q.rank() == 4 && k.rank() == 4 && v.rank() == 4;
        fits = fits && q.dim(0) == k.dim(0) && k.dim(0) == v.dim(0);
        fits = fits && k.dim(1) == v.dim(1) && k.dim(2) == v.dim(2);
        if (!fits || k.dim(1) == 0 || q.dim(1) % k.dim(1) != 0) {
            throw new IllegalArgumentException(
                    "linear attention takes queries [batch, heads, n, d], keys [batch, groups, m, d]"
                            + " and values [batch, groups, m, e], groups a divisor of heads; got "
                            + q.shape()
                            + ", "
                            + k.shape()
                            + " and "
                            + v.shape());
        }
    }
}
