// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.SPECIES;
import static nonmercer.lanes.DoubleTileLoops.whole6x2;
import static nonmercer.lanes.DoubleTileLoops.whole8x2;

/// Whole tiles: `c[i, j] = s[i, j] + Σₚ a[i, p]·b[p, j]`, p ascending, one chain of fma an element.
///
/// Registers of eight rows of two vectors: 16 accumulators, 2 of b and 1 of a are 19 of AVX-512's
/// 32, where two FMA units of latency 4 need 8 accumulators; where there are 16 registers, six
/// rows: 12, 2 and 1 are 15. A step loads 10 vectors for 16 FMAs, so neither load port is the
/// bound. Taller (12x2) and wider (8x3, 6x4) tiles measured no faster.
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
            whole8x2(k, a, ao, ar, b, bo, s, so, ss, c, co, cs);
        } else {
            whole6x2(k, a, ao, ar, b, bo, s, so, ss, c, co, cs);
        }
    }
}
