// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleFold.BY_1;
import static nonmercer.lanes.DoubleFold.BY_2;
import static nonmercer.lanes.DoubleFold.BY_4;
import static nonmercer.lanes.DoubleFold.BY_8;
import static nonmercer.lanes.DoubleFold.PARTS;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// A matrix of long rows times a vector: `c[j] += Σₚ a[p]·b[j, p]`, each sum in the order of
/// [DoubleTiles#longDots]: where rows are whole cache lines, no vector of b crosses one.
///
/// The memory is the bound: four rows are read at a time, for which the vector is loaded once and
/// whose sixteen running sums hide the latency of the FMA units. The sums are folded where they
/// are: a vector that is handed to a call may end on the heap. Narrower vectors than 512 bits take
/// the rows one by one.
final class DoubleLongDots {
    private static final VectorDoubleLanes SUMS = new VectorDoubleLanes();
    private static final int S = DoubleLanes.STRIPE;

    private DoubleLongDots() {}

    /// For n rows of b; row j begins at `bo + j·bs`.
    static void rows(
            int n, int k, double[] a, int ao, double[] b, int bo, int bs, double[] c, int co) {
        int j = 0;
        for (; PARTS == 1 && j <= n - 4; j += 4) {
            four(k, a, ao, b, bo + j * bs, bs, c, co + j);
        }
        for (; j < n; j++) {
            int at = bo + j * bs;
            int head = Math.min(DoubleLanes.HEAD, k);
            double first = SUMS.dot(a, ao, b, at, head);
            c[co + j] += first + SUMS.dot(a, ao + head, b, at + head, k - head);
        }
    }

