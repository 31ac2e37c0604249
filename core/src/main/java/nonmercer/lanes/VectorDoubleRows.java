// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// [DoubleRows] by vectors: the bits of [ScalarDoubleRows].
///
/// The exponential is written out in each of its loops. Where the compiler inlines such a loop into
/// the pass over a tile, with what stands before it there, a call of this library's own is not
/// inlined any more (see [VectorDoubleExp]), and each vector handed to it is one on the heap.
final class VectorDoubleRows implements DoubleRows {
    private static final int STRIPE = DoubleLanes.STRIPE;

    @Override
    public void multiplyAdd(
            int rows,
            int columns,
            int k,
            double[] a,
            int ao,
            int ar,
            int ak,
            double[] b,
            int bo,
            int bs,
            double[] s,
            int so,
            int ss,
            double[] c,
            int co,
            int cs) {
        DoubleStepTiles.add(rows, columns, k, a, ao, ar, ak, b, bo, bs, s, so, ss, c, co, cs);
    }

    @Override
    public void maxima(
            int rows,
            int columns,
            double[] s,
            int so,
            int ss,
            double scale,
            double[] most,
            int mo) {
        for (int i = 0; i < rows; i++) {
            int at = so + i * ss;
            DoubleVector m = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
            for (int j = 0; j < columns; j += LANES) {
                DoubleVector x = DoubleVector.fromArray(SPECIES, s, at + j).mul(scale);
                m = m.blend(x, x.compare(GT, m));
            }
            double row = DoubleFold.largest(m);
            most[mo + i] = row > most[mo + i] ? row : most[mo + i];
        }
    }

    @Override
    public boolean exceed(
            int rows,
            int columns,
            double[] s,
            int so,
            int ss,
            double scale,
            double[] limit,
            int lo) {
        VectorMask<Double> above = SPECIES.maskAll(false);
        for (int i = 0; i < rows; i++) {
            int at = so + i * ss;
            for (int j = at; j < at + columns; j += LANES) {
                DoubleVector x = DoubleVector.fromArray(SPECIES, s, j).mul(scale);
                above = above.or(x.compare(GT, limit[lo + i]));
            }
        }
        return above.anyTrue();
    }

    @Override
    public void exponentials(
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

    @Override
    public void addedExponentials(
            int rows,
            int columns,
            double[] s,
            int so,
            int ss,
            double scale,
            double[] shift,
            int ho,
            double[] sums,
            int uo) {
        for (int j = 0; j < columns; j += LANES) {
            column(rows, s, so + j, ss, scale, shift, ho, sums, uo + j % STRIPE);
        }
    }

    /// A vector of each row: one long loop, where a loop over the few vectors of a row measured a
    /// third slower.
    private static void column(
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

    @Override
    public void addUp(int rows, int columns, double[] s, int so, int ss, double[] sums, int uo) {
        for (int i = 0; i < rows; i++) {
            for (int lane = 0; lane < STRIPE; lane += LANES) {
                int to = uo + i * STRIPE + lane;
                int at = so + i * ss + lane;
                DoubleVector sum = DoubleVector.fromArray(SPECIES, sums, to);
                for (int j = 0; j < columns; j += STRIPE) {
                    sum = sum.add(DoubleVector.fromArray(SPECIES, s, at + j));
                }
                sum.intoArray(sums, to);
            }
        }
    }

    @Override
    public void centredProducts(
            int rows,
            int columns,
            double[] p,
            int po,
            double[] g,
            int go,
            int stride,
            double[] c,
            int co,
            double scale) {
        for (int i = 0; i < rows; i++) {
            DoubleVector centre = DoubleVector.broadcast(SPECIES, c[co + i]);
            int at = go + i * stride;
            int from = po + i * stride;
            for (int j = 0; j < columns; j += LANES) {
                DoubleVector.fromArray(SPECIES, p, from + j)
                        .mul(DoubleVector.fromArray(SPECIES, g, at + j).sub(centre))
                        .mul(scale)
                        .intoArray(g, at + j);
            }
        }
    }

    @Override
    public void centre(int rows, int columns, double[] g, int go, int stride, double[] c, int co) {
        for (int i = 0; i < rows; i++) {
            DoubleVector centre = DoubleVector.broadcast(SPECIES, c[co + i]);
            int at = go + i * stride;
            for (int j = 0; j < columns; j += LANES) {
                DoubleVector.fromArray(SPECIES, g, at + j).sub(centre).intoArray(g, at + j);
            }
        }
    }

    @Override
    public boolean distances(
            int rows,
            int columns,
            double[] s,
            double[] out,
            int so,
            int ss,
            double[] x,
            int xo,
            double[] y,
            int yo,
            double least) {
        boolean cancelled = false;
        for (int i = 0; i < rows; i++) {
            DoubleVector norm = DoubleVector.broadcast(SPECIES, x[xo + i]);
            DoubleVector excess = DoubleVector.zero(SPECIES);
            int at = so + i * ss;
            for (int j = 0; j < columns; j += LANES) {
                DoubleVector sum = norm.add(DoubleVector.fromArray(SPECIES, y, yo + j));
                DoubleVector distance =
                        DoubleVector.fromArray(SPECIES, s, at + j).lanewise(FMA, -2.0, sum);
                distance.blend(0.0, distance.compare(LT, 0.0)).intoArray(out, at + j);
                excess = excess.blend(1.0, distance.compare(LT, sum.mul(least)));
            }
            VectorMask<Double> low = excess.compare(GT, 0.0);
            cancelled |= low.anyTrue();
        }
        return cancelled;
    }
}
