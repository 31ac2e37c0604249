package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

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

    @TestFactory
    Stream<DynamicTest> everySpecimenHasItsExactValue() {
        return Catalogue.specimens().entrySet().stream()
                .map(entry ->
                        DynamicTest.dynamicTest(
                                entry.getKey(),
                                () -> {
                                    assertTrue(entry.getValue().size() >= 3);
                                    assertAll(
                                            entry.getValue().stream()
                                                    .map(s ->
                                                            () -> {
                                                                // An argument of exp with four
                                                                // roundings, exp itself within 1
                                                                // ulp, and so is the expected
                                                                // value.
                                                                double relative =
                                                                        4
                                                                                * Math.max(
                                                                                        1,
                                                                                        Math.abs(
                                                                                                Math
                                                                                                        .log(
                                                                                                                Math
                                                                                                                        .abs(
                                                                                                                                s
                                                                                                                                        .value()))));
                                                                double tolerance =
                                                                        s.value() == 0
                                                                                ? 0
                                                                                : relative
                                                                                        * Math.ulp(
                                                                                                s
                                                                                                        .value());
                                                                assertEquals(
                                                                        s.value(),
                                                                        s.kernel()
                                                                                .at(
                                                                                        s.query(),
                                                                                        s.key()),
                                                                        tolerance,
                                                                        s.toString());
                                                            }));
                                }));
    }

    @TestFactory
    Stream<DynamicTest> theKernelOfANameIsTheOneWithoutArguments() {
        return Catalogue.kernels().entrySet().stream()
                .map(entry ->
                        DynamicTest.dynamicTest(
                                entry.getKey(),
                                () -> {
                                    Kernel plain =
                                            entry.getValue()
                                                    .getClass()
                                                    .getDeclaredConstructor()
                                                    .newInstance();
                                    assertEquals(plain, entry.getValue());
                                    assertEquals(entry.getKey(), plain.name());
                                    assertEquals(plain, Catalogue.named(entry.getKey()));
                                }));
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
