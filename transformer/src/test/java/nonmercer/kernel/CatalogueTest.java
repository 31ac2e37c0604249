package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
    @Test
    void everyKernelOfThePackageIsFoundInAlphabeticalOrder() {
        List<String> names = List.copyOf(Catalogue.kernels().keySet());
        assertEquals(names.stream().sorted().toList(), names);
        assertTrue(
                names.containsAll(
                        List.of(
                                "ArcCosine",
                                "Cauchy",
                                "Chi2",
                                "Constant",
                                "Cosformer",
                                "Cosine",
                                "Distance",
                                "EluPlusOne",
                                "ExpDot",
                                "ExpIntersection",
                                "Gauss",
                                "Gibbs",
                                "Intersection",
                                "Laplace",
                                "Linear",
                                "Matern",
                                "Periodic",
                                "Polynomial",
                                "Quadratic",
                                "RationalQuadratic",
                                "ReLU",
                                "Rotated",
                                "Sigmoid",
                                "Signed",
                                "SquaredDistance",
                                "SumOfMinima",
                                "TaylorExp")),
                names::toString);
    }

    @ParameterizedTest
    @MethodSource("names")
    void theKernelOfANameIsTheOneWithoutArguments(String name) throws ReflectiveOperationException {
        Kernel kernel = Catalogue.named(name);
        assertEquals(kernel.getClass().getDeclaredConstructor().newInstance(), kernel);
        assertEquals(name, kernel.name());
        assertEquals(kernel, Catalogue.kernels().get(name));
    }

    static Stream<String> names() {
        return Catalogue.kernels().keySet().stream();
    }

    @Test
    void everyKernelSaysWhatItIsAndWhereItComesFrom() {
        Catalogue.kernels()
                .forEach((name, kernel) -> {
                    assertTrue(kernel.about().endsWith("."), name);
                    assertTrue(!kernel.source().isBlank(), name);
                    assertTrue(!kernel.formula().isBlank(), name);
                });
    }

    @Test
    void aNameMayBeSpelledInAnyCaseWithDashesOrUnderscores() {
        for (String name :
                List.of(
                        "ExpIntersection",
                        "expintersection",
                        "exp-intersection",
                        "EXP_INTERSECTION",
                        "exp Intersection")) {
            assertInstanceOf(ExpIntersection.class, Catalogue.named(name));
        }
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNamesThereAre() {
        var e = assertThrows(IllegalArgumentException.class, () -> Catalogue.named("softmax"));
        assertEquals(
                "there is no kernel named 'softmax'; there are "
                        + String.join(", ", Catalogue.kernels().keySet()),
                e.getMessage());
    }
}
