package nonmercer.autodiff.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Gradients;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;

/// The optimisers against the algorithms of the papers, written out for one number at a time.
class OptimizerTest {
    record Model(Parameter weight, Parameter bias) {}

    /// Numbers of the loops per element and step, for the bound of [#agree]: fewer than 16
    /// roundings.
    private static final int ROUNDINGS = 16;

    private static Model model(DType type, long seed) {
        Random random = new Random(seed);
        return new Model(
                new Parameter(
                        Array.of(Shape.of(3, 5), random.doubles(15, -1, 1).toArray()).cast(type)),
                new Parameter(
                        Array.of(Shape.of(5), random.doubles(5, -1, 1).toArray()).cast(type)));
    }

    /// The gradients of `⟨c, p⟩`, which are `c`.
    private static Gradients gradients(ParameterTree tree, Map<String, Array> c) {
        try (Tape tape = Tape.open()) {
            Tensor[] parts =
                    tree.byName().entrySet().stream()
                            .map(e ->
                                    tape.use(e.getValue())
                                            .mul(Tensor.of(in(c, e.getKey())))
                                            .sum()
                                            .reshape(1))
                            .toArray(Tensor[]::new);
            return tape.gradients(Tensor.concat(0, List.of(parts)).sum(), tree);
        }
    }

    private static <T> T in(Map<String, T> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }

    private static Map<String, Array> random(ParameterTree tree, Random random) {
        Map<String, Array> c = new LinkedHashMap<>();
        tree.forEach((name, p) ->
                c.put(
                        name,
                        Array.of(p.shape(), random.doubles(p.shape().size(), -1, 1).toArray())
                                .cast(p.value().dtype())));
        return c;
    }

    /// One number's own optimiser: the new value, given the old one, the gradient, the rate and the
    /// step from 1.
    private interface Scalar {
        double next(double p, double g, double rate, int t);
    }

    /// Runs both side by side. Each step adds at most [#ROUNDINGS] roundings of numbers no larger
    /// than the parameter, the rate times the largest update, or the gradients, all below 4 here;
    /// moments carry theirs on, weighted by less than 1.
    private static void agree(
            DType type,
            long seed,
            Function<ParameterTree, Optimizer> fast,
            Function<Boolean, Scalar> definition,
            double rate) {
        Model model = model(type, seed);
        ParameterTree tree = ParameterTree.of(model);
        Optimizer optimizer = fast.apply(tree);
        Map<String, Scalar[]> slow = new LinkedHashMap<>();
        Map<String, double[]> values = new LinkedHashMap<>();
        tree.forEach((name, p) -> {
            Scalar[] own = new Scalar[p.shape().size()];
            java.util.Arrays.setAll(own, i -> definition.apply(p.shape().rank() >= 2));
            slow.put(name, own);
            values.put(name, p.value().toDoubles());
        });
        Random random = new Random(seed + 1);
        int steps = 8;
        for (int t = 1; t <= steps; t++) {
            Map<String, Array> c = random(tree, random);
            optimizer.step(gradients(tree, c), rate);
            for (String name : values.keySet()) {
                double[] v = in(values, name);
                for (int i = 0; i < v.length; i++) {
                    v[i] = in(slow, name)[i].next(v[i], in(c, name).at(i), rate, t);
                }
            }
        }
        // Adam divides by √v̂, which is no smaller than √(1 - β₂) of the last gradient: at most
        // 32-fold for β₂ = 0.999.
        double bound = 4.0 * 32 * ROUNDINGS * steps * type.unitRoundoff();
        tree.forEach((name, p) -> {
            for (int i = 0; i < p.shape().size(); i++) {
                assertEquals(in(values, name)[i], p.value().at(i), bound, name + " " + i);
            }
        });
    }

    private static Scalar adam(double b1, double b2, double epsilon, double decay) {
        double[] m = {0};
        double[] v = {0};
        return (p,
                g,
                rate,
                t) -> { // Loshchilov & Hutter 2019, Algorithm 2, with the schedule's multiplier in
            // `rate`
            m[0] = b1 * m[0] + (1 - b1) * g;
            v[0] = b2 * v[0] + (1 - b2) * g * g;
            double mHat = m[0] / (1 - Math.pow(b1, t));
            double vHat = v[0] / (1 - Math.pow(b2, t));
            return p - rate * (mHat / (Math.sqrt(vHat) + epsilon)) - rate * decay * p;
        };
    }

    @Property(tries = 50)
    void adamIsAlgorithm1(
            @ForAll long seed,
            @ForAll boolean wide,
            @ForAll @DoubleRange(min = 0, max = 0.1) double rate) {
        agree(type(wide), seed, Adam::of, matrix -> adam(0.9, 0.999, 1e-8, 0), rate);
    }

