package nonmercer.proofs.attention;

import static net.jqwik.api.Arbitraries.integers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.autodiff.Gradients;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Distance;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.ExpIntersection;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Linear;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Quadratic;
import nonmercer.layer.MultiHeadAttention;
import nonmercer.layer.Positions;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;

/// The gradients that the ablation of recall trains with.
final class GradientOfRecallIsLimitOfDifferences
        implements Claim<
                GradientOfRecallIsLimitOfDifferences.Slope,
                GradientOfRecallIsLimitOfDifferences.Case> {
    private static final double STEP = 0x1p-16;

    /// `Σ ∂error/∂w · v` over the weights of a layer.
    interface Slope {
        double of(Recall data, MultiHeadAttention layer, Map<Parameter, Array> v);
    }

    /// A kernel, the coordinates of the head, and a seed of weights, data and direction.
    record Case(Profile kernel, int d, int seed) {
        MultiHeadAttention layer() {
            return Recall.layer(kernel, d, RandomStream.of(seed).at("layer"));
        }

        Recall data() {
            return Recall.drawn(1, RandomStream.of(seed).at("data"));
        }

        Map<Parameter, Array> direction(MultiHeadAttention layer) {
            RandomStream random = RandomStream.of(seed).at("direction");
            Map<Parameter, Array> v = new HashMap<>();
            for (Parameter p : ParameterTree.of(layer).all()) {
                double[] numbers = new double[p.value().size()];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = random.nextGaussian();
                }
                v.put(p, Array.of(p.shape(), numbers));
            }
            return v;
        }
    }

    @Override
    public String id() {
        return "C24b";
    }

    @Override
    public String statement() {
        return "for the layer of C24 with each of its six kernels, d = 2, 4, 8, and any weights off the kinks of min: the slope of the error of recall along any direction of all weights is the limit of difference quotients, to 10⁻⁶ of the gradient's length times the direction's";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "definition of the derivative");
    }

    @Override
    public String assumes() {
        return "no coordinate of a query passes one of a key within the step, for the sum of minima";
    }

    @Override
    public Cost cost() {
        return Cost.SECONDS;
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Slope>> subjects() {
        return List.of(Subject.of("Tape", (data, layer, v) -> along(gradients(data, layer), v)));
    }

    private static Gradients gradients(Recall data, MultiHeadAttention layer) {
        try (Tape tape = Tape.open()) {
            Tensor error = data.error(layer, Pass.recorded(tape));
            return tape.gradients(error, ParameterTree.of(layer));
        }
    }

    private static double along(Gradients g, Map<Parameter, Array> v) {
        double sum = 0;
        for (var entry : v.entrySet()) {
            Array of = g.of(entry.getKey());
            for (int i = 0; i < of.size(); i++) {
                sum += of.at(i) * entry.getValue().at(i);
            }
        }
        return sum;
    }

    @Override
    public Cases<Case> cases(Slope slope) {
        return Cases.random(
                        90,
                        Combinators.combine(
                                        Arbitraries.<Profile>of(
                                                new ExpDot(),
                                                new Gauss(),
                                                new Quadratic(),
                                                new Linear(),
                                                new ExpIntersection(),
                                                new Distance()),
                                        Arbitraries.of(2, 4, 8),
                                        integers().between(1, 1 << 20))
                                .as(Case::new))
                .hitting("sum of minima", 0.05, c -> c.kernel instanceof ExpIntersection)
                .hitting("distance", 0.05, c -> c.kernel instanceof Distance)
                .hitting("dot product", 0.2, c -> c.kernel.pairing() == Pairing.DOT);
    }

    /// The distance of the slope from the central difference, over the two lengths; silent where a
    /// minimum changes sides within the step.
    @Override
    public double statistic(Slope slope, Case c) {
        MultiHeadAttention layer = c.layer();
        Recall data = c.data();
        Map<Parameter, Array> v = c.direction(layer);
        Pass above = moved(v, STEP);
        Pass below = moved(v, -STEP);
        if (c.kernel instanceof ExpIntersection && crosses(data, layer, above, below)) {
            return SILENT;
        }
        double quotient =
                (data.error(layer, above).item() - data.error(layer, below).item()) / (2 * STEP);
        double squares = 0;
        for (Array a : v.values()) {
            for (int i = 0; i < a.size(); i++) {
                squares += a.at(i) * a.at(i);
            }
        }
        double size = gradients(data, layer).norm() * Math.sqrt(squares);
        return Math.abs(slope.of(data, layer, v) - quotient) / size;
    }

    private static Pass moved(Map<Parameter, Array> v, double step) {
        Map<Parameter, Tensor> there = new HashMap<>();
        v.forEach((p, direction) ->
                there.put(p, Tensor.of(p.value()).add(Tensor.of(direction).scale(step))));
        return Pass.substituting(there);
    }

    /// Whether a coordinate of a query is above that of a key at one end only.
    private static boolean crosses(Recall data, MultiHeadAttention layer, Pass above, Pass below) {
        var a = layer.project(data.asked(), data.told(), new Positions.Absent(), above);
        var b = layer.project(data.asked(), data.told(), new Positions.Absent(), below);
        for (int i = 0; i < Recall.ITEMS; i++) {
            for (int j = 0; j < Recall.ITEMS; j++) {
                for (int l = 0; l < a.q().dim(3); l++) {
                    double first = a.q().value().get(0, 0, i, l) - a.k().value().get(0, 0, j, l);
                    double second = b.q().value().get(0, 0, i, l) - b.k().value().get(0, 0, j, l);
                    if (first * second <= 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    @Override
    public Tolerance<Slope, Case> tolerance() {
        return Tolerance.bound(
                (slope, c) -> 1e-6,
                "10⁻⁶ of the lengths: the step 2⁻¹⁶ leaves 4·10⁻¹¹ of the third derivative and 2¹⁶ times the rounding of"
                        + " an error that is a mean of 64 squares, below 10⁻¹⁰, of a gradient above 10⁻³");
    }

    @Override
    public List<Mutant<Slope>> mutants() {
        return List.of(
                Mutant.of(
                        "keys that pass nothing back",
                        "a graph cut by a copy",
                        (data, layer, v) -> {
                            Map<Parameter, Array> rest = new HashMap<>(v);
                            rest.remove(layer.key().weight());
                            return along(gradients(data, layer), rest);
                        }),
                Mutant.of(
                        "the gradient with exp(q·k/√d) for every kernel",
                        "a swap that reaches the values and not the gradients",
                        (data, layer, v) -> {
                            Kernel kernel = new ExpDot();
                            MultiHeadAttention other =
                                    new MultiHeadAttention(
                                            layer.query(),
                                            layer.key(),
                                            layer.value(),
                                            layer.output(),
                                            layer.heads(),
                                            layer.attention().with(kernel));
                            return along(gradients(data, other), v);
                        }));
    }
}
