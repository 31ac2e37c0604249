package nonmercer.layer;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// A normalisation along the innermost axis.
public sealed interface Norm {
    /// `ε` added to the variance or mean square.
    double EPSILON = 1e-5;

    /// `[…, d] → […, d]`.
    Tensor apply(Tensor x, Pass pass);

    /// Which normalisation a model uses.
    enum Kind {
        /// Layer normalisation: mean removed, variance 1, gain and bias (Ba, Kiros & Hinton 2016).
        LAYER {
            @Override
            public Norm create(int d, DType dtype) {
                return new Layer(ones(d, dtype), new Parameter(Array.zeros(dtype, Shape.of(d))));
            }
        },
        /// Root mean square 1, gain (Zhang & Sennrich 2019).
        RMS {
            @Override
            public Norm create(int d, DType dtype) {
                return new Rms(ones(d, dtype));
            }
        };

        /// A fresh normalisation of `d` coordinates: gain 1, bias 0.
        public abstract Norm create(int d, DType dtype);

        private static Parameter ones(int d, DType dtype) {
            return new Parameter(Array.full(dtype, Shape.of(d), 1));
        }
    }

    /// Layer normalisation with `gain [d]` and `bias [d]`.
    record Layer(Parameter gain, Parameter bias) implements Norm {
        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return x.layerNorm(pass.use(gain), pass.use(bias), EPSILON);
        }
    }

    /// Root-mean-square normalisation with `gain [d]`.
    record Rms(Parameter gain) implements Norm {
        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return x.rmsNorm(pass.use(gain), EPSILON);
        }
    }
}
