package nonmercer.model;

import java.util.List;
import java.util.random.RandomGenerator;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.layer.Tokens;

/// Small models for tests.
final class Models {
    static final Pass PASS = Pass.evaluation();
    static final Sizes SIZES = new Sizes(7, 12, 8, 2, 12, 2);
    static final Design DESIGN = Design.standard().withDropout(0.2);

    private Models() {}

    /// A float64 configuration.
    static Config config(Design design) {
        return new Config(SIZES, design, DType.FLOAT64);
    }

    static Tokens tokens(int[]... sequences) {
        return Tokens.padded(List.of(sequences), 0);
    }

    /// Tokens 1 … 6.
    static int[] sequence(RandomGenerator random, int length) {
        return random.ints(length, 1, 7).toArray();
    }

    /// The logarithms of the probabilities of row `i` of the scores.
    static double[] logProbabilities(Array logits, int i) {
        int n = logits.dim(-1);
        double sum = 0;
        double[] p = new double[n];
        for (int t = 0; t < n; t++) {
            p[t] = logits.at(i * n + t);
            sum += Math.exp(p[t]);
        }
        for (int t = 0; t < n; t++) {
            p[t] -= Math.log(sum);
        }
        return p;
    }

    /// `-Σ q ln p` of one row with the target smoothed.
    static double crossEntropy(Array logits, int i, int target, double smoothing) {
        double[] p = logProbabilities(logits, i);
        double loss = -(1 - smoothing) * p[target];
        for (double logP : p) {
            loss -= smoothing / p.length * logP;
        }
        return loss;
    }

    static double most(Tensor a, Tensor b) {
        double most = 0;
        for (int i = 0; i < a.value().size(); i++) {
            most = Math.max(most, Math.abs(a.value().at(i) - b.value().at(i)));
        }
        return most;
    }
}
