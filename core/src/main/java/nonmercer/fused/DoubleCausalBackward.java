// twin: float
package nonmercer.fused;

import java.util.Arrays;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Unary;
import nonmercer.parallel.Parallel;

/// The pullback of [DoubleCausalForward]: forth once more for the queries, with the state of what
/// came before, and back for the keys, with the state `S̄ = Σ φᵢ Gᵢᵀ` of the queries that come
/// after; features are computed again in each direction.
final class DoubleCausalBackward {
    private static final int B = LinearExtent.BLOCK;
    private static final int SIZE = LinearExtent.SIZE;

    private final LinearExtent x;
    private final DoubleSpectra spectra;
    private final DoubleChunk chunk;
    private final DoubleLinearGradients to;
    private final double[] q;
    private final double[] k;
    private final double[] v;
    private final double[] kept;

    DoubleCausalBackward(
            DoubleSpectra spectra,
            DoubleLinearGradients to,
            double[] q,
            double[] k,
            double[] v,
            double[] kept) {
        this.x = spectra.x;
        this.spectra = spectra;
        this.chunk = new DoubleChunk(x, spectra, kept);
        this.to = to;
        this.q = q;
        this.k = k;
        this.v = v;
        this.kept = kept;
    }

    void run(ThreadLocal<DoubleFeatureTile> tiles) {
        Parallel.forEach(
                x.x().keyGroups(),
                group -> {
                    DoubleFeatureTile t = tiles.get();
                    t.fit(x);
                    int n = x.x().n();
                    int share = x.x().share();
                    for (int g = group * share; g < (group + 1) * share; g++) {
                        to.begin(g, 0);
                        clear(t);
                        for (int i = 0; i < n; i += B) {
                            forth(t, g, i, Math.min(B, n - i));
                        }
                        clear(t);
                        for (int i = (n - 1) / B * B; i >= 0; i -= B) {
                            back(t, g, i, Math.min(B, n - i), g > group * share);
                        }
                    }
                });
    }

    private void clear(DoubleFeatureTile t) {
        Arrays.fill(t.state, 0, x.state(), 0);
        Arrays.fill(t.total, 0, x.total(), 0);
    }

    private int key(int group, int i) {
        return x.x().keyGroup(group) * x.x().m() + i;
    }

    /// Features, pairs of gradients `⟨Gᵢ, vⱼ⟩ − δᵢ` to `t.slopes`.
    private void prepare(DoubleFeatureTile t, int group, int i, int n) {
        int e = x.x().e();
        int row = group * x.x().n() + i;
        int from = key(group, i);
        int there = chunk.seen(group, i, n);
        spectra.project(t, group, n, k, from * x.d(), t.psi);
        chunk.features(t, group, i, n);
        spectra.project(t, group, n, q, row * x.d(), t.phi);
        System.arraycopy(kept, x.shifts() + row, t.shift, 0, n);
        spectra.exponentials(t, n, t.phi);
        to.perSum(t, n, row);
        double[] values = t.blocked(v, from * e, e, there, t.values);
        int at = DoubleFeatureTile.first(e, from * e);
        int columns = DoubleTile.wide(there);
        for (int b = 0; b < x.valueBlocks(); b++) {
            int width = Math.min(B, e - b * B);
            t.tiles.turn(width, there, values, at + b * SIZE, B, t.pairs, 0, B);
            if (b == 0) {
                t.product(n, columns, width, t.gradients, 0, B, t.pairs, 0, t.slopes, 0);
            } else {
                t.add(n, columns, width, t.gradients, b * SIZE, B, t.pairs, 0, t.slopes, 0);
            }
        }
        t.addOuter(n, columns, t.deltas, 0, t.ones, 0, t.slopes, 0);
        chunk.hide(t, t.slopes, group, i, n);
    }

    /// The gradients of the queries of a chunk; the state is turned, `Σ vⱼ ψⱼᵀ`.
    private void forth(DoubleFeatureTile t, int group, int i, int n) {
        prepare(t, group, i, n);
        int e = x.x().e();
        int row = group * x.x().n() + i;
        int there = chunk.seen(group, i, n);
        double before = chunk.before(group, i);
        boolean flat = chunk.flat(group, i, n);
        boolean some = before != Double.NEGATIVE_INFINITY;
        if (some && !flat) {
            for (int r = 0; r < n; r++) {
                double level = kept[chunk.level(group, i + r)];
                double by = t.lanes.one(Unary.EXP, before - level);
                for (int b = 0; b < x.valueBlocks(); b++) {
                    DoubleLinearForward.scale(t, t.gradients, b * SIZE + r * B, by, B);
                }
                t.deltas[r] *= by;
            }
        }
        for (int f = 0; f < x.featureBlocks(); f++) {
            int columns = DoubleFeatureTile.columns(x, f);
            int at = f * SIZE;
            t.product(n, columns, there, t.slopes, 0, B, t.psi, at, t.slope, at);
            for (int b = 0; some && b < x.valueBlocks(); b++) {
                int width = Math.min(B, e - b * B);
                int block = (f * x.valueBlocks() + b) * SIZE;
                t.add(n, columns, width, t.gradients, b * SIZE, B, t.state, block, t.slope, at);
            }
            if (some) {
                t.addOuter(n, columns, t.deltas, 0, t.total, f * B, t.slope, at);
            }
            t.lanes.binary(Binary.MULTIPLY, t.slope, at, t.phi, at, t.slope, at, n * B);
        }
        to.queries(t, group, 0, n, row, q);
        double after = kept[chunk.level(group, i + n - 1)];
        if (!flat) {
            if (some) {
                fall(t, before - after);
            }
            chunk.weigh(t, t.psi, group, i, n, after, -1);
        }
        double[] values = t.blocked(v, key(group, i) * e, e, there, t.values);
        int at = DoubleFeatureTile.first(e, key(group, i) * e);
        for (int f = 0; f < x.featureBlocks(); f++) {
            int columns = DoubleFeatureTile.columns(x, f);
            for (int b = 0; b < x.valueBlocks(); b++) {
                int width = Math.min(B, e - b * B);
                int block = (f * x.valueBlocks() + b) * SIZE;
                t.addTurned(
                        width,
                        columns,
                        there,
                        values,
                        at + b * SIZE,
                        t.psi,
                        f * SIZE,
                        t.state,
                        block);
            }
        }
        DoubleLinearForward.addTotals(t, x, there, t.psi, t.total, 0);
    }

