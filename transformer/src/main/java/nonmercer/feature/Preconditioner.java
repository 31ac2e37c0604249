package nonmercer.feature;

/// A change of queries and keys that leaves `exp(x·y)` as it is and makes `‖x + y‖²`, on which the
/// variance of positive features depends, smaller.
public enum Preconditioner {
    /// Nothing.
    NONE(false, false),
    /// `x − b`, `y − c` with the means `b` of the queries and `c` of the keys; the factor `exp(c·x
    /// + b·y − b·c)` that is missing is put into the features, so that the kernel is the same. The
    ///   mean of `‖x + y‖²` falls by `‖b + c‖²`.
    CENTRED(true, false),
    /// `Ψx`, `Ψ⁻¹y` with the diagonal `Ψ` that makes the mean of `‖x‖² + ‖y‖²` least: `Ψₗ⁴` is the
    /// mean of `yₗ²` over that of `xₗ²` (Likhosherstov et al. 2023).
    RESCALED(false, true),
    /// Centred, then rescaled.
    CENTRED_AND_RESCALED(true, true);

    private final boolean centres;
    private final boolean rescales;

    Preconditioner(boolean centres, boolean rescales) {
        this.centres = centres;
        this.rescales = rescales;
    }

    /// Whether it subtracts means.
    public boolean centres() {
        return centres;
    }

    /// Whether it scales coordinates.
    public boolean rescales() {
        return rescales;
    }
}
