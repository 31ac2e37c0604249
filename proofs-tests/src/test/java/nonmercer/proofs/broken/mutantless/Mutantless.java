package nonmercer.proofs.broken.mutantless;

import java.util.List;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.broken.Always;

/// A claim that names no mutant.
public final class Mutantless implements Always {
    @Override
    public String id() {
        return "B0";
    }

    @Override
    public List<Mutant<String>> mutants() {
        return List.of();
    }
}
