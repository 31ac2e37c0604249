package nonmercer.spectral;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// The numbers of a law: fixed, or trained.
public sealed interface Numbers {
    /// These numbers, never trained.
    static Numbers fixed(Array values) {
        return new Fixed(values.copy());
    }

    /// Numbers that start at these values and are trained, in the values' element type.
    static Numbers trained(Array initial) {
        return new Trained(new Parameter(initial));
    }

    /// The current values.
    Array value();

    /// The values as a tensor, recorded if they are trained and the pass is.
    Tensor of(DType dtype, Pass pass);

    /// The parameter, if trained.
    List<Parameter> parameters();

    /// Never trained.
    record Fixed(Array value) implements Numbers {
        @Override
        public Tensor of(DType dtype, Pass pass) {
            return Tensor.of(value.cast(dtype));
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }
    }

    /// Trained.
    record Trained(Parameter parameter) implements Numbers {
        @Override
        public Array value() {
            return parameter.value();
        }

        /// @throws IllegalArgumentException if the parameter has another element type
        @Override
        public Tensor of(DType dtype, Pass pass) {
            if (parameter.value().dtype() != dtype) {
                throw new IllegalArgumentException(
                        "a spectral law with trained "
                                + parameter.value().dtype()
                                + " numbers was given "
                                + dtype
                                + " queries or keys; make it in their type");
            }
            return pass.use(parameter);
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(parameter);
        }
    }
}
