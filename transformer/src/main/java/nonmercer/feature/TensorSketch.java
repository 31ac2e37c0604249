package nonmercer.feature;

import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;
import nonmercer.random.RandomStream;

/// Random features of the polynomial kernel `(q·k + c)^p`: `φ(x) = m^-½ Π_{j ≤ p} H C_j [x, √c]`, a
/// product of `p` count sketches `C_j`, each a signed hash of the coordinates into `m` buckets,
/// under the Hadamard matrix `H` (Pham & Pagh 2013).
///
/// The sketch of a power is the convolution of the sketches; that is a product under a transform.
/// Buckets are combined here by exclusive or, so the transform is Hadamard's in place of Fourier's,
/// with the same mean and the same bound `Var ≤ (3^p − 1)/m (‖q‖² + c)^p (‖k‖² + c)^p` (Avron,
/// Nguyen & Woodruff 2014). `m` is a power of two.
///
/// @param sketches `C_j` in one matrix `[d + 1, p m]`, one sign a row and sketch
/// @param degree `p`
/// @param constant `c ≥ 0`
public record TensorSketch(Array sketches, int degree, double constant) implements FeatureMap {
    /// `m` features in `d` coordinates.
    public static TensorSketch draw(
            int degree, double constant, int d, int m, RandomStream stream) {
        if (degree < 1 || !(constant >= 0) || Integer.bitCount(m) != 1) {
            throw new IllegalArgumentException(
                    "a sketch of (q·k + c)^p takes p >= 1, c >= 0 and a power of two of features, got"
                            + " p = "
                            + degree
                            + ", c = "
                            + constant
                            + " and "
                            + m);
        }
        double[] c = new double[(d + 1) * degree * m];
        for (int j = 0; j < degree; j++) {
            RandomStream hash = stream.at("sketch").at(j);
            for (int i = 0; i <= d; i++) {
                c[(i * degree + j) * m + hash.nextInt(m)] = hash.nextBoolean() ? 1 : -1;
            }
        }
        return new TensorSketch(Array.of(Shape.of(d + 1, degree * m), c), degree, constant);
    }

    @Override
    public int dimension(int d) {
        return sketches.dim(1) / degree;
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
        int m = sketches.dim(1) / degree;
        Tensor one = Tensor.of(Array.full(x.dtype(), x.shape().with(-1, 1), Math.sqrt(constant)));
        Tensor all =
                Tensor.concat(-1, java.util.List.of(x, one))
                        .matmul(Tensor.of(sketches.cast(x.dtype())));
        Tensor product = all.slice(-1, 0, m).hadamard().scale(1 / Math.sqrt(m));
        for (int j = 1; j < degree; j++) {
            product = product.mul(all.slice(-1, j * m, (j + 1) * m).hadamard());
        }
        return product;
    }
}
