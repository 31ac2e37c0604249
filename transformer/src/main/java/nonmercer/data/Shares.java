package nonmercer.data;

/// The shares of a split, each in `(0, 1)`, together 1.
///
/// @param train to fit the parameters
/// @param validation to choose among models
/// @param test to report, once
public record Shares(double train, double validation, double test) {
    /// 70 % training, 10 % validation, 20 % test.
    public static final Shares DEFAULT = new Shares(0.7, 0.1, 0.2);

    /// Checks that the shares are positive and add up to 1.
    public Shares {
        boolean positive = train > 0 && validation > 0 && test > 0;
        if (!positive || Math.abs(train + validation + test - 1) > 1e-9) {
            throw new IllegalArgumentException(
                    "the shares of a split must be positive and add up to 1, got "
                            + train
                            + ", "
                            + validation
                            + " and "
                            + test);
        }
    }
}
