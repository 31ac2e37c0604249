package nonmercer.train;

import static nonmercer.train.LeastSquares.recipe;
import static nonmercer.train.LeastSquares.rows;
import static nonmercer.train.LeastSquares.trainer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.optim.AdamW;
import nonmercer.autodiff.optim.Schedule;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Sample;
import nonmercer.model.Classifier;
import nonmercer.model.Design;
import nonmercer.parallel.Parallel;
import nonmercer.train.LeastSquares.Fit;
import nonmercer.train.LeastSquares.Linear;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private final int threads = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.threads(threads);
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
        return train(Recipe.of(2, Schedule.constant(0.003), seed), threads);
    }

    private static Map<String, Array> train(Recipe recipe, int threads) {
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
        new Trainer(tree, AdamW.of(tree, 0.01), recipe, Listener.silent()).train(task);
        return tree.snapshot();
    }

    @Test
    void blocksComputedOnceMoreGiveTheSameModel() {
        Recipe recipe = Recipe.of(2, Schedule.constant(0.003), 1);
        assertEquals(train(recipe, 2), train(recipe.recompute(), 2));
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
}
