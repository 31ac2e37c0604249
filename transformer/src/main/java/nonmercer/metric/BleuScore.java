package nonmercer.metric;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// A BLEU score and what it is made of. The score and the precisions are in percent.
///
/// @param score `BP · exp(mean of log precisions)`, 0 to 100
/// @param precisions of each order, from 1, smoothed
/// @param brevityPenalty `BP`, 1 unless the hypotheses are shorter than the references
/// @param hypothesisLength tokens of the hypotheses
/// @param referenceLength tokens of the references, for each sentence the reference closest in
///   length
public record BleuScore(
        double score,
        double[] precisions,
        double brevityPenalty,
        long hypothesisLength,
        long referenceLength) {

    /// As sacrebleu prints it: `BLEU = 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len
    /// = 17 ref_len = 18)`.
    @Override
    public String toString() {
        String orders =
                Arrays.stream(precisions)
                        .mapToObj(p -> String.format(Locale.ROOT, "%.1f", p))
                        .collect(Collectors.joining("/"));
        double ratio = referenceLength == 0 ? 0 : (double) hypothesisLength / referenceLength;
        return String.format(
                Locale.ROOT,
                "BLEU = %.2f %s (BP = %.3f ratio = %.3f hyp_len = %d ref_len = %d)",
                score,
                orders,
                brevityPenalty,
                ratio,
                hypothesisLength,
                referenceLength);
    }
}
