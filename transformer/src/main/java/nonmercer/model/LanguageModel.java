package nonmercer.model;

import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.layer.Tokens;
import nonmercer.random.RandomStream;

/// A causal stack that predicts the next token; the output layer is the embedding table (tied
/// weights, Press & Wolf 2017).
public record LanguageModel(Encoder stack) {
    /// Fresh weights.
    public static LanguageModel create(Config config, RandomStream random) {
        return new LanguageModel(Encoder.create(config, random.at("stack")));
    }

    /// Scores of the token after each token, `[batch, length, vocabulary]`; each sees itself and
    /// what came before.
    public Tensor logits(Tokens tokens, Pass pass) {
        return stack.embedding()
                .logits(stack.apply(tokens, tokens.mask().and(Mask.causal()), pass), pass);
    }

    /// A state that has read nothing.
    public DecoderState start() {
        return DecoderState.empty(stack.blocks().size());
    }

    /// Scores of the token after each of the next tokens, `[batch, n, vocabulary]`, given those the
    /// state has read, to which these are added: the last rows of [#logits] of all of them, with
    /// the same bits where attention is fused. All sequences go on by `n` tokens, without padding.
    public Tensor read(Tokens next, DecoderState state, Pass pass) {
        if (next.count() != next.ids().length) {
            throw new IllegalArgumentException(
                    "what is read into a state must have no padding; sequences of "
                            + next
                            + " are shorter than the batch");
        }
        return stack.embedding().logits(stack.extend(next, state, pass), pass);
    }

    /// The scores after the tokens at these places only, `[places, vocabulary]`; place `b · length
    /// + i` is token `i` of sequence `b`.
    public Tensor logits(Tokens tokens, int[] places, Pass pass) {
        Tensor x = stack.apply(tokens, tokens.mask().and(Mask.causal()), pass); // [b, n, d]
        return stack.embedding()
                .logits(x.reshape(tokens.ids().length, x.dim(-1)).gather(places), pass);
    }

    /// The mean cross-entropy of each sequence's tokens, from the second on, given those before:
    /// `[]`, in nats a token.
    public Tensor loss(Tokens tokens, double smoothing, Pass pass) {
        return nextTokenLoss(logits(tokens, pass), tokens, smoothing);
    }

    /// The mean cross-entropy of the scores at each position with the token that follows there.
    static Tensor nextTokenLoss(Tensor logits, Tokens tokens, double smoothing) {
        int[] next = new int[tokens.ids().length];
        for (int b = 0; b < tokens.batch(); b++) {
            for (int i = 0; i < tokens.length(); i++) {
                boolean counts = i + 1 < tokens.lengths()[b];
                next[b * tokens.length() + i] =
                        counts ? tokens.ids()[b * tokens.length() + i + 1] : -1;
            }
        }
        return logits.reshape(next.length, logits.dim(-1)).crossEntropy(next, smoothing);
    }
}
