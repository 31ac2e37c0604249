package nonmercer.attention;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.fused.Form;
import nonmercer.fused.Scores;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Expression;
import nonmercer.kernel.Featured;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Product;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Scaled;
import nonmercer.kernel.Sum;
import nonmercer.kernel.Warp;
import nonmercer.kernel.Warped;
import nonmercer.lanes.Unary;

/// A kernel made ready for fused attention: its pairings with the queries and keys each of them
/// sees, and its value and all its derivatives as code over tiles.
///
/// @param scores the code, with the present values of the coefficients
/// @param queries of each pairing, after the kernel's warps
/// @param keys of each pairing
/// @param trained the coefficients whose derivatives the code gives
/// @param parts the pairing of each profile of the kernel, in the order of a walk
record Compiled(
        Kernel kernel,
        Scores scores,
        List<Tensor> queries,
        List<Tensor> keys,
        List<Coefficient.Trained> trained,
        List<Integer> parts) {
    /// Whether every part of the kernel has a pairing.
    static boolean possible(Kernel kernel) {
        return switch (kernel) {
            case Profile p -> true;
            case Featured f -> false;
            case Sum s -> s.terms().stream().allMatch(Compiled::possible);
            case Product p -> p.factors().stream().allMatch(Compiled::possible);
            case Scaled s -> possible(s.kernel());
            case Warped w -> possible(w.kernel());
        };
    }

    /// The kernel for these queries and keys, in log form where it has one.
    static Compiled of(Kernel kernel, Tensor q, Tensor k, Pass pass) {
        Build build = new Build(new Code(profiles(kernel)), Gram.hasLog(kernel), pass);
        Value value = build.of(kernel, q, k);
        int inputs = build.forms.size();
        List<Coefficient.Trained> trained = new ArrayList<>(value.coefficients.keySet());
        List<Integer> all = new ArrayList<>();
        all.add(value.register);
        for (int p = 0; p < inputs; p++) {
            all.add(value.pairings.get(p));
        }
        trained.forEach(c -> all.add(value.coefficients.get(c)));
        Scores scores =
                new Scores(
                        build.forms,
                        build.log,
                        build.code.program(inputs, List.of(value.register)),
                        build.code.program(inputs, all));
        return new Compiled(
                kernel, scores, build.queries, build.keys, trained, List.copyOf(build.parts));
    }

    /// The attention, fused.
    Tensor apply(Tensor v, Mask mask, Pass pass) {
        List<Tensor> in = new ArrayList<>();
        for (int p = 0; p < queries.size(); p++) {
            in.add(queries.get(p));
            in.add(keys.get(p));
        }
        in.add(v);
        trained.forEach(c -> in.add(pass.use(c.log())));
        List<Double> coefficients = trained.stream().map(c -> c.tensor(pass).item()).toList();
        return Tensor.apply(
                new FusedAttention(scores, mask, coefficients, x -> definition(x, mask)),
                in.toArray(new Tensor[0]));
    }

    /// The same in ordinary tensor operations, as a function of the op's inputs.
    private Tensor definition(List<Tensor> in, Mask mask) {
        int v = 2 * queries.size();
        Map<Parameter, Tensor> values = new HashMap<>();
        for (int c = 0; c < trained.size(); c++) {
            values.put(trained.get(c).log(), in.get(v + 1 + c));
        }
        Kernel bound = bound(kernel, in, parts.iterator());
        return Attention.unfused(bound)
                .apply(in.get(0), in.get(1), in.get(v), mask, Pass.substituting(values));
    }

    /// The kernel without its warps, each profile reading the inputs of its pairing.
    private static Kernel bound(Kernel kernel, List<Tensor> in, Iterator<Integer> parts) {
        return switch (kernel) {
            case Profile p -> {
                int part = parts.next();
                yield p.warped(new Given(in.get(2 * part)), new Given(in.get(2 * part + 1)));
            }
            case Featured f -> f;
            case Sum(List<Kernel> terms) ->
                    new Sum(terms.stream().map(t -> bound(t, in, parts)).toList());
            case Product(List<Kernel> factors) ->
                    new Product(factors.stream().map(f -> bound(f, in, parts)).toList());
            case Scaled(Coefficient c, Kernel inner) -> new Scaled(c, bound(inner, in, parts));
            case Warped(Kernel inner, Warp f, Warp g) -> bound(inner, in, parts);
        };
    }

    /// A tensor in the place of queries or keys.
    private record Given(Tensor value) implements Warp {
        @Override
        public double[] at(double[] x) {
            throw new UnsupportedOperationException("a tensor stands here for all points at once");
        }

        @Override
        public Tensor of(Tensor x, Pass pass) {
            return value;
        }

        @Override
        public boolean linear() {
            return false;
        }

        @Override
        public String print(String x) {
            return x;
        }
    }

    private static int profiles(Kernel kernel) {
        return switch (kernel) {
            case Profile p -> 1;
            case Featured f -> 0;
            case Sum s -> s.terms().stream().mapToInt(Compiled::profiles).sum();
            case Product p -> p.factors().stream().mapToInt(Compiled::profiles).sum();
            case Scaled s -> profiles(s.kernel());
            case Warped w -> profiles(w.kernel());
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

    /// One walk over a kernel.
    private static final class Build {
        private final Code code;
        private final boolean log;
        private final Pass pass;
        private final List<Form> forms = new ArrayList<>();
        private final List<Tensor> queries = new ArrayList<>();
        private final List<Tensor> keys = new ArrayList<>();
        private final List<Integer> parts = new ArrayList<>();

        Build(Code code, boolean log, Pass pass) {
            this.code = code;
            this.log = log;
            this.pass = pass;
        }

        Value of(Kernel kernel, Tensor q, Tensor k) {
            return switch (kernel) {
                case Profile p -> profile(p, q, k);
                case Featured f ->
                        throw new IllegalArgumentException(
                                f.name() + " has features, not a pairing, and is not fused");
                case Sum(List<Kernel> terms) ->
                        terms.stream().map(t -> of(t, q, k)).reduce(this::sum).orElseThrow();
                case Product(List<Kernel> factors) ->
                        factors.stream().map(t -> of(t, q, k)).reduce(this::product).orElseThrow();
                case Scaled(Coefficient c, Kernel inner) -> scaled(c, of(inner, q, k), q.dim(-1));
                case Warped(Kernel inner, Warp f, Warp g) ->
                        of(inner, f.of(q, pass), g.of(k, pass));
            };
        }

        private Value profile(Profile p, Tensor q, Tensor k) {
            p.pairing().check(q, k);
            int s = pairing(form(p.pairing()), q, k);
            parts.add(s);
            ToDoubleFunction<Coefficient> values = c -> value(c, q.dim(-1));
            Expression f = p.profile(new Expression.Variable());
            Expression shape = log ? f.logarithm().orElseThrow() : f;
            Value value = Value.of(code.of(shape, s, values));
            value.pairings.put(s, code.of(shape.derivative(), s, values));
            for (Coefficient.Trained c : trained(shape)) {
                Expression slope = shape.derivative(new Expression.Symbol(c));
                value.coefficients.put(c, code.of(slope, s, values));
            }
            return value;
        }

        /// The place of a pairing, one and the same for equal ones.
        private int pairing(Form form, Tensor q, Tensor k) {
            for (int p = 0; p < forms.size(); p++) {
                if (forms.get(p) == form && queries.get(p).equals(q) && keys.get(p).equals(k)) {
                    return p;
                }
            }
            forms.add(form);
            queries.add(q);
            keys.add(k);
            return forms.size() - 1;
        }

        private double value(Coefficient c, int d) {
            return c instanceof Coefficient.Trained t ? t.tensor(pass).item() : c.value(d);
        }

        private static Form form(Pairing pairing) {
            return switch (pairing) {
                case DOT -> Form.DOT;
                case SQUARED_DISTANCE -> Form.SQUARED_DISTANCE;
                case L1_DISTANCE -> Form.L1_DISTANCE;
                case SUM_OF_MINIMA -> Form.SUM_OF_MINIMA;
            };
        }

        /// `a + b`, or `ln(eᵃ + eᵇ) = a + softplus(b - a)`, whose slopes are `σ(a - b)` and `σ(b -
        /// a)`.
        private Value sum(Value a, Value b) {
            if (!log) {
                int one = code.constant(1);
                return Value.of(code.plus(a.register, b.register))
                        .through(code, a, one)
                        .through(code, b, one);
            }
            int difference = code.minus(b.register, a.register);
            int slope = code.apply(Unary.SIGMOID, difference);
            return Value.of(code.plus(a.register, code.apply(Unary.SOFTPLUS, difference)))
                    .through(code, a, code.affine(slope, -1, 1))
                    .through(code, b, slope);
        }

        private Value product(Value a, Value b) {
            int one = code.constant(1);
            return log
                    ? Value.of(code.plus(a.register, b.register))
                            .through(code, a, one)
                            .through(code, b, one)
                    : Value.of(code.times(a.register, b.register))
                            .through(code, a, b.register)
                            .through(code, b, a.register);
        }

        private Value scaled(Coefficient c, Value a, int d) {
            double factor = value(c, d);
            Value value =
                    log
                            ? Value.of(code.affine(a.register, 1, Math.log(factor)))
                                    .through(code, a, code.constant(1))
                            : Value.of(code.affine(a.register, factor, 0))
                                    .through(code, a, code.constant(factor));
            if (c instanceof Coefficient.Trained t) {
                int slope = log ? code.constant(1 / factor) : a.register;
                value.coefficients.merge(t, slope, code::plus);
            }
            return value;
        }

        private static List<Coefficient.Trained> trained(Expression f) {
            List<Coefficient.Trained> found = new ArrayList<>();
            collect(f, found);
            return found.stream().distinct().toList();
        }

        private static void collect(Expression f, List<Coefficient.Trained> found) {
            switch (f) {
                case Expression.Variable v -> {}
                case Expression.Constant c -> {}
                case Expression.Symbol(Coefficient c) -> {
                    if (c instanceof Coefficient.Trained t) {
                        found.add(t);
                    }
                }
                case Expression.Plus(Expression a, Expression b) -> {
                    collect(a, found);
                    collect(b, found);
                }
                case Expression.Times(Expression a, Expression b) -> {
                    collect(a, found);
                    collect(b, found);
                }
                case Expression.Exp(Expression a) -> collect(a, found);
                case Expression.Log(Expression a) -> collect(a, found);
                case Expression.Sqrt(Expression a) -> collect(a, found);
                case Expression.Cos(Expression a) -> collect(a, found);
                case Expression.Sin(Expression a) -> collect(a, found);
                case Expression.Power(Expression a, int n) -> collect(a, found);
            }
        }
    }
}
