package nonmercer.train;

import static nonmercer.train.LeastSquares.recipe;
import static nonmercer.train.LeastSquares.rows;
import static nonmercer.train.LeastSquares.trainer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.optim.Schedule;
import nonmercer.kernel.Sample;
import nonmercer.random.RandomStream;
import nonmercer.train.LeastSquares.Fit;
import nonmercer.train.LeastSquares.Linear;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerFailureTest {
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
}
