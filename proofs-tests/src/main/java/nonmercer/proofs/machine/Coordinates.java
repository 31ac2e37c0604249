package nonmercer.proofs.machine;

import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;

/// `φ(x) = x S`, `ψ(y) = y T`: points are their own features, up to a matrix on each side. A
/// function's coefficients are then its values at the unit vectors.
///
/// @param onQueries `S`
/// @param onKeys `T`
record Coordinates(Array onQueries, Array onKeys) implements FeatureMap {
    /// `φ(x) = x`, `ψ(y) = y`.
    static Coordinates plain(int d) {
        return new Coordinates(identity(d), identity(d));
    }

    static Array identity(int d) {
        double[][] rows = new double[d][d];
        for (int i = 0; i < d; i++) {
            rows[i][i] = 1;
        }
        return Array.matrix(rows);
    }

    @Override
    public int dimension(int d) {
        return onQueries.dim(1);
    }

    @Override
    public Tensor queries(Tensor q, Pass pass) {
        return q.matmul(Tensor.of(onQueries));
    }

    @Override
    public Tensor keys(Tensor k, Pass pass) {
        return k.matmul(Tensor.of(onKeys));
    }
}
