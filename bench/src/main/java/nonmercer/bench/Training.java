package nonmercer.bench;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.array.Slab;
import nonmercer.attention.Attention;
import nonmercer.attention.LinearAttention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Engine;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.layer.Positions;

/// Forward and backward through a tape, as training does it: the arrays of a call are reused by the
/// next.
final class Training {
    private Training() {}

    static Ours of(Task.LayerNormTraining task) {
        return gradients(tape -> {
            Tensor x = tape.watch(task.x());
            Tensor gain = tape.watch(task.gain());
            Tensor bias = tape.watch(task.bias());
            Tensor y = x.layerNorm(gain, bias, task.epsilon());
            return tape.gradients(y, task.g(), List.of(x, gain, bias));
        });
    }

    static Ours of(Task.CrossEntropy task) {
        return gradients(tape -> {
            Tensor x = tape.watch(task.logits());
            return List.of(tape.gradient(x.crossEntropy(task.targets(), 0), x));
        });
    }

    static Ours of(Task.Encoder task) {
        ParameterTree parameters = ParameterTree.of(task.block());
        return gradients(tape -> {
            Pass pass = Pass.recorded(tape);
            Tensor x = tape.watch(task.x());
            Tensor y = task.block().apply(x, Mask.none(), new Positions.Absent(), pass);
            List<Tensor> all = new ArrayList<>(List.of(x));
            parameters.all().forEach(p -> all.add(pass.use(p)));
            return tape.gradients(y, task.g(), all);
        });
    }

    static Ours of(Task.Attend task) {
        Attention attention = Attention.of(task.kernel());
        return gradients(tape -> List.of(forward(attention, task, leaves(task, tape), tape)));
    }

    static Ours of(Task.AttendTraining task) {
        Attention attention = Attention.of(task.forward().kernel());
        return gradients(tape -> backward(attention, task, tape));
    }

    static Ours of(Task.AttendLinear task) {
        return gradients(tape -> List.of(forward(task, leaves(task, tape), tape)));
    }

    static Ours of(Task.AttendLinearTraining task) {
        return gradients(tape -> {
            List<Tensor> leaves = leaves(task.forward(), tape);
            Tensor y = forward(task.forward(), leaves, tape);
            return tape.gradients(y, task.g(), leaves);
        });
    }

    private static List<Tensor> leaves(Task.AttendLinear task, Tape tape) {
        return List.of(tape.watch(task.q()), tape.watch(task.k()), tape.watch(task.v()));
    }

    private static Tensor forward(Task.AttendLinear task, List<Tensor> leaves, Tape tape) {
        return LinearAttention.of(task.features())
                .apply(
                        leaves.get(0),
                        leaves.get(1),
                        leaves.get(2),
                        task.mask(),
                        Pass.recorded(tape));
    }

    /// Forward and backward with no buffer of an earlier call, on a thread of its own.
    static void alone(Task.AttendTraining task) {
        Thread thread =
                new Thread(() -> {
                    try (Tape tape = Tape.open(Slab.create(), Engine.EAGER)) {
                        List<Tensor> _ =
                                backward(Attention.of(task.forward().kernel()), task, tape);
                    }
                });
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static List<Tensor> backward(Attention attention, Task.AttendTraining task, Tape tape) {
        List<Tensor> leaves = leaves(task.forward(), tape);
        Tensor y = forward(attention, task.forward(), leaves, tape);
        return tape.gradients(y, task.g(), leaves);
    }

    private static List<Tensor> leaves(Task.Attend task, Tape tape) {
        return List.of(tape.watch(task.q()), tape.watch(task.k()), tape.watch(task.v()));
    }

    private static Tensor forward(
            Attention attention, Task.Attend task, List<Tensor> leaves, Tape tape) {
        return attention.apply(
                leaves.get(0), leaves.get(1), leaves.get(2), task.mask(), Pass.recorded(tape));
    }

    private interface Pullback {
        List<Tensor> gradients(Tape tape);
    }

    private static Ours gradients(Pullback pullback) {
        Slab slab = Slab.create();
        List<Tensor> found = new ArrayList<>();
        return new Ours(
                () -> {
                    slab.reset();
                    found.clear();
                    try (Tape tape = Tape.open(slab, Engine.EAGER)) {
                        found.addAll(pullback.gradients(tape));
                    }
                },
                () -> concatenated(found));
    }

    /// All elements, one array after the other.
    static Array concatenated(List<Tensor> parts) {
        int n = parts.stream().mapToInt(t -> t.shape().size()).sum();
        Array all = Array.zeros(parts.getFirst().dtype(), Shape.of(n));
        int at = 0;
        for (Tensor t : parts) {
            float[] values = t.value().toFloats();
            System.arraycopy(values, 0, all.floats(), at, values.length);
            at += values.length;
        }
        return all;
    }
}
