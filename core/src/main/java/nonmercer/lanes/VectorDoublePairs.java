// twin: float
package nonmercer.lanes;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static nonmercer.lanes.DoubleFold.BY_1;
import static nonmercer.lanes.DoubleFold.BY_2;
import static nonmercer.lanes.DoubleFold.BY_4;
import static nonmercer.lanes.DoubleFold.BY_8;
import static nonmercer.lanes.DoubleFold.PARTS;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// [Pairing] of one query with whole vectors of keys, which stand in columns: `n` a multiple of the
/// lanes.
///
/// Each pairing has its two loops in a method of its own: all of them in one exceed what C2
/// inlines. The running sums of 4 vectors of keys (then of 1) stay in registers while the
/// coordinates go by.
final class VectorDoublePairs {
    private static final int S = DoubleLanes.STRIPE;

    private VectorDoublePairs() {}

    static void apply(
            Pairing f,
            double[] q,
            int qo,
            int d,
            double[] keys,
            int ko,
            int stride,
            double[] out,
            int oo,
            int n) {
        switch (f) {
            case SUM_OF_MINIMA -> minimaOf(q, qo, d, keys, ko, stride, out, oo, n);
            case L1_DISTANCE -> distances(q, qo, d, keys, ko, stride, out, oo, n);
            case SQUARED_DISTANCE -> squares(q, qo, d, keys, ko, stride, out, oo, n);
            case HARMONIC -> harmonics(q, qo, d, keys, ko, stride, out, oo, n);
        }
    }

    private static void minimaOf(
            double[] q,
            int qo,
            int d,
            double[] keys,
            int ko,
            int stride,
            double[] out,
            int oo,
            int n) {
        int j = 0;
        for (; j + 4 * LANES <= n; j += 4 * LANES) {
            minima4(q, qo, d, keys, ko + j, stride, out, oo + j);
        }
        for (; j < n; j += LANES) {
            minima(q, qo, d, keys, ko + j, stride, out, oo + j);
        }
    }

    private static void distances(
            double[] q,
            int qo,
            int d,
            double[] keys,
            int ko,
            int stride,
            double[] out,
            int oo,
            int n) {
        int j = 0;
        for (; j + 4 * LANES <= n; j += 4 * LANES) {
            distance4(q, qo, d, keys, ko + j, stride, out, oo + j);
        }
        for (; j < n; j += LANES) {
            distance(q, qo, d, keys, ko + j, stride, out, oo + j);
        }
    }

    private static void squares(
            double[] q,
            int qo,
            int d,
            double[] keys,
            int ko,
            int stride,
            double[] out,
            int oo,
            int n) {
        int j = 0;
        for (; j + 4 * LANES <= n; j += 4 * LANES) {
            square4(q, qo, d, keys, ko + j, stride, out, oo + j);
        }
        for (; j < n; j += LANES) {
            square(q, qo, d, keys, ko + j, stride, out, oo + j);
        }
    }

    private static void harmonics(
            double[] q,
            int qo,
            int d,
            double[] keys,
            int ko,
            int stride,
            double[] out,
            int oo,
            int n) {
        int j = 0;
        for (; j + 4 * LANES <= n; j += 4 * LANES) {
            VectorDoubleHarmonic.apply4(q, qo, d, keys, ko + j, stride, out, oo + j);
        }
        for (; j < n; j += LANES) {
            VectorDoubleHarmonic.apply(q, qo, d, keys, ko + j, stride, out, oo + j);
        }
    }

    private static void minima(
            double[] q, int qo, int d, double[] keys, int ko, int stride, double[] out, int oo) {
        DoubleVector a = DoubleVector.zero(SPECIES);
        for (int l = 0; l < d; l++) {
            DoubleVector x = DoubleVector.broadcast(SPECIES, q[qo + l]);
            a = a.add(DoubleVector.fromArray(SPECIES, keys, ko + l * stride).min(x));
        }
        a.intoArray(out, oo);
    }

    private static void minima4(
            double[] q, int qo, int d, double[] keys, int ko, int stride, double[] out, int oo) {
        DoubleVector a = DoubleVector.zero(SPECIES);
        DoubleVector b = DoubleVector.zero(SPECIES);
        DoubleVector c = DoubleVector.zero(SPECIES);
        DoubleVector e = DoubleVector.zero(SPECIES);
        for (int l = 0; l < d; l++) {
            DoubleVector x = DoubleVector.broadcast(SPECIES, q[qo + l]);
            int k = ko + l * stride;
            a = a.add(DoubleVector.fromArray(SPECIES, keys, k).min(x));
            b = b.add(DoubleVector.fromArray(SPECIES, keys, k + LANES).min(x));
            c = c.add(DoubleVector.fromArray(SPECIES, keys, k + 2 * LANES).min(x));
            e = e.add(DoubleVector.fromArray(SPECIES, keys, k + 3 * LANES).min(x));
        }
        a.intoArray(out, oo);
        b.intoArray(out, oo + LANES);
        c.intoArray(out, oo + 2 * LANES);
        e.intoArray(out, oo + 3 * LANES);
    }

