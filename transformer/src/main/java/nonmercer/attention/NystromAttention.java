package nonmercer.attention;

import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// `F A⁺ B V` with the weights `F` of the queries on landmarks of the keys, `A` of landmarks of the
/// queries on those, and `B` of the landmarks of the queries on all keys (Xiong et al. 2021, after
/// Williams & Seeger 2001).
///
/// `B V` and `F X` are exact attentions themselves, fused: time `O((n + m) r d + r³)`. With every
/// row a landmark it is exact attention, if `A` has an inverse.
///
/// @param exact the attention that is approximated, fused
/// @param how the landmarks
record NystromAttention(Attention exact, Evaluation.Nystrom how) {
    /// Less than the norms of any weights that are not all zero: their rows sum to 1.
    private static final double NOTHING = 1e-30;

    static NystromAttention of(Attention attention, Evaluation.Nystrom how, Bias bias) {
        if (!(bias instanceof Bias.None)) {
            throw new IllegalArgumentException(
                    "attention through landmarks knows no bias of pairs, got "
                            + bias.getClass().getSimpleName()
                            + "; use exact attention");
        }
        return new NystromAttention(attention.with(new Evaluation.Fused()), how);
    }

    /// Refuses what landmarks cannot do.
    static void check(Denominator divisor, double dropout) {
        if (dropout > 0 || !(divisor instanceof Denominator.Refuse)) {
            throw new IllegalArgumentException(
                    "attention through landmarks takes non-negative kernels and drops no weights, got"
                            + " the denominator "
                            + divisor
                            + " and a dropout of "
                            + dropout
                            + "; use exact attention");
        }
    }

    Tensor apply(Tensor q, Tensor k, Tensor v, Mask mask, Pass pass) {
        int m = k.dim(2);
        int[] keys = lengths(mask, k.dim(0), m);
        int[] queries = queries(q.dim(2), m, keys);
        int r = landmarks(queries, keys);
        Tensor keyMarks = how.by().of(k, r, keys);
        Tensor queryMarks = how.by().of(q, r, queries);
        Tensor a = exact.weights(queryMarks, keyMarks, Mask.none(), pass); // [b, h, r, r]
        Tensor seen = exact.apply(queryMarks, k, v, mask, pass); // [b, h, r, e]
        Tensor x = inverse(a, how.iterations()).matmul(seen);
        return exact.apply(q, LinearAttention.spread(keyMarks, q.dim(1)), x, Mask.none(), pass);
    }

    /// How many queries of each sequence count: as many as keys, where there are as many of both.
    private static int[] queries(int n, int m, int[] keys) {
        int[] queries = keys.clone();
        if (n != m) {
            Arrays.fill(queries, n);
        }
        return queries;
    }

    /// As many landmarks as were asked for, or as the shortest sequence has rows.
    private int landmarks(int[] queries, int[] keys) {
        int r = how.landmarks();
        for (int b = 0; b < keys.length; b++) {
            r = Math.min(r, Math.min(keys[b], queries[b]));
        }
        if (r == 0) {
            throw new IllegalArgumentException(
                    "attention through landmarks needs a query and a key in every sequence, got"
                            + " lengths "
                            + Arrays.toString(keys));
        }
        return r;
    }

    /// `A⁺` of each matrix by an iteration of third order, `Z ← ¼ Z (13 − AZ (15 − AZ (7 − AZ)))`,
    /// from `Aᵀ/(‖A‖₁ ‖A‖_∞)` (Razavi et al. 2014). Where it starts is a constant to the gradient.
    private static Tensor inverse(Tensor a, int iterations) {
        Tensor sizes = a.detach().sum(-1).max().mul(a.detach().sum(-2).max()); // [b, h]
        Tensor norms = sizes.maximum(Tensor.of(Array.scalar(a.dtype(), NOTHING)));
        Tensor z = a.permute(0, 1, 3, 2).div(norms.reshape(norms.shape().append(1).append(1)));
        Tensor one = unit(a);
        for (int i = 0; i < iterations; i++) {
            Tensor az = a.matmul(z);
            Tensor inner = one.scale(7).sub(az);
            Tensor middle = one.scale(15).sub(az.matmul(inner));
            z = z.matmul(one.scale(13).sub(az.matmul(middle))).scale(0.25);
        }
        return z;
    }

    private static Tensor unit(Tensor a) {
        int r = a.dim(-1);
        double[] one = new double[r * r];
        for (int i = 0; i < r; i++) {
            one[i * r + i] = 1;
        }
        return Tensor.of(Array.of(Shape.of(r, r), one).cast(a.dtype()));
    }

    private static int[] lengths(Mask mask, int batch, int m) {
        int[] lengths = new int[batch];
        Arrays.fill(lengths, m);
        return switch (mask) {
            case Mask.None n -> lengths;
            case Mask.Lengths l -> l.lengths();
            default ->
                    throw new IllegalArgumentException(
                            "attention through landmarks knows no mask and lengths, got "
                                    + mask
                                    + ": a landmark would know of what is hidden; use exact or linear"
                                    + " attention");
        };
    }

    /// The means of the unit vectors are the weights.
    Tensor weights(Tensor q, Tensor k, Mask mask, Pass pass) {
        return apply(q, k, Linearly.unitVectors(k), mask, pass);
    }

    Plan plan(Shape q, Shape k, Shape v, Mask mask) {
        int[] keys = lengths(mask, k.dim(0), k.dim(2));
        int r = landmarks(queries(q.dim(2), k.dim(2), keys), keys);
        Shape marks = q.with(2, r);
        Plan ofKeys = exact.plan(marks, k, v, mask, Bias.none());
        Shape few = k.with(2, r);
        Plan ofQueries = exact.plan(q, few, v.with(2, r), Mask.none(), Bias.none());
        long inverse = 8L * how.iterations() * q.dim(0) * q.dim(1) * ((long) r * r * r);
        return new Plan(
                "through " + r + " landmarks (" + how.by() + ")",
                "landmarks were asked for",
                mask instanceof Mask.None ? List.of() : List.of(mask.toString()),
                ofKeys.flops() + ofQueries.flops() + inverse,
                ofKeys.bytes() + ofQueries.bytes(),
                false,
                "no bound is known; none if every row is a landmark");
    }
}
