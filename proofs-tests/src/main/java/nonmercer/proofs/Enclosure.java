package nonmercer.proofs;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Applied;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Composed;
import nonmercer.kernel.Expression;
import nonmercer.kernel.Featured;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Normalised;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Product;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Scaled;
import nonmercer.kernel.Sum;
import nonmercer.kernel.Warp;
import nonmercer.kernel.Warped;

/// A kernel's value, and how far the roundings of a computation in a given precision can move it.
///
/// A running error analysis (Higham 2002, section 3.3) of the formula, operation by operation: each
/// adds its own rounding and passes on what its inputs were off by. An elementary function is taken
/// to be off by at most [#ULPS] units in the last place, a sum of `n` terms by `γₙ` of the sum of
/// their sizes, whatever the order of summation. Results that underflow are off by at most the
/// least normal number. So the difference of two computations is at most the sum of their errors: a
/// tolerance derived from the kernel's own formula.
public record Enclosure(double value, double error) {
    /// Units in the last place granted to an elementary function: exp, log, square root, power,
    /// quotient.
    public static final double ULPS = 4;

    private static final int FEATURE_ROUNDINGS = 64;

    /// The unit roundoff of an element type.
    public static double unit(DType dtype) {
        return dtype == DType.FLOAT32 ? Tolerance.Rounding.FLOAT : Tolerance.Rounding.DOUBLE;
    }

    private static double tiny(double unit) {
        return unit == Tolerance.Rounding.FLOAT ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    }

    /// `k(q, k)` of exact inputs, computed with this unit roundoff.
    public static Enclosure of(Kernel kernel, double[] q, double[] k, double unit) {
        return of(kernel, exact(q), exact(k), unit, Optional.empty());
    }

    /// `k(q, k)` computed in tiles, where squared distances are `‖q - c‖² + ‖k - c‖² - 2(q - c)·(k
    /// - c)` with `c` the first key.
    public static Enclosure inTiles(
            Kernel kernel, double[] q, double[] k, double[] first, double unit) {
        return of(kernel, exact(q), exact(k), unit, Optional.of(exact(first)));
    }

    /// A profile at a pairing that is off by `s.error`, for queries and keys of `d` coordinates.
    public static Enclosure of(Expression f, Enclosure s, int d, double unit) {
        return switch (f) {
            case Expression.Variable() -> s;
            case Expression.Constant(double v) -> new Enclosure(v, unit * Math.abs(v));
            case Expression.Symbol(Coefficient c) -> of(c, d, unit);
            case Expression.Plus(Expression a, Expression b) ->
                    of(a, s, d, unit).plus(of(b, s, d, unit), unit);
            case Expression.Times(Expression a, Expression b) ->
                    of(a, s, d, unit).times(of(b, s, d, unit), unit);
            case Expression.Exp(Expression a) -> {
                Enclosure x = of(a, s, d, unit);
                double y = Math.exp(x.value);
                yield new Enclosure(
                        y,
                        y * (Math.expm1(x.error) + ULPS * unit * Math.exp(x.error)) + tiny(unit));
            }
            case Expression.Log(Expression a) -> {
                Enclosure x = of(a, s, d, unit);
                double y = Math.log(Math.abs(x.value));
                double least = Math.abs(x.value) - x.error;
                double moved =
                        least > 0 ? Math.log(Math.abs(x.value) / least) : Double.POSITIVE_INFINITY;
                yield new Enclosure(y, moved + ULPS * unit * (Math.abs(y) + moved));
            }
            case Expression.Sqrt(Expression a) -> {
                Enclosure x = of(a, s, d, unit);
                double y = Math.sqrt(x.value);
                double moved =
                        Math.max(
                                Math.sqrt(x.value + x.error) - y,
                                y - Math.sqrt(Math.max(0, x.value - x.error)));
                yield new Enclosure(y, moved + ULPS * unit * (y + moved));
            }
            case Expression.Cos(Expression a) -> of(a, s, d, unit).turned(Math::cos, unit);
            case Expression.Sin(Expression a) -> of(a, s, d, unit).turned(Math::sin, unit);
            case Expression.Acos(Expression a) -> {
                // steepest where the cosine is nearest to ±1
                Enclosure x = of(a, s, d, unit);
                double y = Math.acos(Math.clamp(x.value, -1, 1));
                double moved =
                        Math.max(
                                y - Math.acos(Math.clamp(x.value + x.error, -1, 1)),
                                Math.acos(Math.clamp(x.value - x.error, -1, 1)) - y);
                yield new Enclosure(y, moved + ULPS * unit * (y + moved));
            }
            case Expression.Tanh(Expression a) -> of(a, s, d, unit).turned(Math::tanh, unit);
            case Expression.Relu(Expression a) -> {
                Enclosure x = of(a, s, d, unit);
                yield new Enclosure(Math.max(x.value, 0), x.error);
            }
            case Expression.Step(Expression a) -> {
                Enclosure x = of(a, s, d, unit);
                yield new Enclosure(x.value > 0 ? 1 : 0, x.error >= Math.abs(x.value) ? 1 : 0);
            }
            case Expression.Power(Expression a, int n) -> of(a, s, d, unit).power(n, unit);
        };
    }

