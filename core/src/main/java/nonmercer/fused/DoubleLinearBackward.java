// twin: float
package nonmercer.fused;

import java.util.Arrays;
import nonmercer.lanes.Binary;
import nonmercer.parallel.Parallel;

/// The pullback of [DoubleLinearForward], which computes the features again.
///
/// With `Gᵢ = ḡᵢ/Dᵢ` and `δᵢ = ⟨Gᵢ, outᵢ⟩`: `S̄ = Σ φᵢ Gᵢᵀ`, `s̄ = −Σ φᵢ δᵢ`, `φ̄ᵢ = S Gᵢ − δᵢ s`,
/// `ψ̄ⱼ = S̄ vⱼ + s̄`, `v̄ⱼ = S̄ᵀ ψⱼ`; a logarithm has the gradient `φ∘φ̄`. Sums go over segments
/// and heads in ascending order.
final class DoubleLinearBackward {
    private static final int B = LinearExtent.BLOCK;
    private static final int SIZE = LinearExtent.SIZE;

    private final LinearExtent x;
    private final DoubleSpectra spectra;
    private final DoubleLinearGradients to;
    private final double[] kept;
    private final double[] states;
    private final double[] sums;
    private final double[] turned;
    private final int segments;

    DoubleLinearBackward(
            LinearExtent x,
            DoubleSpectra spectra,
            DoubleLinearGradients to,
            double[] kept,
            DoubleScratch scratch) {
        this.x = x;
        this.spectra = spectra;
        this.to = to;
        this.kept = kept;
        this.segments = LinearExtent.segments(x.x().n());
        int groups = x.x().groups();
        this.states = scratch.take(groups * segments * x.state());
        this.sums = scratch.take(groups * segments * x.total());
        this.turned = scratch.take(groups * x.featureBlocks() * x.x().e() * B);
    }

    void run(double[] q, double[] k, double[] v, ThreadLocal<DoubleFeatureTile> tiles) {
        int groups = x.x().groups();
        int share = x.x().share();
        int ofKeys = LinearExtent.segments(x.x().m());
        Parallel.forEach(groups, g -> turn(tiles.get(), kept, x.states() + g * x.state(), g));
        Parallel.forEach(
                groups * segments,
                task -> queries(tiles.get(), task / segments, task % segments, q));
        Parallel.forEach(
                groups,
                g -> {
                    DoubleFeatureTile t = tiles.get();
                    int first = g * segments;
                    for (int s = 1; s < segments; s++) {
                        add(t, states, first * x.state(), (first + s) * x.state(), x.state());
                        add(t, sums, first * x.total(), (first + s) * x.total(), x.total());
                    }
                    turn(t, states, first * x.state(), g);
                });
        Parallel.forEach(
                x.x().keyGroups() * ofKeys,
                task -> {
                    DoubleFeatureTile t = tiles.get();
                    t.fit(x);
                    int s = task % ofKeys;
                    int first = task / ofKeys * share;
                    int seen = x.seen(first);
                    for (int g = first; g < first + share; g++) {
                        to.begin(g, segments + s);
                    }
                    int end = LinearExtent.to(s, x.x().m());
                    for (int j = LinearExtent.from(s); j < end; j += B) {
                        int n = Math.min(B, Math.min(end, seen) - j);
                        if (n > 0) {
                            for (int g = first; g < first + share; g++) {
                                keys(t, g, s, j, n, g > first, k, v);
                            }
                        }
                        to.hidden(task / ofKeys, j + Math.max(0, n), Math.min(end, j + B));
                    }
                });
    }

    private static void add(DoubleFeatureTile t, double[] a, int to, int from, int n) {
        t.lanes.binary(Binary.ADD, a, to, a, from, a, to, n);
    }

