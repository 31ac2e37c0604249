package nonmercer.experiment;

import java.util.List;

/// The softmax kernel's polynomials against the softmax kernel, degree by degree, and what they say
/// of the sentence that its infinite dimension is partly responsible for its performance.
///
/// @param task what was learnt
/// @param metric by what the kernels are compared
/// @param steps the differences of the polynomials, by degree; not empty
record Ladder(SwapTask task, SwapMetric metric, List<Step> steps) {
    /// One polynomial.
    ///
    /// @param features how many features it has at the task's head width
    record Step(int degree, long features, Difference difference) {}

    /// An answer.
    enum Answer {
        HOLDS("holds"),
        DOES_NOT("does not hold"),
        UNTOLD("cannot be told");

        private final String words;

        Answer(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    Ladder {
        steps = List.copyOf(steps);
    }

    /// Strictly: infinitely many features do what no finite number did. It does not hold if some
    /// polynomial keeps up to within the margin; it holds if each is worse by its whole interval.
    Answer infinite() {
        if (steps.stream().anyMatch(s -> s.difference.keepsUp())) {
            return Answer.DOES_NOT;
        }
        boolean all =
                steps.stream().allMatch(s -> s.difference.standing() == Difference.Standing.WORSE);
        return all ? Answer.HOLDS : Answer.UNTOLD;
    }

    /// Loosely: few features do worse. It is asked of the polynomial of the lowest degree.
    Answer few() {
        Difference lowest = steps.getFirst().difference;
        return lowest.standing() == Difference.Standing.WORSE
                ? Answer.HOLDS
                : lowest.keepsUp() ? Answer.DOES_NOT : Answer.UNTOLD;
    }

    /// The evidence, in one sentence.
    String evidence() {
        List<Step> up = steps.stream().filter(s -> s.difference.keepsUp()).toList();
        Step lowest = steps.getFirst();
        StringBuilder out = new StringBuilder();
        out.append("with ").append(text(lowest));
        if (up.isEmpty()) {
            Step best = steps.getLast();
            out.append("; none keeps up for certain, the last is ").append(text(best));
        } else if (!up.getFirst().equals(lowest)) {
            out.append("; the first that keeps up is ").append(text(up.getFirst()));
        } else {
            out.append(", which keeps up");
        }
        return out.toString();
    }

    private static String text(Step step) {
        return String.format(
                java.util.Locale.ROOT,
                "degree %d (%,d features): %s",
                step.degree,
                step.features,
                step.difference);
    }
}
