package nonmercer.layer;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.attention.Bias;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;

/// How a model knows where a token stands: added to the embeddings, turned into queries and keys,
/// or a bias of the attention.
public sealed interface Positions {
    /// The embeddings `[b, n, d]` with positions `0 … n-1` added.
    default Tensor embed(Tensor x, Pass pass) {
        return embed(x, 0, pass);
    }

    /// The embeddings `[b, n, d]` with positions `from … from+n-1` added.
    default Tensor embed(Tensor x, int from, Pass pass) {
        return x;
    }

    /// The queries or keys `[b, h, n, d]` of positions `0 … n-1`.
    default Tensor rotate(Tensor x) {
        return rotate(x, 0);
    }

    /// The queries or keys `[b, h, n, d]` of positions `from … from+n-1`.
    default Tensor rotate(Tensor x, int from) {
        return x;
    }

    /// The bias of self-attention with so many heads of queries.
    default Bias bias(int heads) {
        return Bias.none();
    }

    /// Which positions a model uses.
    enum Kind {
        /// [Sinusoidal].
        SINUSOIDAL,
        /// [Learned].
        LEARNED,
        /// [Rotary].
        ROTARY,
        /// [Alibi].
        ALIBI,
        /// [Absent].
        NONE;

        /// Fresh positions for sequences of up to `longest` tokens and `d` coordinates.
        public Positions create(RandomStream random, int longest, int d, DType dtype) {
            return switch (this) {
                case SINUSOIDAL -> new Sinusoidal();
                case ROTARY -> new Rotary(Rotary.BASE);
                case ALIBI -> new Alibi();
                case NONE -> new Absent();
                case LEARNED -> {
                    Array table = Array.zeros(dtype, Shape.of(longest, d));
                    random.fillNormal(table, 0, 0.02);
                    yield new Learned(new Parameter(table));
                }
            };
        }
    }

    /// No positions: the model cannot tell the order of its tokens.
    record Absent() implements Positions {}

    /// `ln k` falls by a slope of the head with every token of distance; no parameters, and any
    /// length (Press, Smith & Lewis 2022, section 3).
    record Alibi() implements Positions {
        @Override
        public Bias bias(int heads) {
            return Bias.alibi(heads);
        }
    }

    /// `sin(p / 10000^(2i/d))` and the cosine, in turn (Vaswani et al. 2017, section 3.5).
    record Sinusoidal() implements Positions {
        private static final double BASE = 10_000;

        @Override
        public Tensor embed(Tensor x, int from, Pass pass) {
            int end = from + x.dim(-2);
            Tensor table = Tensor.of(Angles.IN_TURN.rows(end, BASE, x.dim(-1), x.dtype()));
            return x.add(table.slice(0, from, end)); // [n, d]
        }
    }

    /// A trained vector for each position: `table [longest, d]`.
    record Learned(Parameter table) implements Positions {
        @Override
        public Tensor embed(Tensor x, int from, Pass pass) {
            int n = from + x.dim(-2);
            if (n > table.shape().dim(0)) {
                throw new IllegalArgumentException(
                        "a sequence of "
                                + n
                                + " tokens is longer than the "
                                + table.shape().dim(0)
                                + " positions this model has learned");
            }
            return x.add(pass.use(table).slice(0, from, n));
        }
    }

    /// Rotary positions: the pair of coordinates `(i, i + d/2)` of the query or key at position `p`
    /// is turned by the angle `p · base^(-2i/d)`, so that `q·k` depends on the difference of
    /// positions only (Su et al. 2021, eq. 34).
    record Rotary(double base) implements Positions {
        /// The base of the paper.
        public static final double BASE = 10_000;

        /// Refuses a base that is not a positive number.
        public Rotary {
            if (!(base > 0) || Double.isInfinite(base)) {
                throw new IllegalArgumentException(
                        "the base of rotary positions must be positive and finite, got " + base);
            }
        }

        @Override
        public Tensor rotate(Tensor x, int from) {
            int n = from + x.dim(-2);
            int d = x.dim(-1);
            if (d % 2 != 0) {
                throw new IllegalArgumentException(
                        "rotary positions need heads of even width, got " + d);
            }
            int half = d / 2;
            Tensor c = Tensor.of(Angles.COSINES.rows(n, base, d, x.dtype())).slice(0, from, n);
            Tensor s = Tensor.of(Angles.SINES.rows(n, base, d, x.dtype())).slice(0, from, n);
            Tensor a = x.slice(-1, 0, half);
            Tensor b = x.slice(-1, half, d);
            return Tensor.concat(-1, List.of(a.mul(c).sub(b.mul(s)), b.mul(c).add(a.mul(s))));
        }
    }
}
