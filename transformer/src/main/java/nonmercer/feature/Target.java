package nonmercer.feature;

/// What kernel features stand for where `ω ~ N(0, I)`: it fixes the factor `h(x)` of each feature.
public enum Target {
    /// `exp(−‖x − y‖²/2)`; for other laws the stationary kernel `E cos(ω·(x − y))`, or `E exp(ω·(x
    /// + y) − ‖x‖² − ‖y‖²)`.
    GAUSSIAN("exp(-|x - y|²/2)"),
    /// `exp(x·y)`; for other laws either of these times `exp((‖x‖² + ‖y‖²)/2)`.
    SOFTMAX("exp(x·y)");

    private final String formula;

    Target(String formula) {
        this.formula = formula;
    }

    /// The kernel for `ω ~ N(0, I)`.
    public String formula() {
        return formula;
    }
}
