// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// The right edge of a product's output, where a row ends within a vector.
///
/// With AVX-512 a tile reads whole vectors of c, its right neighbours included, and writes back its
/// own columns under a mask, which costs nothing. Elsewhere masks are slow, and such a tile is
/// computed beside c ([VectorDoubleTiles]). (Masked loads of c were tried: sixteen of them in one
/// method exceed what C2 inlines, and it then boxes every vector.)
final class DoubleEdge {
    /// Whether tiles may be narrower than their vectors.
    static final boolean MASKED = SPECIES.vectorBitSize() == 512;

    private DoubleEdge() {}

    /// The first `columns` lanes.
    static VectorMask<Double> mask(int columns) {
        return SPECIES.indexInRange(0, columns);
    }

    /// Writes the lanes of the mask; all lanes where tiles are never narrower than their vectors.
    static void store(DoubleVector v, double[] c, int at, VectorMask<Double> mask) {
        if (MASKED) {
            v.intoArray(c, at, mask);
        } else {
            v.intoArray(c, at);
        }
    }
}
