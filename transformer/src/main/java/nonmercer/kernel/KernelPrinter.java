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
                    "lengthscale(" + print(inner) + ", " + length(c, kernel) + ")";
            case Warped w -> throw none(w);
            case Profile p -> leaf(p);
            case Featured f -> leaf(f);
        };
    }

    private static String factor(Kernel kernel) {
        return kernel instanceof Sum || kernel instanceof Product || kernel instanceof Scaled
                ? "(" + print(kernel) + ")"
                : print(kernel);
    }

    /// A lengthscale `ℓ` with `1/ℓ` of just this coefficient, beside the quotient if need be.
    private static String length(Coefficient c, Kernel kernel) {
        if (c instanceof Coefficient.Fixed(double factor)) {
            double guess = 1 / factor;
            for (double l : new double[] {guess, Math.nextUp(guess), Math.nextDown(guess)}) {
                if (1 / l == factor) {
                    return number(l);
                }
            }
        }
        throw none(kernel);
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
        String name = catalogued ? type.getSimpleName().toLowerCase(Locale.ROOT) : type.getName();
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
