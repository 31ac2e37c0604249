package nonmercer.lanes;

import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// Passes over memory by the Vector API, four vectors at a time; what remains of fewer than four
/// vectors is left out.
record VectorTraffic() implements Traffic {
    private static final int STEP = 4 * LANES;

    private static DoubleVector at(double[] x, int i) {
        return DoubleVector.fromArray(SPECIES, x, i);
    }

    /// Four streams, far apart: the hardware fetches each ahead, and none waits for a page alone.
    @Override
    public double read(double[] a, int from, int to) {
        int quarter = (to - from) / 4 & -STEP;
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = DoubleVector.zero(SPECIES);
        DoubleVector s2 = DoubleVector.zero(SPECIES);
        DoubleVector s3 = DoubleVector.zero(SPECIES);
        DoubleVector s4 = DoubleVector.zero(SPECIES);
        DoubleVector s5 = DoubleVector.zero(SPECIES);
        DoubleVector s6 = DoubleVector.zero(SPECIES);
        DoubleVector s7 = DoubleVector.zero(SPECIES);
        for (int i = from; i < from + quarter; i += 2 * LANES) {
            int j = i + quarter;
            int k = j + quarter;
            int l = k + quarter;
            s0 = s0.add(at(a, i));
            s1 = s1.add(at(a, i + LANES));
            s2 = s2.add(at(a, j));
            s3 = s3.add(at(a, j + LANES));
            s4 = s4.add(at(a, k));
            s5 = s5.add(at(a, k + LANES));
            s6 = s6.add(at(a, l));
            s7 = s7.add(at(a, l + LANES));
        }
        return s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7))).lane(0);
    }

    /// Eight sums: the additions' latency must not show.
    @Override
    public double read(double[] a, double[] b, int from, int to) {
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = DoubleVector.zero(SPECIES);
        DoubleVector s2 = DoubleVector.zero(SPECIES);
        DoubleVector s3 = DoubleVector.zero(SPECIES);
        DoubleVector s4 = DoubleVector.zero(SPECIES);
        DoubleVector s5 = DoubleVector.zero(SPECIES);
        DoubleVector s6 = DoubleVector.zero(SPECIES);
        DoubleVector s7 = DoubleVector.zero(SPECIES);
        for (int i = from; i <= to - STEP; i += STEP) {
            s0 = s0.add(at(a, i));
            s1 = s1.add(at(a, i + LANES));
            s2 = s2.add(at(a, i + 2 * LANES));
            s3 = s3.add(at(a, i + 3 * LANES));
            s4 = s4.add(at(b, i));
            s5 = s5.add(at(b, i + LANES));
            s6 = s6.add(at(b, i + 2 * LANES));
            s7 = s7.add(at(b, i + 3 * LANES));
        }
        return s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7))).lane(0);
    }

    @Override
    public void write(double[] c, int from, int to) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, from);
        for (int i = from; i <= to - STEP; i += STEP) {
            v.intoArray(c, i);
            v.intoArray(c, i + LANES);
            v.intoArray(c, i + 2 * LANES);
            v.intoArray(c, i + 3 * LANES);
        }
    }

    @Override
    public void copy(double[] a, double[] c, int from, int to) {
        for (int i = from; i <= to - STEP; i += STEP) {
            at(a, i).intoArray(c, i);
            at(a, i + LANES).intoArray(c, i + LANES);
            at(a, i + 2 * LANES).intoArray(c, i + 2 * LANES);
            at(a, i + 3 * LANES).intoArray(c, i + 3 * LANES);
        }
    }

    @Override
    public void add(double[] a, double[] b, double[] c, int from, int to) {
        for (int i = from; i <= to - STEP; i += STEP) {
            at(a, i).add(at(b, i)).intoArray(c, i);
            at(a, i + LANES).add(at(b, i + LANES)).intoArray(c, i + LANES);
            at(a, i + 2 * LANES).add(at(b, i + 2 * LANES)).intoArray(c, i + 2 * LANES);
            at(a, i + 3 * LANES).add(at(b, i + 3 * LANES)).intoArray(c, i + 3 * LANES);
        }
    }

    @Override
    public void update(double[] a, double[] c, int from, int to) {
        for (int i = from; i <= to - STEP; i += STEP) {
            at(a, i).add(at(c, i)).intoArray(c, i);
            at(a, i + LANES).add(at(c, i + LANES)).intoArray(c, i + LANES);
            at(a, i + 2 * LANES).add(at(c, i + 2 * LANES)).intoArray(c, i + 2 * LANES);
            at(a, i + 3 * LANES).add(at(c, i + 3 * LANES)).intoArray(c, i + 3 * LANES);
        }
    }

    @Override
    public void updates(double[] a, double[] b, double[] c, double[] d, int from, int to) {
        for (int i = from; i <= to - LANES; i += LANES) {
            DoubleVector x = at(a, i);
            x.add(at(b, i)).intoArray(b, i);
            x.add(at(c, i)).intoArray(c, i);
            x.add(at(d, i)).intoArray(d, i);
        }
    }

    @Override
    public void multiplyAdd(double[] a, double[] b, double[] d, double[] c, int from, int to) {
        for (int i = from; i <= to - STEP; i += STEP) {
            at(a, i).fma(at(b, i), at(d, i)).intoArray(c, i);
            at(a, i + LANES).fma(at(b, i + LANES), at(d, i + LANES)).intoArray(c, i + LANES);
            at(a, i + 2 * LANES)
                    .fma(at(b, i + 2 * LANES), at(d, i + 2 * LANES))
                    .intoArray(c, i + 2 * LANES);
            at(a, i + 3 * LANES)
                    .fma(at(b, i + 3 * LANES), at(d, i + 3 * LANES))
                    .intoArray(c, i + 3 * LANES);
        }
    }
}
