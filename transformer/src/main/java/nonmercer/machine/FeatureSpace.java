package nonmercer.machine;

import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.kernel.FeatureMap;

/// `f(x) = ⟨Φ(x), v⟩` with finitely many features and `‖f‖ = ‖v‖ₚ`.
///
/// Where the features of the domain do not span (a projection of less than full rank), different
/// `v` are the same function and its norm is the least of theirs. A function made of a
/// [DualElement] has that one: `J(v)` is a combination of features, so `v` is closest to zero among
/// all its equals.
record FeatureSpace(FeatureMap map, Side side, Lp norm) implements Space {
    static final double STEEPEST = 1e8;

    @Override
    public Array kernel(Array points, Array others) {
        return Dense.timesTransposed(features(side, points), features(side.other(), others));
    }

    private Array features(Side of, Array points) {
        return of.features(map, points.cast(DType.FLOAT64));
    }

    @Override
    public Trace at(Array points) {
        Dense.checkPoints("the points", points);
        return new AtPoints(features(side, points), norm.conjugate());
    }

    /// `Φ J'(h) Φᵀ` with `J' = (q - 1) diag(rᵠ⁻²) + (2 - q) g gᵀ`, `r = |h|/‖h‖`, `g = sign(h)
    /// rᵠ⁻¹`. For `q < 2` a coordinate near zero has a slope near infinity; it is capped.
    static Array curvature(Array features, Lp dual, double[] h) {
        double q = dual.p();
        double norm = dual.norm(h);
        if (q == 2 || norm == 0) {
            return Dense.timesTransposed(features, features);
        }
        double[] root = new double[h.length];
        double[] g = new double[h.length];
        for (int n = 0; n < h.length; n++) {
            double r = Math.abs(h[n]) / norm;
            root[n] = Math.sqrt((q - 1) * Math.min(STEEPEST, Math.pow(r, q - 2)));
            g[n] = Math.signum(h[n]) * Math.pow(r, q - 1);
        }
        Array half = Dense.scaledColumns(features, root);
        double[] k = Dense.timesTransposed(half, half).toDoubles();
        double[] fg = Dense.times(features, g);
        int n = fg.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                k[i * n + j] += (2 - q) * fg[i] * fg[j];
            }
        }
        return Array.of(Shape.of(n, n), k);
    }

    /// `J'(v)⁻¹ h`, as in [#curvature].
    static double[] linearised(Lp norm, double[] v, double[] h) {
        double p = norm.p();
        double size = norm.norm(v);
        if (size == 0) {
            return h;
        }
        double along = Dense.dot(v, h) / (size * size);
        double[] out = new double[v.length];
        for (int n = 0; n < v.length; n++) {
            double r = Math.abs(v[n]) / size;
            double steep = Math.min(STEEPEST, Math.pow(r, 2 - p)) / (p - 1);
            out[n] = steep * h[n] + (p - 2) / (p - 1) * along * v[n];
        }
        return out;
    }

    private final class AtPoints implements Trace {
        private final Array features;
        private final Lp dual;

        AtPoints(Array features, Lp dual) {
            this.features = features;
            this.dual = dual;
        }

        @Override
        public int size() {
            return features.dim(0);
        }

        @Override
        public double energy(double[] c, double[] values) {
            double[] h = Dense.transposedTimes(features, c);
            double norm = dual.norm(h);
            double[] f = Dense.times(features, dual.duality(h));
            System.arraycopy(f, 0, values, 0, f.length);
            return norm * norm / 2;
        }

        @Override
        public Array curvature(double[] c) {
            return FeatureSpace.curvature(features, dual, Dense.transposedTimes(features, c));
        }

        @Override
        public Optional<Array> features() {
            return Optional.of(features);
        }

        @Override
        public Lp norm() {
            return norm;
        }

        @Override
        public Array gram() {
            return Dense.timesTransposed(features, features);
        }

        @Override
        public double[] extend(double[] c, Array points) {
            double[] v = dual.duality(Dense.transposedTimes(features, c));
            return Dense.times(FeatureSpace.this.features(side, points), v);
        }
    }
}
