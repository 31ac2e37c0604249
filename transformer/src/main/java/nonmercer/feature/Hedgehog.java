package nonmercer.feature;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Logarithms;
import nonmercer.kernel.PositiveFeatureMap;

/// `φ(x) = [softmax(Wx), softmax(−Wx)]` with a learned `W` for each head: positive features that a
/// network shapes itself, with no kernel given beforehand (Zhang et al. 2024, "The Hedgehog & the
/// Porcupine").
///
/// Starts at `W = I`, repeated along its longer side. Queries and keys share the map: `[b, heads,
/// n, d] → [b, heads, n, features]`.
///
/// @param weight `[heads, d, features/2]`, or `[1, d, features/2]`
public record Hedgehog(Parameter weight) implements PositiveFeatureMap {
    /// Refuses another shape.
    public Hedgehog {
        if (weight.shape().rank() != 3) {
            throw new IllegalArgumentException(
                    "a learned feature map takes weights [heads, d, features/2], got "
                            + weight.shape());
        }
    }

    /// With so many features, an even number.
    public static Hedgehog create(int heads, int d, int features, DType dtype) {
        if (features < 2 || features % 2 != 0) {
            throw new IllegalArgumentException(
                    "features come in pairs of opposite sign, got " + features);
        }
        int m = features / 2;
        double[] w = new double[heads * d * m];
        for (int h = 0; h < heads; h++) {
            for (int j = 0; j < Math.max(d, m); j++) {
                w[(h * d + j % d) * m + j % m] = 1;
            }
        }
        return new Hedgehog(new Parameter(Array.of(Shape.of(heads, d, m), w).cast(dtype)));
    }

    @Override
    public int dimension(int d) {
        return 2 * weight.shape().dim(2);
    }

    @Override
    public Logarithms logQueries(Tensor q, Pass pass) {
        return logs(q, pass);
    }

    @Override
    public Logarithms logKeys(Tensor k, Pass pass) {
        return logs(k, pass);
    }

    private Logarithms logs(Tensor x, Pass pass) {
        Tensor w = pass.use(weight);
        boolean shared = w.dim(0) == 1;
        Tensor u = x.matmul(shared ? w.reshape(w.dim(1), w.dim(2)) : w);
        Tensor v = u.neg();
        Tensor none = Tensor.of(Array.zeros(x.dtype(), x.shape().with(-1, 1)));
        return new Logarithms(Tensor.concat(-1, List.of(normalised(u), normalised(v))), none);
    }

    private static Tensor normalised(Tensor u) {
        Tensor sum = u.logSumExp();
        return u.sub(sum.reshape(sum.shape().append(1)));
    }
}
