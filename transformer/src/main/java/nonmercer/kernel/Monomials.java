package nonmercer.kernel;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// `φ(x)ₐ = √(wₙ n!/a!) xᵃ` of all multi-indices `a` of degree `n = |a|` with `wₙ > 0`: the
/// features of `Σₙ wₙ (c q·k)ⁿ`, `wₙ ≥ 0`, by the multinomial theorem.
///
/// Of degree n there are `(d+n-1)!/((d-1)! n!)`.
///
/// @param scale `c`
/// @param weights `w₀, w₁, …`
public record Monomials(Coefficient scale, List<Double> weights) implements FeatureMap {
    /// Copies the weights; refuses negative ones.
    public Monomials {
        weights = List.copyOf(weights);
        if (!weights.stream().allMatch(w -> w >= 0 && w < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the weights of monomials are not negative, got " + weights);
        }
    }

    /// Features of `Σₙ wₙ (c q·k)ⁿ`.
    public static Monomials of(Coefficient scale, double... weights) {
        return new Monomials(scale, Arrays.stream(weights).boxed().toList());
    }

    /// Features of `(c q·k + b)ᵖ`: `wₙ = p!/(n! (p-n)!) bᵖ⁻ⁿ`.
    static Monomials binomial(Coefficient scale, double offset, int p) {
        double[] w = new double[p + 1];
        double choose = 1;
        for (int n = p; n >= 0; n--) {
            w[n] = choose * Math.pow(offset, p - n);
            choose = choose * n / (p - n + 1);
        }
        return of(scale, w);
    }

    /// Features of `Σₙ (c q·k)ⁿ/n!`, `n ≤ p`.
    public static Monomials exponential(Coefficient scale, int p) {
        double[] w = new double[p + 1];
        w[0] = 1;
        for (int n = 1; n <= p; n++) {
            w[n] = w[n - 1] / n;
        }
        return of(scale, w);
    }

    /// The number of monomials of degree `p`, or of all degrees up to it.
    static FeatureDimension count(int p, boolean below) {
        return below
                ? new FeatureDimension.Finite(
                        d -> choose(d + p, p).longValueExact(),
                        "(d+" + p + ")!/(d! " + p + "!)",
                        true,
                        "monomials of degree at most " + p)
                : new FeatureDimension.Finite(
                        d -> d == 0 ? 0 : choose(d + p - 1, p).longValueExact(),
                        "(d+" + (p - 1) + ")!/((d-1)! " + p + "!)",
                        true,
                        "monomials of degree " + p);
    }

    private static BigInteger choose(int n, int k) {
        BigInteger count = BigInteger.ONE;
        for (int i = 1; i <= k; i++) {
            count = count.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
        }
        return count;
    }

    /// @throws IllegalArgumentException if that is more than an array can hold
    @Override
    public int dimension(int d) {
        BigInteger count = BigInteger.ZERO;
        for (int n = 0; n < weights.size(); n++) {
            if (weights.get(n) > 0 && (n == 0 || d > 0)) {
                count = count.add(choose(d + n - 1, n));
            }
        }
        if (count.bitLength() > 30) {
            throw new IllegalArgumentException(
                    "monomials of degree "
                            + (weights.size() - 1)
                            + " in "
                            + d
                            + " coordinates would be "
                            + count
                            + "; use random features for so many");
        }
        return count.intValue();
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
        int rows = x.shape().without(-1).size();
        dimension(d);
        Tensor columns = scale.rootTimes(x, d, pass).reshape(rows, d).permute(1, 0); // [d, rows]
        List<Tensor> levels = new ArrayList<>();
        Level level = Level.zero();
        Tensor monomials = Tensor.of(Array.full(x.dtype(), Shape.of(1, rows), 1));
        double factorial = 1;
        for (int n = 0; n < weights.size() && (n == 0 || d > 0); n++) {
            if (n > 0) {
                level = level.next(d);
                factorial *= n;
                monomials =
                        monomials
                                .gather(level.parent)
                                .mul(columns.gather(level.coordinate))
                                .mul(Tensor.of(level.factor(x.dtype())));
            }
            double w = weights.get(n) * factorial;
            if (w > 0) {
                levels.add(w == 1 ? monomials : monomials.scale(Math.sqrt(w)));
            }
        }
        Tensor all =
                levels.isEmpty()
                        ? Tensor.of(Array.zeros(x.dtype(), Shape.of(0, rows)))
                        : Tensor.concat(0, levels); // [dimension, rows]
        return all.permute(1, 0).reshape(x.shape().with(-1, all.dim(0)));
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
