// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// [DoubleRows] by vectors: the bits of [ScalarDoubleRows].
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
        boolean above = false;
        for (int j = 0; j < columns; j += LANES) {
            above |= exceed(rows, s, so + j, ss, scale, limit, lo);
        }
        return above;
    }

    private static boolean exceed(
            int rows, double[] s, int so, int ss, double scale, double[] limit, int lo) {
        VectorMask<Double> above = SPECIES.maskAll(false);
        for (int i = 0; i < rows; i++) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, s, so + i * ss).mul(scale);
            above = above.or(x.compare(GT, limit[lo + i]));
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
        VectorDoubleDecays.exponentials(rows, columns, s, so, ss, scale, shift, ho);
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
            VectorDoubleDecays.column(rows, s, so + j, ss, scale, shift, ho, sums, uo + j % STRIPE);
        }
    }

    @Override
    public void addedExponentials(
            int rows,
            int columns,
            double[] m,
            double[] s,
            int so,
            int ss,
            double scale,
            double[] shift,
            int ho,
            double[] sums,
            int uo) {
        for (int j = 0; j < columns; j += LANES) {
            VectorDoubleDecays.column(
                    rows, m, s, so + j, ss, scale, shift, ho, sums, uo + j % STRIPE);
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
        for (int j = 0; j < columns; j += LANES) {
            cancelled |= distances(rows, s, out, so + j, ss, x, xo, y, yo + j, least);
        }
        return cancelled;
    }

    /// A vector of each row: one long loop, as in [VectorDoubleDecays].
    private static boolean distances(
            int rows,
            double[] s,
            double[] out,
            int so,
            int ss,
            double[] x,
            int xo,
            double[] y,
            int yo,
            double least) {
        DoubleVector norms = DoubleVector.fromArray(SPECIES, y, yo);
        DoubleVector low = DoubleVector.zero(SPECIES);
        for (int i = 0; i < rows; i++) {
            DoubleVector sum = norms.add(x[xo + i]);
            DoubleVector distance =
                    DoubleVector.fromArray(SPECIES, s, so + i * ss).lanewise(FMA, -2.0, sum);
            distance.blend(0.0, distance.compare(LT, 0.0)).intoArray(out, so + i * ss);
            low = low.blend(1.0, distance.compare(LT, sum.mul(least)));
        }
        return low.compare(GT, 0.0).anyTrue();
    }
}
