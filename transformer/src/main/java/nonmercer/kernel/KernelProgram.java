package nonmercer.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.fused.Form;
import nonmercer.fused.Scores;
import nonmercer.fused.Weight;
import org.jspecify.annotations.Nullable;

/// A kernel made ready for loops over tiles: its pairings with the queries and keys each of them
/// sees, and its value, or its logarithm, with all derivatives as code.
///
/// The code of the latest formulas is kept for the next step, unless coefficients are trained:
/// their present values are in it.
public final class KernelProgram {
    private static final Recent<Formula, Scores> CODE = new Recent<>(64);

    private final Lowered lowered;
    private final Scores scores;
    private final List<Coefficient.Trained> trained;

    private KernelProgram(Lowered lowered, Scores scores, List<Coefficient.Trained> trained) {
        this.lowered = lowered;
        this.scores = scores;
        this.trained = trained;
    }

    /// The kernel for these queries and keys, in log form as far as it has one; a sum as its terms.
    public static KernelProgram of(Kernel kernel, Tensor q, Tensor k, Pass pass) {
        return of(Lowered.of(kernel, q, k, pass), true, pass);
    }

    /// The kernel's value for these queries and keys.
    public static KernelProgram ofValue(Kernel kernel, Tensor q, Tensor k, Pass pass) {
        return of(Lowered.of(kernel, q, k, pass), false, pass);
    }

    private static KernelProgram of(Lowered lowered, boolean terms, Pass pass) {
        Formula formula = new Formula(List.copyOf(lowered.pairings()), lowered.term(), terms);
        Scores known = CODE.get(formula);
        if (known != null) {
            return new KernelProgram(lowered, known, List.of());
        }
        KernelProgram program = compiled(lowered, terms, pass);
        if (program.trained.isEmpty()) {
            CODE.put(formula, program.scores);
        }
        return program;
    }

    private static KernelProgram compiled(Lowered lowered, boolean apart, Pass pass) {
        int inputs = lowered.pairings().size();
        Build build = new Build(new Code(inputs), pass);
        List<Value> terms =
                apart ? build.terms(lowered.term()) : List.of(build.value(lowered.term()));
        List<Coefficient.Trained> trained =
                terms.stream().flatMap(t -> t.coefficients().keySet().stream()).distinct().toList();
        List<Integer> parts = terms.stream().flatMap(t -> t.parts().stream()).toList();
        List<Integer> all = new ArrayList<>(parts);
        for (Value term : terms) {
            for (int p = 0; p < inputs; p++) {
                all.add(build.orZero(term.pairings().get(p)));
            }
            trained.forEach(c -> all.add(build.orZero(term.coefficients().get(c))));
        }
        Scores scores =
                new Scores(
                        lowered.pairings().stream().map(KernelProgram::form).toList(),
                        terms.stream().map(Value::weight).toList(),
                        build.code.program(inputs, parts),
                        build.code.program(inputs, all));
        return new KernelProgram(lowered, scores, trained);
    }

    /// The code, with the present values of the coefficients.
    public Scores scores() {
        return scores;
    }

    /// The queries of each pairing, after the kernel's maps.
    public List<Tensor> queries() {
        return lowered.queries();
    }

    /// The keys of each pairing.
    public List<Tensor> keys() {
        return lowered.keys();
    }

    /// The coefficients whose derivatives the code gives.
    public List<Coefficient.Trained> trained() {
        return trained;
    }

    /// What the code computes, in ordinary tensor operations, of these queries and keys of each
    /// pairing.
    public Factors definition(List<Tensor> queries, List<Tensor> keys, Pass pass) {
        Lowered at = lowered.at(queries, keys);
        return scores.isValue() ? Factors.ofValue(at.value(pass)) : at.factors(pass);
    }

    private static Form form(Pairing pairing) {
        return switch (pairing) {
            case DOT -> Form.DOT;
            case SQUARED_DISTANCE -> Form.SQUARED_DISTANCE;
            case L1_DISTANCE -> Form.L1_DISTANCE;
            case SUM_OF_MINIMA -> Form.SUM_OF_MINIMA;
            case HARMONIC -> Form.HARMONIC;
        };
    }

