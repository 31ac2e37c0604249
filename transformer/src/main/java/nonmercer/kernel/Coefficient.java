package nonmercer.kernel;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// A positive number in a kernel's formula: fixed, a function of the dimension, or trained.
public sealed interface Coefficient {
    /// The value for queries and keys of `d` coordinates.
    double value(int d);

    /// How it prints in a formula.
    String symbol();

    /// `c x`, for queries and keys of `d` coordinates.
    default Tensor times(Tensor x, int d, Pass pass) {
        return this instanceof Trained t ? x.mul(t.tensor(pass)) : x.scale(value(d));
    }

    /// `√c x`.
    default Tensor rootTimes(Tensor x, int d, Pass pass) {
        return this instanceof Trained t
                ? x.mul(pass.use(t.log()).scale(0.5).exp())
                : x.scale(Math.sqrt(value(d)));
    }

    /// A fixed positive number.
    static Coefficient of(double value) {
        return new Fixed(value);
    }

    /// `1/√d`.
    static Coefficient inverseRootDimension() {
        return new InverseRootDimension();
    }

    /// A trained number, positive because its logarithm is what is trained.
    static Coefficient trained(double initial, DType dtype) {
        return Trained.from(initial, dtype);
    }

    /// A fixed positive number.
    record Fixed(double value) implements Coefficient {
        /// Refuses what is not a positive finite number.
        public Fixed {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(
                        "a kernel's coefficient must be positive and finite, got " + value);
            }
        }

        @Override
        public double value(int d) {
            return value;
        }

        @Override
        public String symbol() {
            return value == Math.rint(value) && value < 1e6
                    ? Long.toString((long) value)
                    : Double.toString(value);
        }
    }

    /// `1/√d`, the scale of the softmax kernel (Vaswani et al. 2017, eq. 1).
    record InverseRootDimension() implements Coefficient {
        @Override
        public double value(int d) {
            return 1 / Math.sqrt(d);
        }

        @Override
        public String symbol() {
            return "1/√d";
        }
    }

    /// `e^λ` with a trained scalar `λ`: `log` holds λ, shape `[]`.
    record Trained(Parameter log) implements Coefficient {
        /// Refuses a parameter that is not a scalar.
        public Trained {
            if (log.shape().rank() != 0) {
                throw new IllegalArgumentException(
                        "a trained coefficient is one number, got shape " + log.shape());
            }
        }

        static Trained from(double initial, DType dtype) {
            return new Trained(
                    new Parameter(
                            Array.full(dtype, Shape.SCALAR, Math.log(new Fixed(initial).value()))));
        }

        @Override
        public double value(int d) {
            return Math.exp(log.value().item());
        }

        /// `e^λ` as a tensor, recorded if the pass is.
        public Tensor tensor(Pass pass) {
            return pass.use(log).exp();
        }

        @Override
        public String symbol() {
            return "e^λ";
        }
    }
}
