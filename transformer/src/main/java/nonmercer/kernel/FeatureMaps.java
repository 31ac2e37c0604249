package nonmercer.kernel;

import java.util.List;
import java.util.function.Function;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// What the algebra makes of feature maps.
final class FeatureMaps {
    private FeatureMaps() {}

    /// Features side by side: those of a sum.
    record Beside(List<FeatureMap> parts) implements FeatureMap {
        @Override
        public int dimension(int d) {
            return parts.stream().mapToInt(f -> f.dimension(d)).sum();
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return Tensor.concat(-1, parts.stream().map(f -> f.queries(q, pass)).toList());
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return Tensor.concat(-1, parts.stream().map(f -> f.keys(k, pass)).toList());
        }
    }

    /// All products of two features: those of a product.
    record Times(FeatureMap first, FeatureMap second) implements FeatureMap {
        @Override
        public int dimension(int d) {
            return Math.multiplyExact(first.dimension(d), second.dimension(d));
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return outer(first.queries(q, pass), second.queries(q, pass));
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return outer(first.keys(k, pass), second.keys(k, pass));
        }

        private static Tensor outer(Tensor a, Tensor b) {
            Tensor column = a.reshape(a.shape().append(1)); // […, n, a, 1]
            int r = b.rank();
            Tensor row = b.reshape(b.shape().first(r - 1).append(1, b.dim(-1))); // […, n, 1, b]
            return column.mul(row).reshape(a.shape().with(-1, a.dim(-1) * b.dim(-1)));
        }
    }

    /// `√c φ`.
    record Multiple(Coefficient c, FeatureMap map) implements FeatureMap {
        @Override
        public int dimension(int d) {
            return map.dimension(d);
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return c.rootTimes(map.queries(q, pass), q.dim(-1), pass);
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return c.rootTimes(map.keys(k, pass), k.dim(-1), pass);
        }
    }

    /// `φ ∘ f` and `ψ ∘ g`.
    record After(FeatureMap map, Warp queries, Warp keys) implements FeatureMap {
        @Override
        public int dimension(int d) {
            return map.dimension(queries.width(d));
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return map.queries(queries.of(q, pass), pass);
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return map.keys(keys.of(k, pass), pass);
        }
    }

    /// One function of a point for both sides.
    record Same(Function<Tensor, Tensor> function, java.util.function.IntUnaryOperator dimensions)
            implements FeatureMap {
        @Override
        public int dimension(int d) {
            return dimensions.applyAsInt(d);
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return function.apply(q);
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return function.apply(k);
        }
    }
}
