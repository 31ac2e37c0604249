package nonmercer.kernel;

import java.util.function.DoubleUnaryOperator;

/// A number and a bound on the rounding error of computing it: `|computed - exact| ≤ error`, to
/// first order in `u`.
///
/// The rules are those of forward error analysis (Higham 2002, chapter 3). An elementary function
/// is good to 3 ulp, that is 6u, and to `8u` with what the libraries of the two sides add; a
/// constant is rounded once.
public record Rounded(double value, double error) {
    static final double FUNCTION = 8;

    /// The profile of a pairing that is known up to an error, computed with unit roundoff `u`.
    public static Rounded of(Expression f, Rounded s, int d, double u) {
        return switch (f) {
            case Expression.Variable() -> s;
            case Expression.Constant(double v) -> new Rounded(v, u * Math.abs(v));
            case Expression.Symbol(Coefficient c) -> constant(c, d, u);
            case Expression.Plus(Expression a, Expression b) ->
                    of(a, s, d, u).plus(of(b, s, d, u), u);
            case Expression.Times(Expression a, Expression b) ->
                    of(a, s, d, u).times(of(b, s, d, u), u);
            case Expression.Exp(Expression a) -> {
                Rounded x = of(a, s, d, u);
                double y = Math.exp(x.value);
                yield new Rounded(y, y * (Math.expm1(x.error) + FUNCTION * u) + tiny(u));
            }
            case Expression.Log(Expression a) -> of(a, s, d, u).log(u);
            case Expression.Sqrt(
                            Expression
                                    a) -> { // |√x - √y| is at most √|x - y| and at most |x - y| /
                // √x
                Rounded x = of(a, s, d, u);
                double y = Math.sqrt(x.value);
                yield new Rounded(y, Math.min(Math.sqrt(x.error), x.error / y) + u * y);
            }
            case Expression.Cos(Expression a) -> of(a, s, d, u).bounded(Math::cos, u);
            case Expression.Sin(Expression a) -> of(a, s, d, u).bounded(Math::sin, u);
            case Expression.Acos(Expression a) -> {
                // steepest where the cosine is nearest to ±1
                Rounded x = of(a, s, d, u);
                double y = Math.acos(Math.clamp(x.value, -1, 1));
                double moved =
                        Math.max(
                                y - Math.acos(Math.clamp(x.value + x.error, -1, 1)),
                                Math.acos(Math.clamp(x.value - x.error, -1, 1)) - y);
                yield new Rounded(y, moved + FUNCTION * u * (y + moved));
            }
            case Expression.Tanh(Expression a) -> of(a, s, d, u).bounded(Math::tanh, u);
            case Expression.Relu(Expression a) -> {
                Rounded x = of(a, s, d, u);
                yield new Rounded(Math.max(x.value, 0), x.error);
            }
            case Expression.Step(Expression a) -> {
                Rounded x = of(a, s, d, u);
                yield new Rounded(x.value > 0 ? 1 : 0, x.error >= Math.abs(x.value) ? 1 : 0);
            }
            case Expression.Power(Expression a, int n) -> {
                Rounded x = of(a, s, d, u);
                double y = Math.pow(x.value, n);
                // the derivative at the point nearest to or farthest from 0 that is within the
                // error
                double steepest = n > 0 ? Math.abs(x.value) + x.error : Math.abs(x.value) - x.error;
                double slope = Math.abs(n) * Math.pow(steepest, n - 1);
                yield new Rounded(
                        y, slope * x.error + (Math.abs(n) + FUNCTION) * u * Math.abs(y) + tiny(u));
            }
        };
    }

    /// A pairing of coordinates that are known up to a relative error `eta`: a sum of `d` terms in
    /// any order is off by `(d + 4) u Σ |terms|`; the squared distance by a matrix product has the
    /// bound in [nonmercer.autodiff.op.SquaredDistance]; the coordinates add `eta |q|` times the
    /// slope of a term.
    static Rounded of(Pairing pairing, double[] q, double[] k, double u, double eta) {
        double terms = 0;
        double moved = 0;
        double nq = 0;
        double nk = 0;
        for (int l = 0; l < q.length; l++) {
            double a = Math.abs(q[l]);
            double b = Math.abs(k[l]);
            terms += Math.abs(pairing.term(q[l], k[l]));
            moved +=
                    switch (pairing) {
                        case DOT -> 2 * eta * a * b;
                        case SQUARED_DISTANCE ->
                                2 * Math.abs(q[l] - k[l]) * eta * (a + b)
                                        + eta * eta * (a + b) * (a + b);
                        case L1_DISTANCE, SUM_OF_MINIMA -> eta * (a + b);
                        // slopes of at most 2, and four roundings of a mean of at most a + b
                        case HARMONIC -> (2 * eta + 4 * u) * (a + b);
                    };
            nq += a * a;
            nk += b * b;
        }
        double norms = Math.sqrt(nq) + Math.sqrt(nk);
        double size = pairing == Pairing.SQUARED_DISTANCE && q.length > 8 ? norms * norms : terms;
        return new Rounded(pairing.at(q, k), (q.length + 4) * u * size + moved);
    }

