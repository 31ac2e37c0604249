package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.linalg.Decompositions;

/// The signs of the eigenvalues of a second derivative: what kind of stationary point there is.
///
/// @param negative directions downwards
/// @param flat directions in which it is level, to rounding
/// @param positive directions upwards
public record Curvature(int negative, int flat, int positive) {
    /// Counts the eigenvalues of a symmetric matrix; those within `n 2⁻⁴⁴` of the largest count as
    /// level.
    public static Curvature of(Array symmetric) {
        double[] e = Decompositions.symmetricEigenvalues(symmetric).toDoubles();
        double largest = 0;
        for (double v : e) {
            largest = Math.max(largest, Math.abs(v));
        }
        double level = e.length * 0x1p-44 * largest;
        int negative = 0;
        int positive = 0;
        for (double v : e) {
            negative += v < -level ? 1 : 0;
            positive += v > level ? 1 : 0;
        }
        return new Curvature(negative, e.length - negative - positive, positive);
    }

    /// Up in one direction and down in another.
    public boolean saddle() {
        return negative > 0 && positive > 0;
    }

    /// Down in no direction.
    public boolean minimum() {
        return negative == 0;
    }
}