    /// What the code is made of.
    ///
    /// @param terms whether as terms in log form, else as one value
    private record Formula(List<Pairing> pairings, Lowered.Term term, boolean terms) {}

    /// One walk over a formula of pairings.
    private record Build(Code code, Pass pass) {
        Value value(Lowered.Term term) {
            return switch (term) {
                case Lowered.Term.Pair(int index) -> {
                    Value value = Value.of(Value.NONE, index);
                    value.pairings().put(index, code.constant(1));
                    yield value;
                }
                case Lowered.Term.Applied(Expression f, Lowered.Term inner) ->
                        applied(whole(f), value(inner));
                case Lowered.Term.Sum(List<Lowered.Term> terms) ->
                        sum(terms.stream().map(this::value));
                case Lowered.Term.Product(List<Lowered.Term> factors) ->
                        product(factors.stream().map(this::value));
            };
        }

        private int orZero(@Nullable Integer register) {
            return register == null ? code.constant(0) : register;
        }

        /// A sum as terms in log form, and one of what has none; anything else as one term.
        List<Value> terms(Lowered.Term term) {
            if (!(term instanceof Lowered.Term.Sum(List<Lowered.Term> all))) {
                return List.of(parts(term));
            }
            List<Value> terms = new ArrayList<>();
            List<Value> values = new ArrayList<>();
            for (Lowered.Term each : all) {
                Value v = parts(each);
                (v.weight() == Weight.VALUE ? values : terms).add(v);
            }
            if (!values.isEmpty()) {
                terms.add(sum(values.stream()));
            }
            return List.copyOf(terms);
        }

        /// In log form as far as it has one.
        Value parts(Lowered.Term term) {
            if (Lowered.hasLog(term)) {
                return log(term);
            }
            return switch (term) {
                case Lowered.Term.Pair p -> value(p);
                case Lowered.Term.Applied(Expression f, Lowered.Term inner)
                        when Parts.multiple(f).isPresent() ->
                        applied(whole(Parts.multiple(f).get()), constant())
                                .times(parts(inner), code);
                case Lowered.Term.Applied(Expression f, Lowered.Term inner) ->
                        applied(Parts.of(f), value(inner));
                case Lowered.Term.Sum(List<Lowered.Term> terms) ->
                        sum(terms.stream().map(this::parts));
                case Lowered.Term.Product(List<Lowered.Term> factors) ->
                        product(factors.stream().map(this::parts));
            };
        }

        Value log(Lowered.Term term) {
            return switch (term) {
                case Lowered.Term.Pair p ->
                        throw new IllegalStateException("a pairing has no logarithm");
                case Lowered.Term.Applied(Expression f, Lowered.Term inner) -> {
                    Lowered.LogForm form =
                            Lowered.LogForm.of(f, Lowered.hasLog(inner)).orElseThrow();
                    Value s = form.ofLog() ? log(inner).asValue() : value(inner);
                    yield applied(whole(form.function()), s).asLogarithm();
                }
                case Lowered.Term.Sum(List<Lowered.Term> terms) ->
                        sum(terms.stream().map(this::log));
                case Lowered.Term.Product(List<Lowered.Term> factors) ->
                        product(factors.stream().map(this::log));
            };
        }

        /// What a function without its variable is applied to.
        private Value constant() {
            return Value.of(Value.NONE, code.constant(0));
        }

        private static Parts whole(Expression f) {
            return new Parts(Optional.empty(), Optional.of(f));
        }

        private Value applied(Parts f, Value inner) {
            return inner.applied(
                    f,
                    code,
                    c -> c instanceof Coefficient.Trained t ? t.tensor(pass).item() : c.value(0));
        }

        private Value sum(Stream<Value> terms) {
            return terms.reduce((a, b) -> a.plus(b, code)).orElseThrow();
        }

        private Value product(Stream<Value> factors) {
            return factors.reduce((a, b) -> a.times(b, code)).orElseThrow();
        }
    }
}
