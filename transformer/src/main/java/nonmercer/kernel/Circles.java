package nonmercer.kernel;

import java.util.List;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// `f(x) = √c (cos(2πxₗ/p), sin(2πxₗ/p))ₗ/√2`: each coordinate on a circle that it runs round once
/// in a period `p`.
///
/// `‖f(x) - f(y)‖² = 2c Σₗ sin²(π(xₗ - yₗ)/p)`.
public record Circles(Coefficient period, Coefficient scale) implements Warp {
    @Override
    public double[] at(double[] x) {
        int d = x.length;
        double radius = Math.sqrt(scale.value(d)) / Math.sqrt(2);
        double[] y = new double[2 * d];
        for (int l = 0; l < d; l++) {
            double angle = 2 * Math.PI * x[l] / period.value(d);
            y[l] = radius * Math.cos(angle);
            y[d + l] = radius * Math.sin(angle);
        }
        return y;
    }

    @Override
    public Tensor of(Tensor x, Pass pass) {
        int d = x.dim(-1);
        Tensor angle =
                period instanceof Coefficient.Trained t
                        ? x.scale(2 * Math.PI).mul(t.tensor(pass).reciprocal())
                        : x.scale(2 * Math.PI / period.value(d));
        Tensor y = Tensor.concat(-1, List.of(angle.cos(), angle.sin()));
        return scale.rootTimes(y.scale(Math.sqrt(0.5)), d, pass);
    }

    @Override
    public boolean linear() {
        return false;
    }

    @Override
    public String print(String x) {
        return "circles(" + x + ")";
    }

    @Override
    public int width(int d) {
        return 2 * d;
    }
}
