// twin: float
package nonmercer.fused;

import java.util.Arrays;
import nonmercer.lanes.Binary;
import nonmercer.lanes.DoubleLanes;
import nonmercer.parallel.Parallel;

/// Where the gradients of attention through features go: queries, keys, values, frequencies and
/// constants.
///
/// What several rows add to, a frequency, is summed by slots, a head and segment each, which
/// [#finish] adds in order.
final class DoubleLinearGradients {
    private static final int B = LinearExtent.BLOCK;
    private static final int SIZE = LinearExtent.SIZE;

    private final LinearExtent x;
    private final DoubleSpectra spectra;
    private final double[] out;
    private final double[] gradient;
    private final double[] kept;
    private final double[] dq;
    private final double[] dk;
    private final double[] dv;
    private final double[] slots;
    private final int each;
    private final boolean frequencies;

    /// @param each slots of a group
    DoubleLinearGradients(
            DoubleSpectra spectra,
            double[] out,
            double[] gradient,
            double[] kept,
            double[][] to,
            int each,
            DoubleScratch scratch) {
        this.x = spectra.x;
        this.spectra = spectra;
        this.out = out;
        this.gradient = gradient;
        this.kept = kept;
        this.dq = to[0];
        this.dk = to[1];
        this.dv = to[2];
        this.frequencies = to[3].length > 0;
        this.each = each;
        this.slots = frequencies ? scratch.take(x.x().groups() * each * size()) : new double[0];
    }

    private int size() {
        return x.spectrum() + x.total();
    }

    /// Clears a slot.
    void begin(int group, int slot) {
        if (frequencies) {
            int at = (group * each + slot) * size();
            Arrays.fill(slots, at, at + size(), 0);
        }
    }

    /// `Gᵢ = ḡᵢ/Dᵢ` to `t.gradients` and `−δᵢ = −⟨Gᵢ, outᵢ⟩` to `t.deltas`; zeros where `Dᵢ` is.
    void perSum(DoubleFeatureTile t, int n, int row) {
        int e = x.x().e();
        t.blocked(gradient, row * e, e, n, t.gradients);
        boolean direct = e == B;
        for (int i = 0; i < n; i++) {
            double total = kept[x.totals() + row + i];
            double by = total == 0 ? 0 : 1 / total;
            for (int b = 0; b < x.valueBlocks(); b++) {
                double[] from = direct ? gradient : t.gradients;
                int at = direct ? (row + i) * e : b * SIZE + i * B;
                t.lanes.binary(Binary.MULTIPLY, from, at, by, t.gradients, b * SIZE + i * B, B);
            }
            int at = (row + i) * e;
            t.deltas[i] = -by * t.lanes.dot(gradient, at, out, at, e);
        }
    }

    /// The gradients of the logarithms of queries' features, `t.slope`, on to queries and
    /// frequencies.
    void queries(DoubleFeatureTile t, int group, int slot, int n, int row, double[] q) {
        spectra.toPoints(t, group, n, t.slope, dq, row * x.d(), false);
        if (frequencies) {
            frequencies(t, group, slot, n, q, row * x.d());
        }
    }

    private void frequencies(
            DoubleFeatureTile t, int group, int slot, int n, double[] points, int at) {
        int to = (group * each + slot) * size();
        spectra.toFrequencies(t, n, t.slope, points, at, slots, to, to + x.spectrum());
    }

    /// Those of keys, on to keys, offsets and frequencies; added to what is there if `more`.
    void keys(DoubleFeatureTile t, int group, int slot, int n, int row, boolean more, double[] k) {
        spectra.toPoints(t, group, n, t.slope, dk, row * x.d(), more);
        t.rowSums(x, n, t.slope, t.largest);
        for (int i = 0; i < n; i++) { // through the offset −η‖k‖²
            double by = t.largest[i] * DoubleLanes.of(-2 * x.norm());
            int at = (row + i) * x.d();
            t.lanes.addScaled(by, k, at, dk, at, x.d());
        }
        if (frequencies) {
            frequencies(t, group, slot, n, k, row * x.d());
        }
    }

    /// `t.means` to the values' gradient, or added to it.
    void values(DoubleFeatureTile t, int n, int row, boolean more) {
        int e = x.x().e();
        if (more) {
            for (int i = 0; i < n; i++) {
                for (int b = 0; b * B < e; b++) {
                    int at = (row + i) * e + b * B;
                    int from = b * SIZE + i * B;
                    int width = Math.min(B, e - b * B);
                    t.lanes.binary(Binary.ADD, dv, at, t.means, from, dv, at, width);
                }
            }
        } else {
            t.unblock(t.means, e, n, dv, row * e);
        }
    }

    /// Zeros for keys that nobody sees.
    void hidden(int keyGroup, int from, int to) {
        if (from < to) {
            int row = keyGroup * x.x().m();
            Arrays.fill(dk, (row + from) * x.d(), (row + to) * x.d(), 0);
            Arrays.fill(dv, (row + from) * x.x().e(), (row + to) * x.x().e(), 0);
        }
    }

    /// The sums of all slots to the gradients of frequencies `[heads, features, d]` and constants
    /// `[heads, features]`, if there is room for these.
    void finish(double[] dw, double[] dc, ThreadLocal<DoubleFeatureTile> tiles) {
        if (!frequencies) {
            return;
        }
        Parallel.forEach(
                x.featureHeads(),
                head -> {
                    int first = -1;
                    for (int g = 0; g < x.x().groups(); g++) {
                        if (x.featureHead(g) == head) {
                            for (int s = g * each; s < (g + 1) * each; s++) {
                                if (first < 0) {
                                    first = s;
                                } else {
                                    add(tiles.get(), first * size(), s * size());
                                }
                            }
                        }
                    }
                    if (first >= 0) {
                        write(first * size(), head, dw, dc);
                    }
                });
    }

    private void add(DoubleFeatureTile t, int to, int from) {
        t.lanes.binary(Binary.ADD, slots, to, slots, from, slots, to, size());
    }

    private void write(int from, int head, double[] dw, double[] dc) {
        int m = x.features();
        int d = x.d();
        for (int f = 0; f < m; f++) {
            for (int b = 0; b * B < d; b++) {
                int block = from + (f / B * x.widthBlocks() + b) * SIZE + f % B * B;
                int width = Math.min(B, d - b * B);
                System.arraycopy(slots, block, dw, (head * m + f) * d + b * B, width);
            }
        }
        if (dc.length > 0) {
            System.arraycopy(slots, from + x.spectrum(), dc, head * m, m);
        }
    }
}
