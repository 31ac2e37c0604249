// twin: float
package nonmercer.lanes;

/// [Unary], [Binary] and [Pairing] of single numbers: the definitions.
final class ScalarDoubleFunctions {
    private ScalarDoubleFunctions() {}

    static double apply(Unary f, double x) {
        return switch (f) {
            case NEGATE -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Math.signum(x);
            case SQRT -> F64.sqrt(x);
            case RECIPROCAL -> 1.0 / x;
            case RECIPROCAL_OR_ZERO -> x == 0.0 ? 0.0 : 1.0 / x;
            case SQUARE -> x * x;
            case EXP -> ScalarDoubleExp.exp(x);
            case EXPM1 -> ScalarDoubleExp.expm1(x);
            case LOG -> ScalarDoubleLog.log(x);
            case LOG1P -> ScalarDoubleLog.log1p(x);
            case TANH -> ScalarDoubleExp.tanh(x);
            case ERF -> ScalarDoubleErf.erf(x);
            case SIGMOID -> ScalarDoubleExp.sigmoid(x);
            case SIN -> ScalarDoubleTrig.sin(x);
            case COS -> ScalarDoubleTrig.cos(x);
            case RELU -> Math.max(x, 0.0);
            case STEP -> x > 0.0 ? 1.0 : 0.0;
            case GELU -> ScalarDoubleErf.gelu(x);
            case GELU_SLOPE -> ScalarDoubleErf.geluSlope(x);
            case GELU_TANH -> ScalarDoubleExp.geluTanh(x);
            case GELU_TANH_SLOPE -> ScalarDoubleExp.geluTanhSlope(x);
            case SOFTPLUS -> ScalarDoubleLog.softplus(x);
            case ELU -> x > 0.0 ? x : ScalarDoubleExp.expm1(x);
            case ACOS -> ScalarDoubleAcos.acos(x);
        };
    }

    static double apply(Binary f, double a, double b) {
        return switch (f) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case MAXIMUM -> Math.max(a, b);
            case MINIMUM -> Math.min(a, b);
            case POWER -> ScalarDoubleLog.power(a, b);
            case GREATER -> a > b ? 1.0 : 0.0;
            case GREATER_EQUAL -> a >= b ? 1.0 : 0.0;
            case LESS -> a < b ? 1.0 : 0.0;
            case LESS_EQUAL -> a <= b ? 1.0 : 0.0;
            case EQUAL -> a == b ? 1.0 : 0.0;
        };
    }

    /// sum + f(q, k).
    static double add(Pairing f, double sum, double q, double k) {
        return switch (f) {
            case SUM_OF_MINIMA -> sum + Math.min(q, k);
            case L1_DISTANCE -> sum + Math.abs(q - k);
            case SQUARED_DISTANCE -> Math.fma(q - k, q - k, sum);
            case HARMONIC -> q > 0.0 && k > 0.0 ? Math.fma(2.0 * q, k / (q + k), sum) : sum;
        };
    }

    /// ∂f/∂q.
    static double slope(Pairing f, double q, double k) {
        return switch (f) {
            case SUM_OF_MINIMA -> q < k ? 1.0 : q > k ? 0.0 : 0.5;
            case L1_DISTANCE -> q > k ? 1.0 : q < k ? -1.0 : 0.0;
            case SQUARED_DISTANCE -> 2.0 * (q - k);
            case HARMONIC -> share(k, q);
        };
    }

    /// ∂f/∂k.
    static double keySlope(Pairing f, double q, double k) {
        return switch (f) {
            case SUM_OF_MINIMA -> 1.0 - slope(f, q, k);
            case L1_DISTANCE, SQUARED_DISTANCE -> 0.0 - slope(f, q, k);
            case HARMONIC -> share(q, k);
        };
    }

    /// 2(a/(a + b))² of positive numbers, else 0.
    private static double share(double a, double b) {
        if (a > 0.0 && b > 0.0) {
            double part = a / (a + b);
            return 2.0 * part * part;
        }
        return 0.0;
    }
}
