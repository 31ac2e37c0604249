// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.GT;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;

/// The lanes of one vector folded to one number in halves: `a[k] ∘ a[k + h]` for h = LANES/2, …, 2,
/// 1. The API's own reductions leave the order open, and so the bits.
final class DoubleFold {
    static final VectorShuffle<Double> BY_8 = VectorShuffle.iota(SPECIES, 8, 1, true);
    static final VectorShuffle<Double> BY_4 = VectorShuffle.iota(SPECIES, 4, 1, true);
    static final VectorShuffle<Double> BY_2 = VectorShuffle.iota(SPECIES, 2, 1, true);
    static final VectorShuffle<Double> BY_1 = VectorShuffle.iota(SPECIES, 1, 1, true);

    /// Vectors in a stripe: 1, 2 or 4.
    static final int PARTS = DoubleLanes.STRIPE / LANES;

    private DoubleFold() {}

    /// Where in a stripe the vector begins that is summed in pass `p`: in the order 0, 2, 1, 3, in
    /// which the fold in halves adds neighbours first.
    static int part(int p) {
        return (PARTS == 4 ? (p & 1) * 2 + (p >> 1) : p) * LANES;
    }

    static double max(DoubleVector v) {
        DoubleVector a = v;
        if (LANES > 8) {
            a = a.max(a.rearrange(BY_8));
        }
        if (LANES > 4) {
            a = a.max(a.rearrange(BY_4));
        }
        if (LANES > 2) {
            a = a.max(a.rearrange(BY_2));
        }
        return a.max(a.rearrange(BY_1)).lane(0);
    }

    /// The largest lane; NaN is passed over.
    static double largest(DoubleVector v) {
        DoubleVector a = v;
        if (LANES > 8) {
            a = larger(a, a.rearrange(BY_8));
        }
        if (LANES > 4) {
            a = larger(a, a.rearrange(BY_4));
        }
        if (LANES > 2) {
            a = larger(a, a.rearrange(BY_2));
        }
        return larger(a, a.rearrange(BY_1)).lane(0);
    }

    private static DoubleVector larger(DoubleVector a, DoubleVector b) {
        return a.blend(b, b.compare(GT, a));
    }

    static double min(DoubleVector v) {
        DoubleVector a = v;
        if (LANES > 8) {
            a = a.min(a.rearrange(BY_8));
        }
        if (LANES > 4) {
            a = a.min(a.rearrange(BY_4));
        }
        if (LANES > 2) {
            a = a.min(a.rearrange(BY_2));
        }
        return a.min(a.rearrange(BY_1)).lane(0);
    }
}
