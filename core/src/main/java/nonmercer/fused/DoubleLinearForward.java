// twin: float
package nonmercer.fused;

import java.util.Arrays;
import nonmercer.lanes.Binary;
import nonmercer.lanes.DoubleLanes;
import nonmercer.lanes.Lanes;
import nonmercer.lanes.Unary;
import nonmercer.parallel.Parallel;

/// Attention through features, every key seen: `S = Σ ψⱼ vⱼᵀ`, `s = Σ ψⱼ` over the keys, then `φᵢS
/// / φᵢ·s` for each query.
///
/// Keys are taken in segments whose sums are added in order, so the bits do not depend on the
/// threads. The features of keys are shifted by a level that only rises when a logarithm exceeds it
/// by more than a slack; what was summed is then scaled.
final class DoubleLinearForward {
    private static final int B = LinearExtent.BLOCK;
    private static final int SIZE = LinearExtent.SIZE;
    static final double SLACK = 8;

    private final LinearExtent x;
    private final DoubleSpectra spectra;
    private final double[] k;
    private final double[] v;
    private final double[] kept;
    private final double[] states;
    private final double[] sums;
    private final double[] levels;
    private final int segments;

    DoubleLinearForward(
            LinearExtent x,
            DoubleSpectra spectra,
            double[] k,
            double[] v,
            double[] kept,
            DoubleScratch scratch) {
        this.x = x;
        this.spectra = spectra;
        this.k = k;
        this.v = v;
        this.kept = kept;
        this.segments = LinearExtent.segments(x.x().m());
        int slots = x.x().groups() * segments;
        this.states = scratch.take(slots * x.state());
        this.sums = scratch.take(slots * x.total());
        this.levels = scratch.take(slots);
    }

    void run(double[] q, double[] out, ThreadLocal<DoubleFeatureTile> tiles) {
        int groups = x.x().groups();
        int n = x.x().n();
        int rows = LinearExtent.segments(n);
        Parallel.forEach(
                groups * segments, task -> keys(tiles.get(), task / segments, task % segments));
        Parallel.forEach(groups, g -> gather(tiles.get(), g));
        Parallel.forEach(
                groups * rows,
                task -> {
                    int from = LinearExtent.from(task % rows);
                    int to = LinearExtent.to(task % rows, n);
                    for (int i = from; i < to; i += B) {
                        queries(tiles.get(), task / rows, i, Math.min(B, to - i), q, out);
                    }
                });
    }

    /// `−η‖kⱼ‖²` of each key.
    static void offsets(LinearExtent x, double[] k, double[] kept) {
        DoubleLanes lanes = Lanes.doubles();
        int m = x.x().m();
        int d = x.d();
        double by = DoubleLanes.of(-x.norm());
        Parallel.forEach(
                x.x().keyGroups(),
                g -> {
                    for (int j = g * m; j < (g + 1) * m; j++) {
                        kept[x.offsets() + j] = by * lanes.dot(k, j * d, k, j * d, d);
                    }
                });
    }

    private void keys(DoubleFeatureTile t, int group, int segment) {
        t.fit(x);
        int slot = group * segments + segment;
        Arrays.fill(states, slot * x.state(), (slot + 1) * x.state(), 0);
        Arrays.fill(sums, slot * x.total(), (slot + 1) * x.total(), 0);
        levels[slot] = Double.NEGATIVE_INFINITY;
        int to = LinearExtent.to(segment, x.seen(group));
        int first = x.x().keyGroup(group) * x.x().m();
        int e = x.x().e();
        for (int j = LinearExtent.from(segment); j < to; j += B) {
            int n = Math.min(B, to - j);
            spectra.project(t, group, n, k, (first + j) * x.d(), t.psi);
            level(t, slot, n, first + j);
            spectra.exponentials(t, n, t.psi);
            double[] values = t.blocked(v, (first + j) * e, e, n, t.values);
            addState(
                    t,
                    x,
                    n,
                    t.psi,
                    values,
                    DoubleFeatureTile.first(e, (first + j) * e),
                    states,
                    slot);
            addTotals(t, x, n, t.psi, sums, slot * x.total());
        }
    }

    /// Raises the level of a slot where a row needs it; the shifts of the rows.
    private void level(DoubleFeatureTile t, int slot, int n, int row) {
        double level = levels[slot];
        for (int i = 0; i < n; i++) {
            t.limit[i] = level + SLACK - kept[x.offsets() + row + i];
        }
        if (spectra.exceed(t, n, t.psi)) {
            spectra.maxima(t, n, t.psi);
            double top = level;
            for (int i = 0; i < n; i++) {
                top = Math.max(top, t.largest[i] + kept[x.offsets() + row + i]);
            }
            if (level != Double.NEGATIVE_INFINITY) {
                double by = t.lanes.one(Unary.EXP, level - top);
                scale(t, states, slot * x.state(), by, x.state());
                scale(t, sums, slot * x.total(), by, x.total());
            }
            levels[slot] = top;
            level = top;
        }
        double zero = level == Double.NEGATIVE_INFINITY ? 0 : level;
        for (int i = 0; i < n; i++) {
            t.shift[i] = zero - kept[x.offsets() + row + i];
        }
    }

