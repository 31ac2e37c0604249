// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// The largest and the smallest of whole vectors, lane by lane: `n` a multiple of the lanes.
final class VectorDoubleExtremes {
    private VectorDoubleExtremes() {}

    static DoubleVector max(double[] x, int xo, int n) {
        DoubleVector a = DoubleVector.fromArray(SPECIES, x, xo);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        int i = 0;
        for (; i + 3 * LANES < n; i += 4 * LANES) {
            a = a.max(DoubleVector.fromArray(SPECIES, x, xo + i));
            b = b.max(DoubleVector.fromArray(SPECIES, x, xo + i + LANES));
            c = c.max(DoubleVector.fromArray(SPECIES, x, xo + i + 2 * LANES));
            d = d.max(DoubleVector.fromArray(SPECIES, x, xo + i + 3 * LANES));
        }
        for (; i < n; i += LANES) {
            a = a.max(DoubleVector.fromArray(SPECIES, x, xo + i));
        }
        return a.max(b).max(c.max(d));
    }

    static DoubleVector min(double[] x, int xo, int n) {
        DoubleVector a = DoubleVector.fromArray(SPECIES, x, xo);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        int i = 0;
        for (; i + 3 * LANES < n; i += 4 * LANES) {
            a = a.min(DoubleVector.fromArray(SPECIES, x, xo + i));
            b = b.min(DoubleVector.fromArray(SPECIES, x, xo + i + LANES));
            c = c.min(DoubleVector.fromArray(SPECIES, x, xo + i + 2 * LANES));
            d = d.min(DoubleVector.fromArray(SPECIES, x, xo + i + 3 * LANES));
        }
        for (; i < n; i += LANES) {
            a = a.min(DoubleVector.fromArray(SPECIES, x, xo + i));
        }
        return a.min(b).min(c.min(d));
    }
}
