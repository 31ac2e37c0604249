// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// Fused multiply-adds that nothing holds up: the speed of the machine's arithmetic.
final class VectorDoublePeak {
    /// Operations of one step: a multiplication and an addition in each lane of 16 vectors.
    static final int FLOPS = 2 * 16 * LANES;

    private VectorDoublePeak() {}

    /// `c = m·m + c`, 16 independent chains of so many steps: twice what two units of latency 4
    /// need.
    static double chains(int steps, double x) {
        DoubleVector m = DoubleVector.broadcast(SPECIES, x);
        DoubleVector c0 = DoubleVector.broadcast(SPECIES, 0);
        DoubleVector c1 = DoubleVector.broadcast(SPECIES, 1);
        DoubleVector c2 = DoubleVector.broadcast(SPECIES, 2);
        DoubleVector c3 = DoubleVector.broadcast(SPECIES, 3);
        DoubleVector c4 = DoubleVector.broadcast(SPECIES, 4);
        DoubleVector c5 = DoubleVector.broadcast(SPECIES, 5);
        DoubleVector c6 = DoubleVector.broadcast(SPECIES, 6);
        DoubleVector c7 = DoubleVector.broadcast(SPECIES, 7);
        DoubleVector c8 = DoubleVector.broadcast(SPECIES, 8);
        DoubleVector c9 = DoubleVector.broadcast(SPECIES, 9);
        DoubleVector c10 = DoubleVector.broadcast(SPECIES, 10);
        DoubleVector c11 = DoubleVector.broadcast(SPECIES, 11);
        DoubleVector c12 = DoubleVector.broadcast(SPECIES, 12);
        DoubleVector c13 = DoubleVector.broadcast(SPECIES, 13);
        DoubleVector c14 = DoubleVector.broadcast(SPECIES, 14);
        DoubleVector c15 = DoubleVector.broadcast(SPECIES, 15);
        for (int i = 0; i < steps; i++) {
            c0 = m.fma(m, c0);
            c1 = m.fma(m, c1);
            c2 = m.fma(m, c2);
            c3 = m.fma(m, c3);
            c4 = m.fma(m, c4);
            c5 = m.fma(m, c5);
            c6 = m.fma(m, c6);
            c7 = m.fma(m, c7);
            c8 = m.fma(m, c8);
            c9 = m.fma(m, c9);
            c10 = m.fma(m, c10);
            c11 = m.fma(m, c11);
            c12 = m.fma(m, c12);
            c13 = m.fma(m, c13);
            c14 = m.fma(m, c14);
            c15 = m.fma(m, c15);
        }
        c0 = c0.add(c1).add(c2.add(c3)).add(c4.add(c5).add(c6.add(c7)));
        c8 = c8.add(c9).add(c10.add(c11)).add(c12.add(c13).add(c14.add(c15)));
        return c0.add(c8).lane(0);
    }
}
