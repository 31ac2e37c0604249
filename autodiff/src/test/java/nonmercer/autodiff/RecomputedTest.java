package nonmercer.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Memory;
import nonmercer.array.Shape;
import nonmercer.array.Slab;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

/// Parts of a model that are computed once more for their gradients.
class RecomputedTest {
    private static final int WIDTH = 6;
    private static final int ROWS = 5;
    private static final RandomStream RANDOM = RandomStream.of(7);

    /// `x + drop(tanh(x W + b)) · g`, with as many further factors as there are.
    private record Block(Parameter weight, Parameter bias, List<Parameter> factors) {
        static Block of(String name, int factors) {
            return new Block(
                    parameter(name + "/weight", WIDTH, WIDTH),
                    parameter(name + "/bias", WIDTH),
                    IntStream.range(0, factors)
                            .mapToObj(i -> parameter(name + "/factor/" + i, WIDTH))
                            .toList());
        }

        Tensor apply(Tensor x, Pass pass) {
            Tensor y = x.linear(pass.use(weight), pass.use(bias)).tanh();
            for (Parameter factor : factors) {
                y = y.mul(pass.use(factor).affine(0.1, 1));
            }
            return x.add(pass.dropout(y, 0.3));
        }
    }

    private record Stack(List<Block> blocks) {
        static Stack of(int blocks, int factors) {
            return new Stack(
                    IntStream.range(0, blocks)
                            .mapToObj(i -> Block.of("block/" + i, factors))
                            .toList());
        }

        /// Something is dropped behind the parts as well: the draws go on where theirs ended.
        Tensor apply(Tensor x, Pass pass) {
            Tensor y = x;
            for (Block b : blocks) {
                y = pass.part(b, List.of(y), (in, p) -> b.apply(in.getFirst(), p));
            }
            return pass.dropout(y, 0.5);
        }
    }

    private static Parameter parameter(String name, int... shape) {
        return new Parameter(normal(name, shape));
    }

    private static Array normal(String name, int... shape) {
        Array a = Array.zeros(DType.FLOAT64, Shape.of(shape));
        RANDOM.at(name).fillNormal(a, 0, 0.5);
        return a;
    }

    private static List<double[]> gradients(
            Stack stack, Array x, Memory memory, Engine engine, boolean again) {
        List<double[]> all = new ArrayList<>();
        try (Tape tape = Tape.open(memory, engine)) {
            Pass pass = Pass.training(tape, RANDOM.at("drops"));
            Tensor watched = tape.watch(x);
            Tensor loss = stack.apply(watched, again ? pass.recomputing() : pass).square().sum();
            ParameterTree tree = ParameterTree.of(stack);
            Gradients found = tape.gradients(loss, tree);
            tree.forEach((name, p) -> all.add(found.of(p).toDoubles()));
            all.add(new double[] {loss.item()});
            all.add(tape.gradient(loss, watched).value().toDoubles());
        }
        return all;
    }

    private static void assertSameBits(List<double[]> expected, List<double[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i));
        }
    }

    @Test
    void theGradientsAreTheSameBits() {
        Stack stack = Stack.of(3, 2);
        Array x = normal("x", ROWS, WIDTH);
        List<double[]> kept = gradients(stack, x, Memory.HEAP, Engine.EAGER, false);
        assertSameBits(kept, gradients(stack, x, Memory.HEAP, Engine.EAGER, true));
        Slab slab = Slab.poisoned();
        for (int step = 0; step < 3; step++) {
            assertSameBits(kept, gradients(stack, x, slab, new CheckingEngine(), true));
            slab.reset();
        }
    }

    /// More inputs than there are bits for inputs of their own in [Op#keeps()].
    @Test
    void aPartMayHaveManyParameters() {
        Stack stack = Stack.of(1, 40);
        Array x = normal("x", ROWS, WIDTH);
        assertSameBits(
                gradients(stack, x, Memory.HEAP, Engine.EAGER, false),
                gradients(stack, x, Memory.HEAP, Engine.EAGER, true));
    }

    /// A kept block keeps at least four arrays of rows (the product, its tanh, what is left of it,
    /// the sum), a recomputed one its input; all of one block are there at a time.
    @Test
    void theSlabHoldsOneBlockAtATime() {
        int blocks = 12;
        Stack stack = Stack.of(blocks, 0);
        Array x = normal("x", 1 << 12, WIDTH);
        Slab kept = Slab.create();
        Slab again = Slab.create();
        gradients(stack, x, kept, Engine.EAGER, false);
        gradients(stack, x, again, Engine.EAGER, true);
        long rows = 8L * x.size();
        assertTrue(
                kept.bytes() - again.bytes() > 2L * blocks * rows,
                kept.bytes() + " and " + again.bytes());
    }

    @Test
    void theSlabAsksForNoMoreAfterTheFirstStep() {
        Stack stack = Stack.of(3, 1);
        Array x = normal("x", ROWS, WIDTH);
        Slab slab = Slab.create();
        gradients(stack, x, slab, Engine.EAGER, true);
        long bytes = slab.bytes();
        slab.reset();
        gradients(stack, x, slab, Engine.EAGER, true);
        assertEquals(bytes, slab.bytes());
    }

    @Test
    void gradientsOfGradientsGoThroughAPart() {
        Stack stack = Stack.of(2, 1);
        GradCheck.of(
                        ParameterTree.of(stack),
                        pass ->
                                stack.apply(Tensor.of(normal("x", ROWS, WIDTH)), pass.recomputing())
                                        .square()
                                        .sum())
                .order(2)
                .check()
                .orThrow();
    }

    @Test
    void withoutATapeAPartIsJustComputed() {
        Stack stack = Stack.of(2, 1);
        Tensor x = Tensor.of(normal("x", ROWS, WIDTH));
        assertArrayEquals(
                stack.apply(x, Pass.evaluation()).value().toDoubles(),
                stack.apply(x, Pass.evaluation().recomputing()).value().toDoubles());
    }

    @Test
    void aParameterThatIsNotTheLayersIsRefused() {
        Block block = Block.of("block", 1);
        Block other = Block.of("other", 0);
        try (Tape tape = Tape.open()) {
            Pass pass = Pass.recorded(tape).recomputing();
            Tensor x = tape.watch(normal("x", ROWS, WIDTH));
            assertEquals(
                    "no tensor stands for a parameter of shape [6, 6]",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () ->
                                            pass.part(
                                                    block,
                                                    List.of(x),
                                                    (in, p) -> other.apply(in.getFirst(), p)))
                            .getMessage());
        }
    }
}
