package nonmercer.kernel;

import nonmercer.array.Array;
import nonmercer.array.Elementwise;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;

/// `f(x) = x/‖x‖`, and 0 for 0: points moved to the unit sphere. At 0 its gradient is taken as 0.
public record Unit() implements Warp {
    @Override
    public double[] at(double[] x) {
        double length = Math.sqrt(Pairing.DOT.at(x, x));
        double[] y = new double[x.length];
        for (int l = 0; l < x.length && length > 0; l++) {
            y[l] = x[l] / length;
        }
        return y;
    }

    @Override
    public Tensor of(Tensor x, Pass pass) {
        Tensor squared = x.square().sum(-1);
        Array positive = Array.zeros(x.dtype(), squared.shape());
        Array zero = Array.zeros(x.dtype(), squared.shape());
        Elementwise.binary(Binary.GREATER, squared.value(), zero, positive);
        Tensor length = squared.sqrt().where(positive, 1); // [..., n]
        Tensor inside = Tensor.of(positive.reshape(squared.shape().append(1)));
        return x.div(length.reshape(length.shape().append(1))).mul(inside);
    }

    @Override
    public boolean linear() {
        return false;
    }

    @Override
    public String print(String x) {
        return x + "/‖" + x + "‖";
    }
}
