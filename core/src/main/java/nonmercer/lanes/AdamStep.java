package nonmercer.lanes;

/// The numbers of one Adam step.
///
/// With step size η, at step t: `rate` = η/(1 − β₁ᵗ), `correction` = 1/√(1 − β₂ᵗ), `decay` = η·λ (0
/// for plain Adam).
///
/// @param rate the step size over the bias of the first moment
/// @param beta1 what the first moment keeps
/// @param beta2 what the second moment keeps
/// @param epsilon added to the root of the second moment
/// @param correction one over the root of the bias of the second moment
/// @param decay the part of each parameter that is taken away
public record AdamStep(
        double rate, double beta1, double beta2, double epsilon, double correction, double decay) {
    /// Step number `t`, from 1, with step size `eta` and weight decay `lambda` (Loshchilov & Hutter
    /// 2019, Algorithm 2).
    public static AdamStep of(
            int t, double eta, double beta1, double beta2, double epsilon, double lambda) {
        if (t < 1) {
            throw new IllegalArgumentException("AdamStep: steps count from 1, got " + t);
        }
        return new AdamStep(
                eta / (1 - StrictMath.pow(beta1, t)),
                beta1,
                beta2,
                epsilon,
                1 / Math.sqrt(1 - StrictMath.pow(beta2, t)),
                eta * lambda);
    }
}
