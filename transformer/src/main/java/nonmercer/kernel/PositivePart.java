package nonmercer.kernel;

import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// `f(x)ₗ = max(xₗ, 0)`: what makes a histogram of a vector. Its gradient at 0 is taken as 0.
public record PositivePart() implements Warp {
    @Override
    public double[] at(double[] x) {
        double[] y = new double[x.length];
        for (int l = 0; l < x.length; l++) {
            y[l] = Math.max(x[l], 0);
        }
        return y;
    }

    @Override
    public Tensor of(Tensor x, Pass pass) {
        return x.relu();
    }

    @Override
    public boolean linear() {
        return false;
    }

    @Override
    public String print(String x) {
        return "max(" + x + ",0)";
    }
}
