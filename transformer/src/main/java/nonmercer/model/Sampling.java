package nonmercer.model;

import java.util.Arrays;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.layer.Tokens;
import nonmercer.random.RandomStream;

/// How a text is drawn from a language model: token `t` with probability `∝ e^(score_t /
/// temperature)` among the likeliest.
///
/// @param temperature above 0; below 1 the likely become likelier
/// @param among the number of likeliest tokens drawn from (Fan, Lewis & Dauphin 2018)
/// @param longest the most tokens written
public record Sampling(double temperature, int among, int longest) {
    /// Refuses what cannot work.
    public Sampling {
        if (!(temperature > 0) || among < 1 || longest < 1) {
            throw new IllegalArgumentException(
                    "sampling needs a temperature above 0, at least one token to draw from and one to"
                            + " write, got "
                            + temperature
                            + ", "
                            + among
                            + " and "
                            + longest);
        }
    }

    /// The tokens drawn after a prompt, up to the end mark, which is left out.
    ///
    /// @param end the token that ends a text
    /// @param random draws one number a token
    public int[] write(LanguageModel model, int[] prompt, int end, RandomStream random) {
        DecoderState state = model.start();
        int[] next = prompt;
        int[] written = new int[longest];
        for (int t = 0; t < longest; t++) {
            Tokens tokens = new Tokens(next, 1, next.length, new int[] {next.length});
            Array scores = model.read(tokens, state, Pass.evaluation()).value();
            int token = draw(scores, (next.length - 1) * scores.dim(-1), random.nextDouble());
            if (token == end) {
                return Arrays.copyOf(written, t);
            }
            written[t] = token;
            next = new int[] {token};
        }
        return written;
    }

    /// The token at this place of the distribution function.
    private int draw(Array scores, int base, double place) {
        int[] best = Decoding.largest(scores, base, scores.dim(-1), among);
        double most = scores.at(base + best[0]);
        double[] sums = new double[best.length];
        double sum = 0;
        for (int i = 0; i < best.length; i++) {
            sum += Math.exp((scores.at(base + best[i]) - most) / temperature);
            sums[i] = sum;
        }
        int i = 0;
        while (i < best.length - 1 && sums[i] <= place * sum) {
            i++;
        }
        return best[i];
    }
}
