package nonmercer.attention;

import java.util.Optional;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.Features;
import nonmercer.kernel.Evidence;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Featured;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.KernelExpression;
import nonmercer.kernel.Normalised;
import nonmercer.kernel.Trait;
import nonmercer.kernel.Warped;
import nonmercer.random.RandomStream;

/// `outᵢ = Σⱼ k(qᵢ, kⱼ) vⱼ / Σⱼ k(qᵢ, kⱼ)`: attention with any kernel (Wright & Gonzalez 2021,
/// section 5).
///
/// `kernel` says what is computed, `evaluation` how: fused, in tiles and without a matrix of all
/// pairs, or by the definition, which are exact; in linear time through features; or through a few
/// landmarks, an estimate. What is exponential in a kernel is taken relative to the largest
/// exponent of the row, so that nothing overflows. A row whose weights sum to zero, because the
/// query sees no key or every seen weight is zero, gives zeros.
///
/// @param kernel what is computed
/// @param evaluation how
/// @param denominator what is divided by, for kernels with negative values
/// @param dropout the probability, in training, that a weight is dropped after the division
public record Attention(
        Kernel kernel, Evaluation evaluation, Denominator denominator, double dropout) {
    /// Refuses a kernel that is known to take negative values, unless a denominator is named that
    /// says what is meant: the row sum could be zero or change sign. Refuses features that are not
    /// the kernel's, and what cannot be done through features.
    public Attention {
        if (denominator instanceof Denominator.Refuse
                && kernel.traits().of(Trait.NON_NEGATIVE) instanceof Evidence.Refuted r) {
            throw new IllegalArgumentException(
                    "attention divides by the sum of the weights, which must not vanish; "
                            + kernel.name()
                            + " takes negative values ("
                            + r.reason()
                            + "). Use a non-negative kernel, such as its square, or name a denominator:"
                            + " Denominator.Signed, Absolute or None");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException(
                    "the dropout of the weights must be in [0, 1), got " + dropout);
        }
        if (evaluation instanceof Evaluation.Linear linear) {
            Linearly.check(kernel, linear.features(), denominator, dropout);
        }
        if (evaluation instanceof Evaluation.Nystrom) {
            NystromAttention.check(denominator, dropout);
        }
    }

    /// Attention with this kernel, fused.
    public static Attention of(Kernel kernel) {
        return of(kernel, new Denominator.Refuse());
    }

    /// Attention with this kernel, which may take negative values, fused.
    public static Attention of(Kernel kernel, Denominator denominator) {
        return new Attention(kernel, new Evaluation.Fused(), denominator, 0);
    }

    /// Attention by the definition, through the matrix of all pairs.
    public static Attention unfused(Kernel kernel) {
        return of(kernel).with(new Evaluation.AllPairs());
    }

    /// The same in linear time, through the features that the kernel itself has: exact.
    ///
    /// @throws IllegalArgumentException if it has none
    public Attention linear() {
        return linear(new Features.Own());
    }

    /// The same in linear time, through these features: exact for *their* kernel, an estimate of
    /// this one.
    public Attention linear(Features features) {
        return with(new Evaluation.Linear(features));
    }

    /// The same in linear time, through this map.
    public Attention linear(FeatureMap map) {
        return linear(new Features.Given(map));
    }

    /// The same with features that are named drawn, as a layer of a model owns them.
    ///
    /// @param heads heads of queries
    /// @param d the coordinates of one
    /// @param place the layer's place in the model: another place, other noise
    public Attention drawn(int heads, int d, DType dtype, String place) {
        return evaluation instanceof Evaluation.Linear l && l.features() instanceof Features.Named n
                ? with(l.with(n.draw(heads, d, dtype, place)))
                : this;
    }

    /// The same where features without a seed of their own have one of this stream.
    public Attention seeded(RandomStream stream) {
        return evaluation instanceof Evaluation.Linear l
                        && l.features() instanceof Features.Named n
                        && n.seed() == 0
                ? with(l.with(n.seeded(stream.at("features").nextLong())))
                : this;
    }

    /// The same, computed in another way.
    public Attention with(Evaluation other) {
        return new Attention(kernel, other, denominator, dropout);
    }

    /// The same with another kernel.
    public Attention with(Kernel other) {
        return new Attention(other, evaluation, denominator, dropout);
    }

    /// The same with another dropout of the weights.
    public Attention withDropout(double rate) {
        return new Attention(kernel, evaluation, denominator, rate);
    }

    /// The weighted means of the values: `q [b, h, n, d]`, `k [b, h, m, d]`, `v [b, h, m, e]` →
    /// `[b, h, n, e]`.
    public Tensor apply(Tensor q, Tensor k, Tensor v, Mask mask, Pass pass) {
        return apply(q, k, v, mask, Bias.none(), pass);
    }

    /// The weighted means of the values, with a bias: `q [b, h, n, d]`, `k [b, h', m, d']`, `v [b,
    /// h', m, e]` → `[b, h, n, e]`. Where `h = g h'`, heads `g i … g i + g − 1` of the queries read
    /// head `i` of keys and values, which is not copied.
    public Tensor apply(Tensor q, Tensor k, Tensor v, Mask mask, Bias bias, Pass pass) {
        if (v.rank() != 4 || v.dim(0) != k.dim(0) || v.dim(1) != k.dim(1) || v.dim(2) != k.dim(2)) {
            throw new IllegalArgumentException(
                    "attention takes a value [batch, heads, m, e] for each key"
                            + " [batch, heads, m, d], got values "
                            + v.shape()
                            + " for keys "
                            + k.shape());
        }
        check(q, k);
        mask.check(v.dim(0), q.dim(2), v.dim(2));
        int keys = mask.keys(v.dim(2));
        if (mask instanceof Mask.First(Mask inner, int first) && !readsInPlace()) {
            return apply(q, k.slice(2, 0, first), v.slice(2, 0, first), inner, bias, pass);
        }
        return switch (evaluation) {
            case Evaluation.Fused f ->
                    Compiled.of(this, q, k, pass)
                            .apply(v, mask, added(bias, q, keys), coins(pass), pass);
            case Evaluation.AllPairs a ->
                    new Definition(this, mask, coins(pass))
                            .apply(q, k, v, added(bias, q, keys), pass);
            case Evaluation.Linear l -> Linearly.of(this, l, bias).apply(q, k, v, mask, pass);
            case Evaluation.Nystrom n ->
                    NystromAttention.of(this, n, bias).apply(q, k, v, mask, pass);
        };
    }

    /// Whether keys and values are read where they stand, room behind them or not.
    private boolean readsInPlace() {
        return evaluation instanceof Evaluation.Fused && pairsKeysAsTheyAre(kernel);
    }

    /// Whether no map of all keys comes before the kernel's pairings.
    private static boolean pairsKeysAsTheyAre(Kernel kernel) {
        return switch (kernel) {
            case Featured f -> false;
            case Warped w -> false;
            case Normalised n -> false;
            default -> kernel.operands().stream().allMatch(Attention::pairsKeysAsTheyAre);
        };
    }

    /// The stream that says which weights are dropped, in training.
    private Optional<RandomStream> coins(Pass pass) {
        return dropout > 0 ? pass.draw() : Optional.empty();
    }

    /// A short name: that of the kernel, or the text of the features.
    public String label() {
        return switch (evaluation) {
            case Evaluation.Fused f -> KernelExpression.label(kernel);
            case Evaluation.AllPairs a -> KernelExpression.label(kernel) + ", all pairs";
            case Evaluation.Linear l -> Linearly.label(kernel, l.features());
            case Evaluation.Nystrom n ->
                    KernelExpression.label(kernel) + ", " + n.landmarks() + " landmarks";
        };
    }

    /// Whether tokens can be read one at a time with a state of constant size, by [#stream].
    public boolean streams() {
        return evaluation instanceof Evaluation.Linear;
    }

    /// Whether a weight of each pair of a query and a key is formed, to which a [Bias] can be
    /// added.
    public boolean formsPairs() {
        return evaluation instanceof Evaluation.Fused || evaluation instanceof Evaluation.AllPairs;
    }

    /// Causal attention one token at a time, with a state of constant size.
    ///
    /// @param q the shape of the first token's queries `[b, h, n, d]`
    /// @param v that of its values `[b, h', n, e]`
    /// @throws IllegalStateException if the keys of all tokens are needed: not [#streams()]
    public LinearStream stream(Shape q, Shape v, Bias bias, DType dtype) {
        if (!(evaluation instanceof Evaluation.Linear linear)) {
            throw new IllegalStateException(
                    "exact attention needs the keys of all tokens; only attention in linear time"
                            + " reads them into a state");
        }
        FeatureMap map = Linearly.of(this, linear, bias).features();
        return new LinearStream(map, q.dim(0), q.dim(1), q.dim(-1), v.dim(-1), dtype);
    }

    /// The weights `[b, h, n, m]` that the values are multiplied with: each row sums to 1, or is
    /// zero, unless the denominator says otherwise.
    public Tensor weights(Tensor q, Tensor k, Mask mask, Pass pass) {
        return weights(q, k, mask, Bias.none(), pass);
    }

    /// The weights with a bias; under [Mask#ofFirst] those of the first keys alone.
    public Tensor weights(Tensor q, Tensor k, Mask mask, Bias bias, Pass pass) {
        check(q, k);
        if (mask instanceof Mask.First(Mask inner, int first)) {
            mask.check(q.dim(0), q.dim(2), k.dim(2));
            return weights(q, k.slice(2, 0, first), inner, bias, pass);
        }
        if (evaluation instanceof Evaluation.Linear linear) {
            return Linearly.weights(Linearly.of(this, linear, bias), q, k, mask, pass);
        }
        if (evaluation instanceof Evaluation.Nystrom n) {
            return NystromAttention.of(this, n, bias).weights(q, k, mask, pass);
        }
        return new Definition(this, mask, Optional.empty())
                .weights(q, k, added(bias, q, k.dim(2)), pass);
    }

    /// The numbers of a bias. All pairs may be more than an array holds where there is none.
    private static Optional<Tensor> added(Bias bias, Tensor q, int keys) {
        return bias instanceof Bias.None
                ? Optional.empty()
                : bias.tensor(Shape.of(q.dim(0), q.dim(1), q.dim(2), keys), q.dtype());
    }

    private static void check(Tensor q, Tensor k) {
        if (q.rank() != 4 || k.rank() != 4) {
            throw new IllegalArgumentException(
                    "attention takes queries [batch, heads, n, d] and keys"
                            + " [batch, heads, m, d], got "
                            + q.shape()
                            + " and "
                            + k.shape());
        }
        if (q.dim(0) != k.dim(0) || k.dim(1) == 0 || q.dim(1) % k.dim(1) != 0) {
            throw new IllegalArgumentException(
                    "attention: the batches of queries "
                            + q.shape()
                            + " and keys "
                            + k.shape()
                            + " must be one, and the heads of the queries a multiple of those of the keys");
        }
    }

    /// What will run for these shapes, and at what cost.
    public Plan plan(Shape q, Shape k, Shape v) {
        return plan(q, k, v, Mask.none(), Bias.none());
    }

    /// What will run for these shapes under a mask and with a bias, and at what cost.
    public Plan plan(Shape q, Shape k, Shape v, Mask mask, Bias bias) {
        if (mask instanceof Mask.First(Mask inner, int first)) {
            mask.check(q.dim(0), q.dim(2), k.dim(2));
            return plan(q, k.with(2, first), v.with(2, first), inner, bias);
        }
        return switch (evaluation) {
            case Evaluation.Fused f -> Plan.fused(this, q, k, v, mask, bias);
            case Evaluation.AllPairs a -> Plan.allPairs(this, q, k, v, mask, bias);
            case Evaluation.Linear l -> Linearly.plan(this, l, q, k, v, mask, bias);
            case Evaluation.Nystrom n -> NystromAttention.of(this, n, bias).plan(q, k, v, mask);
        };
    }
}
