package nonmercer.fused;

import java.util.List;

/// The weight of a query and a key as a function of their pairings, or its logarithm.
///
/// @param forms the pairings, the arguments of the programs
/// @param log whether the programs are of the logarithm `ln w`, or of `w ≥ 0` itself
/// @param value `w` or `ln w`
/// @param gradient the same again, then its derivative with respect to each pairing, then those
///   with respect to further numbers, such as a kernel's parameters; each in a register of its own
public record Scores(List<Form> forms, boolean log, Program value, Program gradient) {
    /// Copies the list and checks that the programs fit.
    public Scores {
        forms = List.copyOf(forms);
        int n = forms.size();
        if (n == 0
                || value.inputs() != n
                || gradient.inputs() != n
                || value.results().size() != 1
                || gradient.results().size() < n + 1) {
            throw new IllegalArgumentException(
                    "scores of "
                            + n
                            + " pairings need programs of as many arguments, one of the value and one of the"
                            + " value and all derivatives, got "
                            + value
                            + " and "
                            + gradient);
        }
    }

    /// The number of further numbers.
    public int others() {
        return gradient.results().size() - 1 - forms.size();
    }

    /// Whether the logarithm is a constant times the one pairing, up to a constant, which does not
    /// change the weights, and nothing else is differentiated by.
    boolean linear() {
        return log && value.linear() && others() == 0;
    }
}
