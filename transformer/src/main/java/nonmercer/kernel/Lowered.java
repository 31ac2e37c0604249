package nonmercer.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import nonmercer.array.Array;
import nonmercer.array.Elementwise;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;

/// A kernel taken apart for given queries and keys: pairings of mapped points, and a formula of
/// them. What a kernel was made of, its maps, features and names, is gone.
///
/// @param pairings the pairings
/// @param queries what each pairing sees of the queries `[…, n, d]`
/// @param keys what each pairing sees of the keys `[…, m, d]`
/// @param term the formula
record Lowered(List<Pairing> pairings, List<Tensor> queries, List<Tensor> keys, Term term) {
    /// A formula of pairings. Coefficients that depend on a number of coordinates are numbers in
    /// it.
    sealed interface Term {
        /// The number of a pairing.
        record Pair(int index) implements Term {}

        /// `f` of another formula.
        record Applied(Expression f, Term inner) implements Term {}

        /// `Σ`.
        record Sum(List<Term> terms) implements Term {}

        /// `Π`.
        record Product(List<Term> factors) implements Term {}
    }

    static Lowered of(Kernel kernel, Tensor q, Tensor k, Pass pass) {
        Walk walk = new Walk(pass);
        Term term = walk.of(kernel, q, k);
        return new Lowered(walk.pairings, walk.queries, walk.keys, term);
    }

    /// The same formula of other points.
    Lowered at(List<Tensor> q, List<Tensor> k) {
        return new Lowered(pairings, q, k, term);
    }

    /// Whether a kernel has a logarithm that does not go through its own value.
    static boolean hasLog(Kernel kernel) {
        return switch (kernel) {
            case Profile p -> p.profile(new Expression.Variable()).logarithm().isPresent();
            case Featured f -> false;
            case Applied(Expression f, Kernel inner) -> LogForm.of(f, hasLog(inner)).isPresent();
            default -> kernel.operands().stream().allMatch(Lowered::hasLog);
        };
    }

    static boolean hasLog(Term term) {
        return switch (term) {
            case Term.Pair p -> false;
            case Term.Applied(Expression f, Term inner) -> LogForm.of(f, hasLog(inner)).isPresent();
            case Term.Sum(List<Term> terms) -> terms.stream().allMatch(Lowered::hasLog);
            case Term.Product(List<Term> factors) -> factors.stream().allMatch(Lowered::hasLog);
        };
    }

    /// The logarithm of a function of a formula.
    ///
    /// @param function of the inner formula's logarithm, or of its value
    /// @param ofLog which of the two
    record LogForm(Expression function, boolean ofLog) {
        /// `ln f(eˢ)` where the inner formula has a logarithm and that does not go back to `eˢ`,
        /// which may overflow; else `ln f(s)`.
        static Optional<LogForm> of(Expression f, boolean innerHasLog) {
            Optional<LogForm> ofValue = f.logarithm().map(g -> new LogForm(g, false));
            if (!innerHasLog) {
                return ofValue;
            }
            Optional<LogForm> ofLog =
                    f.substitute(leaf -> leaf instanceof Expression.Variable ? leaf.exp() : leaf)
                            .logarithm()
                            .map(g -> new LogForm(g, true));
            boolean back = ofLog.isPresent() && ofLog.get().exponential();
            return ofValue.isPresent() && back ? ofValue : ofLog.or(() -> ofValue);
        }

        private boolean exponential() {
            return function.contains(new Expression.Variable().exp());
        }
    }

    /// The value for every query and key: `[…, n, m]`.
    Tensor value(Pass pass) {
        return new Tensors(pass, p -> pairings.get(p).of(queries.get(p), keys.get(p))).all(term);
    }

    /// Its logarithm, of a formula that has one.
    Tensor log(Pass pass) {
        return new Tensors(pass, p -> pairings.get(p).of(queries.get(p), keys.get(p)))
                .allLogs(term);
    }

    /// The value in parts that do not overflow.
    Factors factors(Pass pass) {
        return new Tensors(pass, p -> pairings.get(p).of(queries.get(p), keys.get(p)))
                .allFactors(term);
    }

    /// The formula in tensor operations.
    private static final class Tensors {
        private final Pass pass;
        private final IntFunction<Tensor> pair;
        private final List<Optional<Tensor>> known = new ArrayList<>();

        Tensors(Pass pass, IntFunction<Tensor> pair) {
            this.pass = pass;
            this.pair = pair;
        }

