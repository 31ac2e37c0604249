package nonmercer.layer;

import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;

/// `y = x W + b` along the innermost axis: `weight [in, out]`, `bias [out]`.
public record Linear(Parameter weight, Optional<Parameter> bias) {
    /// Weights uniform in `±√(6 / (in + out))` (Glorot & Bengio 2010), bias zero.
    public static Linear create(RandomStream random, int in, int out, DType dtype) {
        return new Linear(
                new Parameter(glorot(random, in, out, dtype)),
                Optional.of(new Parameter(Array.zeros(dtype, Shape.of(out)))));
    }

    /// The same without a bias.
    public static Linear withoutBias(RandomStream random, int in, int out, DType dtype) {
        return new Linear(new Parameter(glorot(random, in, out, dtype)), Optional.empty());
    }

    private static Array glorot(RandomStream random, int in, int out, DType dtype) {
        double bound = Math.sqrt(6.0 / (in + out));
        Array w = Array.zeros(dtype, Shape.of(in, out));
        random.fillUniform(w, -bound, bound);
        return w;
    }

    /// `[…, in] → […, out]`.
    public Tensor apply(Tensor x, Pass pass) {
        Tensor w = pass.use(weight);
        return bias.isPresent() ? x.linear(w, pass.use(bias.get())) : x.matmul(w);
    }
}
