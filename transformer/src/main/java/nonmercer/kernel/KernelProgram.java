package nonmercer.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.fused.Form;
import nonmercer.fused.Scores;
import nonmercer.lanes.Unary;

/// A kernel made ready for loops over tiles: its pairings with the queries and keys each of them
/// sees, and its value, or its logarithm, with all derivatives as code.
public final class KernelProgram {
    private final Lowered lowered;
    private final Scores scores;
    private final List<Coefficient.Trained> trained;

    private KernelProgram(Lowered lowered, Scores scores, List<Coefficient.Trained> trained) {
        this.lowered = lowered;
        this.scores = scores;
        this.trained = trained;
    }

    /// The kernel for these queries and keys, in log form where it has one.
    public static KernelProgram of(Kernel kernel, Tensor q, Tensor k, Pass pass) {
        Lowered lowered = Lowered.of(kernel, q, k, pass);
        return of(lowered, lowered.hasLog(), pass);
    }

    /// The kernel's value for these queries and keys.
    static KernelProgram ofValue(Kernel kernel, Tensor q, Tensor k, Pass pass) {
        return of(Lowered.of(kernel, q, k, pass), false, pass);
    }

    private static KernelProgram of(Lowered lowered, boolean log, Pass pass) {
        int inputs = lowered.pairings().size();
        Build build = new Build(new Code(inputs), pass);
        Value value = log ? build.log(lowered.term()) : build.value(lowered.term());
        List<Coefficient.Trained> trained = new ArrayList<>(value.coefficients.keySet());
        List<Integer> all = new ArrayList<>();
        all.add(value.register);
        for (int p = 0; p < inputs; p++) {
            Integer slope = value.pairings.get(p);
            all.add(slope == null ? build.code.constant(0) : slope);
        }
        trained.forEach(c -> all.add(value.coefficients.get(c)));
        Scores scores =
                new Scores(
                        lowered.pairings().stream().map(KernelProgram::form).toList(),
                        log,
                        build.code.program(inputs, List.of(value.register)),
                        build.code.program(inputs, all));
        return new KernelProgram(lowered, scores, List.copyOf(trained));
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

    /// What the code computes, in ordinary tensor operations: the kernel's value, or its logarithm,
    /// of these queries and keys of each pairing.
    public Tensor definition(List<Tensor> queries, List<Tensor> keys, Pass pass) {
        Lowered at = lowered.at(queries, keys);
        return scores.log() ? at.log(pass) : at.value(pass);
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

    /// A value with its derivatives, each a register.
    private record Value(
            int register,
            Map<Integer, Integer> pairings,
            Map<Coefficient.Trained, Integer> coefficients) {
        static Value of(int register) {
            return new Value(register, new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        /// Adds the derivatives of another value, times the register of `∂this/∂other`.
        Value through(Code code, Value other, int slope) {
            other.pairings.forEach((p, d) -> pairings.merge(p, code.times(slope, d), code::plus));
            other.coefficients.forEach(
                    (c, d) -> coefficients.merge(c, code.times(slope, d), code::plus));
            return this;
        }
    }

    /// One walk over a formula of pairings.
    private record Build(Code code, Pass pass) {
        Value value(Lowered.Term term) {
            return switch (term) {
                case Lowered.Term.Pair(int index) -> {
                    Value value = Value.of(index);
                    value.pairings.put(index, code.constant(1));
                    yield value;
                }
                case Lowered.Term.Applied(Expression f, Lowered.Term inner) ->
                        applied(f, value(inner));
                case Lowered.Term.Sum(List<Lowered.Term> terms) ->
                        terms.stream().map(this::value).reduce(this::plus).orElseThrow();
                case Lowered.Term.Product(List<Lowered.Term> factors) ->
                        factors.stream().map(this::value).reduce(this::times).orElseThrow();
            };
        }

        Value log(Lowered.Term term) {
            return switch (term) {
                case Lowered.Term.Pair p ->
                        throw new IllegalStateException("a pairing has no logarithm");
                case Lowered.Term.Applied(Expression f, Lowered.Term inner) -> {
                    Lowered.LogForm form =
                            Lowered.LogForm.of(f, Lowered.hasLog(inner)).orElseThrow();
                    yield applied(form.function(), form.ofLog() ? log(inner) : value(inner));
                }
                case Lowered.Term.Sum(List<Lowered.Term> terms) ->
                        terms.stream().map(this::log).reduce(this::logAdd).orElseThrow();
                case Lowered.Term.Product(List<Lowered.Term> factors) ->
                        factors.stream().map(this::log).reduce(this::plus).orElseThrow();
            };
        }

        private Value applied(Expression f, Value inner) {
            ToDoubleFunction<Coefficient> values =
                    c -> c instanceof Coefficient.Trained t ? t.tensor(pass).item() : c.value(0);
            int s = inner.register;
            Value value = Value.of(code.of(f, s, values));
            value.through(code, inner, code.of(f.derivative(), s, values));
            for (Coefficient.Trained c : f.trained()) {
                Expression slope = f.derivative(new Expression.Symbol(c));
                value.coefficients.merge(c, code.of(slope, s, values), code::plus);
            }
            return value;
        }

        private Value plus(Value a, Value b) {
            int one = code.constant(1);
            return Value.of(code.plus(a.register, b.register))
                    .through(code, a, one)
                    .through(code, b, one);
        }

        private Value times(Value a, Value b) {
            return Value.of(code.times(a.register, b.register))
                    .through(code, a, b.register)
                    .through(code, b, a.register);
        }

        /// `ln(eᵃ + eᵇ) = a + softplus(b - a)`, whose slopes are `σ(a - b)` and `σ(b - a)`.
        private Value logAdd(Value a, Value b) {
            int difference = code.minus(b.register, a.register);
            int slope = code.apply(Unary.SIGMOID, difference);
            return Value.of(code.plus(a.register, code.apply(Unary.SOFTPLUS, difference)))
                    .through(code, a, code.affine(slope, -1, 1))
                    .through(code, b, slope);
        }
    }
}
