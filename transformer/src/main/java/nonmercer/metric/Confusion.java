package nonmercer.metric;

import java.util.List;

/// How often each label was taken for each other.
///
/// @param labels the labels
/// @param counts `counts[i][j]`: items of label `i` that were predicted as label `j`
public record Confusion(List<String> labels, int[][] counts) {
    /// Of predicted classes, as places in the list of labels.
    public static Confusion of(List<String> labels, int[] predicted, int[] expected) {
        Accuracy.of(predicted, expected); // checks the counts
        int[][] counts = new int[labels.size()][labels.size()];
        for (int i = 0; i < predicted.length; i++) {
            counts[expected[i]][predicted[i]]++;
        }
        return new Confusion(List.copyOf(labels), counts);
    }

    /// All items on the diagonal.
    public Accuracy accuracy() {
        int right = 0;
        int total = 0;
        for (int i = 0; i < counts.length; i++) {
            right += counts[i][i];
            for (int n : counts[i]) {
                total += n;
            }
        }
        return new Accuracy(right, total);
    }

    /// Of the items of a label, the share predicted as such; NaN where there are none.
    public double recall(int label) {
        int total = 0;
        for (int n : counts[label]) {
            total += n;
        }
        return (double) counts[label][label] / total;
    }

    /// Of the items predicted as a label, the share that are of it; NaN where there are none.
    public double precision(int label) {
        int total = 0;
        for (int[] row : counts) {
            total += row[label];
        }
        return (double) counts[label][label] / total;
    }
}
