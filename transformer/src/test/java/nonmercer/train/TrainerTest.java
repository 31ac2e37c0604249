package nonmercer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.array.Slab;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.optim.AdamW;
import nonmercer.autodiff.optim.Schedule;
import nonmercer.autodiff.optim.Sgd;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Sample;
import nonmercer.model.Classifier;
import nonmercer.model.Design;
import nonmercer.parallel.Parallel;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
    private final int threads = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.threads(threads);
    }

    /// `y = x W`, fitted by least squares.
    private record Linear(Parameter weight) {
        static Linear create() {
            return new Linear(Sample.parameter("weight", 1, 3, 2));
        }
    }

    /// Batches of rows for a [Linear] model; the score comes from outside.
    private record Fit(Linear model, List<Array> batches, DoubleSupplier score)
            implements Task<Array> {
        @Override
        public List<Array> epoch(RandomStream random) {
            return batches;
        }

        @Override
        public Tensor loss(Array batch, Pass pass) {
            return Tensor.of(batch).matmul(pass.use(model.weight())).plus(-1).square().mean();
        }

        @Override
        public int tokens(Array batch) {
            return batch.dim(0);
        }

        @Override
        public double validate() {
            return score.getAsDouble();
        }
    }

    private static Array rows(String name, int n) {
        return Sample.normal(name, DType.FLOAT64, n, 3);
    }

    private static Trainer trainer(Object model, Recipe recipe, Listener listener) {
        ParameterTree tree = ParameterTree.of(model);
        return new Trainer(tree, Sgd.of(tree), recipe, listener);
    }

    private static Recipe recipe(int epochs) {
        return Recipe.of(epochs, Schedule.constant(0.1), 1);
    }

    // --- what it does ---

    @Test
    void aStepIsTheOptimisersStepAlongTheMeanGradient() {
        Linear model = Linear.create();
        Array before = model.weight().value().copy();
        Array x = rows("x", 4);
        List<Epoch> epochs =
                trainer(
                                model,
                                new Recipe(1, Schedule.constant(0.1), 1e9, 1, 0, 1),
                                Listener.silent())
                        .train(new Fit(model, List.of(x), () -> 0));
        double loss = 0;
        double[] gradient = new double[6];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 2; j++) {
                double y = -1;
                for (int l = 0; l < 3; l++) {
                    y += x.get(i, l) * before.get(l, j);
                }
                loss += y * y / 8;
                for (int l = 0; l < 3; l++) {
                    gradient[l * 2 + j] += 2 * y * x.get(i, l) / 8;
                }
            }
        }
        double bound =
                200 * DType.FLOAT64.unitRoundoff(); // numbers up to 10 through at most 20 roundings
        assertEquals(loss, epochs.getFirst().loss(), bound);
        for (int i = 0; i < 6; i++) {
            assertEquals(before.at(i) - 0.1 * gradient[i], model.weight().value().at(i), bound);
        }
    }

    @Test
    void gradientsAreClippedToTheRecipesNorm() {
        Linear model = Linear.create();
        Array before = model.weight().value().copy();
        trainer(model, new Recipe(1, Schedule.constant(1), 0.01, 1, 0, 1), Listener.silent())
                .train(new Fit(model, List.of(rows("x", 4)), () -> 0));
        double square = 0;
        for (int i = 0; i < 6; i++) {
            double moved = before.at(i) - model.weight().value().at(i);
            square += moved * moved;
        }
        assertEquals(0.01, Math.sqrt(square), 1e-14); // differences of numbers up to 4
    }

    @Test
    void theScheduleIsFollowedStepByStep() {
        Linear slow = Linear.create();
        Linear fast = Linear.create();
        List<Integer> steps = new ArrayList<>();
        Schedule counted =
                step -> {
                    steps.add(step);
                    return 0;
                };
        trainer(slow, Recipe.of(2, counted, 1), Listener.silent())
                .train(new Fit(slow, List.of(rows("x", 2), rows("y", 2)), () -> 0));
        assertEquals(List.of(1, 2, 3, 4), steps);
        assertEquals(fast.weight().value(), slow.weight().value(), "a rate of 0 moves nothing");
    }

    @Test
    void twoHalvesOfABatchAccumulatedAreTheBatch() {
        Array whole = rows("x", 8);
        List<Array> halves =
                List.of(
                        Tensor.of(whole).slice(0, 0, 4).value(),
                        Tensor.of(whole).slice(0, 4, 8).value());
        Linear one = Linear.create();
        Linear two = Linear.create();
        List<Epoch> atOnce =
                trainer(one, recipe(3), Listener.silent())
                        .train(new Fit(one, List.of(whole), () -> 0));
        List<Epoch> inHalves =
                trainer(two, new Recipe(3, Schedule.constant(0.1), 1, 2, 0, 1), Listener.silent())
                        .train(new Fit(two, halves, () -> 0));
        double bound =
                1000
                        * DType.FLOAT64
                                .unitRoundoff(); // three steps of numbers up to 10, 30 roundings
        // each
        Sample.assertWithin(bound, one.weight().value(), two.weight().value());
        for (int e = 0; e < 3; e++) {
            assertEquals(atOnce.get(e).loss(), inHalves.get(e).loss(), bound);
        }
    }

    @Test
    void aLastGroupOfFewerBatchesIsTheirMean() {
        Linear one = Linear.create();
        Linear two = Linear.create();
        List<Array> five =
                List.of(rows("v", 2), rows("w", 2), rows("x", 2), rows("y", 2), rows("z", 2));
        List<Integer> steps = new ArrayList<>();
        Listener count =
                new Listener() {
                    @Override
                    public void step(Progress progress) {
                        steps.add(progress.step());
                        assertEquals(2, progress.steps());
                    }
                };
        List<Epoch> epochs =
                trainer(one, accumulating(3), count).train(new Fit(one, five, () -> 0));
        assertEquals(List.of(1, 2), steps);
        // The same by hand: a step of the first three, a step of the other two.
        List<Epoch> a =
                trainer(two, accumulating(3), Listener.silent())
                        .train(new Fit(two, five.subList(0, 3), () -> 0));
        List<Epoch> b =
                trainer(two, accumulating(2), Listener.silent())
                        .train(new Fit(two, five.subList(3, 5), () -> 0));
        assertEquals(two.weight().value(), one.weight().value());
        assertEquals(
                (a.getFirst().loss() + b.getFirst().loss()) / 2, epochs.getFirst().loss(), 1e-15);
    }

    private static Recipe accumulating(int batches) {
        return new Recipe(1, Schedule.constant(0.1), 1, batches, 0, 1);
    }

    // --- reproducible ---

    private static Map<String, Array> train(long seed, int threads) {
        Parallel.threads(threads);
        Classifier model =
                Examples.classifier(
                        Design.standard()
                                .withDropout(0.2)
                                .with(new ExpDot(Coefficient.trained(0.5, DType.FLOAT32))),
                        32);
        ParameterTree tree = ParameterTree.of(model);
        List<Classification.Example> examples = Examples.order("train", 240, 12);
        // 120 sequences of 12 tokens a batch: 46,080 numbers in a layer's result, more than one
        // thread's share.
        Classification task =
                new Classification(model, examples, examples.subList(0, 10), 1440, 0.1);
        new Trainer(
                        tree,
                        AdamW.of(tree, 0.01),
                        Recipe.of(2, Schedule.constant(0.003), seed),
                        Listener.silent())
                .train(task);
        return tree.snapshot();
    }

    @Test
    void equalSeedsGiveEqualModelsAtAnyNumberOfThreads() {
        Map<String, Array> first = train(1, 1);
        assertEquals(first, train(1, 1));
        assertEquals(first, train(1, 2));
        assertEquals(first, train(1, 3));
        assertNotEquals(first, train(2, 1));
    }

    // --- the best epoch ---

    @Test
    void trainingStopsWhenNothingGetsBetterAndKeepsTheBest() {
        Linear model = Linear.create();
        double[] scores = {0.5, 0.7, 0.6, 0.7, 0.9, 1};
        List<Epoch> heard = new ArrayList<>();
        List<Array> weights = new ArrayList<>();
        Listener listener =
                new Listener() {
                    @Override
                    public void epoch(Epoch epoch) {
                        heard.add(epoch);
                        weights.add(model.weight().value().copy());
                    }
                };
        List<Epoch> epochs =
                trainer(model, recipe(6).patience(2), listener)
                        .train(new Fit(model, List.of(rows("x", 4)), () -> scores[heard.size()]));
        assertEquals(List.of(0.5, 0.7, 0.6, 0.7), epochs.stream().map(Epoch::score).toList());
        assertEquals(List.of(true, true, false, false), epochs.stream().map(Epoch::best).toList());
        assertEquals(List.of(1, 2, 3, 4), epochs.stream().map(Epoch::number).toList());
        assertEquals(epochs, heard);
        assertEquals(weights.get(1), model.weight().value());
        assertNotEquals(weights.get(3), model.weight().value());
    }

    @Test
    void withoutPatienceEveryEpochIsRun() {
        Linear model = Linear.create();
        List<Epoch> epochs =
                trainer(model, recipe(5), Listener.silent())
                        .train(new Fit(model, List.of(rows("x", 4)), () -> 0.5));
        assertEquals(5, epochs.size());
    }

    @Test
    void theFirstEpochIsBetterThanNone() {
        Linear model = Linear.create();
        Array before = model.weight().value().copy();
        List<Epoch> epochs =
                trainer(model, recipe(1), Listener.silent())
                        .train(
                                new Fit(
                                        model,
                                        List.of(rows("x", 4)),
                                        () -> Double.NEGATIVE_INFINITY));
        assertTrue(epochs.getFirst().best());
        assertNotEquals(before, model.weight().value());
    }

    // --- telling ---

    @Test
    void listenersHearEveryStepAndEpochInOrder() {
        Linear model = Linear.create();
        List<String> heard = new ArrayList<>();
        Listener one = named("a", heard);
        Listener two = named("b", heard);
        trainer(model, recipe(2), one.and(two))
                .train(new Fit(model, List.of(rows("x", 4), rows("y", 2)), () -> 0));
        assertEquals(
                List.of(
                        "a step 1 of 4, epoch 1 of 2",
                        "b step 1 of 4, epoch 1 of 2",
                        "a step 2 of 4, epoch 1 of 2",
                        "b step 2 of 4, epoch 1 of 2",
                        "a epoch 1",
                        "b epoch 1",
                        "a step 3 of 4, epoch 2 of 2",
                        "b step 3 of 4, epoch 2 of 2",
                        "a step 4 of 4, epoch 2 of 2",
                        "b step 4 of 4, epoch 2 of 2",
                        "a epoch 2",
                        "b epoch 2"),
                heard);
    }

    private static Listener named(String name, List<String> heard) {
        return new Listener() {
            @Override
            public void step(Progress p) {
                heard.add(
                        name
                                + " step "
                                + p.step()
                                + " of "
                                + p.steps()
                                + ", epoch "
                                + p.epoch()
                                + " of "
                                + p.epochs());
                assertTrue(
                        p.secondsLeft() >= 0
                                && p.tokensPerSecond() > 0
                                && Double.isFinite(p.loss()));
            }

            @Override
            public void epoch(Epoch e) {
                heard.add(name + " epoch " + e.number());
                assertTrue(e.seconds() > 0);
                assertEquals(6, e.seconds() * e.tokensPerSecond(), 1e-9); // rows of an epoch
            }
        };
    }

    // --- when it goes wrong ---

    private static String divergence(Trainer trainer, Task<?> task) {
        return String.valueOf(
                assertThrows(DivergedException.class, () -> trainer.train(task)).getMessage());
    }

    @Test
    void aParameterThatIsNoNumberIsNamedWithItsStep() {
        Linear model = Linear.create();
        Listener spoil =
                new Listener() {
                    @Override
                    public void step(Progress progress) {
                        if (progress.step() == 2) {
                            double[] bad = model.weight().value().toDoubles();
                            bad[3] = Double.NaN;
                            model.weight().assign(Array.of(Shape.of(3, 2), bad));
                        }
                    }
                };
        assertEquals(
                "step 3: the parameter 'weight' holds NaN; a lower learning rate or a longer warm-up may help",
                divergence(
                        trainer(model, recipe(5), spoil),
                        new Fit(model, List.of(rows("x", 4)), () -> 0)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e200})
    void dataThatMakeTheLossNoNumberAreTracedToAnOperation(double bad) {
        Linear model = Linear.create();
        double[] x = rows("x", 2).toDoubles();
        x[1] = bad;
        String sentence =
                divergence(
                        trainer(model, recipe(1), Listener.silent()),
                        new Fit(
                                model,
                                List.of(rows("y", 2), Array.of(Shape.of(2, 3), x)),
                                () -> 0));
        String cause =
                Double.isNaN(bad)
                        ? "NaN: input 0 of MatMul, shape [2, 3], holds NaN at position 1 (operation 1)"
                        : bad == 1e200
                                ? "Infinity: the result of Square, shape [2, 2], holds Infinity at position 0, though its "
                                        + "inputs are finite (operation 3)"
                                : "Infinity; no operation made it of finite numbers: the batch holds an infinity";
        assertEquals("step 2: the loss is " + cause, sentence);
    }

    private record Root(Parameter p) {}

    @Test
    void aGradientThatOverflowsIsNamed() {
        Root model = new Root(new Parameter(Array.vector(1e-200)));
        Task<Integer> task =
                new Task<>() {
                    @Override
                    public List<Integer> epoch(RandomStream random) {
                        return List.of(1);
                    }

                    @Override
                    public Tensor loss(Integer batch, Pass pass) {
                        return pass.use(model.p()).reciprocal().sum();
                    }

                    @Override
                    public int tokens(Integer batch) {
                        return 1;
                    }

                    @Override
                    public double validate() {
                        return 0;
                    }
                };
        assertEquals(
                "step 1: the gradient of 'p' [1] holds -Infinity at position 0",
                divergence(trainer(model, recipe(1), Listener.silent()), task));
        assertEquals(1e-200, model.p().value().at(0), "no step is taken");
    }

    @Test
    void aScoreThatIsNoNumberIsAnError() {
        Linear model = Linear.create();
        assertEquals(
                "the validation score after epoch 1 is NaN",
                divergence(
                        trainer(model, recipe(2), Listener.silent()),
                        new Fit(model, List.of(rows("x", 4)), () -> Double.NaN)));
    }

    private record Two(Linear used, Parameter forgotten) {}

    @Test
    void aParameterLeftOutOfTheLossIsNamed() {
        Two model = new Two(Linear.create(), Sample.parameter("forgotten", 1, 2, 5));
        var e =
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                trainer(model, recipe(1), Listener.silent())
                                        .train(
                                                new Fit(
                                                        model.used(),
                                                        List.of(rows("x", 4)),
                                                        () -> 0)));
        assertEquals(
                "the parameter 'forgotten' [2, 5] took part in no computation of this step: it would never be "
                        + "trained",
                e.getMessage());
    }

    @Test
    void anEpochWithoutBatchesIsRefused() {
        Linear model = Linear.create();
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                trainer(model, recipe(1), Listener.silent())
                                        .train(new Fit(model, List.of(), () -> 0)));
        assertEquals("there is nothing to train on: the epoch has no batch", e.getMessage());
    }

    @Test
    void recipesThatCannotWorkAreRefused() {
        Schedule s = Schedule.constant(1);
        String sentence =
                "a recipe needs at least one epoch, one batch a step and a patience of 0 or more, got ";
        assertEquals(
                sentence + "0, 1 and 0",
                assertThrows(IllegalArgumentException.class, () -> Recipe.of(0, s, 1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Recipe(1, s, 1, 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> Recipe.of(1, s, 1).patience(-1));
        assertThrows(IllegalArgumentException.class, () -> new Recipe(1, s, 0, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Recipe(1, s, Double.NaN, 1, 0, 1));
    }

    // --- memory ---

    /// The bytes of the step's slab at the end of the loss of each batch.
    private static List<Long> bytes(int batches, int accumulate) {
        Classifier model =
                Examples.classifier(
                        Design.standard().with(new ExpDot(Coefficient.trained(0.5, DType.FLOAT32))),
                        8);
        ParameterTree tree = ParameterTree.of(model);
        List<Classification.Example> examples = Examples.order("train", 4 * batches, 6);
        Classification task = new Classification(model, examples, examples, 24, 0.1);
        List<Long> bytes = new ArrayList<>();
        Task<Classification.Batch> watched =
                new Task<>() {
                    @Override
                    public List<Classification.Batch> epoch(RandomStream random) {
                        return task.epoch(random);
                    }

                    @Override
                    public Tensor loss(Classification.Batch batch, Pass pass) {
                        Tensor loss = task.loss(batch, pass);
                        Slab slab = loss.value().slab();
                        bytes.add(slab == null ? -1 : slab.bytes());
                        return loss;
                    }

                    @Override
                    public int tokens(Classification.Batch batch) {
                        return task.tokens(batch);
                    }

                    @Override
                    public double validate() {
                        return task.validate();
                    }
                };
        Recipe recipe = new Recipe(2, Schedule.constant(0.01), 1, accumulate, 0, 1);
        new Trainer(tree, AdamW.of(tree, 0.01), recipe, Listener.silent()).train(watched);
        return bytes;
    }

    @Test
    void theSteadyStateAllocatesNoElementStorage() {
        List<Long> bytes = bytes(6, 1);
        assertEquals(12, bytes.size());
        assertTrue(bytes.get(1) > bytes.get(0), "the first step's pullbacks come after its loss");
        // The first step's gradients were small enough not to be clipped, which takes buffers, too.
        assertEquals(1, bytes.subList(2, 12).stream().distinct().count(), bytes::toString);
    }

    @Test
    void accumulationTakesNoMoreMemoryThanABatch() {
        List<Long> single = bytes(6, 1);
        List<Long> triple = bytes(6, 3);
        // The slab of a batch, that is: the sums have one of their own.
        assertTrue(triple.getLast() <= single.getLast(), triple + " against " + single);
        assertEquals(1, triple.subList(2, 12).stream().distinct().count(), triple::toString);
    }
}
