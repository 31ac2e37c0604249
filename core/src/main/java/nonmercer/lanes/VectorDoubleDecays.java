// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// The exponentials of [DoubleRows] by vectors, those of [ScalarDoubleRows#decay].
///
/// They are written out in each loop. Where the compiler inlines a loop into the pass over a tile,
/// with what stands before it there, a call of this library's own is not inlined any more (see
/// [VectorDoubleExp]), and each vector handed to it is one on the heap.
final class VectorDoubleDecays {
    private static final int STRIPE = DoubleLanes.STRIPE;

    private VectorDoubleDecays() {}

    /// See [DoubleRows#exponentials].
    static void exponentials(
            int rows,
            int columns,
            double[] s,
            int so,
            int ss,
            double scale,
            double[] shift,
            int ho) {
        for (int i = 0; i < rows; i++) {
            DoubleVector h = DoubleVector.broadcast(SPECIES, -shift[ho + i]);
            int at = so + i * ss;
            for (int j = at; j < at + columns; j += LANES) {
                DoubleVector x = DoubleVector.fromArray(SPECIES, s, j).lanewise(FMA, scale, h);
                DoubleVector t = x.lanewise(FMA, F64.LOG2_E, F64.BIASED_MAGIC);
                DoubleVector k = t.sub(F64.BIASED_MAGIC);
                DoubleVector r = k.lanewise(FMA, -F64.LN2_LOW, k.lanewise(FMA, -F64.LN2_HIGH, x));
                DoubleVector z = r.mul(r);
                DoubleVector a = DoubleVector.broadcast(SPECIES, F64.EXP_TOP);
                a = a.lanewise(FMA, r, F64.EXP_8); // float64 only
                DoubleVector b = DoubleVector.broadcast(SPECIES, F64.EXP_NEXT);
                a = a.lanewise(FMA, z, F64.EXP_6); // float64 only
                b = b.lanewise(FMA, z, F64.EXP_5); // float64 only
                a = a.lanewise(FMA, z, F64.EXP_4); // float64 only
                b = b.lanewise(FMA, z, F64.EXP_3); // float64 only
                a = a.lanewise(FMA, z, F64.EXP_2);
                b = b.lanewise(FMA, z, F64.EXP_1);
                a = a.lanewise(FMA, z, F64.EXP_0);
                DoubleVector y = z.fma(b.fma(r, a), r).add(1.0);
                DoubleVector power =
                        t.viewAsIntegralLanes()
                                .lanewise(LSHL, F64.SIGNIFICAND)
                                .viewAsFloatingLanes();
                y.mul(power).blend(0.0, x.compare(LT, F64.DECAY_LIMIT)).intoArray(s, j);
            }
        }
    }

    /// A vector of each row, added up: one long loop, where a loop over the few vectors of a row
    /// measured a third slower.
    static void column(
            int rows,
            double[] s,
            int so,
            int ss,
            double scale,
            double[] shift,
            int ho,
            double[] sums,
            int uo) {
        for (int i = 0; i < rows; i++) {
            DoubleVector h = DoubleVector.broadcast(SPECIES, -shift[ho + i]);
            DoubleVector x =
                    DoubleVector.fromArray(SPECIES, s, so + i * ss).lanewise(FMA, scale, h);
            DoubleVector t = x.lanewise(FMA, F64.LOG2_E, F64.BIASED_MAGIC);
            DoubleVector k = t.sub(F64.BIASED_MAGIC);
            DoubleVector r = k.lanewise(FMA, -F64.LN2_LOW, k.lanewise(FMA, -F64.LN2_HIGH, x));
            DoubleVector z = r.mul(r);
            DoubleVector a = DoubleVector.broadcast(SPECIES, F64.EXP_TOP);
            a = a.lanewise(FMA, r, F64.EXP_8); // float64 only
            DoubleVector b = DoubleVector.broadcast(SPECIES, F64.EXP_NEXT);
            a = a.lanewise(FMA, z, F64.EXP_6); // float64 only
            b = b.lanewise(FMA, z, F64.EXP_5); // float64 only
            a = a.lanewise(FMA, z, F64.EXP_4); // float64 only
            b = b.lanewise(FMA, z, F64.EXP_3); // float64 only
            a = a.lanewise(FMA, z, F64.EXP_2);
            b = b.lanewise(FMA, z, F64.EXP_1);
            a = a.lanewise(FMA, z, F64.EXP_0);
            DoubleVector y = z.fma(b.fma(r, a), r).add(1.0);
            DoubleVector power =
                    t.viewAsIntegralLanes().lanewise(LSHL, F64.SIGNIFICAND).viewAsFloatingLanes();
            DoubleVector w = y.mul(power).blend(0.0, x.compare(LT, F64.DECAY_LIMIT));
            w.intoArray(s, so + i * ss);
            DoubleVector.fromArray(SPECIES, sums, uo + i * STRIPE)
                    .add(w)
                    .intoArray(sums, uo + i * STRIPE);
        }
    }

    /// The same, with what they are added to.
    static void column(
            int rows,
            double[] m,
            double[] s,
            int so,
            int ss,
            double scale,
            double[] shift,
            int ho,
            double[] sums,
            int uo) {
        for (int i = 0; i < rows; i++) {
            DoubleVector h = DoubleVector.broadcast(SPECIES, -shift[ho + i]);
            DoubleVector x =
                    DoubleVector.fromArray(SPECIES, s, so + i * ss).lanewise(FMA, scale, h);
            DoubleVector t = x.lanewise(FMA, F64.LOG2_E, F64.BIASED_MAGIC);
            DoubleVector k = t.sub(F64.BIASED_MAGIC);
            DoubleVector r = k.lanewise(FMA, -F64.LN2_LOW, k.lanewise(FMA, -F64.LN2_HIGH, x));
            DoubleVector z = r.mul(r);
            DoubleVector a = DoubleVector.broadcast(SPECIES, F64.EXP_TOP);
            a = a.lanewise(FMA, r, F64.EXP_8); // float64 only
            DoubleVector b = DoubleVector.broadcast(SPECIES, F64.EXP_NEXT);
            a = a.lanewise(FMA, z, F64.EXP_6); // float64 only
            b = b.lanewise(FMA, z, F64.EXP_5); // float64 only
            a = a.lanewise(FMA, z, F64.EXP_4); // float64 only
            b = b.lanewise(FMA, z, F64.EXP_3); // float64 only
            a = a.lanewise(FMA, z, F64.EXP_2);
            b = b.lanewise(FMA, z, F64.EXP_1);
            a = a.lanewise(FMA, z, F64.EXP_0);
            DoubleVector y = z.fma(b.fma(r, a), r).add(1.0);
            DoubleVector power =
                    t.viewAsIntegralLanes().lanewise(LSHL, F64.SIGNIFICAND).viewAsFloatingLanes();
            DoubleVector w = y.mul(power).blend(0.0, x.compare(LT, F64.DECAY_LIMIT));
            w = w.add(DoubleVector.fromArray(SPECIES, m, so + i * ss));
            w.intoArray(s, so + i * ss);
            DoubleVector.fromArray(SPECIES, sums, uo + i * STRIPE)
                    .add(w)
                    .intoArray(sums, uo + i * STRIPE);
        }
    }
}
