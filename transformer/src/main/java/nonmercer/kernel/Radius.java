package nonmercer.kernel;

import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// `f(x) = √(a + c‖x‖²)`, one number of each point. Where that is 0 its gradient is taken as 0.
///
/// @param offset `a ≥ 0`
/// @param scale `c`
public record Radius(double offset, Coefficient scale) implements Warp {
    /// Refuses a negative offset.
    public Radius {
        if (!(offset >= 0) || Double.isInfinite(offset)) {
            throw new IllegalArgumentException(
                    "a squared radius at 0 is 0 or positive, got " + offset);
        }
    }

    @Override
    public double[] at(double[] x) {
        return new double[] {Math.sqrt(offset + scale.value(x.length) * Pairing.DOT.at(x, x))};
    }

    @Override
    public Tensor of(Tensor x, Pass pass) {
        Tensor squared = scale.times(x.square().sum(-1), x.dim(-1), pass).plus(offset).sqrt();
        return squared.reshape(squared.shape().append(1));
    }

    @Override
    public boolean linear() {
        return false;
    }

    @Override
    public String print(String x) {
        return offset == 0 && scale.equals(Coefficient.of(1))
                ? "‖" + x + "‖"
                : "√(" + offset + " + " + scale.symbol() + "·‖" + x + "‖²)";
    }

    @Override
    public int width(int d) {
        return 1;
    }
}
