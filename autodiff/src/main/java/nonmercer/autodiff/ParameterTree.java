package nonmercer.autodiff;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import nonmercer.array.Array;
import nonmercer.array.DType;
import org.jspecify.annotations.Nullable;

/// The parameters of a model by name. A model is a record of parameters, records and lists; the
/// name of a parameter is the path of component names that leads to it:
/// `encoder.0.attention.query.weight`.
///
/// A parameter that stands in two places (tied weights) is listed once, under its first name.
public final class ParameterTree {
    private final Map<String, Parameter> byName;
    private final Map<Parameter, String> names;

    private ParameterTree(Map<String, Parameter> byName) {
        this.byName = Collections.unmodifiableMap(byName);
        Map<Parameter, String> names = new LinkedHashMap<>();
        byName.forEach((name, p) -> names.put(p, name));
        this.names = names;
    }

    /// The parameters of a record, of a list of records, or of one parameter.
    ///
    /// @throws IllegalArgumentException if there is none
    public static ParameterTree of(Object model) {
        Map<String, Parameter> found = found(model);
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    model.getClass().getSimpleName()
                            + " holds no parameter: a model is a record whose components are parameters, records or lists"
                            + " of them");
        }
        return new ParameterTree(found);
    }

    /// The parameters of a record by name, perhaps none.
    public static Map<String, Parameter> found(Object model) {
        Map<String, Parameter> found = new LinkedHashMap<>();
        walk("", model, found, new LinkedHashSet<>());
        return found;
    }

    private static void walk(
            String path, @Nullable Object at, Map<String, Parameter> found, Set<Parameter> seen) {
        switch (at) {
            case null -> {}
            case Parameter p -> {
                if (seen.add(p)) {
                    found.put(path.isEmpty() ? "value" : path, p);
                }
            }
            case Iterable<?> list -> {
                int i = 0;
                for (Object element : list) {
                    walk(join(path, Integer.toString(i++)), element, found, seen);
                }
            }
            case Optional<?> maybe -> walk(path, maybe.orElse(null), found, seen);
            case Prototype p -> {}
            case Record r -> {
                for (RecordComponent c : r.getClass().getRecordComponents()) {
                    walk(join(path, c.getName()), component(r, c), found, seen);
                }
            }
            default -> {}
        }
    }

    private static @Nullable Object component(Record r, RecordComponent c) {
        try {
            var accessor = c.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(r);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "the component "
                            + c.getName()
                            + " of "
                            + r.getClass().getName()
                            + " cannot be read",
                    e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "the accessor " + c.getName() + " of " + r.getClass().getName() + " failed",
                    e.getCause());
        }
    }

    /// A copy of a record tree with new parameters of the same values, in this element type: what a
    /// block of a model makes of a prototype. A parameter that stands in two places stands in the
    /// same two places of the copy. What is no record, list or parameter is shared.
    public static <T> T freshCopy(T model, DType dtype) {
        @SuppressWarnings("unchecked")
        T copy = (T) copyOf(model, dtype, new HashMap<>());
        return copy;
    }

    private static Object copyOf(Object at, DType dtype, Map<Parameter, Parameter> copies) {
        return switch (at) {
            case Parameter p ->
                    copies.computeIfAbsent(p, q -> new Parameter(q.value().cast(dtype)));
            case List<?> list -> list.stream().map(e -> copyOf(e, dtype, copies)).toList();
            case Optional<?> maybe -> maybe.map(e -> copyOf(e, dtype, copies));
            case Prototype p -> p;
            case Record r -> copyOf(r, dtype, copies);
            default -> at;
        };
    }

    private static Record copyOf(Record r, DType dtype, Map<Parameter, Parameter> copies) {
        RecordComponent[] components = r.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            Object value = component(r, components[i]);
            values[i] = value == null ? null : copyOf(value, dtype, copies);
        }
        try {
            var constructor = r.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(r.getClass().getName() + " cannot be copied", e);
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /// Every parameter by its name, in the order of the components.
    public Map<String, Parameter> byName() {
        return byName;
    }

    /// The parameters in order.
    public List<Parameter> all() {
        return new ArrayList<>(byName.values());
    }

    /// The name of a parameter of this tree.
    public String name(Parameter p) {
        String name = names.get(p);
        if (name == null) {
            throw new IllegalArgumentException(
                    "a parameter of shape " + p.shape() + " does not belong to this model");
        }
        return name;
    }

    /// Calls the action with each name and parameter, in order.
    public void forEach(BiConsumer<String, Parameter> action) {
        byName.forEach(action);
    }

    /// The number of trained numbers.
    public long count() {
        return byName.values().stream().mapToLong(p -> p.shape().size()).sum();
    }

    /// Copies of all values by name.
    public Map<String, Array> snapshot() {
        Map<String, Array> copy = new LinkedHashMap<>();
        byName.forEach((name, p) -> copy.put(name, p.value().copy()));
        return copy;
    }

    /// Overwrites all values; the names, shapes and types must be exactly those of this tree.
    ///
    /// @throws IllegalArgumentException naming the first parameter that is missing, left over, or
    ///   of another shape or type; nothing is written then
    public void restore(Map<String, Array> values) {
        Map<String, Array> targets = new LinkedHashMap<>();
        byName.forEach((name, p) -> targets.put(name, p.value()));
        NamedArrays.restore(values, targets, "model");
    }
}