    private static Enclosure of(
            Kernel kernel,
            Enclosure[] q,
            Enclosure[] k,
            double unit,
            Optional<Enclosure[]> centre) {
        return switch (kernel) {
            case Profile p ->
                    of(
                            p.profile(new Expression.Variable()),
                            of(p.pairing(), q, k, unit, centre),
                            q.length,
                            unit);
            case Featured f -> of(f, q, k, unit);
            case Composed c -> of(c.definition(), q, k, unit, centre);
            case Sum s ->
                    s.terms().stream()
                            .map(t -> of(t, q, k, unit, centre))
                            .reduce((a, b) -> a.plus(b, unit))
                            .orElseThrow();
            case Product p ->
                    p.factors().stream()
                            .map(t -> of(t, q, k, unit, centre))
                            .reduce((a, b) -> a.times(b, unit))
                            .orElseThrow();
            case Scaled(Coefficient c, Kernel inner) ->
                    of(c, q.length, unit).times(of(inner, q, k, unit, centre), unit);
            case Warped(Kernel inner, Warp f, Warp g) ->
                    of(
                            inner,
                            of(f, q, unit),
                            of(g, k, unit),
                            unit,
                            centre.map(c -> of(g, c, unit)));
            case Applied(Expression f, Kernel inner) ->
                    of(f, of(inner, q, k, unit, centre), q.length, unit);
            case Normalised(Kernel inner) ->
                    of(inner, q, k, unit, centre)
                            .times(of(inner, q, q, unit, centre).inverseRoot(unit), unit)
                            .times(of(inner, k, k, unit, centre).inverseRoot(unit), unit);
        };
    }

    /// A coefficient may be a power or an exponential of what is stored: `e^λ` is off by `|λ|`
    /// roundings more.
    private static Enclosure of(Coefficient c, int d, double unit) {
        double v = c.value(d);
        return new Enclosure(v, v * unit * (2 * ULPS + Math.abs(Math.log(v))));
    }

    /// Term by term; then `d` roundings of a sum in any order.
    private static Enclosure of(
            Pairing pairing,
            Enclosure[] q,
            Enclosure[] k,
            double unit,
            Optional<Enclosure[]> centre) {
        double value = 0;
        double sizes = 0;
        double moved = 0;
        for (int l = 0; l < q.length; l++) {
            Enclosure term =
                    switch (pairing) {
                        case DOT -> q[l].times(k[l], unit);
                        case SQUARED_DISTANCE -> q[l].minus(k[l], unit).power(2, unit);
                        case L1_DISTANCE -> q[l].minus(k[l], unit).absolute();
                        case HARMONIC -> {
                            // no slope is above 2; four roundings
                            double mean =
                                    pairing.at(
                                            new double[] {q[l].value}, new double[] {k[l].value});
                            yield new Enclosure(
                                    mean, 2 * (q[l].error + k[l].error) + 4 * unit * mean);
                        }
                        case SUM_OF_MINIMA ->
                                new Enclosure(
                                        Math.min(q[l].value, k[l].value),
                                        Math.max(q[l].error, k[l].error));
                    };
            value += term.value;
            sizes += Math.abs(term.value) + term.error;
            moved += term.error;
        }
        double spread =
                centre.isPresent() && pairing == Pairing.SQUARED_DISTANCE
                        ? Tolerance.Rounding.gamma(2 * (q.length + 4), unit)
                                * (squared(q, centre.get()) + squared(k, centre.get()))
                        : 0;
        return new Enclosure(
                value,
                moved
                        + spread
                        + Tolerance.Rounding.gamma(q.length, unit) * sizes
                        + q.length * tiny(unit));
    }

    /// At least `‖x - c‖²`.
    private static double squared(Enclosure[] x, Enclosure[] c) {
        double sum = 0;
        for (int l = 0; l < x.length; l++) {
            sum += Math.pow(Math.abs(x[l].value - c[l].value) + x[l].error + c[l].error, 2);
        }
        return sum;
    }

    /// Features are taken to be off by at most 64 roundings of the point's largest; their product
    /// sums `m` terms.
    private static Enclosure of(Featured kernel, Enclosure[] q, Enclosure[] k, double unit) {
        double[] phi = features(kernel.features().queries(row(q), Pass.evaluation()));
        double[] psi = features(kernel.features().keys(row(k), Pass.evaluation()));
        double value = 0;
        double sizes = 0;
        double moved = 0;
        double mostPhi = Arrays.stream(phi).map(Math::abs).max().orElse(0);
        double mostPsi = Arrays.stream(psi).map(Math::abs).max().orElse(0);
        for (int i = 0; i < phi.length; i++) {
            value += phi[i] * psi[i];
            sizes += Math.abs(phi[i] * psi[i]);
            moved += Math.abs(phi[i]) * mostPsi + Math.abs(psi[i]) * mostPhi;
        }
        double off = Tolerance.Rounding.gamma(2 * FEATURE_ROUNDINGS, unit);
        return new Enclosure(
                value,
                off * moved
                        + Tolerance.Rounding.gamma(phi.length, unit) * sizes
                        + phi.length * tiny(unit));
    }

