package nonmercer.fused;

import java.util.List;

/// The weight of a query and a key as a function of their pairings.
///
/// @param forms the pairings, the arguments of the programs
/// @param weight in which parts the programs give the weight
/// @param value those parts
/// @param gradient the same again, then `e^(−L) ∂w/∂s` with respect to each pairing, then those
///   with respect to further numbers, such as a kernel's parameters (`L = 0` where there is none,
///   so it is `∂L/∂s` for a logarithm and `∂r/∂s` for a value); each in a register of its own
public record Scores(List<Form> forms, Weight weight, Program value, Program gradient) {
    /// Copies the list and checks that the programs fit.
    public Scores {
        forms = List.copyOf(forms);
        int n = forms.size();
        if (n == 0
                || value.inputs() != n
                || gradient.inputs() != n
                || value.results().size() != weight.parts()
                || gradient.results().size() < n + weight.parts()) {
            throw new IllegalArgumentException(
                    "scores of "
                            + n
                            + " pairings need programs of as many arguments, one of the weight and one of the"
                            + " weight and all derivatives, got "
                            + value
                            + " and "
                            + gradient);
        }
    }

    /// The numbers a query leaves for the pullback.
    public int kept() {
        return weight == Weight.LOGARITHM ? 1 : 3;
    }

    /// The number of further numbers.
    public int others() {
        return gradient.results().size() - weight.parts() - forms.size();
    }

    /// The register of the derivative with respect to a pairing or, behind those, a further number.
    int slope(int i) {
        return gradient.results().get(weight.parts() + i);
    }

    /// Whether the logarithm is a constant times the one pairing, up to a constant, which does not
    /// change the weights, and nothing else is differentiated by.
    boolean linear() {
        return weight == Weight.LOGARITHM && value.linear() && others() == 0;
    }
}
