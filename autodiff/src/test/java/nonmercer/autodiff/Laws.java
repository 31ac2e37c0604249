package nonmercer.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Memory;
import nonmercer.array.Reduce;
import nonmercer.array.Shape;
import nonmercer.array.Slab;
import nonmercer.random.RandomStream;
import org.jspecify.annotations.Nullable;

/// What every op must keep, at one specimen of it. Each law returns nothing and throws an
/// AssertionError where it is broken.
final class Laws {
    private Laws() {}

    /// The gradient is the slope. A case too near a kink is left to the caller to count.
    static GradCheck.Outcome gradient(Specimen s, int order, long seed) {
        GradCheck.Result r = GradCheck.of(s).order(order).seed(seed).check();
        if (r.outcome() == GradCheck.Outcome.FAILED) {
            throw new AssertionError(r.report());
        }
        return r.outcome();
    }

    /// The result has the shape the rule gives; every element of it is written (a poisoned slab
    /// hands out NaN); no input is.
    static void writesItsOutputOnly(Specimen s) {
        List<Array> before = s.inputs().stream().map(Array::copy).toList();
        try (Tape tape = Tape.open(Slab.poisoned(), Engine.EAGER)) {
            Tensor y = apply(s.op(), s.inputs().stream().map(tape::watch).toList());
            Shape ruled = s.op().shape(s.inputs().stream().map(Array::shape).toArray(Shape[]::new));
            check(y.shape().equals(ruled), s, "its result has shape " + y.shape());
            check(Reduce.firstNonFinite(y.value()) < 0, s, "it left part of its result unwritten");
            List<Tensor> x = inputsOf(y, tape, s);
            for (Tensor g : tape.gradients(y.mul(Tensor.of(weights(y, 1))).sum(), x)) {
                check(
                        Reduce.firstNonFinite(g.value()) < 0,
                        s,
                        "its pullback left part of a gradient unwritten");
            }
        }
        check(before.equals(s.inputs()), s, "it wrote an input");
    }

    private static List<Tensor> inputsOf(Tensor y, Tape tape, Specimen s) {
        List<Tensor> x = new ArrayList<>();
        for (int i = 0; i < s.inputs().size(); i++) {
            x.add(new Tensor(s.inputs().get(i), tape.nodes().get(i)));
        }
        // A specimen whose gradient is zero everywhere has none to look at.
        return tape.backward(y.mul(Tensor.of(weights(y, 1))).sum(), tape.nodes(), false)[0] == null
                ? List.of()
                : x;
    }

    /// The float32 result is the float64 result at the same (float32) inputs, within the
    /// first-order rounding bound `(8 + n) u Σ |ȳ| |y|` of [Probe#rounding], with the unit roundoff
    /// of float32; and an absolute error of `(8 + n) u` of the largest input, which is what
    /// functions such as GELU promise where they are small.
    static void float32AgreesWithFloat64(Specimen s, long seed) {
        List<Array> narrow = s.inputs().stream().map(x -> x.cast(DType.FLOAT32)).toList();
        List<Array> wide = narrow.stream().map(x -> x.cast(DType.FLOAT64)).toList();
        Probe exact = probe(new Specimen(s.op(), wide), null, List.of(), true, seed);
        Array y =
                apply(s.op(), narrow.stream().map(Tensor::of).toList()).value().cast(DType.FLOAT64);
        double got = Reduce.dot(y, exact.weights());
        double largest =
                wide.stream()
                        .flatMapToDouble(x -> Arrays.stream(x.toDoubles()))
                        .map(Math::abs)
                        .max()
                        .orElse(0);
        double bound =
                (exact.rounding() + largest * exact.smallest())
                        * DType.FLOAT32.unitRoundoff()
                        / DType.FLOAT64.unitRoundoff();
        close(got, exact.value(), bound, s, "its float32 result");
    }

    /// The pullback over arrays is the pullback written in ops: `⟨u, ∇φ⟩` both ways, each within
    /// its rounding bound.
    static void fusedEqualsComposition(Specimen s, long seed) {
        List<Array> u = directions(s, seed);
        Probe composed = probe(s, null, u, true, seed);
        Probe fused = probe(s, composed.weights(), u, false, seed);
        close(
                fused.value(),
                composed.value(),
                2 * composed.rounding(),
                s,
                "its pullback over arrays");
    }

