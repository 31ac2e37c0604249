package nonmercer.kernel;

import java.util.Arrays;
import java.util.OptionalInt;
import nonmercer.array.Array;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// A differentiable map of queries or keys, applied before a kernel: `k ∘ f`.
public interface Warp {
    /// The definition, in float64.
    double[] at(double[] x);

    /// Every row of `[…, n, d]`.
    Tensor of(Tensor x, Pass pass);

    /// Whether `f(x + t) - f(x)` depends on `t` alone, so that a stationary kernel stays
    /// stationary.
    boolean linear();

    /// How it prints applied to `x`.
    String print(String x);

    /// The number of coordinates it gives, given `d`.
    default int width(int d) {
        return d;
    }

    /// The number of coordinates it takes, if it is made for one.
    default OptionalInt takes() {
        return OptionalInt.empty();
    }

    /// `f(x) = x`.
    record Identity() implements Warp {
        @Override
        public double[] at(double[] x) {
            return x.clone();
        }

        @Override
        public Tensor of(Tensor x, Pass pass) {
            return x;
        }

        @Override
        public boolean linear() {
            return true;
        }

        @Override
        public String print(String x) {
            return x;
        }
    }

    /// `f(x) = c x`: an inverse lengthscale `c = 1/ℓ` for all coordinates.
    record Stretch(Coefficient factor) implements Warp {
        @Override
        public double[] at(double[] x) {
            double c = factor.value(x.length);
            double[] y = new double[x.length];
            for (int l = 0; l < x.length; l++) {
                y[l] = c * x[l];
            }
            return y;
        }

        @Override
        public Tensor of(Tensor x, Pass pass) {
            return factor.times(x, x.dim(-1), pass);
        }

        @Override
        public boolean linear() {
            return true;
        }

        @Override
        public String print(String x) {
            return factor.symbol() + "·" + x;
        }
    }

    /// `f(x)ₗ = xₗ e^(-λₗ)`: a trained lengthscale `e^λₗ` for each coordinate (automatic relevance
    /// determination).
    record Ard(Parameter logLengthscales) implements Warp {
        @Override
        public double[] at(double[] x) {
            if (x.length != logLengthscales.shape().size()) {
                throw new IllegalArgumentException(
                        logLengthscales.shape().size()
                                + " lengthscales were given a vector of "
                                + x.length
                                + " coordinates");
            }
            double[] y = new double[x.length];
            for (int l = 0; l < x.length; l++) {
                y[l] = x[l] * Math.exp(-logLengthscales.value().at(l));
            }
            return y;
        }

        @Override
        public Tensor of(Tensor x, Pass pass) {
            return x.mul(pass.use(logLengthscales).neg().exp());
        }

        @Override
        public boolean linear() {
            return true;
        }

        @Override
        public String print(String x) {
            return x + "/ℓ";
        }

        @Override
        public OptionalInt takes() {
            return OptionalInt.of(logLengthscales.shape().size());
        }
    }

    /// `f(x) = x W`, `W` a trained `[d, e]`.
    record Linear(Parameter weight) implements Warp {
        @Override
        public double[] at(double[] x) {
            Array w = weight.value();
            if (x.length != w.dim(0)) {
                throw new IllegalArgumentException(
                        "a linear warp of shape "
                                + w.shape()
                                + " was given a vector of "
                                + x.length
                                + " coordinates");
            }
            double[] y = new double[w.dim(1)];
            for (int j = 0; j < y.length; j++) {
                for (int l = 0; l < x.length; l++) {
                    y[j] += x[l] * w.get(l, j);
                }
            }
            return y;
        }

        @Override
        public Tensor of(Tensor x, Pass pass) {
            return x.matmul(pass.use(weight));
        }

        @Override
        public boolean linear() {
            return true;
        }

        @Override
        public String print(String x) {
            return x + "W";
        }

        @Override
        public int width(int d) {
            return weight.shape().dim(1);
        }

        @Override
        public OptionalInt takes() {
            return OptionalInt.of(weight.shape().dim(0));
        }
    }

    /// The coordinates `from … to-1`; a negative `from`, and a `to` that is not positive, count
    /// from the end: `(0, -1)` is all but the last.
    record Coordinates(int from, int to) implements Warp {
        private int start(int d) {
            return within(from < 0 ? d + from : from, d);
        }

        private int end(int d) {
            return within(to <= 0 ? d + to : to, d);
        }

        private int within(int l, int d) {
            if (l < 0 || l > d) {
                throw new IllegalArgumentException(
                        "the coordinates "
                                + from
                                + " to "
                                + to
                                + " of a vector of "
                                + d
                                + " were asked for");
            }
            return l;
        }

        @Override
        public double[] at(double[] x) {
            return Arrays.copyOfRange(x, start(x.length), Math.max(start(x.length), end(x.length)));
        }

        @Override
        public Tensor of(Tensor x, Pass pass) {
            int d = x.dim(-1);
            return x.slice(-1, start(d), Math.max(start(d), end(d)));
        }

        @Override
        public boolean linear() {
            return true;
        }

        @Override
        public String print(String x) {
            return x + "[" + (from == 0 ? "" : from) + ":" + (to == 0 ? "" : to) + "]";
        }

        @Override
        public int width(int d) {
            return Math.max(0, end(d) - start(d));
        }
    }
}
