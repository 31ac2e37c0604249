package nonmercer.machine;

/// What a machine minimises: a loss of each response, and a penalty for each function's norm.
///
/// @param loss of a prediction
/// @param penalty of a norm
/// @param lambdaQueries `λ` of the function of queries
/// @param lambdaKeys `λ` of the function of keys
public record Objective(Loss loss, Penalty penalty, double lambdaQueries, double lambdaKeys) {
    /// Refuses penalties that are not positive.
    public Objective {
        if (!usable(lambdaQueries) || !usable(lambdaKeys)) {
            throw new IllegalArgumentException(
                    "a machine needs finite λ > 0, got "
                            + lambdaQueries
                            + " and "
                            + lambdaKeys
                            + "; without a penalty use Interpolation");
        }
    }

    /// Whether a λ is above zero and finite.
    static boolean usable(double lambda) {
        return lambda > 0 && lambda < Double.POSITIVE_INFINITY;
    }

    /// This loss and `λ/2 ‖·‖²` for both functions.
    public static Objective of(Loss loss, double lambda) {
        return new Objective(loss, Penalty.HALF_SQUARE, lambda, lambda);
    }

    /// The same with another penalty.
    public Objective with(Penalty other) {
        return new Objective(loss, other, lambdaQueries, lambdaKeys);
    }
}
