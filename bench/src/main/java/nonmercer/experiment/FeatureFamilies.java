package nonmercer.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.experiment.FeatureFamily.Group;
import nonmercer.experiment.FeatureFamily.Made;
import nonmercer.feature.Component;
import nonmercer.feature.Hedgehog;
import nonmercer.feature.Preconditioner;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.RandomMaclaurin;
import nonmercer.feature.Target;
import nonmercer.feature.TaylorExp;
import nonmercer.feature.TensorSketch;
import nonmercer.kernel.Cosformer;
import nonmercer.kernel.EluPlusOne;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Logarithms;
import nonmercer.kernel.PositiveFeatureMap;
import nonmercer.kernel.ReLU;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;

/// All families of features of a target kernel.
public final class FeatureFamilies {
    /// The name of the map with one feature, 1.
    static final String CONSTANT = "a constant: the mean of the values";

    private static final int SKETCHED = 4; // the power that stands for the exponential

    private FeatureFamilies() {}

    /// Those of `exp(x·y)` or of `exp(-‖x − y‖²/2)`, `x = d^(-¼) q`, `y = d^(-¼) k`.
    public static List<FeatureFamily> of(Target target) {
        List<FeatureFamily> all = new ArrayList<>();
        List<FeatureFamily> couplings = new ArrayList<>();
        if (target == Target.SOFTMAX) {
            all.add(family("trigonometric", new Component.Trigonometric(target, 0)));
            all.add(family("positive (FAVOR+)", new Component.Positive(target)));
            all.add(family("hyperbolic pairs", new Component.Hyperbolic(target)));
            all.add(family("optimal positive (FAVOR++)", new Component.OptimalPositive()));
            all.add(
                    family(
                            "positive, centred",
                            new Component.Positive(target),
                            Preconditioner.CENTRED));
            all.add(
                    family(
                            "positive, rescaled (SADERF)",
                            new Component.Positive(target),
                            Preconditioner.RESCALED));
            all.add(
                    family(
                            "positive, centred and rescaled",
                            new Component.Positive(target),
                            Preconditioner.CENTRED_AND_RESCALED));
            all.add(
                    family(
                            "optimal positive, centred and rescaled",
                            new Component.OptimalPositive(),
                            Preconditioner.CENTRED_AND_RESCALED));
            couplings(couplings, new Component.Positive(target));
            all.addAll(couplings);
            others(all);
        } else {
            all.add(family("trigonometric", new Component.Trigonometric(target, 0)));
            all.add(family("trigonometric, constant 1", new Component.Trigonometric(target, 1)));
            all.add(family("positive", new Component.Positive(target)));
            all.add(family("hyperbolic pairs", new Component.Hyperbolic(target)));
            couplings(couplings, new Component.Trigonometric(target, 0));
            all.addAll(couplings);
        }
        return List.copyOf(all);
    }

    private static FeatureFamily family(String name, Component component) {
        return family(name, component, Preconditioner.NONE);
    }

    private static FeatureFamily family(String name, Component component, Preconditioner p) {
        return random(
                name, Group.COMPONENTS, component, f -> f.with(new Coupling.Orthogonal()).with(p));
    }

    /// Features of `ω ~ N(0, I)` with as many frequencies as the number of features allows.
    private static FeatureFamily random(
            String name, Group group, Component component, UnaryOperator<RandomFeatures> with) {
        return new FeatureFamily(
                name,
                group,
                true,
                (most, data, stream) -> {
                    int m = frequencies(component, most);
                    return m < 1
                            ? Optional.empty()
                            : Optional.of(
                                    Made.of(
                                            with.apply(recipe(component, data.dimension(), m)),
                                            stream));
                });
    }

    private static RandomFeatures recipe(Component component, int d, int m) {
        return new RandomFeatures(Gaussian.standard(d), component, m);
    }

    private static int frequencies(Component component, int most) {
        int constant = component.features(1) % 2 == 1 && component.features(1) > 1 ? 1 : 0;
        int each = component.features(2) - component.features(1);
        return (most - constant) / each;
    }

    private static void couplings(List<FeatureFamily> to, Component component) {
        String kind = component.positive() ? "positive" : "trigonometric";
        to.add(coupled(kind + ", independent", component, new Coupling.Independent()));
        to.add(coupled(kind + ", orthogonal", component, new Coupling.Orthogonal()));
        to.add(
                coupled(
                        kind + ", structured orthogonal",
                        component,
                        new Coupling.StructuredOrthogonal()));
        to.add(
                new FeatureFamily(
                        kind + ", simplex",
                        Group.COUPLINGS,
                        true,
                        (most, data, stream) -> {
                            int m = frequencies(component, most);
                            return data.dimension() < 2 || m < 1
                                    ? Optional.empty()
                                    : Optional.of(
                                            Made.of(
                                                    recipe(component, data.dimension(), m)
                                                            .with(new Coupling.Simplex()),
                                                    stream));
                        }));
        to.add(coupled(kind + ", Fastfood", component, new Coupling.Fastfood()));
        to.add(coupled(kind + ", quasi-Monte Carlo", component, new Coupling.Lattice()));
        to.add(
                new FeatureFamily(
                        kind + ", Gauss-Hermite",
                        Group.COUPLINGS,
                        false,
                        (most, data, stream) -> hermite(component, most, data, stream)));
    }

    private static FeatureFamily coupled(String name, Component component, Coupling coupling) {
        return random(name, Group.COUPLINGS, component, f -> f.with(coupling));
    }

