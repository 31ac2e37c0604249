package nonmercer.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nonmercer.autodiff.op.Add;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpCatalogueTest {
    private static List<String> names(OpCatalogue catalogue) {
        return catalogue.entries().stream().map(Object::toString).toList();
    }

    @Test
    void everySourceFileThatIsAnOpIsListed() throws IOException {
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/nonmercer/autodiff/op"))) {
            List<String> expected =
                    sources.filter(f -> declaresARecord(f))
                            .map(f -> f.getFileName().toString().replace(".java", ""))
                            .sorted()
                            .toList();
            assertEquals(expected, names(OpCatalogue.standard()));
            assertTrue(expected.size() > 40, "there are " + expected.size());
        }
    }

    private static boolean declaresARecord(Path file) {
        try {
            return Files.readString(file).contains("public record ");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void theOpsOfAJarAreListed(@TempDir Path folder) throws Exception {
        Path classes =
                Path.of(Add.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path jar = folder.resolve("with space.jar");
        try (FileSystem zip =
                        FileSystems.newFileSystem(
                                URI.create("jar:" + jar.toUri()), Map.of("create", "true"));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = zip.getPath(classes.relativize(file).toString());
                if (target.getParent() != null) {
                    Files.createDirectories(target.getParent());
                }
                Files.copy(file, target);
            }
        }
        // The parent loader has the classes of core, this one those of the jar first.
        try (URLClassLoader loader = new FirstHere(jar.toUri().toURL())) {
            Class<?> there = loader.loadClass(OpCatalogue.class.getName());
            Object catalogue = there.getMethod("standard").invoke(null);
            List<?> entries = (List<?>) there.getMethod("entries").invoke(catalogue);
            assertEquals(
                    names(OpCatalogue.standard()), entries.stream().map(Object::toString).toList());
            assertTrue(
                    there.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toString()
                            .endsWith(".jar"));
        }
    }

    private static final class FirstHere extends URLClassLoader {
        FirstHere(URL jar) {
            super(new URL[] {jar}, OpCatalogueTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && name.startsWith("nonmercer.autodiff.")) {
                    loaded = findClass(name);
                }
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
        }
    }

    @Test
    void anOpWithoutASpecimenIsAnError() {
        IllegalStateException e =
                assertThrows(
                        IllegalStateException.class,
                        () -> OpCatalogue.beside(nonmercer.autodiff.untested.NoSpecimen.class));
        assertEquals(
                "the op nonmercer.autodiff.untested.NoSpecimen has no method 'static Specimen specimen(Draw)':"
                        + " without one no law can be tested on it",
                e.getMessage());
    }
}