        Tensor all(Term term) {
            return everywhere(value(term));
        }

        Tensor allLogs(Term term) {
            return everywhere(log(term));
        }

        Factors allFactors(Term term) {
            Factors f = factors(term);
            return new Factors(f.log().map(this::everywhere), f.factor().map(this::everywhere));
        }

        private Factors factors(Term term) {
            if (hasLog(term)) {
                return Factors.ofLog(log(term));
            }
            return switch (term) {
                case Term.Pair p -> Factors.ofValue(value(term));
                case Term.Applied(Expression f, Term inner) when Parts.multiple(f).isPresent() ->
                        Factors.ofValue(Parts.multiple(f).get().of(pair(0), 0, pass))
                                .times(factors(inner));
                case Term.Applied(Expression f, Term inner) -> {
                    Parts parts = Parts.of(f);
                    Tensor s = value(inner);
                    yield new Factors(
                            parts.log().map(g -> g.of(s, 0, pass)),
                            parts.factor().map(g -> g.of(s, 0, pass)));
                }
                case Term.Sum(List<Term> terms) ->
                        terms.stream().map(this::factors).reduce(Factors::plus).orElseThrow();
                case Term.Product(List<Term> all) ->
                        all.stream().map(this::factors).reduce(Factors::times).orElseThrow();
            };
        }

        /// A constant depends on no point, but its gradient is 0, not missing.
        private Tensor everywhere(Tensor y) {
            Tensor s = pair(0);
            return y.rank() > 0 ? y : s.scale(0).add(y);
        }

        private Tensor pair(int index) {
            while (known.size() <= index) {
                known.add(Optional.empty());
            }
            Tensor s = known.get(index).orElseGet(() -> pair.apply(index));
            known.set(index, Optional.of(s));
            return s;
        }

        private Tensor value(Term term) {
            return switch (term) {
                case Term.Pair(int index) -> pair(index);
                case Term.Applied(Expression f, Term inner) -> f.of(value(inner), 0, pass);
                case Term.Sum(List<Term> terms) ->
                        terms.stream().map(this::value).reduce(Tensor::add).orElseThrow();
                case Term.Product(List<Term> factors) ->
                        factors.stream().map(this::value).reduce(Tensor::mul).orElseThrow();
            };
        }

        private Tensor log(Term term) {
            return switch (term) {
                case Term.Pair p -> throw new IllegalStateException("a pairing has no logarithm");
                case Term.Applied(Expression f, Term inner) -> {
                    LogForm form = LogForm.of(f, hasLog(inner)).orElseThrow();
                    Tensor s = form.ofLog() ? log(inner) : value(inner);
                    yield form.function().of(s, 0, pass);
                }
                case Term.Sum(List<Term> terms) ->
                        terms.stream().map(this::log).reduce(Tensors::logAdd).orElseThrow();
                case Term.Product(List<Term> factors) ->
                        factors.stream().map(this::log).reduce(Tensor::add).orElseThrow();
            };
        }

        /// `ln(eᵃ + eᵇ) = a + softplus(b - a)`.
        private static Tensor logAdd(Tensor a, Tensor b) {
            return a.add(b.sub(a).softplus());
        }
    }

    /// One walk over a kernel.
    private static final class Walk {
        private final Pass pass;
        private final List<Pairing> pairings = new ArrayList<>();
        private final List<Tensor> queries = new ArrayList<>();
        private final List<Tensor> keys = new ArrayList<>();
        private final Map<Done, Tensor> known = new HashMap<>();

        /// A map of a tensor, done before or not; `side` where it differs between queries and keys.
        private record Done(Object map, int side, Tensor x) {}

        Walk(Pass pass) {
            this.pass = pass;
        }

