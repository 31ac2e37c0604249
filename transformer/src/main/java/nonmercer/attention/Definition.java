package nonmercer.attention;

import java.util.Optional;
import java.util.function.DoublePredicate;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.op.Dropout;
import nonmercer.kernel.Factors;
import nonmercer.kernel.Gram;
import nonmercer.random.RandomStream;

/// Attention through the matrix of all pairs, in tensor operations: what the loops over tiles must
/// agree with, and what is differentiated where a gradient is.
///
/// @param dropout the stream of the dropout of the weights; none is dropped without
record Definition(Attention attention, Mask mask, Optional<RandomStream> dropout) {
    /// `q [b, h, n, d]`, `k [b, h', m, d']`, `v [b, h', m, e]` → `[b, h, n, e]`.
    Tensor apply(Tensor q, Tensor k, Tensor v, Optional<Tensor> bias, Pass pass) {
        return apply(factors(q, k, pass), shape(q, k), v, bias);
    }

    /// The same from the kernel's values, for weights of this shape.
    Tensor apply(Factors factors, Shape scores, Tensor v, Optional<Tensor> bias) {
        Tensor w = weights(factors, scores, bias);
        if (dropout.isPresent()) {
            w = Tensor.apply(new Dropout(attention.dropout(), dropout.get()), w);
        }
        return below(w, v.dim(1)).matmul(v).reshape(scores.with(-1, v.dim(-1)));
    }

    /// The weights `[b, h, n, m]` before any is dropped.
    Tensor weights(Tensor q, Tensor k, Optional<Tensor> bias, Pass pass) {
        return weights(factors(q, k, pass), shape(q, k), bias);
    }

    /// The rows of the heads that read one of so many heads of keys below each other, `[b, h', g n,
    /// d]`.
    static Tensor below(Tensor x, int keyHeads) {
        return x.reshape(x.dim(0), keyHeads, x.dim(1) / keyHeads * x.dim(2), x.dim(3));
    }

    private static Shape shape(Tensor q, Tensor k) {
        return Shape.of(q.dim(0), q.dim(1), q.dim(2), k.dim(2));
    }

    private boolean whole() {
        return attention.denominator() instanceof Denominator.None;
    }

    private Factors factors(Tensor q, Tensor k, Pass pass) {
        Tensor rows = below(q, k.dim(1));
        return whole()
                ? Factors.ofValue(Gram.of(attention.kernel(), rows, k, pass))
                : Gram.factors(attention.kernel(), rows, k, pass);
    }

    private Tensor weights(Factors factors, Shape scores, Optional<Tensor> bias) {
        Optional<Tensor> r = factors.factor().map(x -> x.reshape(scores));
        Optional<Tensor> log = factors.log().map(x -> x.reshape(scores));
        if (bias.isPresent()) {
            Tensor b = Bias.expanded(bias.get(), scores.dim(2), scores.dim(3));
            log = log.map(x -> x.add(b)).or(() -> Optional.of(b.broadcastTo(scores)));
        }
        Optional<Tensor> seenLog = log.map(x -> hide(x, Double.NEGATIVE_INFINITY));
        if (r.isEmpty()) {
            return seenLog.orElseThrow().softmax();
        }
        Tensor seen = hide(r.get(), 0);
        return divided(
                seenLog.map(x -> x.sub(whole() ? zero(x) : largest(x)).exp().mul(seen))
                        .orElse(seen));
    }

    private static Tensor zero(Tensor x) {
        return Tensor.of(Array.scalar(x.dtype(), 0));
    }

    /// The largest of each row; 0 where nothing is seen.
    private static Tensor largest(Tensor log) {
        if (log.dim(-1) == 0) {
            return zero(log);
        }
        Tensor most = log.detach().max();
        Array seen = indicator(most, x -> x > Double.NEGATIVE_INFINITY);
        return most.where(seen, 0).reshape(log.shape().with(-1, 1));
    }

    private Tensor divided(Tensor w) {
        return switch (attention.denominator()) {
            case Denominator.Refuse d -> w.normalizeRows();
            case Denominator.None d -> w;
            case Denominator.Absolute d -> over(w, w.abs().sum(-1));
            case Denominator.Signed(double guard) -> {
                if (guard == 0) {
                    yield w.normalizeRows();
                }
                Tensor sum = w.sum(-1);
                Tensor least = w.abs().sum(-1).scale(guard);
                Tensor sign = Tensor.of(indicator(sum, x -> !(x < 0))).scale(2).plus(-1);
                Tensor room = sum.abs().sub(least);
                Tensor kept = sum.where(indicator(room, x -> x >= 0), 0);
                yield over(w, kept.add(least.mul(sign).where(indicator(room, x -> x < 0), 0)));
            }
        };
    }

    private static Tensor over(Tensor w, Tensor sum) {
        Tensor s = sum.reshape(w.shape().with(-1, 1));
        return w.div(s.add(Tensor.of(indicator(s, x -> x == 0)))); // zeros by 1
    }

    private static Array indicator(Tensor x, DoublePredicate holds) {
        double[] all = new double[x.value().size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = holds.test(x.value().at(i)) ? 1 : 0;
        }
        return Array.of(x.shape(), all).cast(x.dtype());
    }

    /// What is hidden is replaced, not added to: no number in the padding, be it infinite, leaves a
    /// trace.
    private Tensor hide(Tensor scores, double hidden) {
        return mask instanceof Mask.None ? scores : scores.where(mask.table(scores), hidden);
    }
}
