package nonmercer.kernel;

/// What the shape of a function `f` says of `f ∘ k`, read off its formula.
///
/// @param function the function
/// @param positive `f > 0` or `f ≥ 0` everywhere
/// @param monotone a power series with non-negative coefficients: sums, products, powers and
///   exponentials of `s` and positive numbers
/// @param bernstein `a + b s + ∫(1 - e^(-ts)) μ(dt)` on `s ≥ 0`: sums and multiples of `s`, `√`,
///   `ln(1
///   + ·)` @param decaying completely monotone on `s ≥ 0`: `e^(-B)` and `1/(B + c)` of Bernstein
///     functions, sums and products
record Growth(
        Expression function,
        boolean positive,
        boolean monotone,
        boolean bernstein,
        boolean decaying) {
    static Growth of(Expression f) {
        return new Growth(f, positive(f), monotone(f), bernstein(f), decaying(f));
    }

    /// What is known of `f ∘ k`, given what is known of `k`.
    Traits traits(Traits k, Traits known) {
        Traits t = known;
        boolean nonNegative = k.proved(Trait.NON_NEGATIVE);
        if (positive) {
            t = t.proved(Trait.NON_NEGATIVE, "the function takes no negative values");
        } else if (nonNegative && (monotone || bernstein || decaying)) {
            t =
                    t.proved(
                            Trait.NON_NEGATIVE,
                            "the function of a non-negative number is none: "
                                    + source(k, Trait.NON_NEGATIVE));
        }
        if (monotone && k.proved(Trait.POSITIVE_DEFINITE)) {
            t =
                    t.proved(
                            Trait.POSITIVE_DEFINITE,
                            "power series with non-negative coefficients, Schur 1911 ("
                                    + source(k, Trait.POSITIVE_DEFINITE)
                                    + ")");
        }
        boolean negative = k.proved(Trait.CONDITIONALLY_NEGATIVE_DEFINITE);
        if (negative && decaying && nonNegative) {
            t =
                    t.proved(
                            Trait.POSITIVE_DEFINITE,
                            "completely monotone function of a conditionally negative definite kernel, Schoenberg 1938 ("
                                    + source(k, Trait.CONDITIONALLY_NEGATIVE_DEFINITE)
                                    + ")");
        }
        if (negative && bernstein && nonNegative) {
            t =
                    t.proved(
                            Trait.CONDITIONALLY_NEGATIVE_DEFINITE,
                            "Bernstein function of a conditionally negative definite kernel, Berg, Christensen & Ressel 1984, 3.2 ("
                                    + source(k, Trait.CONDITIONALLY_NEGATIVE_DEFINITE)
                                    + ")");
        }
        return t.and(divisible(k));
    }

    /// All powers of `e^(c k)` are of the same kind; so are those of a power.
    private Traits divisible(Traits k) {
        if (exponentialOf(1) && k.proved(Trait.CONDITIONALLY_POSITIVE_DEFINITE)) {
            return Traits.none()
                    .proved(Trait.INFINITELY_DIVISIBLE, "(eᵏ)ʳ = e^(rk), Schoenberg 1938");
        }
        boolean decay =
                function instanceof Expression.Exp(Expression a)
                        && falling(a)
                        && k.proved(Trait.NON_NEGATIVE);
        if ((exponentialOf(-1) || decay) && k.proved(Trait.CONDITIONALLY_NEGATIVE_DEFINITE)) {
            return Traits.none()
                    .proved(Trait.INFINITELY_DIVISIBLE, "(e^(-tψ))ʳ = e^(-rtψ), Schoenberg 1938");
        }
        if (power() && k.proved(Trait.INFINITELY_DIVISIBLE)) {
            return Traits.none()
                    .proved(Trait.INFINITELY_DIVISIBLE, "(kᵖ)ʳ = k^(pr)")
                    .proved(
                            Trait.POSITIVE_DEFINITE,
                            "a power of an infinitely divisible kernel ("
                                    + source(k, Trait.INFINITELY_DIVISIBLE)
                                    + ")");
        }
        return Traits.none();
    }

    private static String source(Traits k, Trait trait) {
        return ((Evidence.Proved) k.of(trait)).source();
    }

    /// `f = e^(c s + b)` with `c` of this sign.
    private boolean exponentialOf(int sign) {
        return function instanceof Expression.Exp(Expression a) && slope(a) == sign;
    }

    /// `f = sᵖ`, `p > 0`.
    private boolean power() {
        return switch (function) {
            case Expression.Power(Expression.Variable v, int n) -> n > 0;
            case Expression.Exp(
                            Expression.Times(
                                    Expression.Log(Expression.Variable v),
                                    Expression.Constant(double p))) ->
                    p > 0;
            case Expression.Sqrt(Expression.Variable v) -> true;
            default -> false;
        };
    }

    /// The sign of `c` in `c s + b`; 0 for anything else.
    private static int slope(Expression f) {
        return switch (f) {
            case Expression.Variable v -> 1;
            case Expression.Plus(Expression a, Expression b) ->
                    sign(b) != null ? slope(a) : sign(a) != null ? slope(b) : 0;
            case Expression.Times(Expression a, Expression b) -> {
                Integer x = sign(a);
                Integer y = sign(b);
                yield x != null ? x * slope(b) : y != null ? y * slope(a) : 0;
            }
            default -> 0;
        };
    }

    /// The sign of a number; null for what is none.
    private static @org.jspecify.annotations.Nullable Integer sign(Expression f) {
        return switch (f) {
            case Expression.Constant(double v) -> (int) Math.signum(v);
            case Expression.Symbol s -> 1;
            case Expression.Times(Expression a, Expression b) -> {
                Integer x = sign(a);
                Integer y = sign(b);
                yield x == null || y == null ? null : Integer.valueOf(x * y);
            }
            default -> null;
        };
    }

    private static boolean isPositiveNumber(Expression f) {
        Integer s = sign(f);
        return s != null && s >= 0;
    }

    private static boolean positive(Expression f) {
        return switch (f) {
            case Expression.Exp e -> true;
            case Expression.Sqrt r -> true;
            case Expression.Relu r -> true;
            case Expression.Step t -> true;
            case Expression.Power(Expression a, int n) -> n % 2 == 0 || positive(a);
            case Expression.Plus(Expression a, Expression b) -> positive(a) && positive(b);
            case Expression.Times(Expression a, Expression b) -> positive(a) && positive(b);
            default -> isPositiveNumber(f);
        };
    }

    private static boolean monotone(Expression f) {
        return switch (f) {
            case Expression.Variable v -> true;
            case Expression.Plus(Expression a, Expression b) -> monotone(a) && monotone(b);
            case Expression.Times(Expression a, Expression b) -> monotone(a) && monotone(b);
            case Expression.Exp(Expression a) -> monotone(a);
            case Expression.Power(Expression a, int n) -> n > 0 && monotone(a);
            default -> isPositiveNumber(f);
        };
    }

    private static boolean bernstein(Expression f) {
        return switch (f) {
            case Expression.Variable v -> true;
            case Expression.Plus(Expression a, Expression b) -> bernstein(a) && bernstein(b);
            case Expression.Times(Expression a, Expression b) ->
                    isPositiveNumber(a) && bernstein(b) || isPositiveNumber(b) && bernstein(a);
            case Expression.Sqrt(Expression a) -> bernstein(a);
            case Expression.Exp(
                            Expression.Times(
                                    Expression.Log(Expression a),
                                    Expression.Constant(double p))) ->
                    p > 0 && p <= 1 && bernstein(a);
            case Expression.Log(Expression.Plus(Expression a, Expression.Constant(double one))) ->
                    one >= 1 && bernstein(a);
            default -> isPositiveNumber(f);
        };
    }

    private static boolean decaying(Expression f) {
        return switch (f) {
            case Expression.Exp(Expression a) -> falling(a);
            case Expression.Power(Expression a, int n) ->
                    n < 0
                                    && a
                                            instanceof
                                            Expression.Plus(
                                                    Expression b,
                                                    Expression.Constant(double c))
                                    && c > 0
                                    && bernstein(b)
                            || n > 0 && decaying(a);
            case Expression.Plus(Expression a, Expression b) -> decaying(a) && decaying(b);
            case Expression.Times(Expression a, Expression b) -> decaying(a) && decaying(b);
            default -> isPositiveNumber(f);
        };
    }

    /// `-B`, `B` a Bernstein function, plus any number.
    private static boolean falling(Expression f) {
        return switch (f) {
            case Expression.Plus(Expression a, Expression b) -> falling(a) && falling(b);
            case Expression.Times(Expression a, Expression b) -> {
                Integer x = sign(a);
                Integer y = sign(b);
                yield x != null && (x < 0 && bernstein(b) || x > 0 && falling(b))
                        || y != null && (y < 0 && bernstein(a) || y > 0 && falling(a));
            }
            default -> sign(f) != null;
        };
    }
}
