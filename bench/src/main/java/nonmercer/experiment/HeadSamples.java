package nonmercer.experiment;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.io.BadInputException;
import nonmercer.layer.MultiHeadAttention.Heads;
import nonmercer.layer.Tokens;
import nonmercer.model.Encoder;
import nonmercer.model.TextClassifier;
import nonmercer.random.RandomStream;

/// Queries, keys and values of attention heads, in float64: drawn, or those of a trained model.
///
/// @param name where they come from
/// @param items each `[1, heads, n, d]`, of one number of heads and one `d`
public record HeadSamples(String name, List<Heads> items) {
    /// Copies the list; refuses none.
    public HeadSamples {
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("there are no queries and keys to compare on");
        }
    }

    /// How queries and keys are drawn: normal, `q = offset·a + scale·Ψ ε`, `k = offset·b +
    /// scale·Ψ⁻¹ ε'`, with random signs `a`, `b` a coordinate and `ln Ψₗ ~ N(0, spread²)`, both a
    /// head. Values are standard normal.
    ///
    /// @param heads heads
    /// @param dimension `d`
    /// @param length queries, and keys
    /// @param scale the standard deviation of a coordinate; 1 is about that of a fresh Transformer
    /// @param offset the size of the mean of a coordinate; centring takes it away
    /// @param spread how unequal the coordinates are; rescaling takes it away
    public record Drawing(
            int heads, int dimension, int length, double scale, double offset, double spread) {
        /// Refuses what has no points.
        public Drawing {
            if (heads < 1 || dimension < 1 || length < 2) {
                throw new BadInputException(
                        "queries and keys need at least one head, one coordinate and a length of 2;"
                                + " got "
                                + heads
                                + ", "
                                + dimension
                                + " and "
                                + length);
            }
            if (!(scale > 0 && offset >= 0 && spread >= 0)
                    || Double.isInfinite(scale + offset + spread)) {
                throw new BadInputException(
                        "the scale of queries and keys is positive, offset and spread are not"
                                + " negative; got "
                                + scale
                                + ", "
                                + offset
                                + " and "
                                + spread);
            }
        }

        /// The heads that this stream gives.
        public HeadSamples draw(RandomStream stream) {
            Array q = normal(length, dimension, stream.at("queries"));
            Array k = normal(length, dimension, stream.at("keys"));
            for (int h = 0; h < heads; h++) {
                for (int l = 0; l < dimension; l++) {
                    RandomStream own = stream.at("coordinate").at(h).at(l);
                    double psi = Math.exp(spread * own.nextGaussian());
                    double a = own.nextBoolean() ? offset : -offset;
                    double b = own.nextBoolean() ? offset : -offset;
                    for (int i = 0; i < length; i++) {
                        int at = (h * length + i) * dimension + l;
                        q.doubles()[at] = a + scale * psi * q.doubles()[at];
                        k.doubles()[at] = b + scale / psi * k.doubles()[at];
                    }
                }
            }
            Array v = normal(length, dimension, stream.at("values"));
            return new HeadSamples(
                    this + ", drawn", List.of(new Heads(Tensor.of(q), Tensor.of(k), Tensor.of(v))));
        }

        private Array normal(int n, int d, RandomStream stream) {
            Array a = Array.zeros(DType.FLOAT64, Shape.of(1, heads, n, d));
            stream.fillNormal(a, 0, 1);
            return a;
        }

        @Override
        public String toString() {
            return heads
                    + " heads of "
                    + dimension
                    + " coordinates, "
                    + length
                    + " queries and keys, scale "
                    + scale
                    + (offset > 0 ? ", offset " + offset : "")
                    + (spread > 0 ? ", spread " + spread : "");
        }
    }

    /// What the heads of all blocks of a classifier see as it reads these texts.
    public static HeadSamples of(TextClassifier classifier, List<String> texts) {
        List<Heads> items = new ArrayList<>();
        Encoder encoder = classifier.model().encoder();
        for (String text : texts) {
            Tokens tokens = Tokens.padded(List.of(classifier.tokens(text)), 0);
            for (int block = 0; block < encoder.blocks().size(); block++) {
                Heads h = encoder.heads(tokens, block, Pass.evaluation());
                items.add(new Heads(wide(h.q()), wide(h.k()), wide(h.v())));
            }
        }
        return new HeadSamples(
                String.format(
                        java.util.Locale.ROOT,
                        "%d blocks of %d heads of %d coordinates, trained, reading %d texts",
                        encoder.blocks().size(),
                        items.isEmpty() ? 0 : items.getFirst().q().dim(1),
                        items.isEmpty() ? 0 : items.getFirst().q().dim(3),
                        texts.size()),
                items);
    }

    private static Tensor wide(Tensor x) {
        return Tensor.of(x.value().cast(DType.FLOAT64));
    }

    /// The number of heads of queries.
    public int heads() {
        return items.getFirst().q().dim(1);
    }

    /// The coordinates of a query.
    public int dimension() {
        return items.getFirst().q().dim(3);
    }

    /// Heads of so many rows in float32, the items' rows one after another as often as needed: for
    /// measuring time.
    Heads rows(int length) {
        return new Heads(
                rows(items.stream().map(Heads::q).toList(), length),
                rows(items.stream().map(Heads::k).toList(), length),
                rows(items.stream().map(Heads::v).toList(), length));
    }

    private static Tensor rows(List<Tensor> parts, int length) {
        List<Tensor> all = new ArrayList<>();
        for (int i = 0, n = 0; n < length; i = (i + 1) % parts.size()) {
            Tensor x = parts.get(i);
            int taken = Math.min(x.dim(2), length - n);
            all.add(x.slice(2, 0, taken));
            n += taken;
        }
        return Tensor.of(Tensor.concat(2, all).value().cast(DType.FLOAT32));
    }
}
