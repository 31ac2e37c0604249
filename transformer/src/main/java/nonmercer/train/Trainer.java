package nonmercer.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nonmercer.array.Array;
import nonmercer.array.Memory;
import nonmercer.array.Reduce;
import nonmercer.array.Slab;
import nonmercer.autodiff.CheckingEngine;
import nonmercer.autodiff.Engine;
import nonmercer.autodiff.Gradients;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.optim.Clipping;
import nonmercer.autodiff.optim.Optimizer;
import nonmercer.random.RandomStream;

/// Trains a model: batches in seeded order, gradients, clipping, the optimiser's step; after each
/// epoch the validation score, whose best values are kept in memory and stand in the model at the
/// end.
///
/// Equal seeds give equal models, bit for bit, at any thread count.
///
/// @param model the parameters to train
/// @param optimizer turns gradients into updates
/// @param recipe how long, and how
/// @param listener told of steps and epochs
public record Trainer(ParameterTree model, Optimizer optimizer, Recipe recipe, Listener listener) {
    /// Trains, and leaves the model with the values of the best epoch.
    ///
    /// @return what each epoch came to
    /// @throws DivergedException if a loss or a gradient is not finite
    public <B> List<Epoch> train(Task<B> task) {
        return new Run<>(this, task).train();
    }

    /// One training: the state that changes.
    private static final class Run<B> {
        private final ParameterTree model;
        private final Optimizer optimizer;
        private final Recipe recipe;
        private final Listener listener;
        private final Task<B> task;
        private final Slab slab = Slab.create();
        private final Slab sums = Slab.create();
        private final RandomStream random;
        private RandomStream epoch;
        private int step;
        private int planned;
        private double loss;
        private long tokens;
        private long nanos;

        Run(Trainer trainer, Task<B> task) {
            this.model = trainer.model;
            this.optimizer = trainer.optimizer;
            this.recipe = trainer.recipe;
            this.listener = trainer.listener;
            this.task = task;
            this.random = RandomStream.of(recipe.seed());
            this.epoch = random;
        }

        List<Epoch> train() {
            List<Epoch> epochs = new ArrayList<>();
            Map<String, Array> best = model.snapshot();
            double bestScore = Double.NEGATIVE_INFINITY;
            int since = 0;
            for (int e = 1; e <= recipe.epochs(); e++) {
                long tokensBefore = tokens;
                long nanosBefore = nanos;
                double loss = epoch(e);
                double score = task.validate();
                if (Double.isNaN(score)) {
                    throw new DivergedException(
                            "the validation score after epoch " + e + " is NaN");
                }
                boolean better = e == 1 || score > bestScore;
                if (better) {
                    bestScore = score;
                    best = model.snapshot();
                    since = 0;
                } else {
                    since++;
                }
                double seconds = (nanos - nanosBefore) * 1e-9;
                Epoch ended =
                        new Epoch(
                                e, loss, score, better, seconds, (tokens - tokensBefore) / seconds);
                epochs.add(ended);
                listener.epoch(ended);
                if (recipe.patience() > 0 && since >= recipe.patience()) {
                    break;
                }
            }
            model.restore(best);
            return epochs;
        }

        private double epoch(int number) {
            epoch = random.at("epoch/" + number);
            List<B> batches = task.epoch(epoch);
            if (batches.isEmpty()) {
                throw new IllegalArgumentException(
                        "there is nothing to train on: the epoch has no batch");
            }
            int stepsAnEpoch = Math.ceilDiv(batches.size(), recipe.accumulate());
            planned = step + stepsAnEpoch * (recipe.epochs() - number + 1);
            double sum = 0;
            int count = 0;
            for (int from = 0; from < batches.size(); from += recipe.accumulate()) {
                long start = System.nanoTime();
                List<B> group =
                        batches.subList(from, Math.min(batches.size(), from + recipe.accumulate()));
                sum += step(group);
                nanos += System.nanoTime() - start;
                for (B batch : group) {
                    tokens += task.tokens(batch);
                }
                count++;
                double speed = tokens / (nanos * 1e-9);
                double left = (planned - step) * (nanos * 1e-9) / step;
                listener.step(
                        new Progress(number, recipe.epochs(), step, planned, loss, speed, left));
            }
            return sum / count;
        }

        private double step(List<B> group) {
            step++;
            loss = 0;
            RandomStream dropout = random.at("step/" + step);
            Gradients mean = gradients(group.getFirst(), dropout.at(0), group.size());
            if (group.size() > 1) {
                mean = accumulated(mean, group, dropout);
            }
            try {
                optimizer.step(
                        Clipping.globalNorm(mean, recipe.clip()), recipe.schedule().rate(step));
            } catch (ArithmeticException e) {
                throw new DivergedException("step " + step + ": " + e.getMessage());
            }
            slab.reset();
            sums.reset();
            return loss;
        }

        /// The mean over a group of batches. Only the sum outlives a batch, so that a group takes
        /// no more memory than a batch.
        private Gradients accumulated(Gradients first, List<B> group, RandomStream dropout) {
            double share = 1.0 / group.size();
            Gradients sum = first.scaled(share, sums);
            for (int i = 1; i < group.size(); i++) {
                slab.reset();
                sum.add(share, gradients(group.get(i), dropout.at(i), group.size()));
            }
            return sum;
        }

        /// The gradients of one batch of `of`; its share of the step's loss is added up.
        private Gradients gradients(B batch, RandomStream dropout, int of) {
            try (Tape tape = Tape.open(slab, Engine.EAGER)) {
                Pass pass = Pass.training(tape, dropout, epoch);
                Tensor batchLoss =
                        task.loss(batch, recipe.recomputing() ? pass.recomputing() : pass);
                double value = batchLoss.item();
                if (!Double.isFinite(value)) {
                    throw diagnose(batch, dropout, value);
                }
                loss += value / of;
                return tape.gradients(batchLoss, model);
            }
        }

        /// Runs the step once more, watched, to name what went bad first.
        private DivergedException diagnose(B batch, RandomStream dropout, double loss) {
            try (Tape tape = Tape.open(Memory.HEAP, new CheckingEngine())) {
                for (Map.Entry<String, Parameter> p : model.byName().entrySet()) {
                    int bad = Reduce.firstNonFinite(p.getValue().value());
                    if (bad >= 0) {
                        return new DivergedException(
                                "step "
                                        + step
                                        + ": the parameter '"
                                        + p.getKey()
                                        + "' holds "
                                        + p.getValue().value().at(bad)
                                        + "; a lower learning rate or a longer warm-up may help");
                    }
                }
                double again = task.loss(batch, Pass.training(tape, dropout, epoch)).item();
                return new DivergedException(
                        "step "
                                + step
                                + ": the loss is "
                                + loss
                                + (Double.isFinite(again)
                                        ? ", but " + again + " when the same step is run again"
                                        : "; no operation made it of finite numbers: the batch holds an infinity"));
            } catch (ArithmeticException e) {
                return new DivergedException(
                        "step " + step + ": the loss is " + loss + ": " + e.getMessage());
            }
        }
    }
}
