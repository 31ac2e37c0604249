package nonmercer.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.layer.Embedding;
import nonmercer.layer.EncoderBlock;
import nonmercer.layer.MultiHeadAttention;
import nonmercer.layer.Norm;
import nonmercer.layer.Placement;
import nonmercer.layer.Positions;
import nonmercer.layer.Tokens;
import nonmercer.random.RandomStream;

/// Embedding, positions and a stack of encoder blocks; with pre-norm blocks a last normalisation.
public record Encoder(
        Embedding embedding,
        Positions positions,
        List<EncoderBlock> blocks,
        Optional<Norm> last,
        Config config) {
    /// Fresh weights.
    public static Encoder create(Config choices, RandomStream random) {
        Config config = choices.seeded(random);
        Sizes s = config.sizes();
        return new Encoder(
                Embedding.create(random.at("embedding"), s.vocabulary(), s.width(), config.dtype()),
                config.positions(random.at("positions")),
                IntStream.range(0, s.blocks())
                        .mapToObj(i -> config.encoderBlock(random.at("block/" + i), "block/" + i))
                        .toList(),
                config.design().placement() == Placement.PRE
                        ? Optional.of(config.norm())
                        : Optional.empty(),
                config);
    }

    /// A vector for each token, `[batch, length, width]`; each sees all tokens of its sequence.
    public Tensor apply(Tokens tokens, Pass pass) {
        return apply(tokens, tokens.mask(), pass);
    }

    Tensor apply(Tokens tokens, Mask mask, Pass pass) {
        Tensor x = input(tokens, pass);
        for (EncoderBlock block : blocks) {
            x =
                    pass.part(
                            List.of(block, positions),
                            List.of(x),
                            (in, p) -> block.apply(in.getFirst(), mask, positions, p));
        }
        return last.isPresent() ? last.get().apply(x, pass) : x;
    }

    private Tensor input(Tokens tokens, Pass pass) {
        return input(tokens, 0, pass);
    }

    /// The embeddings of tokens that stand at the positions from this one on.
    Tensor input(Tokens tokens, int from, Pass pass) {
        config.checkLength(from + tokens.length());
        Tensor x = positions.embed(embedding.apply(tokens, pass), from, pass);
        return pass.dropout(x, config.design().dropout());
    }

    /// The last rows of [#apply] under a causal mask, for the next tokens of sequences whose
    /// earlier ones the state has read. The next tokens have no padding.
    Tensor extend(Tokens next, DecoderState state, Pass pass) {
        Tensor x = input(next, state.read(), pass);
        for (int i = 0; i < blocks.size(); i++) {
            x = blocks.get(i).extend(x, state.own(i), positions, pass);
        }
        state.advance(next.length());
        return last.isPresent() ? last.get().apply(x, pass) : x;
    }

    /// What the kernel of one block sees: queries, keys and values of all heads.
    public MultiHeadAttention.Heads heads(Tokens tokens, int block, Pass pass) {
        Tensor x = input(tokens, pass);
        for (int i = 0; i < block; i++) {
            x = blocks.get(i).apply(x, tokens.mask(), positions, pass);
        }
        EncoderBlock b = blocks.get(block);
        Tensor y = b.placement() == Placement.PRE ? b.attentionNorm().apply(x, pass) : x;
        return b.attention().project(y, y, positions, pass);
    }
}
