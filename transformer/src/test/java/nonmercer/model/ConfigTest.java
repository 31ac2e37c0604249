package nonmercer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Kernels;
import nonmercer.kernel.Sample;
import nonmercer.kernel.Trait;
import nonmercer.kernel.Warp;
import nonmercer.layer.Activation;
import nonmercer.layer.Norm;
import nonmercer.layer.Placement;
import nonmercer.layer.Positions;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ConfigTest {
    private static void assertRefused(String sentence, Executable make) {
        assertEquals(sentence, assertThrows(IllegalArgumentException.class, make).getMessage());
    }

    @Test
    void sizesThatCannotWorkAreRefused() {
        assertRefused(
                "a width of 10 cannot be shared by 4 heads; choose a width that is a multiple of the heads, "
                        + "such as 12",
                () -> new Sizes(100, 10, 10, 4, 20, 1));
        assertRefused(
                "the size 'vocabulary' must be at least 1, got 0",
                () -> new Sizes(0, 10, 8, 4, 20, 1));
        assertRefused(
                "the size 'longest' must be at least 1, got -1",
                () -> new Sizes(9, -1, 8, 4, 20, 1));
        assertRefused(
                "the size 'width' must be at least 1, got 0", () -> new Sizes(9, 9, 0, 4, 20, 1));
        assertRefused(
                "the size 'heads' must be at least 1, got 0", () -> new Sizes(9, 9, 8, 0, 20, 1));
        assertRefused(
                "the size 'feedForward' must be at least 1, got 0",
                () -> new Sizes(9, 9, 8, 4, 0, 1));
        assertRefused(
                "the size 'blocks' must be at least 1, got 0", () -> new Sizes(9, 9, 8, 4, 20, 0));
    }

    @Test
    void choicesThatCannotWorkAreRefused() {
        for (double dropout : new double[] {-0.1, 1, Double.NaN}) {
            assertRefused(
                    "dropout must be in [0, 1), got " + dropout,
                    () -> Design.standard().withDropout(dropout));
        }
        assertRefused(
                "rotary positions turn pairs of coordinates: the width of a head, 3, must be even; change "
                        + "the width or the heads",
                () ->
                        Config.of(
                                new Sizes(9, 9, 12, 4, 20, 1),
                                Design.standard().with(Positions.Kind.ROTARY)));
        assertRefused(
                "attention divides by the sum of the weights, which must not vanish; Plain takes negative values"
                        + " (k(1, -1) = -1). Use a non-negative kernel, such as its square, or"
                        + " name a denominator: Denominator.Signed, Absolute or None",
                () ->
                        Config.of(
                                new Sizes(9, 9, 12, 4, 20, 1),
                                Design.standard().with(new Kernels.Plain())));
    }

    @Test
    void oneChoiceChangesAtATime() {
        Design design =
                new Design(
                        new Gauss(),
                        Positions.Kind.ROTARY,
                        Norm.Kind.RMS,
                        Placement.POST,
                        Activation.RELU,
                        0.3);
        Design step =
                Design.standard()
                        .with(new Gauss())
                        .with(Positions.Kind.ROTARY)
                        .with(Norm.Kind.RMS)
                        .with(Placement.POST)
                        .with(Activation.RELU)
                        .withDropout(0.3);
        assertEquals(design, step);
        assertEquals(DType.FLOAT32, Config.of(new Sizes(9, 9, 12, 2, 20, 1), design).dtype());
    }

    @Test
    void twoModelsOfAConfigurationHaveTheSameNamesAndShapes() {
        for (Positions.Kind positions : Positions.Kind.values()) {
            for (Placement placement : Placement.values()) {
                Config config = Models.config(Models.DESIGN.with(positions).with(placement));
                ParameterTree a =
                        ParameterTree.of(EncoderDecoder.create(config, RandomStream.of(1)));
                ParameterTree b =
                        ParameterTree.of(EncoderDecoder.create(config, RandomStream.of(2)));
                ParameterTree same =
                        ParameterTree.of(EncoderDecoder.create(config, RandomStream.of(1)));
                assertEquals(a.byName().keySet(), b.byName().keySet());
                assertEquals(shapes(a), shapes(b));
                assertEquals(a.snapshot(), same.snapshot());
                assertNotEquals(a.snapshot(), b.snapshot());
            }
        }
    }

    private static List<Shape> shapes(ParameterTree tree) {
        return tree.all().stream().map(Parameter::shape).toList();
    }

    // --- kernels with parameters ---

    @Test
    void everyBlockTrainsAKernelOfItsOwnAndTheConfigurationNone() {
        Kernel kernel =
                new ExpDot(Coefficient.trained(0.5, DType.FLOAT32))
                        .warped(new Warp.Ard(Sample.parameter("ard", 0.1, 4)));
        Config config = Models.config(Models.DESIGN.with(kernel));
        EncoderDecoder model = EncoderDecoder.create(config, RandomStream.of(1));
        ParameterTree tree = ParameterTree.of(model);
        Set<String> trained = new TreeSet<>();
        tree.forEach((name, p) -> {
            if (name.contains("kernel")) {
                assertEquals(DType.FLOAT64, p.value().dtype());
                trained.add(name);
            }
        });
        assertEquals(
                Set.of(
                        "encoder.blocks.0.attention.attention.kernel.kernel.scale.log",
                        "encoder.blocks.0.attention.attention.kernel.queries.logLengthscales",
                        "encoder.blocks.1.attention.attention.kernel.kernel.scale.log",
                        "encoder.blocks.1.attention.attention.kernel.queries.logLengthscales",
                        "decoder.0.own.attention.attention.kernel.kernel.scale.log",
                        "decoder.0.own.attention.attention.kernel.queries.logLengthscales",
                        "decoder.0.cross.attention.attention.kernel.kernel.scale.log",
                        "decoder.0.cross.attention.attention.kernel.queries.logLengthscales",
                        "decoder.1.own.attention.attention.kernel.kernel.scale.log",
                        "decoder.1.own.attention.attention.kernel.queries.logLengthscales",
                        "decoder.1.cross.attention.attention.kernel.kernel.scale.log",
                        "decoder.1.cross.attention.attention.kernel.queries.logLengthscales"),
                trained);
        var first = model.encoder().blocks().get(0).attention().attention().kernel();
        var second = model.encoder().blocks().get(1).attention().attention().kernel();
        assertNotSame(
                ParameterTree.of(first).all().getFirst(),
                ParameterTree.of(second).all().getFirst());
        assertTrue(first.traits().proved(Trait.SYMMETRIC), "queries and keys stay stretched alike");
        // No parameter is left out of the loss: the tape would say so.
        try (Tape tape = Tape.open()) {
            int[] s = {3, 4, 5};
            var loss = model.loss(Models.tokens(s, s), Models.tokens(s, s), 0, Pass.recorded(tape));
            assertEquals(
                    tree.all().size(),
                    List.copyOf(tape.gradients(loss, tree).model().all()).size());
        }
    }
}
