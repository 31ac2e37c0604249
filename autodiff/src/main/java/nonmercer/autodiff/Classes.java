package nonmercer.autodiff;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Finds the classes of a package, in a folder of classes or in a jar: how catalogues find what is
/// in them.
public final class Classes {
    private Classes() {}

    /// The classes, nested ones included, in the anchor's package and code source, by name. The
    /// anchor's initialiser does not matter: classes are found by file and loaded without being
    /// initialised.
    public static List<Class<?>> in(Class<?> anchor) {
        return found(anchor, 1);
    }

    /// The classes in the anchor's package and in the packages below it, from the same code source,
    /// by name.
    public static List<Class<?>> under(Class<?> anchor) {
        return found(anchor, Integer.MAX_VALUE);
    }

    private static List<Class<?>> found(Class<?> anchor, int depth) {
        String folder = anchor.getPackageName().replace('.', '/');
        try {
            CodeSource origin = anchor.getProtectionDomain().getCodeSource();
            if (origin == null) {
                throw new IllegalStateException(
                        anchor.getName() + " does not say where it was loaded from");
            }
            Path source = Path.of(origin.getLocation().toURI());
            if (Files.isDirectory(source)) {
                return load(source.resolve(folder), depth, anchor);
            }
            try (FileSystem jar = FileSystems.newFileSystem(source)) {
                return load(jar.getPath(folder), depth, anchor);
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(
                    "the code source of " + anchor.getName() + " has no path", e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the classes beside " + anchor.getName() + " cannot be listed", e);
        }
    }

    private static List<Class<?>> load(Path folder, int depth, Class<?> anchor) throws IOException {
        List<Class<?>> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder, depth)) {
            for (Path file : files.sorted().toList()) {
                String name =
                        folder.relativize(file)
                                .toString()
                                .replace(file.getFileSystem().getSeparator(), ".");
                if (name.endsWith(".class") && !name.endsWith("package-info.class")) {
                    String simple = name.substring(0, name.length() - ".class".length());
                    found.add(
                            Class.forName(
                                    anchor.getPackageName() + "." + simple,
                                    false,
                                    anchor.getClassLoader()));
                }
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "a class beside " + anchor.getName() + " cannot be loaded", e);
        }
        return found;
    }
}
