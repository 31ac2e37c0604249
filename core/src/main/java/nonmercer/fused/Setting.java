package nonmercer.fused;

import java.util.Optional;

/// What an attention applies to the weights of its kernel.
///
/// @param visible which keys a query sees
/// @param bias what is added to the logarithms of the weights
/// @param coins which weights are dropped
/// @param divisor what the weighted sums are divided by
public record Setting(
        Visible visible, Optional<Bias> bias, Optional<Coins> coins, Divisor divisor) {
    /// Nothing but what is visible; weights are divided by their sum.
    public static Setting of(Visible visible) {
        return new Setting(visible, Optional.empty(), Optional.empty(), Divisor.sum());
    }
}