    private static void distance(
            double[] q, int qo, int d, double[] keys, int ko, int stride, double[] out, int oo) {
        DoubleVector a = DoubleVector.zero(SPECIES);
        for (int l = 0; l < d; l++) {
            DoubleVector x = DoubleVector.broadcast(SPECIES, q[qo + l]);
            a = a.add(x.sub(DoubleVector.fromArray(SPECIES, keys, ko + l * stride)).lanewise(ABS));
        }
        a.intoArray(out, oo);
    }

    private static void distance4(
            double[] q, int qo, int d, double[] keys, int ko, int stride, double[] out, int oo) {
        DoubleVector a = DoubleVector.zero(SPECIES);
        DoubleVector b = DoubleVector.zero(SPECIES);
        DoubleVector c = DoubleVector.zero(SPECIES);
        DoubleVector e = DoubleVector.zero(SPECIES);
        for (int l = 0; l < d; l++) {
            DoubleVector x = DoubleVector.broadcast(SPECIES, q[qo + l]);
            int k = ko + l * stride;
            a = a.add(x.sub(DoubleVector.fromArray(SPECIES, keys, k)).lanewise(ABS));
            b = b.add(x.sub(DoubleVector.fromArray(SPECIES, keys, k + LANES)).lanewise(ABS));
            c = c.add(x.sub(DoubleVector.fromArray(SPECIES, keys, k + 2 * LANES)).lanewise(ABS));
            e = e.add(x.sub(DoubleVector.fromArray(SPECIES, keys, k + 3 * LANES)).lanewise(ABS));
        }
        a.intoArray(out, oo);
        b.intoArray(out, oo + LANES);
        c.intoArray(out, oo + 2 * LANES);
        e.intoArray(out, oo + 3 * LANES);
    }

    private static void square(
            double[] q, int qo, int d, double[] keys, int ko, int stride, double[] out, int oo) {
        DoubleVector a = DoubleVector.zero(SPECIES);
        for (int l = 0; l < d; l++) {
            DoubleVector x = DoubleVector.broadcast(SPECIES, q[qo + l]);
            DoubleVector y = x.sub(DoubleVector.fromArray(SPECIES, keys, ko + l * stride));
            a = y.fma(y, a);
        }
        a.intoArray(out, oo);
    }

    private static void square4(
            double[] q, int qo, int d, double[] keys, int ko, int stride, double[] out, int oo) {
        DoubleVector a = DoubleVector.zero(SPECIES);
        DoubleVector b = DoubleVector.zero(SPECIES);
        DoubleVector c = DoubleVector.zero(SPECIES);
        DoubleVector e = DoubleVector.zero(SPECIES);
        for (int l = 0; l < d; l++) {
            DoubleVector x = DoubleVector.broadcast(SPECIES, q[qo + l]);
            int k = ko + l * stride;
            DoubleVector a0 = x.sub(DoubleVector.fromArray(SPECIES, keys, k));
            a = a0.fma(a0, a);
            DoubleVector b0 = x.sub(DoubleVector.fromArray(SPECIES, keys, k + LANES));
            b = b0.fma(b0, b);
            DoubleVector c0 = x.sub(DoubleVector.fromArray(SPECIES, keys, k + 2 * LANES));
            c = c0.fma(c0, c);
            DoubleVector e0 = x.sub(DoubleVector.fromArray(SPECIES, keys, k + 3 * LANES));
            e = e0.fma(e0, e);
        }
        a.intoArray(out, oo);
        b.intoArray(out, oo + LANES);
        c.intoArray(out, oo + 2 * LANES);
        e.intoArray(out, oo + 3 * LANES);
    }

    /// The gradients of one chunk of keys: the sum in the query's coordinate is returned.
    static double gradient(
            Pairing f,
            double q,
            double[] keys,
            int ko,
            double[] g,
            int go,
            double[] dkeys,
            int dko,
            int n) {
        int m = n & -S;
        double folded =
                switch (f) {
                    case SUM_OF_MINIMA -> minimumGradient(q, keys, ko, g, go, dkeys, dko, m);
                    case L1_DISTANCE -> distanceGradient(q, keys, ko, g, go, dkeys, dko, m);
                    case SQUARED_DISTANCE -> squareGradient(q, keys, ko, g, go, dkeys, dko, m);
                    case HARMONIC ->
                            VectorDoubleHarmonic.gradient(q, keys, ko, g, go, dkeys, dko, m);
                };
        return ScalarDoubleSums.restOfPairGradient(f, folded, q, keys, ko, g, go, dkeys, dko, m, n);
    }