    /// A kernel's value, from its parts as [Gram] computes them.
    public static Rounded of(Kernel kernel, double[] q, double[] k, double u) {
        return of(kernel, q, k, u, 0);
    }

    private static Rounded of(Kernel kernel, double[] q, double[] k, double u, double eta) {
        return switch (kernel) {
            case Profile p ->
                    of(
                            p.profile(new Expression.Variable()),
                            of(p.pairing(), q, k, u, eta),
                            q.length,
                            u);
            case Sum(var terms) ->
                    terms.stream()
                            .map(t -> of(t, q, k, u, eta))
                            .reduce((a, b) -> a.plus(b, u))
                            .orElseThrow();
            case Product(var factors) ->
                    factors.stream()
                            .map(t -> of(t, q, k, u, eta))
                            .reduce((a, b) -> a.times(b, u))
                            .orElseThrow();
            case Scaled(Coefficient c, Kernel inner) ->
                    constant(c, q.length, u).times(of(inner, q, k, u, eta), u);
            case Applied(Expression f, Kernel inner) -> of(f, of(inner, q, k, u, eta), q.length, u);
            case Warped(Kernel inner, Warp f, Warp g) when stretched(f) && stretched(g) ->
                    of(inner, f.at(q), g.at(k), u, eta + (FUNCTION + 2) * u);
            default ->
                    throw new IllegalArgumentException(
                            kernel.name() + " has no error bound in this test");
        };
    }

    private static boolean stretched(Warp f) {
        return f instanceof Warp.Stretch || f instanceof Warp.Identity;
    }

    private static Rounded constant(Coefficient c, int d, double u) {
        return new Rounded(c.value(d), FUNCTION * u * c.value(d));
    }

    /// The logarithm of a kernel's value, from its parts as [Gram#log] computes them.
    static Rounded logOf(Kernel kernel, double[] q, double[] k, double u) {
        return logOf(kernel, q, k, u, 0);
    }

    private static Rounded logOf(Kernel kernel, double[] q, double[] k, double u, double eta) {
        return switch (kernel) {
            case Profile p -> {
                Expression log = p.profile(new Expression.Variable()).logarithm().orElseThrow();
                yield of(log, of(p.pairing(), q, k, u, eta), q.length, u);
            }
            case Sum(var terms) ->
                    terms.stream()
                            .map(t -> logOf(t, q, k, u, eta))
                            .reduce((a, b) -> a.logAdd(b, u))
                            .orElseThrow();
            case Product(var factors) ->
                    factors.stream()
                            .map(t -> logOf(t, q, k, u, eta))
                            .reduce((a, b) -> a.plus(b, u))
                            .orElseThrow();
            case Scaled(Coefficient c, Kernel inner) ->
                    constant(c, q.length, u).log(u).plus(logOf(inner, q, k, u, eta), u);
            case Applied(Expression f, Kernel inner) -> {
                Lowered.LogForm form = Lowered.LogForm.of(f, Lowered.hasLog(inner)).orElseThrow();
                Rounded at = form.ofLog() ? logOf(inner, q, k, u, eta) : of(inner, q, k, u, eta);
                yield of(form.function(), at, q.length, u);
            }
            case Warped(Kernel inner, Warp f, Warp g) when stretched(f) && stretched(g) ->
                    logOf(inner, f.at(q), g.at(k), u, eta + (FUNCTION + 2) * u);
            default ->
                    throw new IllegalArgumentException(
                            kernel.name() + " has no error bound in this test");
        };
    }

    /// `a + softplus(b - a)`, whose slopes are in `[0, 1]`.
    private Rounded logAdd(Rounded b, double u) {
        double gap = b.value - value;
        double soft = Math.max(gap, 0) + Math.log1p(Math.exp(-Math.abs(gap)));
        double result = value + soft;
        double rounding = u * Math.abs(gap) + FUNCTION * u * soft + u * Math.abs(result);
        return new Rounded(result, error + b.error + rounding);
    }

    Rounded plus(Rounded b, double u) {
        double sum = value + b.value;
        return new Rounded(sum, error + b.error + u * Math.abs(sum));
    }

    Rounded times(Rounded b, double u) {
        double product = value * b.value;
        double from = Math.abs(value) * b.error + Math.abs(b.value) * error + error * b.error;
        return new Rounded(product, from + u * Math.abs(product) + tiny(u));
    }

    /// A function with values and slopes between -1 and 1.
    private Rounded bounded(DoubleUnaryOperator f, double u) {
        return new Rounded(f.applyAsDouble(value), error + FUNCTION * u);
    }

    Rounded log(double u) {
        double y = Math.log(value);
        // ln of a number within the error: the slope is steepest at the lower end
        double moved = error < value ? error / (value - error) : Double.POSITIVE_INFINITY;
        return new Rounded(y, moved + FUNCTION * u * (Math.abs(y) + 1));
    }

    /// What underflow loses: the smallest normal number.
    private static double tiny(double u) {
        return u > 0x1p-30 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    }
}
