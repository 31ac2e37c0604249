package nonmercer.spectral;

import java.util.OptionalDouble;

/// What is known of two frequencies that a coupling makes dependent: `E exp((ωᵢ ± ωⱼ)·z)` and `E
/// cos((ωᵢ ± ωⱼ)·t)` for `i ≠ j`.
public interface PairLaw {
    /// The number of ordered pairs among `m` frequencies that are dependent.
    long dependent(int m);

    /// `E exp((ωᵢ + sign ωⱼ)·z)` of a dependent pair.
    OptionalDouble exp(int head, int sign, double... z);

    /// `E cos((ωᵢ + sign ωⱼ)·t)` of a dependent pair.
    OptionalDouble cos(int head, int sign, double... t);
}
