package nonmercer.proofs.spectral;

import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.attention.LinearAttention;
import nonmercer.attention.LinearStream;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;

/// Attention of one head through features that are given, as rows of numbers.
interface Attends {
    /// Of queries' features `[n, m]`, keys' features `[N, m]` and values `[N, e]`, of which the
    /// first `seen` are there; causal ones ignore that.
    double[][] of(double[][] phi, double[][] psi, double[][] v, int seen);

    /// Points that are their own features.
    record Given() implements FeatureMap {
        @Override
        public int dimension(int d) {
            return d;
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return q;
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return k;
        }

        @Override
        public Optional<String> normaliserRisk() {
            return Optional.empty();
        }
    }

    /// The library's, of all keys seen.
    static Attends linear(LinearAttention attention) {
        return (phi, psi, v, seen) ->
                apply(
                        attention,
                        phi,
                        psi,
                        v,
                        seen == psi.length ? Mask.none() : Mask.lengths(seen));
    }

    /// The library's, of the keys up to the query's.
    static Attends causal(LinearAttention attention) {
        return (phi, psi, v, seen) -> apply(attention, phi, psi, v, Mask.causal());
    }

    /// The library's, token by token.
    static Attends stream(FeatureMap map) {
        return (q, k, v, seen) -> {
            LinearStream stream =
                    new LinearStream(map, 1, 1, q[0].length, v[0].length, DType.FLOAT64);
            double[][] out = new double[q.length][];
            for (int i = 0; i < q.length; i++) {
                Tensor row = stream.next(head(q[i]), head(k[i]), head(v[i]), Pass.evaluation());
                out[i] = row.value().toDoubles();
            }
            return out;
        };
    }

    /// Attention of one head.
    static double[][] apply(
            LinearAttention attention, double[][] q, double[][] k, double[][] v, Mask mask) {
        return Estimates.rows(attention.apply(head(q), head(k), head(v), mask, Pass.evaluation()));
    }

    /// Rows as `[1, 1, n, d]`.
    static Tensor head(double[]... rows) {
        return Tensor.of(Array.matrix(rows).reshape(Shape.of(1, 1, rows.length, rows[0].length)));
    }
}
