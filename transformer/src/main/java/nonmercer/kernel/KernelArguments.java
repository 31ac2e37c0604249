package nonmercer.kernel;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes a kernel of a class and arguments that were written: by position, those of the constructor
/// that takes so many and fits; by name, the components of the record; what is left out is as in
/// the constructor without arguments.
final class KernelArguments {
    private static final int NEAR = 2; // letters

    private KernelArguments() {}

    /// An argument as it was written.
    ///
    /// @param name of the component, empty if it goes by its position
    /// @param value a number, a word or a coefficient
    /// @param place in the text
    record Argument(String name, Object value, int place) {}

    /// Arguments that do not fit.
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int place;

        Unfit(int place, String sentence) {
            super(sentence);
            this.place = place;
        }

        /// Where, or -1 for the kernel as a whole.
        int place() {
            return place;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /// The kernel class of this name: of the catalogue, or by its qualified name.
    static Optional<Class<?>> named(String name) {
        Optional<Class<?>> own =
                Catalogue.classes().entrySet().stream()
                        .filter(e -> plain(e.getKey()).equals(plain(name)))
                        .<Class<?>>map(java.util.Map.Entry::getValue)
                        .findFirst();
        return own.isPresent() || !name.contains(".") ? own : Catalogue.load(name);
    }

    static List<String> names() {
        return List.copyOf(Catalogue.classes().keySet());
    }

    /// The kernels and operations whose names are nearly this one, the nearest first.
    static List<String> near(String name) {
        List<String> all = new ArrayList<>(names());
        KernelOperation.all().forEach(o -> all.add(o.usage()));
        String plain = plain(name);
        return all.stream()
                .filter(n -> distance(plain, plain(n)) <= NEAR || startsAlike(plain, plain(n)))
                .sorted(Comparator.comparingInt(n -> distance(plain, plain(n))))
                .toList();
    }

    private static boolean startsAlike(String a, String b) {
        return a.length() > NEAR && (b.startsWith(a) || a.startsWith(b));
    }

    static String plain(String name) {
        return name.replaceAll("\\(.*", "").replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
    }

    /// Levenshtein's.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    static Kernel make(Class<?> type, List<Argument> arguments) {
        boolean byName = arguments.stream().anyMatch(a -> !a.name.isEmpty());
        if (!byName) {
            for (Constructor<?> c : constructors(type, arguments.size())) {
                Optional<Object[]> values = converted(c.getParameterTypes(), arguments);
                if (values.isPresent()) {
                    return call(c, values.get(), arguments);
                }
            }
        }
        return fromDefaults(type, arguments);
    }

    /// Those with so many parameters.
    private static List<Constructor<?>> constructors(Class<?> type, int parameters) {
        return Arrays.stream(type.getDeclaredConstructors())
                .filter(c -> c.getParameterCount() == parameters)
                .filter(c -> java.lang.reflect.Modifier.isPublic(c.getModifiers()))
                .collect(Collectors.toList());
    }

    private static Optional<Object[]> converted(Class<?>[] types, List<Argument> arguments) {
        Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            Object value = converted(types[i], arguments.get(i).value);
            if (value == null) {
                return Optional.empty();
            }
            values[i] = value;
        }
        return Optional.of(values);
    }

    /// The value as this type; null if it cannot be one.
    private static @Nullable Object converted(Class<?> type, Object value) {
        if (type == Coefficient.class) {
            return value instanceof Coefficient
                    ? value
                    : value instanceof Double x && x > 0 ? Coefficient.of(x) : null;
        }
        if (type.isEnum() && value instanceof String word) {
            for (Object constant : type.getEnumConstants()) {
                if (plain(((Enum<?>) constant).name()).equals(plain(word))) {
                    return constant;
                }
            }
        }
        if (!(value instanceof Double x)) {
            return null;
        }
        if (type == double.class) {
            return x;
        }
        if (type == int.class && x == Math.rint(x) && Math.abs(x) <= Integer.MAX_VALUE) {
            return x.intValue();
        }
        return type == long.class && x == Math.rint(x) ? (Object) x.longValue() : null;
    }

    /// The record's components, each as it was written or as in the constructor without arguments.
    private static Kernel fromDefaults(Class<?> type, List<Argument> arguments) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new Unfit(
                    -1, type.getSimpleName() + " takes no arguments by name: " + usage(type));
        }
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new @Nullable Object[components.length];
        Set<String> given = new HashSet<>();
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
        }
        for (int a = 0; a < arguments.size(); a++) {
            Argument argument = arguments.get(a);
            int i = argument.name.isEmpty() ? a : index(components, argument.name);
            if (i < 0 || i >= components.length) {
                throw new Unfit(
                        argument.place,
                        (argument.name.isEmpty()
                                        ? "that is one argument too many"
                                        : "there is no argument '" + argument.name + "'")
                                + "; expected "
                                + usage(type));
            }
            if (!given.add(components[i].getName())) {
                throw new Unfit(argument.place, "'" + components[i].getName() + "' is given twice");
            }
            values[i] = converted(types[i], argument.value);
            if (values[i] == null) {
                throw new Unfit(
                        argument.place,
                        "expected " + wanted(types[i]) + " for '" + components[i].getName() + "'");
            }
        }
        if (given.size() < components.length) {
            Kernel defaults = defaults(type);
            for (int i = 0; i < components.length; i++) {
                values[i] = values[i] == null ? component(defaults, components[i]) : values[i];
            }
        }
        try {
            return call(type.getDeclaredConstructor(types), values, arguments);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record without its own constructor", e);
        }
    }

    private static int index(RecordComponent[] components, String name) {
        for (int i = 0; i < components.length; i++) {
            if (plain(components[i].getName()).equals(plain(name))) {
                return i;
            }
        }
        return -1;
    }

    /// The kernel of the constructor without arguments.
    static Kernel defaults(Class<?> type) {
        for (Constructor<?> c : constructors(type, 0)) {
            return call(c, new Object[0], List.of());
        }
        throw new Unfit(-1, type.getSimpleName() + " needs all its arguments: " + usage(type));
    }

    static @Nullable Object component(Kernel kernel, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(kernel);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private static Kernel call(
            Constructor<?> constructor, @Nullable Object[] values, List<Argument> arguments) {
        int place = arguments.isEmpty() ? -1 : arguments.getFirst().place;
        try {
            constructor.setAccessible(true);
            return (Kernel) constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new Unfit(
                    place, String.valueOf(Objects.requireNonNull(e.getCause()).getMessage()));
        } catch (InstantiationException | IllegalAccessException e) {
            throw new Unfit(-1, constructor.getDeclaringClass().getName() + " cannot be made");
        }
    }

    private static String wanted(Class<?> type) {
        if (type == Coefficient.class) {
            return "a positive number, 1/sqrt(d) or trained(1)";
        }
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(Object::toString)
                        .collect(Collectors.joining(" or "))
                : type == double.class
                        ? "a number"
                        : type == int.class ? "an integer" : "a " + type.getSimpleName();
    }

    /// Such as `quadratic(scale, offset)`.
    private static String usage(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        String inner =
                components == null
                        ? ""
                        : Arrays.stream(components)
                                .map(RecordComponent::getName)
                                .collect(Collectors.joining(", "));
        return type.getSimpleName().toLowerCase(Locale.ROOT) + "(" + inner + ")";
    }
}