    /// `S += ψᵀ v` in slot `slot` of the states.
    static void addState(
            DoubleFeatureTile t,
            LinearExtent x,
            int n,
            double[] psi,
            double[] values,
            int at,
            double[] states,
            int slot) {
        for (int f = 0; f < x.featureBlocks(); f++) {
            int features = Math.min(B, x.features() - f * B);
            for (int b = 0; b < x.valueBlocks(); b++) {
                int columns = DoubleTile.wide(Math.min(B, x.x().e() - b * B));
                int to = slot * x.state() + (f * x.valueBlocks() + b) * SIZE;
                t.addTurned(features, columns, n, psi, f * SIZE, values, at + b * SIZE, states, to);
            }
        }
    }

    /// `s += Σⱼ ψⱼ`.
    static void addTotals(
            DoubleFeatureTile t, LinearExtent x, int n, double[] psi, double[] sums, int at) {
        for (int f = 0; f < x.featureBlocks(); f++) {
            t.lanes.addRows(psi, f * SIZE, B, n, sums, at + f * B, DoubleFeatureTile.columns(x, f));
        }
    }

    static void scale(DoubleFeatureTile t, double[] a, int at, double by, int n) {
        t.lanes.binary(Binary.MULTIPLY, a, at, by, a, at, n);
    }

    /// The sums of all segments, at the highest of their levels.
    private void gather(DoubleFeatureTile t, int group) {
        double top = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < segments; s++) {
            top = Math.max(top, levels[group * segments + s]);
        }
        kept[x.levels() + group] = top;
        int state = x.states() + group * x.state();
        int total = x.sums() + group * x.total();
        Arrays.fill(kept, state, state + x.state(), 0);
        Arrays.fill(kept, total, total + x.total(), 0);
        for (int s = 0; s < segments; s++) {
            int slot = group * segments + s;
            if (levels[slot] != Double.NEGATIVE_INFINITY) {
                double by = t.lanes.one(Unary.EXP, levels[slot] - top);
                t.lanes.addScaled(by, states, slot * x.state(), kept, state, x.state());
                t.lanes.addScaled(by, sums, slot * x.total(), kept, total, x.total());
            }
        }
    }

    private void queries(DoubleFeatureTile t, int group, int i, int n, double[] q, double[] out) {
        t.fit(x);
        int row = group * x.x().n() + i;
        features(t, x, spectra, group, n, q, row, kept);
        means(t, x, n, t.phi, kept, x.states() + group * x.state(), false);
        for (int r = 0; r < n; r++) {
            kept[x.totals() + row + r] = dot(t, x, t.phi, r, kept, x.sums() + group * x.total());
        }
        divide(t, x, n, row, kept, out);
    }

    /// The features of queries to `t.phi`, each row relative to its largest, which is kept.
    static void features(
            DoubleFeatureTile t,
            LinearExtent x,
            DoubleSpectra spectra,
            int group,
            int n,
            double[] q,
            int row,
            double[] kept) {
        spectra.project(t, group, n, q, row * x.d(), t.phi);
        spectra.maxima(t, n, t.phi);
        System.arraycopy(t.largest, 0, kept, x.shifts() + row, n);
        System.arraycopy(t.largest, 0, t.shift, 0, n);
        spectra.exponentials(t, n, t.phi);
    }

    /// `φ S` to `t.means`, added to what is there if `more`.
    static void means(
            DoubleFeatureTile t,
            LinearExtent x,
            int n,
            double[] phi,
            double[] state,
            int at,
            boolean more) {
        for (int b = 0; b < x.valueBlocks(); b++) {
            int columns = DoubleTile.wide(Math.min(B, x.x().e() - b * B));
            for (int f = 0; f < x.featureBlocks(); f++) {
                int features = Math.min(B, x.features() - f * B);
                int block = at + (f * x.valueBlocks() + b) * SIZE;
                if (f == 0 && !more) {
                    t.product(n, columns, features, phi, 0, B, state, block, t.means, b * SIZE);
                } else {
                    t.add(n, columns, features, phi, f * SIZE, B, state, block, t.means, b * SIZE);
                }
            }
        }
    }

    /// `φᵢ·s`.
    static double dot(
            DoubleFeatureTile t, LinearExtent x, double[] phi, int i, double[] sums, int at) {
        double sum = 0;
        for (int f = 0; f < x.featureBlocks(); f++) {
            sum +=
                    t.lanes.dot(
                            phi,
                            f * SIZE + i * B,
                            sums,
                            at + f * B,
                            Math.min(B, x.features() - f * B));
        }
        return sum;
    }

    /// Sums to means, zeros where there is nothing to divide by.
    static void divide(
            DoubleFeatureTile t, LinearExtent x, int n, int row, double[] kept, double[] out) {
        int e = x.x().e();
        for (int r = 0; r < n; r++) {
            double total = kept[x.totals() + row + r];
            for (int b = 0; b * B < e; b++) {
                int to = (row + r) * e + b * B;
                int width = Math.min(B, e - b * B);
                if (total == 0) {
                    Arrays.fill(out, to, to + width, 0);
                } else {
                    t.lanes.binary(Binary.DIVIDE, t.means, b * SIZE + r * B, total, out, to, width);
                }
            }
        }
    }
}
