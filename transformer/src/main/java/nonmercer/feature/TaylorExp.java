package nonmercer.feature;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.FeatureMap;

/// `φ(x)ₐ = √(cⁿ/a!) xᵃ` for all multi-indices `a` of `n = |a| ≤ p`: the features of `exp(c q·k)`,
/// cut off at degree `p`.
///
/// `⟨φ(q), φ(k)⟩ = Σₙ (c q·k)ⁿ/n!` for `n ≤ p`, the Taylor polynomial of the exponential, by the
/// multinomial theorem. There are `(d+p)!/(d! p!)` of them. An odd-degree polynomial is negative
/// far out, so these are features for analysis, not for attention. Source: Wright & Gonzalez 2021,
/// Prop. 1, with the coefficients corrected: the printed ones give a geometric series.
public record TaylorExp(Coefficient scale, int degree) implements FeatureMap {
    /// Refuses a negative degree.
    public TaylorExp {
        if (degree < 0) {
            throw new IllegalArgumentException(
                    "a Taylor polynomial has a degree of at least 0, got " + degree);
        }
    }

    /// The features of `exp(q·k/√d)`.
    public TaylorExp(int degree) {
        this(Coefficient.inverseRootDimension(), degree);
    }

    /// `(d+p)!/(d! p!)`.
    ///
    /// @throws IllegalArgumentException if that is more than an array can hold
    @Override
    public int dimension(int d) {
        BigInteger count = BigInteger.ONE;
        for (int i = 1; i <= degree; i++) {
            count = count.multiply(BigInteger.valueOf((long) d + i)).divide(BigInteger.valueOf(i));
        }
        if (count.bitLength() > 30) {
            throw new IllegalArgumentException(
                    "Taylor features of degree "
                            + degree
                            + " in "
                            + d
                            + " coordinates would be "
                            + count
                            + "; use random features for so many");
        }
        return count.intValue();
    }

    /// How far the Taylor polynomial is from `exp(a)` at most: `aᵖ⁺¹ eᵃ/(p+1)!` for `a ≥ 0`,
    /// `|a|ᵖ⁺¹/(p+1)!` for `a < 0` (Lagrange). Both grow with `|a|`, so the bound at the largest
    /// score holds for all.
    public double remainder(double a) {
        double term = a < 0 ? 1 : Math.exp(a);
        for (int i = 1; i <= degree + 1; i++) {
            term *= Math.abs(a) / i;
        }
        return term;
    }

    @Override
    public Tensor queries(Tensor q, Pass pass) {
        return features(q, pass);
    }

    @Override
    public Tensor keys(Tensor k, Pass pass) {
        return features(k, pass);
    }

    /// Degree by degree: each feature is one of the degree below times a coordinate not before its
    /// last one.
    private Tensor features(Tensor x, Pass pass) {
        int d = x.dim(-1);
        int rows = d == 0 ? x.value().size() : x.value().size() / d;
        Tensor columns = rooted(x, pass).reshape(rows, d).permute(1, 0); // [d, rows]
        List<Tensor> levels = new ArrayList<>();
        Level level = Level.zero();
        levels.add(Tensor.of(Array.full(x.dtype(), Shape.of(1, rows), 1)));
        for (int n = 1; n <= degree && d > 0; n++) {
            level = level.next(d);
            levels.add(
                    levels.getLast()
                            .gather(level.parent)
                            .mul(columns.gather(level.coordinate))
                            .mul(Tensor.of(level.factor(x.dtype()))));
        }
        Tensor all = Tensor.concat(0, levels); // [dimension, rows]
        return all.permute(1, 0).reshape(x.shape().with(-1, all.dim(0)));
    }

    /// `√c x`.
    private Tensor rooted(Tensor x, Pass pass) {
        return scale instanceof Coefficient.Trained t
                ? x.mul(pass.use(t.log()).scale(0.5).exp())
                : x.scale(Math.sqrt(scale.value(x.dim(-1))));
    }

    /// The multi-indices of one degree, each as a feature of the degree below, a coordinate, and
    /// the coordinate's exponent.
    private record Level(int[] parent, int[] coordinate, int[] exponent) {
        static Level zero() {
            return new Level(new int[1], new int[1], new int[1]);
        }

        Level next(int d) {
            List<int[]> all = new ArrayList<>();
            for (int i = 0; i < coordinate.length; i++) {
                for (int l = coordinate[i]; l < d; l++) {
                    all.add(new int[] {i, l, l == coordinate[i] ? exponent[i] + 1 : 1});
                }
            }
            return new Level(column(all, 0), column(all, 1), column(all, 2));
        }

        private static int[] column(List<int[]> rows, int c) {
            return rows.stream().mapToInt(r -> r[c]).toArray();
        }

        /// `1/√aₗ`, shape `[features, 1]`.
        Array factor(DType dtype) {
            double[] f = new double[exponent.length];
            for (int i = 0; i < f.length; i++) {
                f[i] = 1 / Math.sqrt(exponent[i]);
            }
            return Array.of(Shape.of(f.length, 1), f).cast(dtype);
        }
    }
}
