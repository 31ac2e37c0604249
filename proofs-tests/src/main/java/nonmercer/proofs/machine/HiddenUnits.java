package nonmercer.proofs.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.layer.Linear;
import nonmercer.linalg.Decompositions;
import nonmercer.random.RandomStream;

/// Hidden units on the grid as the library computes them, made orthogonal one after the other;
/// those of which nothing is left are dropped.
///
/// @param ranks the size of the basis after each unit
record HiddenUnits(
        WiderTowersComeCloserToAnyTable.Unit unit,
        Linear in,
        Tensor values,
        List<double[]> basis,
        int[] ranks) {
    static final int GRID = 544;
    static final int WIDEST = 512;

    static HiddenUnits of(WiderTowersComeCloserToAnyTable.Unit unit, RandomStream random) {
        double[][] weights = new double[1][WIDEST];
        double[] biases = new double[WIDEST];
        for (int m = 0; m < WIDEST; m++) {
            weights[0][m] = random.nextBoolean() ? 1 : -1;
            biases[m] = 2 * random.nextDouble() - 1;
        }
        Linear in =
                new Linear(
                        new Parameter(Array.matrix(weights)),
                        Optional.of(new Parameter(Array.vector(biases))));
        Tensor values = unit.of(in.apply(points(), Pass.evaluation()));
        List<double[]> basis = new ArrayList<>();
        int[] ranks = new int[WIDEST];
        for (int m = 0; m < WIDEST; m++) {
            extend(basis, values.value(), m);
            ranks[m] = basis.size();
        }
        return new HiddenUnits(unit, in, values, basis, ranks);
    }

    private static void extend(List<double[]> basis, Array values, int m) {
        double[] v = new double[GRID];
        for (int i = 0; i < GRID; i++) {
            v[i] = values.get(i, m);
        }
        double before = Matrices.norm(v);
        for (int twice = 0; twice < 2; twice++) {
            for (double[] b : basis) {
                double along = Matrices.dot(b, v);
                for (int i = 0; i < GRID; i++) {
                    v[i] -= along * b[i];
                }
            }
        }
        double norm = Matrices.norm(v);
        if (norm > 1e-9 * before) {
            for (int i = 0; i < GRID; i++) {
                v[i] /= norm;
            }
            basis.add(v);
        }
    }

    int rank(int m) {
        return ranks[m - 1];
    }

    /// The tower of the first four units whose second layer gives these values, which are in the
    /// units' span.
    WiderTowersComeCloserToAnyTable.Unit tower(double[][] target) {
        double[][] h = new double[GRID][4];
        for (int i = 0; i < GRID; i++) {
            for (int m = 0; m < 4; m++) {
                h[i][m] = values.value().get(i, m);
            }
        }
        var svd = Decompositions.svd(Array.matrix(h));
        double[][] u = Matrices.transposed(Matrices.rows(svd.u()));
        double[][] w = new double[4][target[0].length];
        for (int l = 0; l < 4 && svd.s().at(l) > 1e-9 * svd.s().at(0); l++) {
            double[] row = Matrices.transposedTimes(target, u[l]);
            for (int m = 0; m < 4; m++) {
                for (int a = 0; a < row.length; a++) {
                    w[m][a] += svd.v().get(m, l) * row[a] / svd.s().at(l);
                }
            }
        }
        Linear out = new Linear(new Parameter(Array.matrix(w)), Optional.empty());
        return x -> {
            Tensor hidden = unit.of(in.apply(x, Pass.evaluation()));
            return out.apply(hidden.slice(1, 0, 4), Pass.evaluation());
        };
    }

    static double at(int i) {
        return 2.0 * i / (GRID - 1) - 1;
    }

    static Tensor points() {
        double[][] t = new double[GRID][];
        for (int i = 0; i < GRID; i++) {
            t[i] = new double[] {at(i)};
        }
        return Tensor.of(Array.matrix(t));
    }
}
