package nonmercer.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.layer.DecoderBlock;
import nonmercer.layer.Norm;
import nonmercer.layer.Placement;
import nonmercer.layer.Tokens;
import nonmercer.random.RandomStream;

/// An encoder of the source and a causal decoder of the target (Vaswani et al. 2017). One
/// vocabulary serves both; the output layer is the embedding table.
public record EncoderDecoder(Encoder encoder, List<DecoderBlock> decoder, Optional<Norm> last) {
    /// Fresh weights.
    public static EncoderDecoder create(Config choices, RandomStream random) {
        Encoder encoder = Encoder.create(choices, random.at("encoder"));
        Config config = encoder.config();
        return new EncoderDecoder(
                encoder,
                IntStream.range(0, config.sizes().blocks())
                        .mapToObj(
                                i -> config.decoderBlock(random.at("decoder/" + i), "decoder/" + i))
                        .toList(),
                config.design().placement() == Placement.PRE
                        ? Optional.of(config.norm())
                        : Optional.empty());
    }

    /// The encoder's output, `[batch, source length, width]`.
    public Tensor memory(Tokens source, Pass pass) {
        return encoder.apply(source, pass);
    }

    /// The decoder's output for each target token, `[batch, target length, width]`; each sees
    /// itself, what came before, and the whole source.
    public Tensor decode(Tensor memory, Tokens source, Tokens target, Pass pass) {
        Tensor x = encoder.input(target, 0, pass);
        Mask own = target.mask().and(Mask.causal());
        for (DecoderBlock block : decoder) {
            x =
                    pass.part(
                            List.of(block, encoder.positions()),
                            List.of(x, memory),
                            (in, p) ->
                                    block.apply(
                                            in.get(0),
                                            in.get(1),
                                            own,
                                            source.mask(),
                                            encoder.positions(),
                                            p));
        }
        return last.isPresent() ? last.get().apply(x, pass) : x;
    }

    /// A state that remembers the memory and has read nothing of a target.
    public DecoderState start(Tensor memory, Tokens source, Pass pass) {
        return new DecoderState(
                DecoderState.caches(decoder.size()),
                decoder.stream().map(b -> b.cross().attention().remember(memory, pass)).toList(),
                source.lengths());
    }

    /// The last rows of [#decode] for the next tokens, `[batch, n, width]`, given those the state
    /// has read, to which these are added; with the same bits where attention is fused. No padding.
    public Tensor read(Tokens next, DecoderState state, Pass pass) {
        Tensor x = encoder.input(next, state.read(), pass);
        for (int i = 0; i < decoder.size(); i++) {
            x =
                    decoder.get(i)
                            .extend(
                                    x,
                                    state.own(i),
                                    state.memory(i),
                                    state.memoryMask(),
                                    encoder.positions(),
                                    pass);
        }
        state.advance(next.length());
        return last.isPresent() ? last.get().apply(x, pass) : x;
    }

    /// Scores of the token after each position of the decoder's output: `[…, width] → […,
    /// vocabulary]`.
    public Tensor logits(Tensor decoded, Pass pass) {
        return encoder.embedding().logits(decoded, pass);
    }

    /// The mean cross-entropy of the target's tokens from the second on: `[]`, in nats a token. The
    /// first is the start mark.
    public Tensor loss(Tokens source, Tokens target, double smoothing, Pass pass) {
        Tensor decoded = decode(memory(source, pass), source, target, pass);
        return LanguageModel.nextTokenLoss(logits(decoded, pass), target, smoothing);
    }
}
