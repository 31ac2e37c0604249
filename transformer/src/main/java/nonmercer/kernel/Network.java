package nonmercer.kernel;

import java.util.OptionalInt;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;

/// `f(x) = tanh(x W + b) V`: a small network before a kernel. One for both sides makes a deep
/// kernel, which is positive definite if the kernel is; two make towers.
///
/// Source: Wilson et al. 2016, Deep Kernel Learning.
///
/// @param hidden `W [d, m]`
/// @param bias `b [m]`
/// @param out `V [m, e]`
public record Network(Parameter hidden, Parameter bias, Parameter out) implements Warp {
    /// Refuses matrices that do not fit.
    public Network {
        if (hidden.shape().rank() != 2
                || out.shape().rank() != 2
                || bias.shape().size() != hidden.shape().dim(1)
                || out.shape().dim(0) != hidden.shape().dim(1)) {
            throw new IllegalArgumentException(
                    "a network takes W [d, m], b [m] and V [m, e], got "
                            + hidden.shape()
                            + ", "
                            + bias.shape()
                            + " and "
                            + out.shape());
        }
    }

    /// From `d` coordinates through `m` units to `e`, with random weights of variance `1/d` and
    /// `1/m`, for float64; a model casts its copy.
    public static Network random(int d, int m, int e, RandomStream random) {
        Array w = Array.zeros(DType.FLOAT64, Shape.of(d, m));
        Array v = Array.zeros(DType.FLOAT64, Shape.of(m, e));
        random.at("hidden").fillNormal(w, 0, 1 / Math.sqrt(d));
        random.at("out").fillNormal(v, 0, 1 / Math.sqrt(m));
        return new Network(
                new Parameter(w),
                new Parameter(Array.zeros(DType.FLOAT64, Shape.of(m))),
                new Parameter(v));
    }

    @Override
    public double[] at(double[] x) {
        double[] units = new Warp.Linear(hidden).at(x);
        for (int j = 0; j < units.length; j++) {
            units[j] = Math.tanh(units[j] + bias.value().at(j));
        }
        return new Warp.Linear(out).at(units);
    }

    @Override
    public Tensor of(Tensor x, Pass pass) {
        return x.matmul(pass.use(hidden)).add(pass.use(bias)).tanh().matmul(pass.use(out));
    }

    @Override
    public boolean linear() {
        return false;
    }

    @Override
    public String print(String x) {
        return "net(" + x + ")";
    }

    @Override
    public int width(int d) {
        return out.shape().dim(1);
    }

    @Override
    public OptionalInt takes() {
        return OptionalInt.of(hidden.shape().dim(0));
    }
}
