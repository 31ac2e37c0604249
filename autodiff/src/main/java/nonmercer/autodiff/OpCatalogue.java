package nonmercer.autodiff;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import nonmercer.autodiff.op.Add;

/// Every op of a package, found by looking at its class files: what every law of ops is tested over.
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
        String folder = member.getPackageName().replace('.', '/');
        List<Entry> entries = new ArrayList<>();
        for (String file : classFiles(member, folder)) {
            String name = member.getPackageName() + "." + file.substring(0, file.length() - ".class".length());
            try {
                Class<?> type = Class.forName(name, false, member.getClassLoader());
                if (Op.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
                    entries.add(entry(type.asSubclass(Op.class)));
                }
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("the class file of " + name + " is there, but not its class", e);
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
            if (Modifier.isStatic(method.getModifiers()) && method.getReturnType() == Specimen.class) {
                method.setAccessible(true);
                return new Entry(type, method);
            }
        } catch (NoSuchMethodException e) {
            // Said below, together with the other ways to get it wrong.
        }
        throw new IllegalStateException("the op " + type.getName()
                + " has no method 'static Specimen specimen(Draw)': without one no law can be tested on it");
    }

    /// The names of the class files in a folder of the directory or jar that a class came from, sorted.
    private static List<String> classFiles(Class<?> member, String folder) {
        CodeSource source = member.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalStateException(member.getName() + " does not say where it was loaded from");
        }
        Path root = path(source.getLocation());
        try {
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.list(root.resolve(folder))) {
                    return files.map(f -> f.getFileName().toString()).filter(OpCatalogue::isClass).sorted().toList();
                }
            }
            try (JarFile jar = new JarFile(root.toFile())) {
                return jar.stream()
                        .map(JarEntry::getName)
                        .filter(n -> n.startsWith(folder + "/") && n.indexOf('/', folder.length() + 1) < 0)
                        .map(n -> n.substring(folder.length() + 1))
                        .filter(OpCatalogue::isClass)
                        .sorted()
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the classes beside " + member.getName() + " cannot be listed", e);
        }
    }

    private static boolean isClass(String name) {
        return name.endsWith(".class") && !name.equals("package-info.class");
    }

    private static Path path(URL location) {
        try {
            return Path.of(location.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the code source " + location + " is no path", e);
        }
    }
}
