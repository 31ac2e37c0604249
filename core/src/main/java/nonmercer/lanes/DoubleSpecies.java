// twin: float
package nonmercer.lanes;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The vector width in use, as constants the compiler can see. Loaded only after [Lanes] has found the fast path sound.
final class DoubleSpecies {
    /// The species of the chosen width.
    static final VectorSpecies<Double> SPECIES = VectorSpecies.of(double.class, VectorShape.forBitSize(Gate.CHOSEN.bits()));
    /// Its lanes.
    static final int LANES = SPECIES.length();
    /// 0 in every lane.
    static final DoubleVector ZERO = DoubleVector.zero(SPECIES);
    /// 1 in every lane.
    static final DoubleVector ONE = DoubleVector.broadcast(SPECIES, 1.0);

    private DoubleSpecies() {}

    /// a·b + c, rounded once.
    static DoubleVector fma(DoubleVector a, double b, DoubleVector c) {
        return a.fma(DoubleVector.broadcast(SPECIES, b), c);
    }

    /// a·b + c, rounded once.
    static DoubleVector fma(DoubleVector a, DoubleVector b, double c) {
        return a.fma(b, DoubleVector.broadcast(SPECIES, c));
    }

    /// a·b + c, rounded once.
    static DoubleVector fma(DoubleVector a, double b, double c) {
        return a.fma(DoubleVector.broadcast(SPECIES, b), DoubleVector.broadcast(SPECIES, c));
    }

    /// LANES numbers from here on.
    static DoubleVector load(double[] x, int from) {
        return DoubleVector.fromArray(SPECIES, x, from);
    }
}
