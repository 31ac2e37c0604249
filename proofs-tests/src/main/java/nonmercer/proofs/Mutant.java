package nonmercer.proofs;

/// Wrong code that a claim must refute: what is wrong with it, and who made that mistake.
public record Mutant<S>(String name, String origin, S code) {
    /// A mutant.
    public static <S> Mutant<S> of(String name, String origin, S code) {
        return new Mutant<>(name, origin, code);
    }
}
