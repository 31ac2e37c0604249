package nonmercer.train;

import java.util.List;
import java.util.function.DoubleSupplier;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.optim.Schedule;
import nonmercer.autodiff.optim.Sgd;
import nonmercer.kernel.Sample;
import nonmercer.random.RandomStream;

/// A model of least squares, and its trainers.
final class LeastSquares {
    private LeastSquares() {}

    /// `y = x W`, fitted by least squares.
    record Linear(Parameter weight) {
        static Linear create() {
            return new Linear(Sample.parameter("weight", 1, 3, 2));
        }
    }

    /// Batches of rows for a [Linear] model; the score comes from outside.
    record Fit(Linear model, List<Array> batches, DoubleSupplier score) implements Task<Array> {
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

    static Array rows(String name, int n) {
        return Sample.normal(name, DType.FLOAT64, n, 3);
    }

    static Trainer trainer(Object model, Recipe recipe, Listener listener) {
        ParameterTree tree = ParameterTree.of(model);
        return new Trainer(tree, Sgd.of(tree), recipe, listener);
    }

    static Recipe recipe(int epochs) {
        return Recipe.of(epochs, Schedule.constant(0.1), 1);
    }
}
