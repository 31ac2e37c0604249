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

    /// `c = c·m + m`, 16 independent chains of so many steps: twice what two units of latency 4
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
            c0 = c0.fma(m, m);
            c1 = c1.fma(m, m);
            c2 = c2.fma(m, m);
            c3 = c3.fma(m, m);
            c4 = c4.fma(m, m);
            c5 = c5.fma(m, m);
            c6 = c6.fma(m, m);
            c7 = c7.fma(m, m);
            c8 = c8.fma(m, m);
            c9 = c9.fma(m, m);
            c10 = c10.fma(m, m);
            c11 = c11.fma(m, m);
            c12 = c12.fma(m, m);
            c13 = c13.fma(m, m);
            c14 = c14.fma(m, m);
            c15 = c15.fma(m, m);
        }
        c0 = c0.add(c1).add(c2.add(c3)).add(c4.add(c5).add(c6.add(c7)));
        c8 = c8.add(c9).add(c10.add(c11)).add(c12.add(c13).add(c14.add(c15)));
        return c0.add(c8).lane(0);
    }
}
