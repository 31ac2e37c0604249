package nonmercer.fused;

import java.util.List;
import nonmercer.fused.Program.Step;

/// The weight of a query and a key as a function of their pairings: a sum of terms `r e^L`.
///
/// @param forms the pairings, the arguments of the programs
/// @param terms in which parts the programs give each term; one at most has no `L`
/// @param value those parts, term by term
/// @param gradient the same again, then for each term `e^(−L) ∂(r e^L)/∂s` with respect to each
///   pairing and to further numbers, such as a kernel's parameters (`L = 0` where there is none, so
///   it is `∂L/∂s` for a logarithm and `∂r/∂s` for a value); each in a register of its own
public record Scores(List<Form> forms, List<Weight> terms, Program value, Program gradient) {
    /// Copies the lists and checks that the programs fit.
    public Scores {
        forms = List.copyOf(forms);
        terms = List.copyOf(terms);
        int n = forms.size();
        int t = terms.size();
        int parts = parts(terms, t);
        int slopes = gradient.results().size() - parts;
        if (n == 0
                || t == 0
                || terms.stream().filter(w -> w == Weight.VALUE).count() > 1
                || value.inputs() != n
                || gradient.inputs() != n
                || value.results().size() != parts
                || slopes < n * t
                || slopes % t != 0) {
            throw new IllegalArgumentException(
                    "scores of "
                            + n
                            + " pairings as a sum of "
                            + terms
                            + ", of which one at most may be a value, need programs of as many"
                            + " arguments, one of the terms' parts and one of these and of all"
                            + " derivatives of each term, got "
                            + value
                            + " and "
                            + gradient);
        }
    }

    private static int parts(List<Weight> terms, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += terms.get(i).parts();
        }
        return sum;
    }

    /// The numbers a query leaves for the pullback.
    public int kept() {
        return logarithms() ? 1 : 3;
    }

    /// Whether every term is given by its logarithm.
    public boolean logarithms() {
        for (int i = 0; i < terms.size(); i++) {
            if (terms.get(i) != Weight.LOGARITHM) {
                return false;
            }
        }
        return true;
    }

    /// Whether the weight is one number without a logarithm.
    public boolean isValue() {
        return terms.equals(List.of(Weight.VALUE));
    }

    /// The number of further numbers.
    public int others() {
        return slopes() - forms.size();
    }

    private int slopes() {
        return (gradient.results().size() - parts(terms, terms.size())) / terms.size();
    }

    /// The place among a program's results where the parts of a term begin.
    public int part(int term) {
        return parts(terms, term);
    }

    /// The place among the results of the gradient's program of a term's derivative with respect to
    /// a pairing or, behind those, a further number.
    public int slope(int term, int i) {
        return parts(terms, terms.size()) + term * slopes() + i;
    }

    /// The pairing whose products serve a pairing too: a squared distance is made of the dot
    /// product of the same points. Else the pairing itself.
    ///
    /// @param q the queries of each pairing, the same object where they are the same
    /// @param k the keys of each pairing
    @SuppressWarnings("ReferenceEquality") // the same points, not equal ones
    public int source(int pairing, Object[] q, Object[] k) {
        for (int p = 0; p < q.length && forms.get(pairing) == Form.SQUARED_DISTANCE; p++) {
            if (forms.get(p) == Form.DOT && q[p] == q[pairing] && k[p] == k[pairing]) {
                return p;
            }
        }
        return pairing;
    }

    /// Whether the logarithm is a constant times the one pairing, up to a constant, which does not
    /// change the weights, and nothing else is differentiated by.
    boolean linear() {
        return terms.equals(List.of(Weight.LOGARITHM)) && value.linear() && others() == 0;
    }

    /// For each step of the gradient's program, whether it writes a constant that is only a
    /// derivative: [#number] gives it.
    boolean[] idle() {
        List<Step> steps = gradient.steps();
        boolean[] idle = new boolean[steps.size()];
        for (int i = 0; i < idle.length; i++) {
            int register = gradient.inputs() + i;
            idle[i] =
                    steps.get(i) instanceof Step.Constant
                            && steps.stream().noneMatch(s -> s.reads(register))
                            && gradient.results().indexOf(register) >= parts(terms, terms.size());
        }
        return idle;
    }

    /// Whether a derivative is the same number everywhere.
    boolean constant(int term, int i) {
        int register = gradient.results().get(slope(term, i));
        return register >= gradient.inputs()
                && gradient.steps().get(register - gradient.inputs()) instanceof Step.Constant;
    }

    /// That number, else NaN.
    double number(int term, int i) {
        int step = gradient.results().get(slope(term, i)) - gradient.inputs();
        return constant(term, i) && gradient.steps().get(step) instanceof Step.Constant(double c)
                ? c
                : Double.NaN;
    }
}
