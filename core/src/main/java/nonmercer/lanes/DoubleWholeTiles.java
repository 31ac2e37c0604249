// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// Whole tiles: `c[i, j] = s[i, j] + Σₚ a[i, p]·b[p, j]`, p ascending, one chain of fma an element.
///
/// Written out by hand, a local for every accumulator: an array of vectors would box them (20 times
/// slower), a loop over rows is not unrolled. Registers of eight rows of two vectors: 16
/// accumulators
/// + 2 of b + 1 of a = 19 of AVX-512's 32, where two FMA units of latency 4 need 8 accumulators;
///   where there are 16 registers, six rows: 12 + 2 + 1 = 15. A step loads 10 vectors for 16 FMAs,
///   so neither load port is the bound. Taller (12x2) and wider (8x3, 6x4) tiles measured no
///   faster.
///
/// The general registers are as scarce. Rows of a are contiguous and b is a packed panel, so that
/// C2 checks all bounds before the loop and needs no register for a step: with one or two more in
/// the loop it kept the address of a in a vector register, which measured 15 % slower.
final class DoubleWholeTiles {
    /// Whether there are 32 vector registers, not 16.
    static final boolean MANY_REGISTERS =
            SPECIES.vectorBitSize() == 512 || System.getProperty("os.arch").equals("aarch64");

    /// Rows of a tile.
    static final int ROWS = MANY_REGISTERS ? 8 : 6;

    private DoubleWholeTiles() {}

    /// [#ROWS] rows and two vectors.
    static void tile(
            int k,
            double[] a,
            int ao,
            int ar,
            double[] b,
            int bo,
            double[] s,
            int so,
            int ss,
            double[] c,
            int co,
            int cs) {
        if (ROWS == 8) {
            eightByTwo(k, a, ao, ar, b, bo, s, so, ss, c, co, cs);
        } else {
            sixByTwo(k, a, ao, ar, b, bo, s, so, ss, c, co, cs);
        }
    }

    private static void eightByTwo(
            int k,
            double[] a,
            int ao,
            int ar,
            double[] b,
            int bo,
            double[] s,
            int so,
            int ss,
            double[] c,
            int co,
            int cs) {
        int s1 = so + ss;
        int s2 = s1 + ss;
        int s3 = s2 + ss;
        int s4 = s3 + ss;
        int s5 = s4 + ss;
        int s6 = s5 + ss;
        int s7 = s6 + ss;
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, so);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, s, so + LANES);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, s1);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, s, s1 + LANES);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, s2);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, s, s2 + LANES);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, s3);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, s, s3 + LANES);
        DoubleVector c40 = DoubleVector.fromArray(SPECIES, s, s4);
        DoubleVector c41 = DoubleVector.fromArray(SPECIES, s, s4 + LANES);
        DoubleVector c50 = DoubleVector.fromArray(SPECIES, s, s5);
        DoubleVector c51 = DoubleVector.fromArray(SPECIES, s, s5 + LANES);
        DoubleVector c60 = DoubleVector.fromArray(SPECIES, s, s6);
        DoubleVector c61 = DoubleVector.fromArray(SPECIES, s, s6 + LANES);
        DoubleVector c70 = DoubleVector.fromArray(SPECIES, s, s7);
        DoubleVector c71 = DoubleVector.fromArray(SPECIES, s, s7 + LANES);
        int a1 = ao + ar;
        int a2 = a1 + ar;
        int a3 = a2 + ar;
        int a4 = a3 + ar;
        int a5 = a4 + ar;
        int a6 = a5 + ar;
        int a7 = a6 + ar;
        for (int p = 0; p < k; p++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bo + p * 2 * LANES);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bo + p * 2 * LANES + LANES);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + p]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = DoubleVector.broadcast(SPECIES, a[a1 + p]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = DoubleVector.broadcast(SPECIES, a[a2 + p]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = DoubleVector.broadcast(SPECIES, a[a3 + p]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = DoubleVector.broadcast(SPECIES, a[a4 + p]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = DoubleVector.broadcast(SPECIES, a[a5 + p]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            x = DoubleVector.broadcast(SPECIES, a[a6 + p]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            x = DoubleVector.broadcast(SPECIES, a[a7 + p]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
        }
        int o1 = co + cs;
        int o2 = o1 + cs;
        int o3 = o2 + cs;
        int o4 = o3 + cs;
        int o5 = o4 + cs;
        int o6 = o5 + cs;
        int o7 = o6 + cs;
        c00.intoArray(c, co);
        c01.intoArray(c, co + LANES);
        c10.intoArray(c, o1);
        c11.intoArray(c, o1 + LANES);
        c20.intoArray(c, o2);
        c21.intoArray(c, o2 + LANES);
        c30.intoArray(c, o3);
        c31.intoArray(c, o3 + LANES);
        c40.intoArray(c, o4);
        c41.intoArray(c, o4 + LANES);
        c50.intoArray(c, o5);
        c51.intoArray(c, o5 + LANES);
        c60.intoArray(c, o6);
        c61.intoArray(c, o6 + LANES);
        c70.intoArray(c, o7);
        c71.intoArray(c, o7 + LANES);
    }

    private static void sixByTwo(
            int k,
            double[] a,
            int ao,
            int ar,
            double[] b,
            int bo,
            double[] s,
            int so,
            int ss,
            double[] c,
            int co,
            int cs) {
        int s1 = so + ss;
        int s2 = s1 + ss;
        int s3 = s2 + ss;
        int s4 = s3 + ss;
        int s5 = s4 + ss;
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, s, so);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, s, so + LANES);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, s, s1);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, s, s1 + LANES);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, s, s2);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, s, s2 + LANES);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, s, s3);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, s, s3 + LANES);
        DoubleVector c40 = DoubleVector.fromArray(SPECIES, s, s4);
        DoubleVector c41 = DoubleVector.fromArray(SPECIES, s, s4 + LANES);
        DoubleVector c50 = DoubleVector.fromArray(SPECIES, s, s5);
        DoubleVector c51 = DoubleVector.fromArray(SPECIES, s, s5 + LANES);
        int a1 = ao + ar;
        int a2 = a1 + ar;
        int a3 = a2 + ar;
        int a4 = a3 + ar;
        int a5 = a4 + ar;
        for (int p = 0; p < k; p++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bo + p * 2 * LANES);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bo + p * 2 * LANES + LANES);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[ao + p]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = DoubleVector.broadcast(SPECIES, a[a1 + p]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = DoubleVector.broadcast(SPECIES, a[a2 + p]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = DoubleVector.broadcast(SPECIES, a[a3 + p]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = DoubleVector.broadcast(SPECIES, a[a4 + p]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = DoubleVector.broadcast(SPECIES, a[a5 + p]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
        }
        int o1 = co + cs;
        int o2 = o1 + cs;
        int o3 = o2 + cs;
        int o4 = o3 + cs;
        int o5 = o4 + cs;
        c00.intoArray(c, co);
        c01.intoArray(c, co + LANES);
        c10.intoArray(c, o1);
        c11.intoArray(c, o1 + LANES);
        c20.intoArray(c, o2);
        c21.intoArray(c, o2 + LANES);
        c30.intoArray(c, o3);
        c31.intoArray(c, o3 + LANES);
        c40.intoArray(c, o4);
        c41.intoArray(c, o4 + LANES);
        c50.intoArray(c, o5);
        c51.intoArray(c, o5 + LANES);
    }
}
