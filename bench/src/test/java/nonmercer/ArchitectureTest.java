package nonmercer;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The arrows between the packages, read from the class files of all modules.
class ArchitectureTest {
    private static final JavaClasses ALL =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("nonmercer");

    private static final String[] CORE =
            packages("array", "lanes", "linalg", "fused", "parallel", "random");
    private static final String[] AUTODIFF = packages("autodiff");
    private static final String[] TRANSFORMER =
            packages(
                    "kernel",
                    "feature",
                    "spectral",
                    "attention",
                    "layer",
                    "model",
                    "train",
                    "metric",
                    "baseline",
                    "text",
                    "data",
                    "io",
                    "machine");
    private static final String[] PROOFS = packages("proofs");
    private static final String[] BENCH = packages("bench", "experiment", "cli");

    /// Each module may use what stands before it.
    private static final List<String[]> MODULES =
            List.of(CORE, AUTODIFF, TRANSFORMER, PROOFS, BENCH);

    /// Each package of a transformer's inside may use what stands before it.
    private static final List<String[]> INSIDE =
            Stream.of("kernel", "spectral", "feature", "attention", "layer", "model")
                    .map(ArchitectureTest::packages)
                    .toList();

    private static String[] packages(String... names) {
        return Stream.of(names).map(name -> "nonmercer." + name + "..").toArray(String[]::new);
    }

    @Test
    void everyPackageBelongsToAModule() {
        String[] known = MODULES.stream().flatMap(Stream::of).toArray(String[]::new);
        classes().should().resideInAnyPackage(known).check(ALL);
    }

    @TestFactory
    Stream<DynamicTest> modulesUseOnlyWhatStandsBeforeThem() {
        return arrows(MODULES);
    }

    @TestFactory
    Stream<DynamicTest> insideATransformerTheArrowsPointFromModelToKernel() {
        return arrows(INSIDE);
    }

    private static Stream<DynamicTest> arrows(List<String[]> order) {
        return Stream.iterate(0, i -> i < order.size() - 1, i -> i + 1)
                .map(i ->
                        DynamicTest.dynamicTest(
                                String.join(", ", order.get(i)),
                                () ->
                                        noClasses()
                                                .that()
                                                .resideInAnyPackage(order.get(i))
                                                .should()
                                                .dependOnClassesThat()
                                                .resideInAnyPackage(
                                                        order.stream()
                                                                .skip(i + 1L)
                                                                .flatMap(Stream::of)
                                                                .toArray(String[]::new))
                                                .allowEmptyShould(true)
                                                .check(ALL)));
    }

    @Test
    void layersAndWhatIsBelowThemKnowNoTraining() {
        noClasses()
                .that()
                .resideInAnyPackage(packages("kernel", "spectral", "feature", "attention", "layer"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        packages("train", "metric", "baseline", "text", "data", "io", "machine"))
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void packagesOfTheLibraryFormNoCycle() {
        slices().matching("nonmercer.(*)..")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(resideInAnyPackage(BENCH), DescribedPredicate.alwaysTrue())
                .check(ALL);
    }

    @Test
    void onlyTheLanesTouchTheVectorApi() {
        noClasses()
                .that()
                .resideOutsideOfPackage("nonmercer.lanes..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector..")
                .check(ALL);
    }

    /// Both give other bits interpreted than compiled.
    @Test
    void noLaneUsesATranscendentalOfTheVectorApiOrAFloatingReduceLanes() {
        Set<String> transcendental =
                Set.of(
                        "SIN", "COS", "TAN", "ASIN", "ACOS", "ATAN", "ATAN2", "SINH", "COSH",
                        "TANH", "EXP", "EXPM1", "LOG", "LOG10", "LOG1P", "POW", "CBRT", "HYPOT");
        Set<String> floating =
                Set.of("jdk.incubator.vector.FloatVector", "jdk.incubator.vector.DoubleVector");
        DescribedPredicate<JavaAccess<?>> banned =
                describe(
                        "other bits cold than hot",
                        access -> {
                            String owner = access.getTargetOwner().getName();
                            return owner.equals("jdk.incubator.vector.VectorOperators")
                                            && transcendental.contains(access.getName())
                                    || floating.contains(owner)
                                            && access.getName().startsWith("reduceLanes");
                        });
        noClasses().should().accessTargetWhere(banned).check(ALL);
    }

    @Test
    void theLibraryDependsOnEjmlAndNothingElse() {
        classes()
                .that()
                .resideInAnyPackage(
                        Stream.of(CORE, AUTODIFF, TRANSFORMER)
                                .flatMap(Stream::of)
                                .toArray(String[]::new))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "nonmercer..",
                        "java..",
                        "com.sun.management..",
                        "jdk.incubator.vector..",
                        "org.ejml..",
                        "org.jspecify..",
                        "")
                .check(ALL);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass c : ALL) {
            if (!c.getPackage().isAnnotatedWith(NullMarked.class)
                    && !c.getPackageName().contains(".jmh_generated")) {
                unmarked.add(c.getPackageName());
            }
        }
        assertEquals(Set.of(), unmarked);
    }

    @Test
    void itReadTheClassesOfEveryModule() {
        // Without this a wrong import would let every rule above hold of nothing.
        for (String[] module : List.of(CORE, BENCH)) {
            String[] prefixes =
                    Arrays.stream(module).map(p -> p.replace("..", "")).toArray(String[]::new);
            assertEquals(
                    true,
                    ALL.stream()
                            .anyMatch(c -> Arrays.asList(prefixes).contains(c.getPackageName())),
                    "no class of " + String.join(", ", module));
        }
    }
}
