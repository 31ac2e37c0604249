package nonmercer.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Memory;
import org.jspecify.annotations.Nullable;

/// One evaluation of a gradient check: `φ(x) = ⟨w, f(x)⟩`, or `ψ(x) = ⟨u, ∇φ(x)⟩` where `u` is
/// given, and what every recorded op of it read and gave.
final class Probe {
    private final List<Array> inputs;
    private final Array weights;
    private final Trace trace;
    private final double value;
    private final double size;
    private final double scale;
    private List<@Nullable Tensor> gradients = List.of();

    private Probe(
            List<Array> inputs,
            Array weights,
            Trace trace,
            double value,
            double size,
            double scale) {
        this.inputs = inputs;
        this.weights = weights;
        this.trace = trace;
        this.value = value;
        this.size = size;
        this.scale = scale;
    }

    /// Evaluates at these inputs, with fresh weights unless some are given; `full` also takes the
    /// gradients of the value.
    static Probe at(
            Function<List<Tensor>, Tensor> function,
            List<Array> inputs,
            @Nullable Array weights,
            List<Array> u,
            boolean full,
            RandomGenerator random) {
        Trace trace = new Trace();
        try (Tape tape = Tape.open(Memory.HEAP, trace)) {
            List<Tensor> x = inputs.stream().map(tape::watch).toList();
            Tensor f = function.apply(x).cast(DType.FLOAT64);
            Array w = weights == null ? GradCheck.direction(f.shape(), random) : weights;
            Tensor phi = f.mul(Tensor.of(w)).sum();
            double scale = absoluteDot(f.value(), w);
            trace.functionSize = trace.steps.size();
            if (u.isEmpty()) {
                Probe probe = new Probe(inputs, w, trace, phi.item(), scale, scale);
                if (full) {
                    probe.takeGradients(tape, phi);
                }
                return probe;
            }
            @Nullable Tensor[] g = gradients(tape, phi, x, full);
            Tensor psi = Tensor.of(Array.scalar(DType.FLOAT64, 0));
            double size = 0;
            for (int i = 0; i < g.length; i++) {
                Tensor gi = g[i];
                if (gi != null) {
                    psi = psi.add(gi.mul(Tensor.of(u.get(i))).sum());
                    size += absoluteDot(gi.value(), u.get(i));
                }
            }
            Probe probe = new Probe(inputs, w, trace, psi.item(), size, scale);
            if (full) {
                probe.takeGradients(tape, psi);
            }
            return probe;
        }
    }

    private static @Nullable Tensor[] gradients(
            Tape tape, Tensor y, List<Tensor> x, boolean recorded) {
        if (!y.recorded()) {
            return new @Nullable Tensor[x.size()];
        }
        List<Node> nodes = tape.nodes();
        return Arrays.copyOf(tape.backward(y, nodes.subList(0, x.size()), recorded), x.size());
    }

    private void takeGradients(Tape tape, Tensor y) {
        gradients =
                y.recorded()
                        ? Arrays.asList(tape.backward(y, tape.nodes(), false))
                        : Arrays.asList(new @Nullable Tensor[inputs.size()]);
    }

    double value() {
        return value;
    }

    /// `Σ |w| |f(x)|`: what φ is made of.
    double scale() {
        return scale;
    }

    Array weights() {
        return weights;
    }

    /// The gradient of the value with respect to an input; zeros where it does not depend on it.
    Array gradient(int input) {
        Tensor g = gradients.get(input);
        return g == null ? Array.zeros(DType.FLOAT64, inputs.get(input).shape()) : g.value();
    }

    /// Every op of the function, at the inputs it had.
    List<Specimen> steps() {
        return trace.steps.subList(0, trace.functionSize);
    }

    /// Why the straight line from here to there may leave the region where every op is smooth;
    /// empty if it does not.
    Optional<String> crossing(Probe there) {
        List<Specimen> mine = steps();
        List<Specimen> others = there.steps();
        if (mine.size() != others.size()) {
            return Optional.of("it runs other operations a small step away");
        }
        for (int i = 0; i < mine.size(); i++) {
            Specimen step = mine.get(i);
            double distance = step.op().distanceToKink(step.inputs().toArray(new Array[0]));
            if (distance == Double.POSITIVE_INFINITY) {
                continue;
            }
            for (int j = 0; j < step.inputs().size(); j++) {
                if (!(movement(step.inputs().get(j), others.get(i).inputs().get(j)) < distance)) {
                    return Optional.of(
                            "an input of "
                                    + step.op().name()
                                    + " is "
                                    + distance
                                    + " from a point where it has no derivative");
                }
            }
        }
        return Optional.empty();
    }

    /// `ε`: the first-order bound on the rounding error of the value, here and at two other points.
    double rounding(Probe... others) {
        double sum = size;
        for (Probe other : others) {
            sum = Math.max(sum, other.size);
        }
        for (int i = 0; i < gradients.size(); i++) {
            Tensor g = gradients.get(i);
            if (g == null) {
                continue;
            }
            double most = absoluteDot(g.value(), result(i));
            for (Probe other : others) {
                if (i < other.inputs.size() + other.trace.functionSize) {
                    most = Math.max(most, absoluteDot(g.value(), other.result(i)));
                }
            }
            sum += most;
        }
        return roundoff() * sum;
    }

    /// What rounding errors may leave of numbers of size 1, in a sum with these weights.
    double smallest() {
        double sum = 0;
        for (int i = 0; i < weights.size(); i++) {
            sum += Math.abs(weights.at(i));
        }
        return roundoff() * sum;
    }

    /// `(8 + n) u`: the relative error of one op.
    private double roundoff() {
        int terms = 1;
        for (int i = 0; i < trace.steps.size(); i++) {
            terms = Math.max(terms, trace.terms(i));
        }
        return (8 + terms) * DType.FLOAT64.unitRoundoff();
    }

    private Array result(int node) {
        return node < inputs.size() ? inputs.get(node) : trace.results.get(node - inputs.size());
    }

    /// `Σ |aᵢ bᵢ|`, where a weight of 0 takes no part: what a mask hides may be infinite.
    private static double absoluteDot(Array a, Array b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += a.at(i) == 0 ? 0 : Math.abs(a.at(i) * b.at(i));
        }
        return sum;
    }

    private static double movement(Array a, Array b) {
        double most = 0;
        for (int i = 0; i < a.size(); i++) {
            most = Math.max(most, Math.abs(a.at(i) - b.at(i)));
        }
        return most;
    }

    /// An engine that remembers what every op read and gave.
    private static final class Trace implements Engine {
        private final List<Specimen> steps = new ArrayList<>();
        private final List<Array> results = new ArrayList<>();
        private int functionSize; // the inner product with the weights included

        @Override
        public void run(Op op, Forward f) {
            op.forward(f);
            List<Array> in = new ArrayList<>();
            for (int i = 0; i < f.count(); i++) {
                in.add(f.in(i));
            }
            steps.add(new Specimen(op, in));
            results.add(f.out());
        }

        /// The most terms that op `i` may sum for one element: its inputs' longest axis, or all it
        /// reads for one result.
        int terms(int i) {
            int most = 1;
            for (Array in : steps.get(i).inputs()) {
                for (int extent : in.shape().extents()) {
                    most = Math.max(most, extent);
                }
                most = Math.max(most, in.size() / Math.max(1, results.get(i).size()));
            }
            return most;
        }
    }
}
