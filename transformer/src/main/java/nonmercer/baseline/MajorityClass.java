package nonmercer.baseline;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nonmercer.data.Labelled;

/// Always the most frequent label of the training part; of equally frequent ones the first in the
/// alphabet.
///
/// @param label that label
public record MajorityClass(String label) {
    /// The most frequent label of these texts.
    public static MajorityClass train(List<Labelled> training) {
        Map<String, Integer> counts = new TreeMap<>();
        training.forEach(t -> counts.merge(t.label(), 1, Integer::sum));
        String best = null;
        int most = 0;
        for (var entry : counts.entrySet()) {
            if (entry.getValue() > most) {
                most = entry.getValue();
                best = entry.getKey();
            }
        }
        if (best == null) {
            throw new IllegalArgumentException(
                    "the majority class needs texts to train on, got none");
        }
        return new MajorityClass(best);
    }

    /// The label, whatever the text.
    public String predict(String text) {
        return label;
    }
}
