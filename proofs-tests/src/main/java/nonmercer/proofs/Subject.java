package nonmercer.proofs;

/// Code a claim is about, under the name it has in reports.
public record Subject<S>(String name, S code) {
    /// A subject.
    public static <S> Subject<S> of(String name, S code) {
        return new Subject<>(name, code);
    }
}