    private static void four(
            int k, double[] a, int ao, double[] b, int bo, int bs, double[] c, int co) {
        int head = Math.min(DoubleLanes.HEAD, k);
        double first0 = rest(0.0, a, ao, b, bo, head);
        double first1 = rest(0.0, a, ao, b, bo + bs, head);
        double first2 = rest(0.0, a, ao, b, bo + 2 * bs, head);
        double first3 = rest(0.0, a, ao, b, bo + 3 * bs, head);
        double sum0 = 0.0;
        double sum1 = 0.0;
        double sum2 = 0.0;
        double sum3 = 0.0;
        for (int from = head; from < k; from += DoubleLanes.CHUNK) {
            int n = Math.min(DoubleLanes.CHUNK, k - from);
            int m = n & -4 * S;
            int x = ao + from;
            int b0 = bo + from;
            int b1 = b0 + bs;
            int b2 = b1 + bs;
            int b3 = b2 + bs;
            DoubleVector s0 = DoubleVector.zero(SPECIES);
            DoubleVector s1 = s0;
            DoubleVector s2 = s0;
            DoubleVector s3 = s0;
            DoubleVector t0 = s0;
            DoubleVector t1 = s0;
            DoubleVector t2 = s0;
            DoubleVector t3 = s0;
            DoubleVector u0 = s0;
            DoubleVector u1 = s0;
            DoubleVector u2 = s0;
            DoubleVector u3 = s0;
            DoubleVector v0 = s0;
            DoubleVector v1 = s0;
            DoubleVector v2 = s0;
            DoubleVector v3 = s0;
            for (int i = 0; i < m; i += 4 * S) {
                DoubleVector x0 = DoubleVector.fromArray(SPECIES, a, x + i);
                s0 = x0.fma(DoubleVector.fromArray(SPECIES, b, b0 + i), s0);
                t0 = x0.fma(DoubleVector.fromArray(SPECIES, b, b1 + i), t0);
                u0 = x0.fma(DoubleVector.fromArray(SPECIES, b, b2 + i), u0);
                v0 = x0.fma(DoubleVector.fromArray(SPECIES, b, b3 + i), v0);
                DoubleVector x1 = DoubleVector.fromArray(SPECIES, a, x + i + S);
                s1 = x1.fma(DoubleVector.fromArray(SPECIES, b, b0 + i + S), s1);
                t1 = x1.fma(DoubleVector.fromArray(SPECIES, b, b1 + i + S), t1);
                u1 = x1.fma(DoubleVector.fromArray(SPECIES, b, b2 + i + S), u1);
                v1 = x1.fma(DoubleVector.fromArray(SPECIES, b, b3 + i + S), v1);
                DoubleVector x2 = DoubleVector.fromArray(SPECIES, a, x + i + 2 * S);
                s2 = x2.fma(DoubleVector.fromArray(SPECIES, b, b0 + i + 2 * S), s2);
                t2 = x2.fma(DoubleVector.fromArray(SPECIES, b, b1 + i + 2 * S), t2);
                u2 = x2.fma(DoubleVector.fromArray(SPECIES, b, b2 + i + 2 * S), u2);
                v2 = x2.fma(DoubleVector.fromArray(SPECIES, b, b3 + i + 2 * S), v2);
                DoubleVector x3 = DoubleVector.fromArray(SPECIES, a, x + i + 3 * S);
                s3 = x3.fma(DoubleVector.fromArray(SPECIES, b, b0 + i + 3 * S), s3);
                t3 = x3.fma(DoubleVector.fromArray(SPECIES, b, b1 + i + 3 * S), t3);
                u3 = x3.fma(DoubleVector.fromArray(SPECIES, b, b2 + i + 3 * S), u3);
                v3 = x3.fma(DoubleVector.fromArray(SPECIES, b, b3 + i + 3 * S), v3);
            }
            if (m + S <= n) {
                DoubleVector y = DoubleVector.fromArray(SPECIES, a, x + m);
                s0 = y.fma(DoubleVector.fromArray(SPECIES, b, b0 + m), s0);
                t0 = y.fma(DoubleVector.fromArray(SPECIES, b, b1 + m), t0);
                u0 = y.fma(DoubleVector.fromArray(SPECIES, b, b2 + m), u0);
                v0 = y.fma(DoubleVector.fromArray(SPECIES, b, b3 + m), v0);
            }
            if (m + 2 * S <= n) {
                DoubleVector y = DoubleVector.fromArray(SPECIES, a, x + m + S);
                s1 = y.fma(DoubleVector.fromArray(SPECIES, b, b0 + m + S), s1);
                t1 = y.fma(DoubleVector.fromArray(SPECIES, b, b1 + m + S), t1);
                u1 = y.fma(DoubleVector.fromArray(SPECIES, b, b2 + m + S), u1);
                v1 = y.fma(DoubleVector.fromArray(SPECIES, b, b3 + m + S), v1);
            }
            if (m + 3 * S <= n) {
                DoubleVector y = DoubleVector.fromArray(SPECIES, a, x + m + 2 * S);
                s2 = y.fma(DoubleVector.fromArray(SPECIES, b, b0 + m + 2 * S), s2);
                t2 = y.fma(DoubleVector.fromArray(SPECIES, b, b1 + m + 2 * S), t2);
                u2 = y.fma(DoubleVector.fromArray(SPECIES, b, b2 + m + 2 * S), u2);
                v2 = y.fma(DoubleVector.fromArray(SPECIES, b, b3 + m + 2 * S), v2);
            }
            s0 = s0.add(s2).add(s1.add(s3));
            t0 = t0.add(t2).add(t1.add(t3));
            u0 = u0.add(u2).add(u1.add(u3));
            v0 = v0.add(v2).add(v1.add(v3));
            if (LANES > 8) {
                s0 = s0.add(s0.rearrange(BY_8));
                t0 = t0.add(t0.rearrange(BY_8));
                u0 = u0.add(u0.rearrange(BY_8));
                v0 = v0.add(v0.rearrange(BY_8));
            }
            if (LANES > 4) {
                s0 = s0.add(s0.rearrange(BY_4));
                t0 = t0.add(t0.rearrange(BY_4));
                u0 = u0.add(u0.rearrange(BY_4));
                v0 = v0.add(v0.rearrange(BY_4));
            }
            if (LANES > 2) {
                s0 = s0.add(s0.rearrange(BY_2));
                t0 = t0.add(t0.rearrange(BY_2));
                u0 = u0.add(u0.rearrange(BY_2));
                v0 = v0.add(v0.rearrange(BY_2));
            }
            sum0 += rest(s0.add(s0.rearrange(BY_1)).lane(0), a, x, b, b0, n);
            sum1 += rest(t0.add(t0.rearrange(BY_1)).lane(0), a, x, b, b1, n);
            sum2 += rest(u0.add(u0.rearrange(BY_1)).lane(0), a, x, b, b2, n);
            sum3 += rest(v0.add(v0.rearrange(BY_1)).lane(0), a, x, b, b3, n);
        }
        c[co] += first0 + sum0;
        c[co + 1] += first1 + sum1;
        c[co + 2] += first2 + sum2;
        c[co + 3] += first3 + sum3;
    }

    /// Adds what no whole stripe holds, one by one.
    private static double rest(double sum, double[] a, int ao, double[] b, int bo, int n) {
        double total = sum;
        for (int i = n & -S; i < n; i++) {
            total = Math.fma(a[ao + i], b[bo + i], total);
        }
        return total;
    }
}
