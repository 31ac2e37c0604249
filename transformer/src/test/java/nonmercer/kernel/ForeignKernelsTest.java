package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kernels that another project puts into the catalogue by a line in `META-INF/services`.
class ForeignKernelsTest {
    /// `c`, a kernel to be found.
    interface Constantly extends Profile {
        @Override
        default double at(double[] q, double[] k) {
            return 2;
        }

        @Override
        default Pairing pairing() {
            return Pairing.DOT;
        }

        @Override
        default Expression profile(Expression s) {
            return Expression.constant(2);
        }

        @Override
        default Traits traits() {
            return Traits.none();
        }
    }

    private static List<Specimen> three(Kernel kernel) {
        double[] x = {1};
        return List.of(
                Specimen.of(kernel, 2, x, x),
                Specimen.of(kernel, 2, x, new double[1]),
                Specimen.of(kernel, 2, new double[1], x));
    }

    /// With specimens that nobody but the catalogue may see.
    public record Foreign() implements Constantly {
        @SuppressWarnings("UnusedMethod") // the catalogue calls it
        private static List<Specimen> specimens() {
            return three(new Foreign());
        }
    }

    /// Of the name of another.
    public record Gauss() implements Constantly {
        static List<Specimen> specimens() {
            return three(new Gauss());
        }
    }

    /// Without specimens.
    public record Silent() implements Constantly {}

    /// With too few of them.
    public record Brief() implements Constantly {
        static List<Specimen> specimens() {
            return three(new Brief()).subList(1, 3);
        }
    }

    /// With specimens that cannot be made.
    public record Broken() implements Constantly {
        static List<Specimen> specimens() {
            return three(new Broken()).subList(1, 4);
        }
    }

    @TempDir private Path folder;

    /// What is found where these are offered as services.
    private <T> T with(List<Class<?>> services, Supplier<T> found) throws IOException {
        Path file = folder.resolve("META-INF/services/" + Kernel.class.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, services.stream().map(Class::getName).toList());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            return found.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private String refusal(Class<?> service) {
        var e =
                assertThrows(
                        IllegalStateException.class,
                        () -> with(List.of(service), Catalogue::specimens));
        return String.valueOf(e.getMessage());
    }

    @Test
    void aServiceIsAKernelOfTheCatalogue() throws IOException {
        int own = Catalogue.kernels().size();
        // Who offers a kernel that is there already offers nothing new.
        List<Class<?>> services = List.of(Foreign.class, ExpDot.class);
        assertEquals(own + 1, with(services, Catalogue::kernels).size());
        assertInstanceOf(Foreign.class, with(services, () -> Catalogue.named("foreign")));
        assertInstanceOf(Foreign.class, with(services, () -> KernelExpression.parse("Foreign")));
        assertEquals("Foreign", with(services, () -> KernelExpression.print(new Foreign())));
        assertEquals(Foreign.class.getName(), KernelExpression.print(new Foreign()));
        assertTrue(!Catalogue.kernels().containsKey("Foreign"));
    }

    @Test
    void twoKernelsOfOneNameAreRefused() {
        assertEquals(
                "two kernels have one name: nonmercer.kernel.Gauss and "
                        + Gauss.class.getName()
                        + "; rename one",
                refusal(Gauss.class));
    }

    @Test
    void aKernelHasThreeExactValues() {
        String silent = Silent.class.getName();
        assertEquals(
                silent + " is a kernel without `static List<Specimen> specimens()`",
                refusal(Silent.class));
        assertEquals(
                Brief.class.getName()
                        + ".specimens() gives 2 exact values, at least three are needed",
                refusal(Brief.class));
        assertEquals(Broken.class.getName() + ".specimens() failed", refusal(Broken.class));
    }

    @Test
    void onlyAKernelIsLoadedByItsName() {
        assertEquals(Foreign.class, Catalogue.load(Foreign.class.getName()).orElseThrow());
        assertTrue(Catalogue.load("java.lang.String").isEmpty());
        assertTrue(Catalogue.load("nowhere.Kernel").isEmpty());
    }
}
