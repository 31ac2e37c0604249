package nonmercer.proofs;

import java.util.List;
import java.util.Optional;

/// A claim about every kernel. Its subjects are the kernels of the catalogue; [Laws] holds other
/// kernels to it.
///
/// @param <S> what the law takes of a kernel
/// @param <C> one case
public interface KernelLaw<S, C> extends Claim<S, C> {
    /// What this law is tested on for a kernel; empty where it says nothing of the kernel.
    Optional<S> subject(Candidate kernel);

    @Override
    default List<Subject<S>> subjects() {
        return Candidate.catalogue().stream()
                .flatMap(k -> subject(k).map(s -> Subject.of(k.name(), s)).stream())
                .toList();
    }
}
