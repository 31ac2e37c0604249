package nonmercer.machine;

/// Whether a problem has one solution.
public sealed interface Uniqueness {
    /// There is one.
    record Unique(String reason) implements Uniqueness {}

    /// There are others: what one of them is.
    record NotUnique(String reason, String another) implements Uniqueness {}

    /// Not decided.
    record Unknown(String reason) implements Uniqueness {}
}