    /// The pullback is linear in the gradient: `∇⟨2w + w', f⟩ = 2 ∇⟨w, f⟩ + ∇⟨w', f⟩` along a
    /// random u.
    static void pullbackIsLinear(Specimen s, long seed) {
        List<Array> u = directions(s, seed);
        Probe first = probe(s, null, u, true, seed);
        Probe second = probe(s, weightsLike(first.weights(), seed + 1), u, true, seed);
        double[] w = first.weights().toDoubles();
        for (int i = 0; i < w.length; i++) {
            w[i] = 2 * w[i] + second.weights().at(i);
        }
        Probe both = probe(s, Array.of(first.weights().shape(), w), u, true, seed);
        // The weights themselves are rounded, and may cancel in what the op sums.
        double bound = 2 * first.rounding() + second.rounding() + both.rounding() + both.smallest();
        close(
                both.value(),
                2 * first.value() + second.value(),
                bound,
                s,
                "its pullback of a sum of gradients");
    }

    /// For an op that keeps nothing, and so is linear up to a constant: `⟨f(x) - f(0), w⟩ = ⟨x,
    /// x̄(w)⟩`.
    static void pullbackIsAdjoint(Specimen s, long seed) {
        if (s.op().keeps() != 0) {
            return;
        }
        Probe at = probe(s, null, List.of(), true, seed);
        List<Array> zeros =
                s.inputs().stream().map(x -> Array.zeros(DType.FLOAT64, x.shape())).toList();
        Probe origin = probe(new Specimen(s.op(), zeros), at.weights(), List.of(), true, seed);
        double right = 0;
        for (int i = 0; i < s.inputs().size(); i++) {
            right += Reduce.dot(s.inputs().get(i), at.gradient(i));
        }
        double bound = 2 * at.rounding() + origin.rounding();
        close(at.value() - origin.value(), right, bound, s, "its pullback as an adjoint");
    }

    /// The pullback's reads at this specimen, over plain and recorded runs; reading what is not
    /// declared throws.
    static int reads(Specimen s) {
        Reads reads = new Reads();
        for (boolean recorded : new boolean[] {false, true}) {
            try (Tape tape = Tape.open(Memory.HEAP, reads)) {
                Tensor y = apply(s.op(), s.inputs().stream().map(tape::watch).toList());
                reads.op = s.op();
                tape.backward(y.mul(Tensor.of(weights(y, 1))).sum(), tape.nodes(), recorded);
            }
        }
        return reads.bits;
    }

    private static final class Reads implements Engine {
        private @Nullable Op op;
        private int bits;

        @Override
        public void run(Op op, Forward f) {
            op.forward(f);
        }

        @Override
        public @Nullable Tensor[] pull(Op op, Pullback p) {
            @Nullable Tensor[] parts = op.pullback(p);
            if (op.equals(this.op)) {
                bits |= p.read();
            }
            return parts;
        }
    }

    static Tensor apply(Op op, List<Tensor> in) {
        return Tensor.apply(op, in.toArray(new Tensor[0]));
    }

    private static Probe probe(
            Specimen s, @Nullable Array weights, List<Array> u, boolean full, long seed) {
        return Probe.at(x -> apply(s.op(), x), s.inputs(), weights, u, full, RandomStream.of(seed));
    }

    private static List<Array> directions(Specimen s, long seed) {
        RandomStream random = RandomStream.of(seed).at("u");
        return s.inputs().stream().map(x -> GradCheck.direction(x.shape(), random)).toList();
    }

    private static Array weights(Tensor y, long seed) {
        return weightsLike(y.value(), seed);
    }

    private static Array weightsLike(Array y, long seed) {
        return GradCheck.direction(y.shape(), RandomStream.of(seed).at("w"));
    }

    private static void close(double got, double expected, double bound, Specimen s, String what) {
        check(
                Math.abs(got - expected) <= bound,
                s,
                what
                        + " gives "
                        + got
                        + " where "
                        + expected
                        + " is expected, off by more than the bound "
                        + bound);
    }

    private static void check(boolean holds, Specimen s, String what) {
        if (!holds) {
            throw new AssertionError(
                    s.op()
                            + " of "
                            + Arrays.toString(s.inputs().stream().map(Array::shape).toArray())
                            + ": "
                            + what);
        }
    }
}
