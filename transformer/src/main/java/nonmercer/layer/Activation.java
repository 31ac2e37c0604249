package nonmercer.layer;

import nonmercer.autodiff.Tensor;

/// The non-linearity of a feed-forward layer.
public enum Activation {
    /// `max(x, 0)`.
    RELU {
        @Override
        public Tensor of(Tensor x) {
            return x.relu();
        }
    },
    /// `x Φ(x)`, exact.
    GELU {
        @Override
        public Tensor of(Tensor x) {
            return x.gelu();
        }
    },
    /// GELU's tanh form.
    GELU_TANH {
        @Override
        public Tensor of(Tensor x) {
            return x.geluTanh();
        }
    };

    /// The function, elementwise.
    public abstract Tensor of(Tensor x);
}
