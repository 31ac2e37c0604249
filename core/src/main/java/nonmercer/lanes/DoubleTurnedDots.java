// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;
import static nonmercer.lanes.DoubleTurn.KEEP_1;
import static nonmercer.lanes.DoubleTurn.KEEP_2;
import static nonmercer.lanes.DoubleTurn.KEEP_4;
import static nonmercer.lanes.DoubleTurn.KEEP_8;
import static nonmercer.lanes.DoubleTurn.PASS_1;
import static nonmercer.lanes.DoubleTurn.PASS_2;
import static nonmercer.lanes.DoubleTurn.PASS_4;
import static nonmercer.lanes.DoubleTurn.PASS_8;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/// Rows of a matrix times a vector, a lane for each row: `c[i] += Σₚ b[i, p]·x[p]`, where a vector
/// has sixteen lanes.
///
/// A block of sixteen rows and columns is turned in registers, as [DoubleTurn] does, and its
/// columns are added one after the other: the chains of [DoubleDots], three times as fast from the
/// second-level cache. A step of 16 columns loads 16 lines and exchanges lanes 64 times in the 64
/// cycles that its 16 FMAs of latency 4 take.
///
/// The Vector API is called from one method without helpers: so many calls exceed what C2 inlines,
/// but for those that it must.
final class DoubleTurnedDots {
    /// Whether there are sixteen lanes: else rows by scalars are as fast.
    static final boolean HERE = LANES == 16;

    private DoubleTurnedDots() {}