    private static double minimumGradient(
            double q, double[] keys, int ko, double[] g, int go, double[] dkeys, int dko, int m) {
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
        DoubleVector half = DoubleVector.broadcast(SPECIES, 0.5);
        DoubleVector left = DoubleVector.zero(SPECIES);
        DoubleVector right = left;
        for (int p = 0; p < PARTS; p++) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int j = DoubleFold.part(p); j < m; j += S) {
                DoubleVector w = DoubleVector.fromArray(SPECIES, g, go + j);
                DoubleVector k = DoubleVector.fromArray(SPECIES, keys, ko + j);
                DoubleVector slope = half.blend(1.0, k.compare(GT, q)).blend(0.0, k.compare(LT, q));
                w.fma(one.sub(slope), DoubleVector.fromArray(SPECIES, dkeys, dko + j))
                        .intoArray(dkeys, dko + j);
                sum = w.fma(slope, sum);
            }
            left = p == 0 ? sum : p == 1 ? left.add(sum) : left;
            right = p == 2 ? sum : p == 3 ? right.add(sum) : right;
        }
        DoubleVector a = PARTS == 4 ? left.add(right) : left;
        a = LANES > 8 ? a.add(a.rearrange(BY_8)) : a;
        a = LANES > 4 ? a.add(a.rearrange(BY_4)) : a;
        a = LANES > 2 ? a.add(a.rearrange(BY_2)) : a;
        return a.add(a.rearrange(BY_1)).lane(0);
    }

    private static double distanceGradient(
            double q, double[] keys, int ko, double[] g, int go, double[] dkeys, int dko, int m) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector left = DoubleVector.zero(SPECIES);
        DoubleVector right = left;
        for (int p = 0; p < PARTS; p++) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int j = DoubleFold.part(p); j < m; j += S) {
                DoubleVector w = DoubleVector.fromArray(SPECIES, g, go + j);
                DoubleVector k = DoubleVector.fromArray(SPECIES, keys, ko + j);
                DoubleVector slope =
                        zero.blend(-1.0, k.compare(GT, q)).blend(1.0, k.compare(LT, q));
                w.fma(zero.sub(slope), DoubleVector.fromArray(SPECIES, dkeys, dko + j))
                        .intoArray(dkeys, dko + j);
                sum = w.fma(slope, sum);
            }
            left = p == 0 ? sum : p == 1 ? left.add(sum) : left;
            right = p == 2 ? sum : p == 3 ? right.add(sum) : right;
        }
        DoubleVector a = PARTS == 4 ? left.add(right) : left;
        a = LANES > 8 ? a.add(a.rearrange(BY_8)) : a;
        a = LANES > 4 ? a.add(a.rearrange(BY_4)) : a;
        a = LANES > 2 ? a.add(a.rearrange(BY_2)) : a;
        return a.add(a.rearrange(BY_1)).lane(0);
    }

    private static double squareGradient(
            double q, double[] keys, int ko, double[] g, int go, double[] dkeys, int dko, int m) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector query = DoubleVector.broadcast(SPECIES, q);
        DoubleVector left = DoubleVector.zero(SPECIES);
        DoubleVector right = left;
        for (int p = 0; p < PARTS; p++) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int j = DoubleFold.part(p); j < m; j += S) {
                DoubleVector w = DoubleVector.fromArray(SPECIES, g, go + j);
                DoubleVector k = DoubleVector.fromArray(SPECIES, keys, ko + j);
                DoubleVector slope = query.sub(k).mul(2.0);
                w.fma(zero.sub(slope), DoubleVector.fromArray(SPECIES, dkeys, dko + j))
                        .intoArray(dkeys, dko + j);
                sum = w.fma(slope, sum);
            }
            left = p == 0 ? sum : p == 1 ? left.add(sum) : left;
            right = p == 2 ? sum : p == 3 ? right.add(sum) : right;
        }
        DoubleVector a = PARTS == 4 ? left.add(right) : left;
        a = LANES > 8 ? a.add(a.rearrange(BY_8)) : a;
        a = LANES > 4 ? a.add(a.rearrange(BY_4)) : a;
        a = LANES > 2 ? a.add(a.rearrange(BY_2)) : a;
        return a.add(a.rearrange(BY_1)).lane(0);
    }
}
