package nonmercer.layer;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.linalg.Transpose;
import nonmercer.random.RandomStream;

/// A vector for each token: `table [vocabulary, d]`.
public record Embedding(Parameter table) {
    /// Normal values of standard deviation `1/√d`, so that the scaled embedding has unit variance.
    public static Embedding create(RandomStream random, int vocabulary, int d, DType dtype) {
        Array table = Array.zeros(dtype, Shape.of(vocabulary, d));
        random.fillNormal(table, 0, 1 / Math.sqrt(d));
        return new Embedding(new Parameter(table));
    }

    /// `√d` times the rows of the tokens: `[batch, length, d]` (Vaswani et al. 2017, section 3.4).
    public Tensor apply(Tokens tokens, Pass pass) {
        int d = table.shape().dim(1);
        return pass.use(table)
                .gather(tokens.ids())
                .scale(Math.sqrt(d))
                .reshape(tokens.batch(), tokens.length(), d);
    }

    /// The table as the output layer (tied weights): `[…, d] → […, vocabulary]`.
    public Tensor logits(Tensor x, Pass pass) {
        return x.matmul(pass.use(table), Transpose.TRANSPOSED);
    }
}
