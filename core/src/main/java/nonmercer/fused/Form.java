package nonmercer.fused;

import java.util.Optional;
import nonmercer.lanes.Pairing;

/// The numbers of a query and a key that a score is made of.
public enum Form {
    /// `Σₗ qₗ kₗ`, by the tiles of the matrix product.
    DOT,
    /// `Σₗ (qₗ − kₗ)²`, as `‖q‖² + ‖k‖² − 2 q·k` of points moved to the first key, and by
    /// differences where that loses its digits.
    SQUARED_DISTANCE,
    /// `Σₗ |qₗ − kₗ|`.
    L1_DISTANCE,
    /// `Σₗ min(qₗ, kₗ)`.
    SUM_OF_MINIMA,
    /// `Σₗ 2 qₗ kₗ/(qₗ + kₗ)` over the coordinates where both are positive.
    HARMONIC;

    /// Whether the tiles of the matrix product compute it.
    boolean product() {
        return this == DOT || this == SQUARED_DISTANCE;
    }

    /// The loop that computes it term by term; none for the dot product.
    Optional<Pairing> pairing() {
        return switch (this) {
            case DOT -> Optional.empty();
            case SQUARED_DISTANCE -> Optional.of(Pairing.SQUARED_DISTANCE);
            case L1_DISTANCE -> Optional.of(Pairing.L1_DISTANCE);
            case SUM_OF_MINIMA -> Optional.of(Pairing.SUM_OF_MINIMA);
            case HARMONIC -> Optional.of(Pairing.HARMONIC);
        };
    }
}
