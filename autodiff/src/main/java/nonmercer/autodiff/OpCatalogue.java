package nonmercer.autodiff;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import nonmercer.autodiff.op.Add;

/// Every op of a package, found by looking at its class files: what every law of ops is tested
/// over.
///
/// An op whose class lacks `static Specimen specimen(Draw)` is an error: no op goes untested.
public final class OpCatalogue {
    private final List<Entry> entries;

    private OpCatalogue(List<Entry> entries) {
        this.entries = entries;
    }

    /// One op class.
    ///
    /// @param type the class
    /// @param method its `static Specimen specimen(Draw)`
    public record Entry(Class<? extends Op> type, Method method) {
        /// A random, valid use of the op.
        public Specimen specimen(Draw draw) {
            try {
                return (Specimen) method.invoke(null, draw);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(method + " cannot be called", e);
            } catch (InvocationTargetException e) {
                throw new IllegalStateException(method + " failed", e.getCause());
            }
        }

        /// The simple name of the class.
        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    /// The ops of this library, by name.
    public static OpCatalogue standard() {
        return beside(Add.class);
    }

    /// The ops in the package of this one and from the same directory or jar, by name.
    ///
    /// @throws IllegalStateException naming an op without `static Specimen specimen(Draw)`
    public static OpCatalogue beside(Class<? extends Op> member) {
        List<Entry> entries = new ArrayList<>();
        for (Class<?> type : Classes.in(member)) {
            if (Op.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
                entries.add(entry(type.asSubclass(Op.class)));
            }
        }
        return new OpCatalogue(List.copyOf(entries));
    }

    /// The op classes, by name.
    public List<Entry> entries() {
        return entries;
    }

    private static Entry entry(Class<? extends Op> type) {
        try {
            Method method = type.getDeclaredMethod("specimen", Draw.class);
            if (Modifier.isStatic(method.getModifiers())
                    && method.getReturnType() == Specimen.class) {
                method.setAccessible(true);
                return new Entry(type, method);
            }
        } catch (NoSuchMethodException e) {
            // Said below, together with the other ways to get it wrong.
        }
        throw new IllegalStateException(
                "the op "
                        + type.getName()
                        + " has no method 'static Specimen specimen(Draw)': without one no law can be tested on it");
    }
}
