package nonmercer.metric;

import java.util.List;
import java.util.Locale;

/// The share of predictions that are right.
///
/// @param right how many are
/// @param total of how many
public record Accuracy(int right, int total) {
    /// Checks that `0 <= right <= total`.
    public Accuracy {
        if (right < 0 || right > total) {
            throw new IllegalArgumentException("accuracy: " + right + " right of " + total);
        }
    }

    /// Of predicted labels.
    public static Accuracy of(List<?> predicted, List<?> expected) {
        checkCount(predicted.size(), expected.size());
        int right = 0;
        for (int i = 0; i < predicted.size(); i++) {
            right += predicted.get(i).equals(expected.get(i)) ? 1 : 0;
        }
        return new Accuracy(right, predicted.size());
    }

    /// Of predicted numbers, such as classes.
    public static Accuracy of(int[] predicted, int[] expected) {
        checkCount(predicted.length, expected.length);
        int right = 0;
        for (int i = 0; i < predicted.length; i++) {
            right += predicted[i] == expected[i] ? 1 : 0;
        }
        return new Accuracy(right, predicted.length);
    }

    /// Of predicted tokens; places where padding is expected do not count.
    public static Accuracy ofTokens(int[] predicted, int[] expected, int padding) {
        checkCount(predicted.length, expected.length);
        int right = 0;
        int total = 0;
        for (int i = 0; i < predicted.length; i++) {
            if (expected[i] != padding) {
                total++;
                right += predicted[i] == expected[i] ? 1 : 0;
            }
        }
        return new Accuracy(right, total);
    }

    private static void checkCount(int predicted, int expected) {
        if (predicted != expected) {
            throw new IllegalArgumentException(
                    "accuracy: " + predicted + " predictions for " + expected + " expected values");
        }
    }

    /// Both samples together.
    public Accuracy plus(Accuracy other) {
        return new Accuracy(right + other.right, total + other.total);
    }

    /// `right / total`; NaN where there was nothing to predict.
    public double value() {
        return (double) right / total;
    }

    /// The 95 % interval of the probability of being right, if the predictions are independent.
    public Interval interval() {
        return Interval.wilson(right, total);
    }

    /// `0.734 [0.709, 0.757]`.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f %s", value(), interval());
    }
}
