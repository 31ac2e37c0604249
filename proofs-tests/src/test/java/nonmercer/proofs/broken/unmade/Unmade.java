package nonmercer.proofs.broken.unmade;

import nonmercer.proofs.broken.Always;

/// A claim that nobody can make.
public final class Unmade implements Always {
    private final String id;

    /// Takes what the catalogue does not have.
    public Unmade(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
