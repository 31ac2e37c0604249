package nonmercer.kernel;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes the [KernelExpression] of a kernel.
final class KernelPrinter {
    private KernelPrinter() {}

    static String print(Kernel kernel) {
        return switch (kernel) {
            case Sum(List<Kernel> terms) ->
                    terms.stream().map(KernelPrinter::print).collect(Collectors.joining(" + "));
            case Product(List<Kernel> factors) ->
                    factors.stream().map(KernelPrinter::factor).collect(Collectors.joining("*"));
            case Scaled(Coefficient c, Kernel inner) -> fixed(c, kernel) + "*" + factor(inner);
            case Warped(Kernel inner, Warp f, Warp g)
                    when f.equals(g) && f instanceof Warp.Stretch(Coefficient c) ->
                    stretched(print(inner), c, kernel);
            case Warped(Kernel inner, Warp f, Warp g)
                    when f.equals(g) && f instanceof Warp.Coordinates(int from, int to) ->
                    "coordinates(" + print(inner) + ", " + from + ", " + to + ")";
            case Warped w -> throw none(w);
            case Applied(Expression f, Kernel inner) -> applied(f, print(inner), kernel);
            case Normalised(Kernel inner) -> "normalised(" + print(inner) + ")";
            case Composed c -> leaf(c);
            case Profile p -> leaf(p);
            case Featured f -> leaf(f);
        };
    }

    private static String factor(Kernel kernel) {
        return kernel instanceof Sum || kernel instanceof Product || kernel instanceof Scaled
                ? "(" + print(kernel) + ")"
                : print(kernel);
    }

    /// Powers, exponentials and decays, by the operations that make them.
    private static String applied(Expression f, String inner, Kernel kernel) {
        return switch (f) {
            case Expression.Variable() -> inner;
            case Expression.Power(Expression a, int n) when n > 0 ->
                    "power(" + applied(a, inner, kernel) + ", " + n + ")";
            case Expression.Sqrt(Expression a) -> "power(" + applied(a, inner, kernel) + ", 0.5)";
            case Expression.Exp(
                            Expression.Times(
                                    Expression.Constant(double minus),
                                    Expression.Times(Expression a, Expression.Constant(double t))))
                    when minus == -1 ->
                    "decay(" + applied(a, inner, kernel) + ", " + number(t) + ")";
            case Expression.Exp(Expression.Times(Expression.Constant(double minus), Expression a))
                    when minus == -1 ->
                    "decay(" + applied(a, inner, kernel) + ", 1)";
            case Expression.Exp(Expression a) -> "exp(" + applied(a, inner, kernel) + ")";
            default -> throw none(kernel);
        };
    }

    /// By a lengthscale `ℓ` with `1/ℓ` of just this coefficient, beside the quotient if need be; by
    /// the coefficient where there is none.
    private static String stretched(String inner, Coefficient c, Kernel kernel) {
        if (!(c instanceof Coefficient.Fixed(double factor))) {
            throw none(kernel);
        }
        double guess = 1 / factor;
        for (double l : new double[] {guess, Math.nextUp(guess), Math.nextDown(guess)}) {
            if (1 / l == factor) {
                return "lengthscale(" + inner + ", " + number(l) + ")";
            }
        }
        return "stretch(" + inner + ", " + number(factor) + ")";
    }

    private static String fixed(Coefficient c, Kernel kernel) {
        if (c instanceof Coefficient.Fixed(double value)) {
            return number(value);
        }
        throw none(kernel);
    }

    /// The name, and the components that are not as in the constructor without arguments.
    private static String leaf(Kernel kernel) {
        Class<?> type = kernel.getClass();
        boolean catalogued = type.equals(Catalogue.classes().get(type.getSimpleName()));
        String name = catalogued ? type.getSimpleName() : type.getName();
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw none(kernel);
        }
        @Nullable Kernel defaults = null;
        try {
            defaults = KernelArguments.defaults(type);
        } catch (KernelArguments.Unfit e) {
            // It has none: everything is written.
        }
        List<String> written = new ArrayList<>();
        for (RecordComponent component : components) {
            Object value = KernelArguments.component(kernel, component);
            boolean usual =
                    defaults != null
                            && Objects.equals(
                                    value, KernelArguments.component(defaults, component));
            if (!usual) {
                written.add(component.getName() + "=" + argument(value, kernel));
            }
        }
        return written.isEmpty() ? name : name + "(" + String.join(", ", written) + ")";
    }

    private static String argument(@Nullable Object value, Kernel kernel) {
        return switch (value) {
            case Double x -> number(x);
            case Integer n -> Integer.toString(n);
            case Long n -> Long.toString(n);
            case Enum<?> e -> e.name().toLowerCase(Locale.ROOT);
            case Coefficient.Fixed(double c) -> number(c);
            case Coefficient.InverseRootDimension c -> "1/sqrt(d)";
            case null, default -> throw none(kernel);
        };
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static IllegalArgumentException none(Kernel kernel) {
        return new IllegalArgumentException(
                "no expression describes "
                        + kernel.name()
                        + ": what is trained or made in code has none");
    }
}
