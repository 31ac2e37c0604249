// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleFold.BY_1;
import static nonmercer.lanes.DoubleFold.BY_2;
import static nonmercer.lanes.DoubleFold.BY_4;
import static nonmercer.lanes.DoubleFold.BY_8;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// The pullback of softmax, a row in the caches beside the next one that comes in.
///
/// By itself `⟨g, y⟩` waits for memory and `y·(g − ⟨g, y⟩)` for the stores; in one loop each uses
/// what the other leaves.
final class VectorDoubleSoftmax {
    private static final int S = DoubleLanes.STRIPE;

    private VectorDoubleSoftmax() {}

    /// Whether a row of so many elements is one chunk of whole rounds, in vectors of a stripe.
    static boolean fits(int n) {
        return VectorDoubleSums.TWO && n <= DoubleLanes.CHUNK && n % (4 * S) == 0;
    }

    /// out = y·(g − c) for a row that [#fits(int)]; the result is `⟨g, y⟩` of the next row, in the
    /// order of [VectorDoubleSums].
    static double gradient(
            double[] y, int yo, double[] g, int go, double c, double[] out, int oo, int n) {
        DoubleVector centre = DoubleVector.broadcast(SPECIES, c);
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        for (int i = 0; i < n; i += 4 * S) {
            for (int j = i; j < i + 4 * S; j += S) {
                DoubleVector slope = DoubleVector.fromArray(SPECIES, g, go + j).sub(centre);
                DoubleVector.fromArray(SPECIES, y, yo + j).mul(slope).intoArray(out, oo + j);
            }
            int u = go + n + i;
            int v = yo + n + i;
            s0 =
                    DoubleVector.fromArray(SPECIES, g, u)
                            .fma(DoubleVector.fromArray(SPECIES, y, v), s0);
            s1 =
                    DoubleVector.fromArray(SPECIES, g, u + S)
                            .fma(DoubleVector.fromArray(SPECIES, y, v + S), s1);
            s2 =
                    DoubleVector.fromArray(SPECIES, g, u + 2 * S)
                            .fma(DoubleVector.fromArray(SPECIES, y, v + 2 * S), s2);
            s3 =
                    DoubleVector.fromArray(SPECIES, g, u + 3 * S)
                            .fma(DoubleVector.fromArray(SPECIES, y, v + 3 * S), s3);
        }
        DoubleVector f = s0.add(s2).add(s1.add(s3));
        f = LANES > 8 ? f.add(f.rearrange(BY_8)) : f;
        f = LANES > 4 ? f.add(f.rearrange(BY_4)) : f;
        f = LANES > 2 ? f.add(f.rearrange(BY_2)) : f;
        return f.add(f.rearrange(BY_1)).lane(0);
    }
}