    /// For sixteen rows and the columns up to the last multiple of sixteen; returns that multiple.
    static int sixteen(int k, double[] x, int xo, double[] b, int bo, int bs, double[] c, int co) {
        int m = k & -16;
        int b1 = bo + bs;
        int b2 = b1 + bs;
        int b3 = b2 + bs;
        int b4 = b3 + bs;
        int b5 = b4 + bs;
        int b6 = b5 + bs;
        int b7 = b6 + bs;
        int b8 = b7 + bs;
        int b9 = b8 + bs;
        int b10 = b9 + bs;
        int b11 = b10 + bs;
        int b12 = b11 + bs;
        int b13 = b12 + bs;
        int b14 = b13 + bs;
        int b15 = b14 + bs;
        DoubleVector s = DoubleVector.fromArray(SPECIES, c, co);
        for (int p = 0; p < m; p += 16) {
            LongVector u0 = DoubleVector.fromArray(SPECIES, b, p + bo).viewAsIntegralLanes();
            LongVector v0 = DoubleVector.fromArray(SPECIES, b, p + b8).viewAsIntegralLanes();
            LongVector l0 = KEEP_8.selectFrom(u0, v0);
            LongVector h0 = PASS_8.selectFrom(u0, v0);
            LongVector u1 = DoubleVector.fromArray(SPECIES, b, p + b1).viewAsIntegralLanes();
            LongVector v1 = DoubleVector.fromArray(SPECIES, b, p + b9).viewAsIntegralLanes();
            LongVector l1 = KEEP_8.selectFrom(u1, v1);
            LongVector h1 = PASS_8.selectFrom(u1, v1);
            LongVector u2 = DoubleVector.fromArray(SPECIES, b, p + b2).viewAsIntegralLanes();
            LongVector v2 = DoubleVector.fromArray(SPECIES, b, p + b10).viewAsIntegralLanes();
            LongVector l2 = KEEP_8.selectFrom(u2, v2);
            LongVector h2 = PASS_8.selectFrom(u2, v2);
            LongVector u3 = DoubleVector.fromArray(SPECIES, b, p + b3).viewAsIntegralLanes();
            LongVector v3 = DoubleVector.fromArray(SPECIES, b, p + b11).viewAsIntegralLanes();
            LongVector l3 = KEEP_8.selectFrom(u3, v3);
            LongVector h3 = PASS_8.selectFrom(u3, v3);
            LongVector u4 = DoubleVector.fromArray(SPECIES, b, p + b4).viewAsIntegralLanes();
            LongVector v4 = DoubleVector.fromArray(SPECIES, b, p + b12).viewAsIntegralLanes();
            LongVector l4 = KEEP_8.selectFrom(u4, v4);
            LongVector h4 = PASS_8.selectFrom(u4, v4);
            LongVector u5 = DoubleVector.fromArray(SPECIES, b, p + b5).viewAsIntegralLanes();
            LongVector v5 = DoubleVector.fromArray(SPECIES, b, p + b13).viewAsIntegralLanes();
            LongVector l5 = KEEP_8.selectFrom(u5, v5);
            LongVector h5 = PASS_8.selectFrom(u5, v5);
            LongVector u6 = DoubleVector.fromArray(SPECIES, b, p + b6).viewAsIntegralLanes();
            LongVector v6 = DoubleVector.fromArray(SPECIES, b, p + b14).viewAsIntegralLanes();
            LongVector l6 = KEEP_8.selectFrom(u6, v6);
            LongVector h6 = PASS_8.selectFrom(u6, v6);
            LongVector u7 = DoubleVector.fromArray(SPECIES, b, p + b7).viewAsIntegralLanes();
            LongVector v7 = DoubleVector.fromArray(SPECIES, b, p + b15).viewAsIntegralLanes();
            LongVector l7 = KEEP_8.selectFrom(u7, v7);
            LongVector h7 = PASS_8.selectFrom(u7, v7);
            LongVector m0 = KEEP_4.selectFrom(l0, l4);
            LongVector m4 = PASS_4.selectFrom(l0, l4);
            LongVector m1 = KEEP_4.selectFrom(l1, l5);
            LongVector m5 = PASS_4.selectFrom(l1, l5);
            LongVector m2 = KEEP_4.selectFrom(l2, l6);
            LongVector m6 = PASS_4.selectFrom(l2, l6);
            LongVector m3 = KEEP_4.selectFrom(l3, l7);
            LongVector m7 = PASS_4.selectFrom(l3, l7);
            l0 = KEEP_2.selectFrom(m0, m2);
            l2 = PASS_2.selectFrom(m0, m2);
            l1 = KEEP_2.selectFrom(m1, m3);
            l3 = PASS_2.selectFrom(m1, m3);
            l4 = KEEP_2.selectFrom(m4, m6);
            l6 = PASS_2.selectFrom(m4, m6);
            l5 = KEEP_2.selectFrom(m5, m7);
            l7 = PASS_2.selectFrom(m5, m7);
            s =
                    DoubleVector.broadcast(SPECIES, x[xo + p])
                            .fma(KEEP_1.selectFrom(l0, l1).viewAsFloatingLanes(), s);
            s =
                    DoubleVector.broadcast(SPECIES, x[xo + p + 1])
                            .fma(PASS_1.selectFrom(l0, l1).viewAsFloatingLanes(), s);
            s =
                    DoubleVector.broadcast(SPECIES, x[xo + p + 2])
                            .fma(KEEP_1.selectFrom(l2, l3).viewAsFloatingLanes(), s);
            s =
                    DoubleVector.broadcast(SPECIES, x[xo + p + 3])
                            .fma(PASS_1.selectFrom(l2, l3).viewAsFloatingLanes(), s);
            s =
                    DoubleVector.broadcast(SPECIES, x[xo + p + 4])
                            .fma(KEEP_1.selectFrom(l4, l5).viewAsFloatingLanes(), s);
            s =
                    DoubleVector.broadcast(SPECIES, x[xo + p + 5])
                            .fma(PASS_1.selectFrom(l4, l5).viewAsFloatingLanes(), s);
            s =
                    DoubleVector.broadcast(SPECIES, x[xo + p + 6])
                            .fma(KEEP_1.selectFrom(l6, l7).viewAsFloatingLanes(), s);
            s =
                    DoubleVector.broadcast(SPECIES, x[xo + p + 7])
                            .fma(PASS_1.selectFrom(l6, l7).viewAsFloatingLanes(), s);
            LongVector n0 = KEEP_4.selectFrom(h0, h4);
            LongVector n4 = PASS_4.selectFrom(h0, h4);
            LongVector n1 = KEEP_4.selectFrom(h1, h5);
            LongVector n5 = PASS_4.selectFrom(h1, h5);
            LongVector n2 = KEEP_4.selectFrom(h2, h6);
            LongVector n6 = PASS_4.selectFrom(h2, h6);
            LongVector n3 = KEEP_4.selectFrom(h3, h7);
            LongVector n7 = PASS_4.selectFrom(h3, h7);
            h0 = KEEP_2.selectFrom(n0, n2);
            h2 = PASS_2.selectFrom(n0, n2);
            h1 = KEEP_2.selectFrom(n1, n3);
            h3 = PASS_2.selectFrom(n1, n3);
            h4 = KEEP_2.selectFrom(n4, n6);
            h6 = PASS_2.selectFrom(n4, n6);
            h5 = KEEP_2.selectFrom(n5, n7);
            h7 = PASS_2.selectFrom(n5, n7);
            s =
                    DoubleVector.broadcast(SPECIES, x[xo + p + 8])
                            .fma(KEEP_1.selectFrom(h0, h1).viewAsFloatingLanes(), s);
            s =
                    DoubleVector.broadcast(SPECIES, x[xo + p + 9])
                            .fma(PASS_1.selectFrom(h0, h1).viewAsFloatingLanes(), s);
            s =
                    DoubleVector.broadcast(SPECIES, x[xo + p + 10])
                            .fma(KEEP_1.selectFrom(h2, h3).viewAsFloatingLanes(), s);
            s =
                    DoubleVector.broadcast(SPECIES, x[xo + p + 11])
                            .fma(PASS_1.selectFrom(h2, h3).viewAsFloatingLanes(), s);
            s =
                    DoubleVector.broadcast(SPECIES, x[xo + p + 12])
                            .fma(KEEP_1.selectFrom(h4, h5).viewAsFloatingLanes(), s);
            s =
                    DoubleVector.broadcast(SPECIES, x[xo + p + 13])
                            .fma(PASS_1.selectFrom(h4, h5).viewAsFloatingLanes(), s);
            s =
                    DoubleVector.broadcast(SPECIES, x[xo + p + 14])
                            .fma(KEEP_1.selectFrom(h6, h7).viewAsFloatingLanes(), s);
            s =
                    DoubleVector.broadcast(SPECIES, x[xo + p + 15])
                            .fma(PASS_1.selectFrom(h6, h7).viewAsFloatingLanes(), s);
        }
        s.intoArray(c, co);
        return m;
    }
}
