package nonmercer.kernel;

/// Expressions as formulas.
final class Printed {
    private Printed() {}

    static String of(Expression f, String s) {
        return switch (f) {
            case Expression.Variable() -> s;
            case Expression.Constant(double v) -> number(v);
            case Expression.Symbol(Coefficient c) -> c.symbol();
            case Expression.Plus(Expression a, Expression.Constant(double v)) when v < 0 ->
                    of(a, s) + " - " + number(-v);
            case Expression.Plus(
                            Expression a,
                            Expression.Times(Expression.Constant(double v), Expression b))
                    when v == -1 ->
                    of(a, s) + " - " + factor(b, s);
            case Expression.Plus(Expression a, Expression b) -> of(a, s) + " + " + of(b, s);
            case Expression.Times(Expression.Constant(double v), Expression b) when v == -1 ->
                    "-" + factor(b, s);
            case Expression.Times(
                            Expression a,
                            Expression.Symbol(Coefficient.InverseRootDimension c)) ->
                    factor(a, s) + "/√d";
            case Expression.Times(Expression a, Expression b) -> factor(a, s) + "·" + factor(b, s);
            case Expression.Exp(Expression a) -> "exp(" + of(a, s) + ")";
            case Expression.Log(Expression a) -> "ln(" + of(a, s) + ")";
            case Expression.Sqrt(Expression a) -> "√(" + of(a, s) + ")";
            case Expression.Cos(Expression a) -> "cos(" + of(a, s) + ")";
            case Expression.Sin(Expression a) -> "sin(" + of(a, s) + ")";
            case Expression.Acos(Expression a) -> "arccos(" + of(a, s) + ")";
            case Expression.Tanh(Expression a) -> "tanh(" + of(a, s) + ")";
            case Expression.Relu(Expression a) -> "max(" + of(a, s) + ", 0)";
            case Expression.Step(Expression a) -> "[" + of(a, s) + " > 0]";
            case Expression.Power(Expression a, int n) ->
                    n == -1 ? "1/(" + of(a, s) + ")" : "(" + of(a, s) + ")" + superscript(n);
        };
    }

    private static String factor(Expression f, String s) {
        return f instanceof Expression.Plus ? "(" + of(f, s) + ")" : of(f, s);
    }

    private static String number(double v) {
        return v == Math.rint(v) && Math.abs(v) < 1e6
                ? Long.toString((long) v)
                : Double.toString(v);
    }

    private static String superscript(int n) {
        StringBuilder out = new StringBuilder();
        for (char c : Integer.toString(n).toCharArray()) {
            out.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
        }
        return out.toString();
    }
}