        Term of(Kernel kernel, Tensor q, Tensor k) {
            return switch (kernel) {
                case Profile p -> {
                    p.pairing().check(q, k);
                    Term s = pair(p.pairing(), q, k);
                    yield applied(p.profile(new Expression.Variable()), s, q.dim(-1));
                }
                case Featured f -> {
                    FeatureMap map = f.features();
                    yield pair(
                            Pairing.DOT,
                            once(f, 0, q, x -> map.queries(x, pass)),
                            once(f, 1, k, x -> map.keys(x, pass)));
                }
                case Composed c -> of(c.definition(), q, k);
                case Sum(List<Kernel> terms) ->
                        new Term.Sum(terms.stream().map(t -> of(t, q, k)).toList());
                case Product(List<Kernel> factors) ->
                        new Term.Product(factors.stream().map(t -> of(t, q, k)).toList());
                case Scaled(Coefficient c, Kernel inner) ->
                        applied(new Expression.Variable().times(c), of(inner, q, k), q.dim(-1));
                case Warped(Kernel inner, Warp f, Warp g) ->
                        of(
                                inner,
                                once(f, 0, q, x -> f.of(x, pass)),
                                once(g, 0, k, x -> g.of(x, pass)));
                case Applied(Expression f, Kernel inner) -> applied(f, of(inner, q, k), q.dim(-1));
                case Normalised(Kernel inner) -> normalised(inner, q, k);
            };
        }

        private Tensor once(Object map, int side, Tensor x, UnaryOperator<Tensor> f) {
            Done done = new Done(map, side, x);
            Tensor y = known.get(done);
            if (y == null) {
                y = f.apply(x);
                known.put(done, y);
            }
            return y;
        }

        /// The coefficients of `f` that are not trained become numbers.
        private static Term applied(Expression f, Term inner, int d) {
            Expression bound =
                    f.substitute(leaf ->
                            leaf instanceof Expression.Symbol(Coefficient c)
                                            && !(c instanceof Coefficient.Trained)
                                    ? Expression.constant(c.value(d))
                                    : leaf);
            return bound instanceof Expression.Variable ? inner : new Term.Applied(bound, inner);
        }

        /// The place of a pairing, one and the same for equal ones.
        private Term pair(Pairing pairing, Tensor q, Tensor k) {
            for (int p = 0; p < pairings.size(); p++) {
                if (pairings.get(p) == pairing
                        && queries.get(p).equals(q)
                        && keys.get(p).equals(k)) {
                    return new Term.Pair(p);
                }
            }
            pairings.add(pairing);
            queries.add(q);
            keys.add(k);
            return new Term.Pair(pairings.size() - 1);
        }

        /// One number more of each point, by a pairing of its own: `exp(a·1 + 1·b)` with `a = -½ ln
        /// k(q, q)`, or `a·b` with `a = 1/√k(q, q)` where the kernel has no logarithm.
        private Term normalised(Kernel inner, Tensor q, Tensor k) {
            Term value = of(inner, q, k);
            if (hasLog(inner)) {
                Tensor a = diagonalLog(inner, q).scale(-0.5);
                Tensor b = diagonalLog(inner, k).scale(-0.5);
                Term sum =
                        pair(
                                Pairing.DOT,
                                Tensor.concat(-1, List.of(a, one(a))),
                                Tensor.concat(-1, List.of(one(b), b)));
                return new Term.Product(
                        List.of(value, new Term.Applied(new Expression.Variable().exp(), sum)));
            }
            return new Term.Product(
                    List.of(
                            value,
                            pair(Pairing.DOT, inverseRoot(inner, q), inverseRoot(inner, k))));
        }

        private static Tensor one(Tensor like) {
            return Tensor.of(Array.full(like.dtype(), like.shape(), 1));
        }

        /// `ln k(x, x)`, `[…, n, 1]`.
        private Tensor diagonalLog(Kernel kernel, Tensor x) {
            Lowered on = Lowered.of(kernel, x, x, pass);
            Tensor log = on.rows(pass).allLogs(on.term);
            return log.reshape(log.shape().append(1));
        }

        /// `1/√k(x, x)`, 0 where that is no number, `[…, n, 1]`.
        private Tensor inverseRoot(Kernel kernel, Tensor x) {
            Lowered on = Lowered.of(kernel, x, x, pass);
            Tensor diagonal = on.rows(pass).all(on.term);
            Array positive = Array.zeros(diagonal.dtype(), diagonal.shape());
            Elementwise.binary(
                    Binary.GREATER,
                    diagonal.value(),
                    Array.zeros(diagonal.dtype(), diagonal.shape()),
                    positive);
            Tensor root = diagonal.sqrt().where(positive, 1).reciprocal().where(positive, 0);
            return root.reshape(root.shape().append(1));
        }
    }

    /// The formula of each query with the key of its row.
    private Tensors rows(Pass pass) {
        return new Tensors(pass, p -> pairings.get(p).ofRows(queries.get(p), keys.get(p)));
    }
}
