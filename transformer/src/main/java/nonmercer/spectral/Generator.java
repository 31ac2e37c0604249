package nonmercer.spectral;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;

/// `ω = b tanh(f_θ(ε))`, `ε ~ N(0, I)`: the law of what a small network makes of noise, with GELU
/// between its layers (Chowdhury et al. 2022).
///
/// Each frequency is a function of its own noise alone: nothing is normalised across the noise, so
/// that frequencies are independent where the noise is, and training and evaluation have one
/// kernel. No closed form is known; `|ωₗ| ≤ b`, so the kernel has slopes of at most `b√d`.
///
/// @param layers from the noise to the frequency
/// @param bound `b`
public record Generator(List<Layer> layers, double bound) implements SpectralLaw {
    /// Weights `[in, out]` and a bias `[out]`.
    public record Layer(Parameter weight, Parameter bias) {}

    /// Copies the list; refuses none.
    public Generator {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a generator has at least one layer");
        }
    }

    /// A network with these widths, from the number of noise coordinates to `d`: weights uniform in
    /// `±√(6/(in + out))`, biases 0, bound 1.
    public static Generator create(RandomStream stream, DType dtype, int... widths) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i + 1 < widths.length; i++) {
            double a = Math.sqrt(6.0 / (widths[i] + widths[i + 1]));
            Array w = Array.zeros(dtype, Shape.of(widths[i], widths[i + 1]));
            stream.at("layer").at(i).fillUniform(w, -a, a);
            layers.add(
                    new Layer(
                            new Parameter(w),
                            new Parameter(Array.zeros(dtype, Shape.of(widths[i + 1])))));
        }
        return new Generator(layers, 1);
    }

    @Override
    public int dimension() {
        return layers.getLast().bias().shape().dim(0);
    }

    @Override
    public int heads() {
        return 1;
    }

    @Override
    public Noise noise(Coupling coupling, int m, RandomStream stream) {
        return coupling.draw(m, layers.getFirst().weight().shape().dim(0), stream);
    }

    @Override
    public Frequencies frequencies(Noise noise, DType dtype, Pass pass) {
        Noise.Rows rows = Heads.rows(noise);
        Tensor x = Tensor.of(rows.normal().cast(dtype));
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            x = (i == 0 ? x : x.gelu()).linear(pass.use(layer.weight()), pass.use(layer.bias()));
        }
        Tensor omega = x.tanh().scale(bound);
        return Heads.frequencies(omega.reshape(1, omega.dim(0), omega.dim(1)), rows.weights());
    }

    @Override
    public OptionalDouble supportBound() {
        return OptionalDouble.of(bound);
    }

    @Override
    public List<Parameter> parameters() {
        return layers.stream().flatMap(l -> List.of(l.weight(), l.bias()).stream()).toList();
    }

    @Override
    public String formula() {
        return "ω = " + (bound == 1 ? "" : bound + " ") + "tanh f(ε), ε ~ N(0, I)";
    }
}
