package example;

import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.kernel.Alignment;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.machine.BinaryMachine;
import nonmercer.machine.BinaryProblem;
import nonmercer.machine.Coupling;
import nonmercer.machine.DualElement;
import nonmercer.machine.KernelPca;
import nonmercer.machine.KernelRidge;
import nonmercer.machine.LeastSquares;
import nonmercer.machine.Loss;
import nonmercer.machine.Objective;
import nonmercer.machine.PairwiseRidge;
import nonmercer.machine.Responses;
import nonmercer.machine.SpacePair;
import nonmercer.machine.TwoTowers;
import nonmercer.random.RandomStream;

/// Data from two domains and a response for each pair, solved as kernel machines and as attention.
public final class Machines {
    private Machines() {}

    private static Array points(String name, int n, int d) {
        Array a = Array.zeros(DType.FLOAT64, Shape.of(n, d));
        RandomStream.of(1).at(name).fillNormal(a, 0, 1);
        return a;
    }

    /// Prints what the solvers say.
    public static void main(String[] args) {
        Array x = points("queries", 30, 2);
        Array y = points("keys", 20, 3);
        double[][] table = new double[30][20];
        for (int i = 0; i < 30; i++) {
            for (int j = 0; j < 20; j++) {
                table[i][j] = x.get(i, 0) * y.get(j, 0) > 0 ? 1 : -1;
            }
        }
        // docs/machines.md: binary
        Responses z = Responses.all(Array.matrix(table)); // or Responses.observed(30, 20, rows, columns, values)
        BinaryProblem problem = new BinaryProblem(SpacePair.of(new Gauss()), x, y, z);
        BinaryMachine sum = problem.solve(Coupling.ADDITIVE, Objective.of(Loss.logistic(), 0.1));
        System.out.println(sum.report()); // method, objective, duality gap, steps, whether it is unique
        DualElement dual = sum.f().dual(); // a finite expansion in the other space's kernel sections
        System.out.println(dual.support() + " points, norm " + sum.f().norm());

        PairwiseRidge.Model operator = new PairwiseRidge(new Gauss(), new Gauss(), 0.1).solve(x, y, z);
        Array predictions = operator.predict(points("new queries", 5, 2), y); // [5, 20], in blocks
        // docs/machines.md: end
        System.out.println(predictions.shape());
        // docs/machines.md: lp
        SpacePair spaces = SpacePair.of(new nonmercer.feature.TaylorExp(3), 1.5); // ℓ^1.5 and its dual, ℓ³
        BinaryMachine other =
                new BinaryProblem(spaces, x, points("other keys", 20, 2), z)
                        .solve(Coupling.PRODUCT, Objective.of(Loss.squared(), 0.1));
        System.out.println(other.report().uniqueness()); // (f, g) and (-f, -g) are equally good
        // docs/machines.md: end
        double[] heights = new double[30];
        Arrays.setAll(heights, i -> Math.sin(x.get(i, 0)));
        // docs/machines.md: ridge
        KernelRidge ridge = new KernelRidge(new Gauss(), 1e-3);
        LeastSquares exact = ridge.direct(x, heights); // Cholesky: n² numbers
        LeastSquares large = ridge.iterative(x, heights, 20, RandomStream.of(1)); // 20 landmarks: for many points
        System.out.println(exact.gap() + " " + large.gap() + " after " + large.steps() + " steps");
        // docs/machines.md: end
        // docs/machines.md: axes
        KernelPca pca = KernelPca.of(new Gauss(), x, 4);
        Array onAxes = pca.project(x); // [30, 4]: kernel principal components
        System.out.println(Alignment.ofFeatures(onAxes, x)); // linear CKA: 1 is the same up to rotation and scale
        // docs/machines.md: end
        // docs/machines.md: towers
        var widths = new TwoTowers.Widths(2, 3, 32, 8); // coordinates of x, of y, hidden units, of the head
        TwoTowers towers = TwoTowers.create(RandomStream.of(1), widths, new ExpDot());
        var training = new TwoTowers.Training(100, 0.01, 0, 0); // steps, rate, decay, dropout
        List<Double> losses = towers.train(x, y, z, Loss.logistic(), training, RandomStream.of(2));
        Array weights = towers.attention(x, y); // attention of each query to the keys: rows sum to 1
        // docs/machines.md: end
        System.out.println(losses.getLast() + " " + weights.shape());
    }
}
