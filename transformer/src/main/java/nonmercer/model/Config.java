package nonmercer.model;

import nonmercer.array.DType;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Prototype;
import nonmercer.layer.CrossAttention;
import nonmercer.layer.DecoderBlock;
import nonmercer.layer.EncoderBlock;
import nonmercer.layer.FeedForward;
import nonmercer.layer.MultiHeadAttention;
import nonmercer.layer.Norm;
import nonmercer.layer.Positions;
import nonmercer.random.RandomStream;

/// Everything that determines a Transformer's architecture: two models of one configuration have
/// the same parameters by name and shape. What its kernel trains is copied into every block; the
/// configuration keeps the initial values.
public record Config(Sizes sizes, Design design, DType dtype) implements Prototype {
    /// Refuses what cannot work together, in a sentence.
    public Config {
        int head = sizes.width() / sizes.heads().queries();
        if (design.positions() == Positions.Kind.ROTARY && head % 2 != 0) {
            throw new IllegalArgumentException(
                    "rotary positions turn pairs of coordinates: the width of a head, "
                            + head
                            + ", must be even; change the width or the heads");
        }
        if (!design.attention().formsPairs() && design.positions() == Positions.Kind.ALIBI) {
            throw new IllegalArgumentException(
                    "linear biases belong to pairs of tokens, which attention in linear time or"
                            + " through landmarks does not form; use other positions, such as ROTARY,"
                            + " or exact attention");
        }
    }

    /// A float32 model.
    public static Config of(Sizes sizes, Design design) {
        return new Config(sizes, design, DType.FLOAT32);
    }

    /// The same with the features of its attention drawn from this stream, unless they have a seed
    /// of their own: the configuration of one model, from which its features come again.
    Config seeded(RandomStream random) {
        return new Config(sizes, design.with(design.attention().seeded(random)), dtype);
    }

    EncoderBlock encoderBlock(RandomStream random, String place) {
        return new EncoderBlock(
                norm(),
                attention(random.at("attention"), place),
                norm(),
                FeedForward.create(
                        random.at("feedForward"),
                        sizes.width(),
                        sizes.feedForward(),
                        design.activation(),
                        design.dropout(),
                        dtype),
                design.placement(),
                design.dropout());
    }

    DecoderBlock decoderBlock(RandomStream random, String place) {
        return new DecoderBlock(
                encoderBlock(random.at("own"), place + "/own"),
                new CrossAttention(norm(), attention(random.at("cross"), place + "/cross")));
    }

    Norm norm() {
        return design.norm().create(sizes.width(), dtype);
    }

    Positions positions(RandomStream random) {
        return design.positions().create(random, sizes.longest(), sizes.width(), dtype);
    }

    private MultiHeadAttention attention(RandomStream random, String place) {
        return MultiHeadAttention.create(
                random,
                sizes.width(),
                sizes.heads(),
                ParameterTree.freshCopy(design.attention(), dtype),
                dtype,
                place);
    }

    /// Refuses a sequence longer than the model's limit.
    void checkLength(int length) {
        if (length > sizes.longest()) {
            throw new IllegalArgumentException(
                    "a sequence of "
                            + length
                            + " tokens is longer than this model's limit of "
                            + sizes.longest()
                            + "; cut it, or build the model with a larger limit");
        }
    }
}