    @Property(tries = 50)
    void adamWIsAlgorithm2AndSparesVectors(
            @ForAll long seed,
            @ForAll boolean wide,
            @ForAll @DoubleRange(min = 0, max = 0.5) double decay) {
        agree(
                type(wide),
                seed,
                tree -> AdamW.of(tree, decay),
                matrix -> adam(0.9, 0.999, 1e-8, matrix ? decay : 0),
                0.01);
    }

    @Property(tries = 50)
    void adamWDecaysWhatThePredicateSays(@ForAll long seed) {
        agree(
                DType.FLOAT64,
                seed,
                tree -> new AdamW(tree, 0.8, 0.95, 1e-6, 0.1, (name, p) -> name.equals("bias")),
                matrix -> adam(0.8, 0.95, 1e-6, matrix ? 0 : 0.1),
                0.01);
    }

    @Property(tries = 50)
    void sgdWithMomentum(
            @ForAll long seed,
            @ForAll boolean wide,
            @ForAll @DoubleRange(min = 0, max = 0.9) double mu) {
        agree(
                type(wide),
                seed,
                tree -> Sgd.momentum(tree, mu),
                matrix -> {
                    double[] v = {0};
                    return (p, g, rate, t) -> p - rate * (v[0] = mu * v[0] + g);
                },
                0.1);
    }

    @Property(tries = 50)
    void sgdWithNesterovsLookAhead(
            @ForAll long seed,
            @ForAll boolean wide,
            @ForAll @DoubleRange(min = 0.01, max = 0.9) double mu) {
        agree(
                type(wide),
                seed,
                tree -> Sgd.nesterov(tree, mu),
                matrix -> {
                    double[] v = {0};
                    return (p, g, rate, t) -> {
                        v[0] = mu * v[0] + g;
                        return p - rate * (g + mu * v[0]);
                    };
                },
                0.1);
    }

    /// By hand, exactly: from 1 with gradients 2, then 4, rate ½ and momentum ½: v = 2, p = 0; v =
    /// 5, p = -2.5.
    @Example
    void twoStepsByHand() {
        Parameter p = new Parameter(Array.vector(1));
        ParameterTree tree = ParameterTree.of(p);
        Sgd sgd = Sgd.momentum(tree, 0.5);
        sgd.step(gradients(tree, Map.of("value", Array.vector(2))), 0.5);
        assertEquals(0, p.value().item());
        sgd.step(gradients(tree, Map.of("value", Array.vector(4))), 0.5);
        assertEquals(-2.5, p.value().item());
    }

    /// The first step of Adam moves by the rate against the gradient's sign, whatever its size:
    /// m̂/√v̂ = ±1.
    @Property(tries = 50)
    void theFirstStepOfAdamIsTheRate(@ForAll @DoubleRange(min = 0.01, max = 1000) double g) {
        Parameter p = new Parameter(Array.vector(1));
        ParameterTree tree = ParameterTree.of(p);
        Adam.of(tree).step(gradients(tree, Map.of("value", Array.vector(-g))), 0.125);
        assertEquals(1.125, p.value().item(), 0.125 * 1e-8 / g + 1e-14); // ε = 10⁻⁸ against √v̂ = g
    }

