package nonmercer.proofs.broken.twins;

import nonmercer.proofs.broken.Always;

/// One of two claims of one number.
public final class Second implements Always {
    @Override
    public String id() {
        return "B1";
    }
}
