package nonmercer.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;
import nonmercer.linalg.Transpose;
import nonmercer.random.RandomStream;

/// Random features of `f(q·k) = Σₙ aₙ (q·k)ⁿ`, `aₙ ≥ 0`: `φᵢ(x) = √(a_N 2^(N+1)/m) Π_{l ≤ N}
/// ω_il·x` with random signs `ω` and a random degree `N`, `P(N = n) = 2^(−n−1)` (Kar & Karnick
/// 2012).
///
/// Unbiased for every dot-product kernel. Estimates can be negative, so that it serves analysis
/// rather than attention.
///
/// @param degrees the degree of each feature, ascending
/// @param signs `[Σ degrees, d]`: degree by degree, the first factors of its features, the second …
/// @param amplitudes of each feature, `[m]`
public record RandomMaclaurin(List<Integer> degrees, Array signs, Array amplitudes)
        implements FeatureMap {
    /// Copies the list.
    public RandomMaclaurin {
        degrees = List.copyOf(degrees);
    }

    /// `m` features of the kernel with these coefficients, in `d` coordinates.
    public static RandomMaclaurin draw(
            IntToDoubleFunction coefficient, int d, int m, RandomStream stream) {
        RandomStream geometric = stream.at("degree");
        int[] degrees = new int[m];
        for (int i = 0; i < m; i++) {
            degrees[i] = Math.min(Long.numberOfTrailingZeros(geometric.nextLong()), 40);
        }
        Arrays.sort(degrees);
        double[] amplitudes = new double[m];
        for (int i = 0; i < m; i++) {
            double a = coefficient.applyAsDouble(degrees[i]);
            if (!(a >= 0)) {
                throw new IllegalArgumentException(
                        "the kernel of a power series with the coefficient "
                                + a
                                + " at degree "
                                + degrees[i]
                                + " is not positive definite in every dimension (Schoenberg 1942)");
            }
            amplitudes[i] = Math.sqrt(a * Math.pow(2, degrees[i] + 1) / m);
        }
        double[] signs = new double[Arrays.stream(degrees).sum() * d];
        RandomStream coin = stream.at("sign");
        for (int i = 0; i < signs.length; i++) {
            signs[i] = coin.nextBoolean() ? 1 : -1;
        }
        return new RandomMaclaurin(
                Arrays.stream(degrees).boxed().toList(),
                Array.of(Shape.of(signs.length / d, d), signs),
                Array.vector(amplitudes));
    }

    /// Features of `exp(c q·k)`.
    public static RandomMaclaurin ofExp(double c, int d, int m, RandomStream stream) {
        return draw(
                n -> {
                    double a = 1;
                    for (int i = 1; i <= n; i++) {
                        a *= c / i;
                    }
                    return a;
                },
                d,
                m,
                stream);
    }

    @Override
    public int dimension(int d) {
        return degrees.size();
    }

    @Override
    public Tensor queries(Tensor q, Pass pass) {
        return features(q);
    }

    @Override
    public Tensor keys(Tensor k, Pass pass) {
        return features(k);
    }

    private Tensor features(Tensor x) {
        DType type = x.dtype();
        Tensor all = x.matmul(Tensor.of(signs.cast(type)), Transpose.TRANSPOSED);
        List<Tensor> parts = new ArrayList<>();
        int at = 0;
        for (int first = 0; first < degrees.size(); ) {
            int n = degrees.get(first);
            int count = degrees.lastIndexOf(n) + 1 - first;
            Tensor product = Tensor.of(Array.full(type, x.shape().with(-1, count), 1));
            for (int l = 0; l < n; l++, at += count) {
                product = product.mul(all.slice(-1, at, at + count));
            }
            parts.add(product);
            first += count;
        }
        return Tensor.concat(-1, parts).mul(Tensor.of(amplitudes.cast(type)));
    }
}