    @Property(tries = 20)
    void aRestoredOptimiserGoesOnWithTheSameBits(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 3) int which,
            @ForAll boolean wide) {
        List<Function<ParameterTree, Optimizer>> all =
                List.of(
                        Adam::of,
                        t -> AdamW.of(t, 0.1),
                        t -> Sgd.momentum(t, 0.9),
                        t -> Sgd.nesterov(t, 0.9));
        Model a = model(type(wide), seed);
        ParameterTree treeA = ParameterTree.of(a);
        Optimizer first = all.get(which).apply(treeA);
        Random random = new Random(seed);
        for (int i = 0; i < 3; i++) {
            first.step(gradients(treeA, random(treeA, random)), 0.01);
        }
        Model b = model(type(wide), seed + 1);
        ParameterTree treeB = ParameterTree.of(b);
        Optimizer second = all.get(which).apply(treeB);
        treeB.restore(treeA.snapshot());
        second.restore(first.state());
        for (int i = 0; i < 3; i++) {
            Map<String, Array> c = random(treeA, random);
            first.step(gradients(treeA, c), 0.01);
            second.step(gradients(treeB, c), 0.01);
        }
        assertEquals(treeA.snapshot(), treeB.snapshot());
        assertEquals(first.state(), second.state());
    }

    @Example
    void aStateThatDoesNotFitIsRefusedByName() {
        ParameterTree tree = ParameterTree.of(model(DType.FLOAT32, 1));
        Adam adam = Adam.of(tree);
        Map<String, Array> lacking = new LinkedHashMap<>(adam.state());
        lacking.remove("moment2.bias");
        assertEquals(
                "the saved arrays lack 'moment2.bias' [5]",
                assertThrows(IllegalArgumentException.class, () -> adam.restore(lacking))
                        .getMessage());
        Map<String, Array> more = new LinkedHashMap<>(adam.state());
        more.put("velocity.bias", Array.vector(1));
        assertEquals(
                "the saved arrays hold 'velocity.bias', which this optimiser does not have",
                assertThrows(IllegalArgumentException.class, () -> adam.restore(more))
                        .getMessage());
        Map<String, Array> other = new LinkedHashMap<>(adam.state());
        other.put("moment1.bias", Array.vector(1));
        assertEquals(
                "'moment1.bias' is FLOAT32 [5] in this optimiser, but FLOAT64 [1] in the saved arrays",
                assertThrows(IllegalArgumentException.class, () -> adam.restore(other))
                        .getMessage());
    }

    @Example
    void constantsOutOfRangeAreRefused() {
        ParameterTree tree = ParameterTree.of(new Parameter(Array.vector(1)));
        assertThrows(IllegalArgumentException.class, () -> Sgd.momentum(tree, 1));
        assertThrows(IllegalArgumentException.class, () -> new Adam(tree, 1, 0.9, 1e-8));
        assertThrows(IllegalArgumentException.class, () -> AdamW.of(tree, -1));
        ParameterTree other = ParameterTree.of(new Parameter(Array.vector(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> Sgd.of(tree).step(gradients(other, Map.of("value", Array.vector(1))), 1));
    }

    @Example
    void gradientsAreClippedToTheGlobalNorm() {
        ParameterTree tree = ParameterTree.of(model(DType.FLOAT64, 2));
        Map<String, Array> c = new LinkedHashMap<>();
        c.put("weight", Array.full(DType.FLOAT64, Shape.of(3, 5), 0));
        c.put("bias", Array.vector(3, 0, 0, 4, 0));
        Gradients g = gradients(tree, c);
        assertEquals(5, g.norm());
        assertEquals(g, Clipping.globalNorm(g, 5));
        Gradients clipped = Clipping.globalNorm(g, 1);
        assertEquals(1, clipped.norm(), 4e-16); // a handful of roundings of numbers up to 1
        assertEquals(0.6, clipped.of(in(tree.byName(), "bias")).at(0), 2e-16);
        c.put("bias", Array.vector(3, 0, Double.NaN, 4, 0));
        assertEquals(
                "the gradient of 'bias' [5] holds NaN at position 2",
                assertThrows(
                                ArithmeticException.class,
                                () -> Clipping.globalNorm(gradients(tree, c), 1))
                        .getMessage());
    }

    @Example
    void schedulesByHand() {
        assertEquals(0.3, Schedule.constant(0.3).rate(17));
        Schedule cosine = Schedule.warmUpCosine(1, 4, 12, 0.2);
        double[] expected = {0.25, 0.5, 0.75, 1, 0.2 + 0.8 * (1 + Math.cos(Math.PI / 8)) / 2};
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], cosine.rate(i + 1), 1e-15);
        }
        assertEquals(0.6, cosine.rate(8), 1e-15);
        assertEquals(0.2, cosine.rate(12), 1e-15);
        assertEquals(0.2, cosine.rate(1000), 1e-15);
        Schedule root = Schedule.warmUpInverseSquareRoot(1, 4);
        assertEquals(0.25, root.rate(1));
        assertEquals(1, root.rate(4));
        assertEquals(0.5, root.rate(16));
        // Vaswani et al. 2017: d^-0.5 · min(step^-0.5, step · warmUp^-1.5), whose peak is (d ·
        // warmUp)^-0.5.
        Schedule vaswani = Schedule.warmUpInverseSquareRoot(1 / Math.sqrt(512 * 4000.0), 4000);
        for (int step : new int[] {1, 100, 4000, 4001, 100_000}) {
            double paper =
                    Math.pow(512, -0.5)
                            * Math.min(Math.pow(step, -0.5), step * Math.pow(4000, -1.5));
            assertEquals(paper, vaswani.rate(step), 1e-15 * paper + 1e-19);
        }
        assertThrows(IllegalArgumentException.class, () -> Schedule.warmUpCosine(1, 5, 5, 0));
        assertThrows(IllegalArgumentException.class, () -> Schedule.warmUpInverseSquareRoot(1, 0));
    }

    private static DType type(boolean wide) {
        return wide ? DType.FLOAT64 : DType.FLOAT32;
    }
}