    /// A state with the values as rows, `[features/B, e, B]`.
    private void turn(DoubleFeatureTile t, double[] state, int at, int group) {
        int e = x.x().e();
        for (int f = 0; f < x.featureBlocks(); f++) {
            int features = Math.min(B, x.features() - f * B);
            for (int b = 0; b * B < e; b++) {
                int from = at + (f * x.valueBlocks() + b) * SIZE;
                int place = place(group, f) + b * SIZE;
                t.tiles.turn(Math.min(B, e - b * B), features, state, from, B, turned, place, B);
            }
        }
    }

    private int place(int group, int f) {
        return (group * x.featureBlocks() + f) * x.x().e() * B;
    }

    private void queries(DoubleFeatureTile t, int group, int segment, double[] q) {
        t.fit(x);
        int slot = group * segments + segment;
        Arrays.fill(states, slot * x.state(), (slot + 1) * x.state(), 0);
        Arrays.fill(sums, slot * x.total(), (slot + 1) * x.total(), 0);
        to.begin(group, segment);
        int end = LinearExtent.to(segment, x.x().n());
        for (int i = LinearExtent.from(segment); i < end; i += B) {
            int n = Math.min(B, end - i);
            int row = group * x.x().n() + i;
            spectra.project(t, group, n, q, row * x.d(), t.phi);
            System.arraycopy(kept, x.shifts() + row, t.shift, 0, n);
            spectra.exponentials(t, n, t.phi);
            to.perSum(t, n, row);
            DoubleLinearForward.addState(t, x, n, t.phi, t.gradients, 0, states, slot);
            for (int f = 0; f < x.featureBlocks(); f++) {
                int columns = DoubleFeatureTile.columns(x, f);
                int sum = slot * x.total() + f * B;
                t.addWeighted(columns, n, t.deltas, 0, t.phi, f * SIZE, sums, sum);
                slope(t, n, columns, t.gradients, place(group, f), f);
                int total = x.sums() + group * x.total() + f * B;
                t.addOuter(n, columns, t.deltas, 0, kept, total, t.slope, f * SIZE);
                times(t, t.phi, n, f);
            }
            to.queries(t, group, segment, n, row, q);
        }
    }

    /// `A S̄ᵀ` to `t.slope`, A in blocks of `B` columns.
    private void slope(DoubleFeatureTile t, int n, int columns, double[] a, int state, int f) {
        for (int b = 0; b * B < x.x().e(); b++) {
            int k = Math.min(B, x.x().e() - b * B);
            if (b == 0) {
                t.product(n, columns, k, a, 0, B, turned, state, t.slope, f * SIZE);
            } else {
                t.add(n, columns, k, a, b * SIZE, B, turned, state + b * SIZE, t.slope, f * SIZE);
            }
        }
    }

    private static void times(DoubleFeatureTile t, double[] features, int n, int f) {
        int at = f * SIZE;
        t.lanes.binary(Binary.MULTIPLY, t.slope, at, features, at, t.slope, at, n * B);
    }

    private void keys(
            DoubleFeatureTile t,
            int group,
            int segment,
            int j,
            int n,
            boolean more,
            double[] k,
            double[] v) {
        int row = x.x().keyGroup(group) * x.x().m() + j;
        int e = x.x().e();
        double level = kept[x.levels() + group];
        double shift = level == Double.NEGATIVE_INFINITY ? 0 : level;
        for (int i = 0; i < n; i++) {
            t.shift[i] = shift - kept[x.offsets() + row + i];
        }
        spectra.project(t, group, n, k, row * x.d(), t.psi);
        spectra.exponentials(t, n, t.psi);
        int slot = group * segments;
        for (int f = 0; f < x.featureBlocks(); f++) {
            int columns = DoubleFeatureTile.columns(x, f);
            int state = place(group, f);
            t.product(n, columns, e, v, row * e, e, turned, state, t.slope, f * SIZE);
            t.addOuter(n, columns, t.ones, 0, sums, slot * x.total() + f * B, t.slope, f * SIZE);
            times(t, t.psi, n, f);
        }
        DoubleLinearForward.means(t, x, n, t.psi, states, slot * x.state(), false);
        to.values(t, n, row, more);
        to.keys(t, group, segments + segment, n, row, more, k);
    }
}
