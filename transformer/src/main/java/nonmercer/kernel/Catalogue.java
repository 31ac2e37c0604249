package nonmercer.kernel;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import nonmercer.autodiff.Classes;

/// The kernels of this package, found by their classes: a new file is in the catalogue, and in
/// every law, at once.
public final class Catalogue {
    private static final Map<String, Class<?>> OWN = own();

    private Catalogue() {}

    private static Map<String, Class<?>> own() {
        Map<String, Class<?>> found = new LinkedHashMap<>();
        for (Class<?> c : Classes.in(Kernel.class)) {
            boolean leaf =
                    Profile.class.isAssignableFrom(c)
                            || Featured.class.isAssignableFrom(c)
                            || Composed.class.isAssignableFrom(c);
            if (leaf && c.isRecord()) {
                found.put(c.getSimpleName(), c);
            }
        }
        return found;
    }

    /// The kernel classes by name, in alphabetical order: those of this package, then those that a
    /// project of its own names in `META-INF/services/nonmercer.kernel.Kernel`.
    static Map<String, Class<?>> classes() {
        Map<String, Class<?>> found = new LinkedHashMap<>(OWN);
        ServiceLoader.load(Kernel.class).stream()
                .map(ServiceLoader.Provider::type)
                .forEach(c -> {
                    Class<?> other = found.put(c.getSimpleName(), c);
                    if (other != null && other != c) {
                        throw new IllegalStateException(
                                "two kernels have one name: "
                                        + other.getName()
                                        + " and "
                                        + c.getName()
                                        + "; rename one");
                    }
                });
        return found;
    }

    /// The kernel class of this qualified name, if there is one on the class path.
    static Optional<Class<?>> load(String name) {
        try {
            Class<?> c = Class.forName(name, true, Thread.currentThread().getContextClassLoader());
            return Kernel.class.isAssignableFrom(c) ? Optional.of(c) : Optional.empty();
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    /// The specimens of every kernel class by its name, in alphabetical order. A class without
    /// `static List<Specimen> specimens()` of at least three exact values is an error.
    public static Map<String, List<Specimen>> specimens() {
        Map<String, List<Specimen>> found = new LinkedHashMap<>();
        classes().forEach((name, c) -> found.put(name, specimens(c)));
        return found;
    }

    /// One kernel of each class, the one its no-argument constructor makes, by name.
    public static Map<String, Kernel> kernels() {
        Map<String, Kernel> found = new LinkedHashMap<>();
        specimens().forEach((name, specimens) -> found.put(name, specimens.getFirst().kernel()));
        return found;
    }

    /// The kernel of this name, compared without regard to case, dashes and underscores.
    ///
    /// @throws IllegalArgumentException naming the kernels there are
    public static Kernel named(String name) {
        for (Map.Entry<String, Kernel> entry : kernels().entrySet()) {
            if (plain(entry.getKey()).equals(plain(name))) {
                return entry.getValue();
            }
        }
        throw new IllegalArgumentException(
                "there is no kernel named '"
                        + name
                        + "'; there are "
                        + String.join(", ", kernels().keySet()));
    }

    private static String plain(String name) {
        return name.replaceAll("[-_ ]", "").toLowerCase(java.util.Locale.ROOT);
    }

    private static List<Specimen> specimens(Class<?> c) {
        try {
            var method = c.getDeclaredMethod("specimens");
            method.setAccessible(true);
            List<Specimen> result = new ArrayList<>();
            for (Object each : (List<?>) method.invoke(null)) {
                result.add((Specimen) each);
            }
            if (result.size() < 3) {
                throw new IllegalStateException(
                        c.getName()
                                + ".specimens() gives "
                                + result.size()
                                + " exact values, at least three are needed");
            }
            return result;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(
                    c.getName() + " is a kernel without `static List<Specimen> specimens()`", e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(c.getName() + ".specimens() cannot be read", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(c.getName() + ".specimens() failed", e.getCause());
        }
    }
}
