package nonmercer.proofs;

/// Where a statement is proved: a work, and the theorem, equation or section in it.
public record Source(String work, String place) {
    /// Refuses blanks: "folklore" is a source, nothing is not.
    public Source {
        if (work.isBlank() || place.isBlank()) {
            throw new IllegalArgumentException(
                    "a claim needs a source: a work and a place in it, got '"
                            + work
                            + "', '"
                            + place
                            + "'");
        }
    }

    /// A source.
    public static Source of(String work, String place) {
        return new Source(work, place);
    }

    @Override
    public String toString() {
        return work + ", " + place;
    }
}
