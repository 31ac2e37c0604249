package nonmercer.kernel;

import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// `f(x)ₗ = (-1)ˡ xₗ`, coordinates counted from 0: every other sign is turned.
public record Signs() implements Warp {
    @Override
    public double[] at(double[] x) {
        double[] y = x.clone();
        for (int l = 1; l < x.length; l += 2) {
            y[l] = -y[l];
        }
        return y;
    }

    @Override
    public Tensor of(Tensor x, Pass pass) {
        double[] signs = new double[x.dim(-1)];
        for (int l = 0; l < signs.length; l++) {
            signs[l] = l % 2 == 0 ? 1 : -1;
        }
        return x.mul(Tensor.of(Array.of(Shape.of(signs.length), signs).cast(x.dtype())));
    }

    @Override
    public boolean linear() {
        return true;
    }

    @Override
    public String print(String x) {
        return "±" + x;
    }
}
