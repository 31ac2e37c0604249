package nonmercer.autodiff.optim;

/// The learning rate as a function of the step; the first step is 1.
@FunctionalInterface
public interface Schedule {
    /// The rate of a step.
    double rate(int step);

    /// The same rate at every step.
    static Schedule constant(double rate) {
        return step -> rate;
    }

    /// Linear from 0 to `peak` over the first `warmUp` steps, then half a cosine down to `floor` at
    /// step `total`, and `floor` from there on (Loshchilov & Hutter 2017, without restarts).
    static Schedule warmUpCosine(double peak, int warmUp, int total, double floor) {
        if (warmUp < 0 || total <= warmUp) {
            throw new IllegalArgumentException(
                    "expected 0 ≤ warm-up < total steps, got a warm-up of "
                            + warmUp
                            + " in "
                            + total);
        }
        return step -> {
            if (step < warmUp) {
                return peak * step / warmUp;
            }
            double done = Math.min(1, (double) (step - warmUp) / (total - warmUp));
            return floor + (peak - floor) * (1 + Math.cos(Math.PI * done)) / 2;
        };
    }

    /// Linear from 0 to `peak` over the first `warmUp` steps, then `peak · √(warmUp / step)`
    /// (Vaswani et al. 2017, 5.3).
    static Schedule warmUpInverseSquareRoot(double peak, int warmUp) {
        if (warmUp < 1) {
            throw new IllegalArgumentException(
                    "expected a warm-up of at least 1 step, got " + warmUp);
        }
        return step -> peak * Math.min((double) step / warmUp, Math.sqrt((double) warmUp / step));
    }
}
