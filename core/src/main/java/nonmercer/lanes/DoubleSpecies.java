// twin: float
package nonmercer.lanes;

import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The vector width in use, as constants that the compiler can see. Loaded only after [Gate] has
/// found the fast path sound.
final class DoubleSpecies {
    /// The species of the chosen width.
    static final VectorSpecies<Double> SPECIES =
            VectorSpecies.of(double.class, VectorShape.forBitSize(Gate.CHOSEN.bits()));

    /// Its lanes.
    static final int LANES = SPECIES.length();

    private DoubleSpecies() {}
}
