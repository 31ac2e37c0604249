package nonmercer.layer;

import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;

/// `y = σ(x W₁ + b₁) W₂ + b₂` at each position (Vaswani et al. 2017, eq. 2).
public record FeedForward(Linear in, Linear out, Activation activation, double dropout) {
    /// Fresh weights, `d → hidden → d`.
    public static FeedForward create(
            RandomStream random,
            int d,
            int hidden,
            Activation activation,
            double dropout,
            DType dtype) {
        return new FeedForward(
                Linear.create(random.at("in"), d, hidden, dtype),
                Linear.create(random.at("out"), hidden, d, dtype),
                activation,
                dropout);
    }

    /// `[…, d] → […, d]`.
    public Tensor apply(Tensor x, Pass pass) {
        return out.apply(pass.dropout(activation.of(in.apply(x, pass)), dropout), pass);
    }
}
