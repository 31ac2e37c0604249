package nonmercer.fused;

/// In which parts a program gives a weight.
public enum Weight {
    /// `w = e^L`: the program gives `L`.
    LOGARITHM(1),
    /// `w = r`: the program gives `r`, which may be negative.
    VALUE(1),
    /// `w = r e^L`: the program gives `L`, then `r`; nothing overflows where `L` is large.
    SCALED(2);

    private final int parts;

    Weight(int parts) {
        this.parts = parts;
    }

    /// How many numbers it takes.
    int parts() {
        return parts;
    }
}