    /// The largest grid of at least two nodes a coordinate.
    private static Optional<Made> hermite(
            Component component, int most, HeadSamples data, RandomStream stream) {
        int d = data.dimension();
        int m = frequencies(component, most);
        int nodes = 1;
        while (nodes < 64 && Math.pow(nodes + 1, d) <= m) {
            nodes++;
        }
        if (nodes < 2) {
            return Optional.empty();
        }
        RandomFeatures recipe =
                recipe(component, d, (int) Math.round(Math.pow(nodes, d)))
                        .with(new Coupling.GaussHermite(nodes));
        return Optional.of(Made.of(recipe, stream));
    }

    private static void others(List<FeatureFamily> to) {
        to.add(fixed(CONSTANT, d -> Made.safe(new One())));
        to.add(fixed("elu+1", d -> Made.safe(new EluPlusOne().features())));
        to.add(
                fixed(
                        "ReLU",
                        d ->
                                Made.risky(
                                        new ReLU().features(),
                                        "it is 0 for a query or for keys without a positive"
                                                + " coordinate")));
        to.add(
                fixed(
                        "cosFormer",
                        d ->
                                Made.risky(
                                        new Placed(new Cosformer().features()),
                                        "it is 0 for a query or for keys without a positive"
                                                + " coordinate")));
        to.add(
                new FeatureFamily(
                        "truncated Taylor",
                        Group.OTHERS,
                        false,
                        (most, data, stream) -> taylor(most, data.dimension())));
        to.add(
                new FeatureFamily(
                        "random Maclaurin",
                        Group.OTHERS,
                        true,
                        (most, data, stream) ->
                                Optional.of(
                                        Made.risky(
                                                RandomMaclaurin.ofExp(
                                                        1 / Math.sqrt(data.dimension()),
                                                        data.dimension(),
                                                        most,
                                                        stream),
                                                "estimates of either sign"))));
        to.add(
                new FeatureFamily(
                        "TensorSketch of power " + SKETCHED,
                        Group.OTHERS,
                        true,
                        (most, data, stream) ->
                                Optional.of(
                                        Made.risky(
                                                new Times(
                                                        TensorSketch.draw(
                                                                SKETCHED,
                                                                1,
                                                                data.dimension(),
                                                                Integer.highestOneBit(most),
                                                                stream),
                                                        Math.pow(SKETCHED, -0.5)
                                                                * Math.pow(
                                                                        data.dimension(), -0.25)),
                                                "estimates of either sign"))));
        to.add(
                new FeatureFamily(
                        "Hedgehog, untrained",
                        Group.OTHERS,
                        false,
                        (most, data, stream) ->
                                most < 2
                                        ? Optional.empty()
                                        : Optional.of(
                                                Made.safe(
                                                        Typed.of(
                                                                data.dimension(), most / 2 * 2)))));
    }

    /// A map whose number of features the dimension alone decides.
    private static FeatureFamily fixed(String name, java.util.function.IntFunction<Made> map) {
        return new FeatureFamily(
                name,
                Group.OTHERS,
                false,
                (most, data, stream) ->
                        Optional.of(map.apply(data.dimension()))
                                .filter(m -> m.map().dimension(data.dimension()) <= most));
    }

    /// The polynomial of the highest degree that has no more features.
    private static Optional<Made> taylor(int most, int d) {
        int degree = -1;
        for (double count = 1; count <= most; count *= (d + degree + 1.0) / (degree + 1)) {
            degree++;
            if (degree > 40) {
                break;
            }
        }
        if (degree < 1) {
            return Optional.empty();
        }
        TaylorExp map = new TaylorExp(degree);
        return Optional.of(
                degree % 2 == 0
                        ? Made.safe(map)
                        : Made.risky(map, "a polynomial of odd degree is negative far out"));
    }

    /// One feature, 1: every key weighs the same. What errs more than this is worth nothing.
    private record One() implements FeatureMap {
        @Override
        public int dimension(int d) {
            return 1;
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return Tensor.of(Array.full(q.dtype(), q.shape().with(-1, 1), 1));
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return queries(k, pass);
        }
    }

    /// A learned map before it has learned, in either element type.
    private record Typed(Hedgehog wide, Hedgehog narrow) implements PositiveFeatureMap {
        static Typed of(int d, int features) {
            return new Typed(
                    Hedgehog.create(1, d, features, DType.FLOAT64),
                    Hedgehog.create(1, d, features, DType.FLOAT32));
        }

        @Override
        public int dimension(int d) {
            return wide.dimension(d);
        }

        @Override
        public Logarithms logQueries(Tensor q, Pass pass) {
            return (q.dtype() == DType.FLOAT64 ? wide : narrow).logQueries(q, pass);
        }

        @Override
        public Logarithms logKeys(Tensor k, Pass pass) {
            return (k.dtype() == DType.FLOAT64 ? wide : narrow).logKeys(k, pass);
        }
    }

    /// `φ(a x)`, `ψ(a y)`.
    private record Times(FeatureMap map, double a) implements FeatureMap {
        @Override
        public int dimension(int d) {
            return map.dimension(d);
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return map.queries(q.scale(a), pass);
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return map.keys(k.scale(a), pass);
        }
    }

    /// A map that takes positions in the last coordinate, given the row's number over their count.
    private record Placed(FeatureMap map) implements FeatureMap {
        @Override
        public int dimension(int d) {
            return map.dimension(d + 1);
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return map.queries(placed(q), pass);
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return map.keys(placed(k), pass);
        }

        private static Tensor placed(Tensor x) {
            int n = x.dim(-2);
            double[] t = new double[n];
            for (int i = 0; i < n; i++) {
                t[i] = (double) i / n;
            }
            Tensor column = Tensor.of(Array.of(Shape.of(n, 1), t).cast(x.dtype()));
            return Tensor.concat(-1, List.of(x, column.broadcastTo(x.shape().with(-1, 1))));
        }
    }
}
