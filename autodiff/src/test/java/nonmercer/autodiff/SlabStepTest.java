package nonmercer.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Memory;
import nonmercer.array.Shape;
import nonmercer.array.Slab;
import nonmercer.autodiff.optim.AdamW;
import nonmercer.autodiff.optim.Clipping;
import nonmercer.autodiff.optim.Optimizer;
import nonmercer.linalg.Transpose;
import nonmercer.random.RandomStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A training step takes every array from its slab, and the slab asks the heap for no more after
/// the first step.
class SlabStepTest {
    private static final int ROWS = 20;
    private static final int WIDTH = 8;

    /// Checks where each result, each array left for a pullback, and each gradient lives.
    private record Residence(Slab slab) implements Engine {
        @Override
        public void run(Op op, Forward f) {
            op.forward(f);
            assertSame(
                    slab,
                    f.out().slab(),
                    () -> "the result of " + op.name() + " is not on the slab");
            f.saved()
                    .forEach(a ->
                            assertSame(
                                    slab,
                                    a.slab(),
                                    () -> "what " + op.name() + " saved is not on the slab"));
        }

        @Override
        public @Nullable Tensor[] pull(Op op, Pullback p) {
            assertSame(
                    slab,
                    p.gradient().value().slab(),
                    () -> "the gradient of " + op.name() + " is not on the slab");
            @Nullable Tensor[] parts = op.pullback(p);
            for (Tensor part : parts) {
                if (part != null) {
                    assertSame(
                            slab,
                            part.value().slab(),
                            () -> "a gradient of " + op.name() + " is not on the slab");
                }
            }
            return parts;
        }
    }

    record Mlp(
            Parameter gain,
            Parameter bias,
            Parameter w1,
            Parameter b1,
            Parameter w2,
            Parameter b2) {}

    private static Parameter normal(String name, int... shape) {
        Array a = Array.zeros(DType.FLOAT32, Shape.of(shape));
        RandomStream.of(5).at(name).fillNormal(a, 0, 0.1);
        return new Parameter(a);
    }

    @Test
    void everyArrayOfAStepIsOnItsSlab() {
        Mlp mlp =
                new Mlp(
                        normal("gain", WIDTH),
                        normal("bias", WIDTH),
                        normal("w1", WIDTH, 4 * WIDTH),
                        normal("b1", 4 * WIDTH),
                        normal("w2", 4 * WIDTH, WIDTH),
                        normal("b2", WIDTH));
        ParameterTree model = ParameterTree.of(mlp);
        Optimizer optimizer = AdamW.of(model, 0.01);
        Array x = normal("x", ROWS, WIDTH).value();
        int[] targets = RandomStream.of(5).at("targets").ints(ROWS, 0, WIDTH).toArray();
        Slab slab = Slab.poisoned();
        double first = step(mlp, model, optimizer, x, targets, slab);
        long held = slab.bytes();
        double last = first;
        for (int i = 0; i < 10; i++) {
            last = step(mlp, model, optimizer, x, targets, slab);
        }
        assertEquals(held, slab.bytes());
        assertTrue(last < first, "the loss went from " + first + " to " + last);
    }

    private static double step(
            Mlp mlp, ParameterTree model, Optimizer optimizer, Array x, int[] targets, Slab slab) {
        double value;
        try (Tape tape = Tape.open(slab, new Residence(slab))) {
            Tensor in = Tensor.of(x);
            Tensor h =
                    in.layerNorm(tape.use(mlp.gain()), tape.use(mlp.bias()), 1e-5)
                            .matmul(tape.use(mlp.w1()))
                            .add(tape.use(mlp.b1()))
                            .gelu();
            Tensor z =
                    in.add(h.matmul(tape.use(mlp.w2())).add(tape.use(mlp.b2())))
                            .dropout(0.1, RandomStream.of(9));
            Tensor heads = z.reshape(ROWS, 2, WIDTH / 2).permute(1, 0, 2); // [2, rows, width/2]
            Tensor attended =
                    heads.matmul(heads, Transpose.TRANSPOSED).scale(0.1).softmax().matmul(heads);
            Tensor y = z.add(attended.permute(1, 0, 2).reshape(ROWS, WIDTH));
            Tensor loss = y.crossEntropy(targets, 0.1);
            optimizer.step(Clipping.globalNorm(tape.gradients(loss, model), 1), 0.01);
            value = loss.item();
        }
        slab.reset();
        return value;
    }

    /// Sums pass one gradient on to several inputs, views share its buffer, and some of them are
    /// asked for: none is overwritten or given back while it is still to be read.
    @Test
    void gradientsOnASlabAreThoseOnTheHeap() {
        Slab slab = Slab.poisoned();
        for (int i = 0; i < 3; i++) {
            assertEquals(shared(Memory.HEAP), shared(slab));
            slab.reset();
        }
    }

    private static List<Array> shared(Memory memory) {
        try (Tape tape = Tape.open(memory, Engine.EAGER)) {
            Tensor x = tape.watch(normal("x", 4, 6).value());
            Tensor twice = x.add(x);
            Tensor flat = twice.reshape(24);
            Tensor y = twice.add(flat.square().reshape(4, 6)).sub(x.mul(twice));
            Tensor z = y.add(y.reshape(6, 4).permute(1, 0)).add(y.scale(0.5)).add(x);
            Tensor loss = z.add(z).add(flat.reshape(4, 6)).sum().add(z.square().sum());
            return tape.gradients(loss, List.of(x, twice, flat, y, z)).stream()
                    .map(g -> g.value().copy())
                    .toList();
        }
    }
}
