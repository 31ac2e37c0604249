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
