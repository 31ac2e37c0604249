package nonmercer.model;

import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Elementwise;
import nonmercer.array.Memory;
import nonmercer.array.Reduce;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.layer.Linear;
import nonmercer.layer.Tokens;
import nonmercer.random.RandomStream;
import nonmercer.text.BatchSize;
import nonmercer.text.Batches;

/// An encoder, the mean of its vectors over the tokens of a sequence, and a linear layer to the
/// classes.
public record Classifier(Encoder encoder, Linear head) {
    /// Fresh weights.
    public static Classifier create(Config config, int classes, RandomStream random) {
        return new Classifier(
                Encoder.create(config, random.at("encoder")),
                Linear.create(random.at("head"), config.sizes().width(), classes, config.dtype()));
    }

    /// Scores of the classes, `[batch, classes]`: the logarithms of the odds up to a constant.
    public Tensor logits(Tokens tokens, Pass pass) {
        Tensor x = encoder.apply(tokens, pass); // [b, n, d]
        Tensor means = Tensor.of(averages(tokens, x.value())).matmul(x); // [b, 1, d]
        Tensor pooled = means.reshape(tokens.batch(), x.dim(-1));
        return head.apply(pass.dropout(pooled, encoder.config().design().dropout()), pass);
    }

    /// The likeliest class of each sequence, read in batches of at most this many tokens, padding
    /// included.
    public int[] predict(List<int[]> sequences, int batchTokens) {
        int[] classes = new int[sequences.size()];
        int[] lengths = sequences.stream().mapToInt(s -> s.length).toArray();
        for (int[] places : Batches.sorted(lengths, new BatchSize.Tokens(batchTokens))) {
            Tokens tokens =
                    Tokens.padded(Arrays.stream(places).mapToObj(sequences::get).toList(), 0);
            int[] best = Reduce.argMax(logits(tokens, Pass.evaluation()).value());
            for (int b = 0; b < best.length; b++) {
                classes[places[b]] = best[b];
            }
        }
        return classes;
    }

    /// Rows of 1/length, `[b, 1, n]`, in the type and the memory of `x`.
    private static Array averages(Tokens tokens, Array x) {
        Array w = Memory.of(x).fresh(x.dtype(), Shape.of(tokens.batch(), 1, tokens.length()));
        Elementwise.fill(w, 0);
        for (int b = 0; b < tokens.batch(); b++) {
            int length = tokens.lengths()[b];
            int at = b * tokens.length();
            if (x.dtype() == DType.FLOAT32) {
                Arrays.fill(w.floats(), at, at + length, 1f / length);
            } else {
                Arrays.fill(w.doubles(), at, at + length, 1.0 / length);
            }
        }
        return w;
    }
}
