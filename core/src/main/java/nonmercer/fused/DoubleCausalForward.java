// twin: float
package nonmercer.fused;

import java.util.Arrays;
import nonmercer.lanes.DoubleRows;
import nonmercer.lanes.Unary;
import nonmercer.parallel.Parallel;

/// Causal attention through features, chunk by chunk: `φᵢS + Σ_{j ≤ i} (φᵢ·ψⱼ) vⱼ` with the state
/// `S` from before the chunk and the pairs inside it, over the same sums of the weights. A group is
/// done by one thread, in order.
final class DoubleCausalForward {
    private static final int B = LinearExtent.BLOCK;
    private static final int SIZE = LinearExtent.SIZE;

    private final LinearExtent x;
    private final DoubleSpectra spectra;
    private final DoubleChunk chunk;
    private final double[] q;
    private final double[] k;
    private final double[] v;
    private final double[] kept;
    private final double[] out;

    DoubleCausalForward(
            DoubleSpectra spectra,
            double[] q,
            double[] k,
            double[] v,
            double[] kept,
            double[] out) {
        this.x = spectra.x;
        this.spectra = spectra;
        this.chunk = new DoubleChunk(x, spectra, kept);
        this.q = q;
        this.k = k;
        this.v = v;
        this.kept = kept;
        this.out = out;
    }

    void run(ThreadLocal<DoubleFeatureTile> tiles) {
        Parallel.forEach(
                x.x().groups(),
                g -> {
                    DoubleFeatureTile t = tiles.get();
                    t.fit(x);
                    Arrays.fill(t.state, 0, x.state(), 0);
                    Arrays.fill(t.total, 0, x.total(), 0);
                    for (int i = 0; i < x.x().n(); i += B) {
                        chunk(t, g, i, Math.min(B, x.x().n() - i));
                    }
                });
    }

    private void chunk(DoubleFeatureTile t, int group, int i, int n) {
        int e = x.x().e();
        int row = group * x.x().n() + i;
        int from = x.x().keyGroup(group) * x.x().m() + i;
        int there = chunk.seen(group, i, n);
        spectra.project(t, group, n, k, from * x.d(), t.psi);
        chunk.raise(t, group, i, n);
        chunk.features(t, group, i, n);
        DoubleLinearForward.features(t, x, spectra, group, n, q, row, kept);
        chunk.pairs(t, group, i, n);
        double[] values = t.blocked(v, from * e, e, there, t.values);
        int at = DoubleFeatureTile.first(e, from * e);
        for (int b = 0; b < x.valueBlocks(); b++) {
            int columns = DoubleTile.wide(Math.min(B, e - b * B));
            t.product(n, columns, there, t.pairs, 0, B, values, at + b * SIZE, t.means, b * SIZE);
        }
        sums(t, row, n);
        double before = chunk.before(group, i);
        boolean flat = chunk.flat(group, i, n);
        if (before != Double.NEGATIVE_INFINITY) {
            if (!flat) {
                chunk.weigh(t, t.phi, group, i, n, before, 1);
            }
            DoubleLinearForward.means(t, x, n, t.phi, t.state, 0, true);
            for (int r = 0; r < n; r++) {
                kept[x.totals() + row + r] += DoubleLinearForward.dot(t, x, t.phi, r, t.total, 0);
            }
        }
        DoubleLinearForward.divide(t, x, n, row, kept, out);
        double after = kept[chunk.level(group, i + n - 1)];
        if (!flat) {
            if (before != Double.NEGATIVE_INFINITY) {
                double by = t.lanes.one(Unary.EXP, before - after);
                DoubleLinearForward.scale(t, t.state, 0, by, x.state());
                DoubleLinearForward.scale(t, t.total, 0, by, x.total());
            }
            chunk.weigh(t, t.psi, group, i, n, after, -1);
        }
        DoubleLinearForward.addState(t, x, there, t.psi, values, at, t.state, 0);
        DoubleLinearForward.addTotals(t, x, there, t.psi, t.total, 0);
    }

    /// The sums of the pairs of each row.
    private void sums(DoubleFeatureTile t, int row, int n) {
        int stripe = t.folds.length / B;
        Arrays.fill(t.folds, 0, n * stripe, 0);
        t.loops.addUp(n, DoubleTile.wide(n), t.pairs, 0, B, t.folds, 0);
        for (int r = 0; r < n; r++) {
            kept[x.totals() + row + r] = DoubleRows.folded(t.folds, r * stripe);
        }
    }
}