    private static Tensor row(Enclosure[] x) {
        double[] values = new double[x.length];
        for (int l = 0; l < x.length; l++) {
            values[l] = x[l].value;
        }
        return Tensor.of(Array.matrix(values));
    }

    private static double[] features(Tensor row) {
        return row.value().toDoubles();
    }

    /// A warp known to this class by its formula; another one is taken to be off by 64 roundings of
    /// its largest coordinate.
    private static Enclosure[] of(Warp warp, Enclosure[] x, double unit) {
        int d = x.length;
        return switch (warp) {
            case Warp.Identity() -> x;
            case Warp.Stretch(Coefficient c) -> {
                Enclosure[] y = new Enclosure[d];
                for (int l = 0; l < d; l++) {
                    y[l] = of(c, d, unit).times(x[l], unit);
                }
                yield y;
            }
            case Warp.Linear(var weight) -> {
                Enclosure[] y = new Enclosure[weight.shape().dim(1)];
                for (int j = 0; j < y.length; j++) {
                    Enclosure[] column = new Enclosure[d];
                    for (int l = 0; l < d; l++) {
                        double w = weight.value().get(l, j);
                        column[l] = new Enclosure(w, unit * Math.abs(w));
                    }
                    y[j] = of(Pairing.DOT, x, column, unit, Optional.empty());
                }
                yield y;
            }
            default -> {
                double[] at = new double[d];
                double off = 0;
                for (int l = 0; l < d; l++) {
                    at[l] = x[l].value;
                    off = Math.max(off, x[l].error);
                }
                double[] y = warp.at(at);
                double largest = 0;
                for (double v : y) {
                    largest = Math.max(largest, Math.abs(v));
                }
                Enclosure[] result = new Enclosure[y.length];
                for (int l = 0; l < y.length; l++) {
                    result[l] = new Enclosure(y[l], FEATURE_ROUNDINGS * (unit * largest + off));
                }
                yield result;
            }
        };
    }

    private static Enclosure[] exact(double[] x) {
        Enclosure[] all = new Enclosure[x.length];
        for (int l = 0; l < x.length; l++) {
            all[l] = new Enclosure(x[l], 0);
        }
        return all;
    }

    private Enclosure plus(Enclosure o, double unit) {
        double moved = error + o.error;
        return new Enclosure(value + o.value, moved + unit * (Math.abs(value + o.value) + moved));
    }

    private Enclosure minus(Enclosure o, double unit) {
        return plus(new Enclosure(-o.value, o.error), unit);
    }

    private Enclosure times(Enclosure o, double unit) {
        double moved = Math.abs(value) * o.error + Math.abs(o.value) * error + error * o.error;
        return new Enclosure(
                value * o.value, moved + unit * (Math.abs(value * o.value) + moved) + tiny(unit));
    }

    private Enclosure absolute() {
        return new Enclosure(Math.abs(value), error);
    }

    /// `1/√a`, 0 of what is not positive.
    private Enclosure inverseRoot(double unit) {
        double least = value - error;
        if (value <= 0) {
            return new Enclosure(0, value + error > 0 ? Double.POSITIVE_INFINITY : 0);
        }
        double y = 1 / Math.sqrt(value);
        double moved = least > 0 ? 1 / Math.sqrt(least) - y : Double.POSITIVE_INFINITY;
        double logs = Math.abs(Math.log(value)) + 1; // through the logarithm, or not
        return new Enclosure(y, moved + 2 * ULPS * unit * logs * (y + moved));
    }

    /// Sine, cosine or hyperbolic tangent: none is steeper than 1.
    private Enclosure turned(DoubleUnaryOperator f, double unit) {
        double y = f.applyAsDouble(value);
        return new Enclosure(y, error + ULPS * unit * (Math.abs(y) + error) + tiny(unit));
    }

    /// A power by repeated multiplication or through the logarithm, and a division where `n < 0`.
    private Enclosure power(int n, double unit) {
        double a = Math.abs(value);
        double y = Math.pow(value, n);
        double least = a - error;
        double moved =
                n > 0
                        ? Math.pow(a + error, n) - Math.pow(a, n)
                        : least > 0
                                ? Math.pow(least, n) - Math.pow(a, n)
                                : Double.POSITIVE_INFINITY;
        return new Enclosure(
                y, moved + (Math.abs(n) + ULPS) * unit * (Math.abs(y) + moved) + tiny(unit));
    }
}
