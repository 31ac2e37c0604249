package nonmercer.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.kernel.Catalogue;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Kernels;
import nonmercer.kernel.Quadratic;
import nonmercer.kernel.Sample;
import nonmercer.kernel.Scaled;
import nonmercer.kernel.Trait;
import nonmercer.kernel.Warp;
import nonmercer.kernel.Warped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordJsonTest {
    private static Kernel trip(Kernel kernel) {
        return RecordJson.read(
                Json.parse(RecordJson.write(kernel, Kernel.class).pretty()), Kernel.class);
    }

    static Stream<Kernel> catalogue() {
        return Catalogue.specimens().values().stream().flatMap(List::stream).map(s -> s.kernel());
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void everyKernelOfTheCatalogueComesBack(Kernel kernel) {
        // Parameters are equal to themselves alone; those of composed kernels are compared below.
        if (kernel.parameters().isEmpty()) {
            assertEquals(kernel, trip(kernel));
        } else {
            assertEquals(kernel.formula(), trip(kernel).formula());
        }
    }

    @Provide
    Arbitrary<Kernel> kernels() {
        return Kernels.any();
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void composedKernelsComeBackWithTheSameValues(@ForAll("kernels") Kernel kernel) {
        Kernel back = trip(kernel);
        assertEquals(kernel.formula(), back.formula());
        assertEquals(kernel.name(), back.name());
        double[] q = {0.5, -1, 2};
        double[] k = {1.5, 0.25, -0.5};
        assertEquals(kernel.at(q, k), back.at(q, k));
        assertEquals(RecordJson.write(kernel, Kernel.class), RecordJson.write(back, Kernel.class));
    }

    @Test
    void parametersComeBackWithTheirBits() {
        Parameter wide = Sample.parameter("w", 0.3, 3, 2);
        Parameter narrow = new Parameter(Sample.normal("n", DType.FLOAT32, 3));
        Kernel kernel =
                new ExpDot()
                        .warped(new Warp.Linear(wide), new Warp.Ard(narrow))
                        .plus(new Scaled(Coefficient.trained(0.1, DType.FLOAT32), new Gauss()));
        ParameterTree before = ParameterTree.of(kernel);
        ParameterTree after = ParameterTree.of(trip(kernel));
        assertEquals(before.snapshot(), after.snapshot());
        assertNotSame(before.all().getFirst(), after.all().getFirst());
    }

    @Test
    void whatIsSharedStaysShared() {
        Warp.Ard shared = new Warp.Ard(Sample.parameter("ard", 0.3, 3));
        Warp.Ard equal =
                new Warp.Ard(
                        Sample.parameter("ard", 0.3, 3)); // the same numbers, but trained apart
        Warped tied = (Warped) trip(new Gauss().warped(shared));
        Warped apart = (Warped) trip(new Gauss().warped(shared, equal));
        assertSame(
                ((Warp.Ard) tied.queries()).logLengthscales(),
                ((Warp.Ard) tied.keys()).logLengthscales());
        assertNotSame(
                ((Warp.Ard) apart.queries()).logLengthscales(),
                ((Warp.Ard) apart.keys()).logLengthscales());
        assertTrue(tied.traits().proved(Trait.SYMMETRIC));
    }

    @Test
    void theJsonReadsLikeTheRecord() {
        assertEquals(
                Json.parse(
                        "{\"kind\": \"Quadratic\", \"scale\": {\"kind\": \"Coefficient.InverseRootDimension\"}, "
                                + "\"offset\": 1.0}"),
                RecordJson.write(new Quadratic(), Kernel.class));
        // Where the declared type is the record itself, there is no choice to name.
        assertEquals(
                Json.parse("{\"value\": 2.5}"),
                RecordJson.write(new Coefficient.Fixed(2.5), Coefficient.Fixed.class));
    }

    private enum Colour {
        RED,
        GREEN
    }

    private record Leaf(
            int count, long many, double share, boolean on, String text, Colour colour) {}

    private record Tree(List<Leaf> leaves, List<String> names) {}

    @Test
    void recordsOfEveryComponentComeBack() {
        Tree tree =
                new Tree(
                        List.of(
                                new Leaf(-1, Long.MAX_VALUE, 0.1, true, "a \"b\" ü", Colour.GREEN),
                                new Leaf(
                                        Integer.MIN_VALUE,
                                        0,
                                        Double.MIN_VALUE,
                                        false,
                                        "",
                                        Colour.RED)),
                        List.of("x"));
        assertEquals(tree, RecordJson.read(RecordJson.write(tree, Tree.class), Tree.class));
        assertEquals(
                new Tree(List.of(), List.of()),
                RecordJson.read(Json.parse("{\"leaves\":[],\"names\":[]}"), Tree.class));
    }

    // --- refusals ---

    private static String refusal(String json, Class<?> type) {
        return String.valueOf(
                assertThrows(BadInputException.class, () -> RecordJson.read(Json.parse(json), type))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Softmax",
                "java.lang.String",
                "java.io.File",
                "Specimen",
                "Coefficient.Fixed",
                "Pairing",
                "Kernel",
                "Profile",
                "expdot",
                "",
                "[I",
                "../ExpDot",
                "nonmercer.model.Config",
                "nonmercer.kernel.Coefficient$Fixed"
            })
    void onlyRecordsOfTheDeclaredTypeAreMade(String kind) {
        String json =
                "{\"kind\": "
                        + Json.of(kind).write()
                        + ", \"scale\": {\"kind\": \"Coefficient.Fixed\", \"value\": 1}}";
        assertEquals(
                "\""
                        + kind
                        + "\" is no Kernel of this library; a kernel of your own must be on the class path",
                refusal(json, Kernel.class));
    }

    @Test
    void aKernelOfOnesOwnIsFoundByItsFullName() {
        Kernel mine = new Kernels.Cauchy(Coefficient.of(2));
        assertEquals(mine, trip(mine));
        Json json =
                Json.parse(
                        "{\"kind\": \"nonmercer.kernel.Kernels$Cauchy\", \"scale\": {\"kind\": "
                                + "\"Coefficient.Fixed\", \"value\": 2}}");
        assertEquals(mine, RecordJson.read(json, Kernel.class));
    }

    @Test
    void whatIsMissingUnknownOrOfAnotherKindIsNamed() {
        assertEquals("expected a member \"kind\" in {}", refusal("{}", Kernel.class));
        assertEquals(
                "expected a member \"scale\" in {\"kind\":\"ExpDot\"}",
                refusal("{\"kind\": \"ExpDot\"}", Kernel.class));
        assertEquals(
                "a Fixed has no \"valeu\"",
                refusal("{\"value\": 1, \"valeu\": 1}", Coefficient.Fixed.class));
        assertEquals(
                "a Fixed has no \"kind\"",
                refusal("{\"kind\": \"Fixed\", \"value\": 1}", Coefficient.Fixed.class));
        assertEquals(
                "expected a number within the range of a double, found \"1\"",
                refusal("{\"value\": \"1\"}", Coefficient.Fixed.class));
        assertEquals(
                "expected an array, found 3",
                refusal("{\"leaves\": 3, \"names\": []}", Tree.class));
        assertEquals(
                "\"BLUE\" is no Colour",
                refusal(
                        "{\"leaves\": [{\"count\": 1, \"many\": 1, \"share\": 1, \"on\": true, \"text\": \"\","
                                + " \"colour\": \"BLUE\"}], \"names\": []}",
                        Tree.class));
    }

    @Test
    void whatTheRecordRefusesIsRefusedInItsWords() {
        assertEquals(
                "Fixed: a kernel's coefficient must be positive and finite, got -1.0",
                refusal("{\"value\": -1}", Coefficient.Fixed.class));
        assertEquals(
                "Sum: a sum of kernels needs at least two terms, got 0",
                refusal("{\"kind\": \"Sum\", \"terms\": []}", Kernel.class));
    }

    @Test
    void parametersThatDoNotFitAreRefused() {
        String start = "{\"kind\": \"Warp.Ard\", \"logLengthscales\": ";
        assertEquals(
                "parameter 1 stands before parameter 0",
                refusal(start + "{\"parameter\": 1}}", Warp.class));
        assertEquals(
                "parameter -1 stands before parameter 0",
                refusal(start + "{\"parameter\": -1}}", Warp.class));
        String values =
                "{\"parameter\": 0, \"dtype\": \"FLOAT32\", \"shape\": [2], \"values\": [1, 2, 3]}}";
        assertEquals(
                "parameter 0: shape [2] holds 2 values, got 3",
                refusal(start + values, Warp.class));
        assertEquals(
                "\"FLOAT16\" is no DType", refusal(start + values.replace("32", "16"), Warp.class));
    }

    private record Holder(Object any) {}

    @Test
    void whatIsNoConfigurationCannotBeWritten() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> RecordJson.write(new Holder(new Thread()), Holder.class));
        assertEquals(
                "a java.lang.Thread cannot be saved: configurations are records of numbers, texts, enums, "
                        + "parameters, lists and records",
                e.getMessage());
        Parameter nan = new Parameter(Array.full(DType.FLOAT32, Shape.of(2), Double.NaN));
        assertThrows(
                IllegalArgumentException.class,
                () -> RecordJson.write(new Warp.Ard(nan), Warp.class));
    }
}
