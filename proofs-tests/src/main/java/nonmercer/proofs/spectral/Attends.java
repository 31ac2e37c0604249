package nonmercer.proofs.spectral;

import java.util.Arrays;
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
import nonmercer.kernel.Logarithms;
import nonmercer.kernel.PositiveFeatureMap;
import nonmercer.kernel.Projected;

/// Attention of one head through features that are given, as rows of numbers.
interface Attends {
    /// Of queries' features `[n, m]`, keys' features `[N, m]` and values `[N, e]`, of which the
    /// first `seen` are there; causal ones ignore that.
    double[][] of(double[][] phi, double[][] psi, double[][] v, int seen);

    /// The largest whole feature it takes.
    default int greatest() {
        return 7;
    }

    /// What it should give for these quotients of whole numbers.
    default double[] rounded(double... row) {
        return row;
    }

    /// So far below 0 that the exponential is 0 in either type.
    double OFF = -1e4;

    /// Points that are the logarithms of their own features, as projections on the coordinate axes:
    /// the loops that project, take exponentials and sum by blocks do nothing inexact to 0 and
    /// [#OFF].
    record Switches() implements PositiveFeatureMap {
        @Override
        public int dimension(int d) {
            return d;
        }

        @Override
        public Logarithms logQueries(Tensor q, Pass pass) {
            return logarithms(q);
        }

        @Override
        public Logarithms logKeys(Tensor k, Pass pass) {
            return logarithms(k);
        }

        private static Logarithms logarithms(Tensor x) {
            return new Logarithms(x, Tensor.of(Array.zeros(x.dtype(), x.shape().with(-1, 1))));
        }

        @Override
        public Optional<Projected> projected(Tensor q, Tensor k, Pass pass) {
            int m = q.dim(-1);
            double[] axes = new double[m * m];
            for (int f = 0; f < m; f++) {
                axes[f * m + f] = 1;
            }
            Array w = Array.of(Shape.of(1, m, m), axes).cast(q.dtype());
            return Optional.of(new Projected(q, k, Tensor.of(w), Optional.empty(), 0));
        }
    }

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

    /// The library's, token by token, through features 0 and 1 that are given by logarithms.
    static Attends streamOfSwitches() {
        Attends stream = stream(new Switches());
        return new Attends() {
            @Override
            public double[][] of(double[][] phi, double[][] psi, double[][] v, int seen) {
                return stream.of(logarithms(phi), logarithms(psi), v, seen);
            }

            @Override
            public int greatest() {
                return 1;
            }
        };
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

    /// The library's by blocks, through features 0 and 1.
    record ByBlocks(LinearAttention attention, DType dtype, boolean causal) implements Attends {
        @Override
        public double[][] of(double[][] phi, double[][] psi, double[][] v, int seen) {
            Mask mask = seen == psi.length ? Mask.none() : Mask.lengths(seen);
            return apply(
                    attention,
                    typed(logarithms(phi)),
                    typed(logarithms(psi)),
                    typed(v),
                    causal ? Mask.causal() : mask);
        }

        private Tensor typed(double[][] rows) {
            return Tensor.of(head(rows).value().cast(dtype));
        }

        @Override
        public int greatest() {
            return 1;
        }

        /// The sums are below 2²⁴, and the float32 quotient is the float64 one rounded, which has
        /// more than twice its digits.
        @Override
        public double[] rounded(double... row) {
            return dtype == DType.FLOAT64 ? row : Arrays.stream(row).map(x -> (float) x).toArray();
        }
    }

    private static double[][] logarithms(double[][] features) {
        double[][] x = new double[features.length][];
        Arrays.setAll(x, i -> Arrays.stream(features[i]).map(f -> f == 0 ? OFF : 0).toArray());
        return x;
    }

    /// Attention of one head.
    static double[][] apply(LinearAttention attention, Tensor q, Tensor k, Tensor v, Mask mask) {
        return Estimates.rows(attention.apply(q, k, v, mask, Pass.evaluation()));
    }

    /// Attention of one head.
    static double[][] apply(
            LinearAttention attention, double[][] q, double[][] k, double[][] v, Mask mask) {
        return apply(attention, head(q), head(k), head(v), mask);
    }

    /// Rows as `[1, 1, n, d]`.
    static Tensor head(double[]... rows) {
        return Tensor.of(Array.matrix(rows).reshape(Shape.of(1, 1, rows.length, rows[0].length)));
    }
}