    private void fall(DoubleFeatureTile t, double by) {
        double factor = t.lanes.one(Unary.EXP, by);
        DoubleLinearForward.scale(t, t.state, 0, factor, x.state());
        DoubleLinearForward.scale(t, t.total, 0, factor, x.total());
    }

    /// The gradients of the keys and values of a chunk; the state `Σ φᵢ Gᵢᵀ` of the chunks behind
    /// is relative to the last level of this one.
    private void back(DoubleFeatureTile t, int group, int i, int n, boolean more) {
        int e = x.x().e();
        int from = key(group, i);
        int there = chunk.seen(group, i, n);
        double level = kept[chunk.level(group, i + n - 1)];
        boolean even = level == kept[chunk.level(group, i)];
        prepare(t, group, i, n);
        chunk.pairs(t, group, i, n);
        // v̄: the pairs inside, then the queries behind.
        for (int b = 0; b < x.valueBlocks(); b++) {
            int columns = DoubleTile.wide(Math.min(B, e - b * B));
            Arrays.fill(t.means, b * SIZE, (b + 1) * SIZE, 0);
            t.addTurned(there, columns, n, t.pairs, 0, t.gradients, b * SIZE, t.means, b * SIZE);
        }
        double[] far = t.psi;
        if (!even) {
            System.arraycopy(t.psi, 0, t.turned, 0, x.tile());
            far = t.turned;
            chunk.weigh(t, far, group, i, n, level, -1);
        }
        DoubleLinearForward.means(t, x, there, far, t.state, 0, true);
        to.values(t, there, from, more);
        double[] values = t.blocked(v, from * e, e, there, t.values);
        int at = DoubleFeatureTile.first(e, from * e);
        for (int f = 0; f < x.featureBlocks(); f++) {
            int columns = DoubleFeatureTile.columns(x, f);
            int features = Math.min(B, x.features() - f * B);
            int tile = f * SIZE;
            Arrays.fill(t.slope, tile, tile + there * B, 0);
            for (int b = 0; b < x.valueBlocks(); b++) {
                int width = Math.min(B, e - b * B);
                int block = (f * x.valueBlocks() + b) * SIZE;
                t.tiles.turn(width, features, t.state, block, B, t.other, 0, B);
                t.add(there, columns, width, values, at + b * SIZE, B, t.other, 0, t.slope, tile);
            }
            t.addOuter(there, columns, t.ones, 0, t.total, f * B, t.slope, tile);
        }
        if (!even) {
            chunk.weigh(t, t.slope, group, i, there, level, -1);
        }
        for (int f = 0; f < x.featureBlocks(); f++) {
            int tile = f * SIZE;
            int columns = DoubleFeatureTile.columns(x, f);
            t.addTurned(there, columns, n, t.slopes, 0, t.phi, tile, t.slope, tile);
            t.lanes.binary(Binary.MULTIPLY, t.slope, tile, t.psi, tile, t.slope, tile, there * B);
        }
        to.keys(t, group, 0, there, from, more, k);
        to.hidden(x.x().keyGroup(group), i + there, i + n);
        gather(t, group, i, n, even);
    }

    /// Adds the queries of the chunk to the state, which then is relative to the level before it.
    private void gather(DoubleFeatureTile t, int group, int i, int n, boolean even) {
        double before = chunk.before(group, i);
        if (before == Double.NEGATIVE_INFINITY) {
            return; // no key before this chunk is seen
        }
        double level = kept[chunk.level(group, i + n - 1)];
        if (!even || level != before) {
            fall(t, before - level);
            chunk.weigh(t, t.phi, group, i, n, before, 1);
        }
        DoubleLinearForward.addState(t, x, n, t.phi, t.gradients, 0, t.state, 0);
        for (int f = 0; f < x.featureBlocks(); f++) {
            int columns = DoubleFeatureTile.columns(x, f);
            t.addWeighted(columns, n, t.deltas, 0, t.phi, f * SIZE, t.total, f * B);
        }
    }
}
