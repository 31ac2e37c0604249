package nonmercer.proofs.spectral;

import java.util.Optional;
import java.util.function.UnaryOperator;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.FeatureMap;
import nonmercer.linalg.Transpose;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Frequencies;
import nonmercer.spectral.SpectralLaw;

/// What feature maps and laws give, as plain numbers.
final class Estimates {
    /// The scale 1: points are given scaled.
    static final Coefficient PLAIN = Coefficient.of(1);

    /// How far what the library derives in closed form may be from the formula written out: some
    /// hundred roundings of exponents and terms below 50, `8000 u`, of numbers of size 1.
    static final double DERIVED = 1e-12;

    private Estimates() {}

    /// `⟨φ(qᵢ), ψ(kⱼ)⟩`, features from one fitted map.
    static double[][] gram(FeatureMap map, double[][] q, double[][] k) {
        Tensor tq = Tensor.of(Array.matrix(q));
        Tensor tk = Tensor.of(Array.matrix(k));
        FeatureMap ready = map.fitted(tq, tk, Pass.evaluation());
        return rows(
                ready.queries(tq, Pass.evaluation())
                        .matmul(ready.keys(tk, Pass.evaluation()), Transpose.TRANSPOSED));
    }

    /// The rows of a matrix, or of the first matrix of several.
    static double[][] rows(Tensor matrix) {
        int n = matrix.dim(-2);
        int m = matrix.dim(-1);
        double[] all = matrix.value().toDoubles();
        double[][] rows = new double[n][m];
        for (int i = 0; i < n; i++) {
            System.arraycopy(all, i * m, rows[i], 0, m);
        }
        return rows;
    }

    /// `m` frequencies of a law, the first head's.
    static double[][] frequencies(SpectralLaw law, Coupling coupling, int m, RandomStream stream) {
        Frequencies f =
                law.frequencies(law.noise(coupling, m, stream), DType.FLOAT64, Pass.evaluation());
        return rows(f.dense());
    }

    /// A map whose features are changed, for queries and keys alike.
    record Changed(FeatureMap map, UnaryOperator<Tensor> change) implements FeatureMap {
        @Override
        public int dimension(int d) {
            return map.dimension(d);
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return change.apply(map.queries(q, pass));
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return change.apply(map.keys(k, pass));
        }

        @Override
        public Optional<String> normaliserRisk() {
            return map.normaliserRisk();
        }
    }

    /// A map of points that are changed first, for queries and keys alike.
    record Before(FeatureMap map, UnaryOperator<Tensor> change) implements FeatureMap {
        @Override
        public int dimension(int d) {
            return map.dimension(d);
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return map.queries(change.apply(q), pass);
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return map.keys(change.apply(k), pass);
        }
    }
}
