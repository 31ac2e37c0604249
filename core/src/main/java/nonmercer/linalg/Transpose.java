package nonmercer.linalg;

/// How a product reads a matrix: as it stands, or with its last two axes exchanged. Nothing is
/// copied for it.
public enum Transpose {
    /// `[…, rows, columns]` as it stands.
    PLAIN,
    /// The stored `[…, columns, rows]` read as `[…, rows, columns]`.
    TRANSPOSED;

    /// The other of the two.
    public Transpose flip() {
        return this == PLAIN ? TRANSPOSED : PLAIN;
    }
}
