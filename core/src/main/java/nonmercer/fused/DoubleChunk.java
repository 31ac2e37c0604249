// twin: float
package nonmercer.fused;

import java.util.Arrays;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Unary;

/// The pairs inside a chunk of causal attention through features, and the levels of its keys.
///
/// Key j is known relative to a level `λⱼ` that does not fall from key to key, so that no later key
/// moves what an earlier query finds: a pair has the factor `e^(λⱼ − λᵢ) ≤ 1`.
final class DoubleChunk {
    private static final int B = LinearExtent.BLOCK;
    private static final int SIZE = LinearExtent.SIZE;

    final LinearExtent x;
    private final DoubleSpectra spectra;
    private final double[] kept;

    DoubleChunk(LinearExtent x, DoubleSpectra spectra, double[] kept) {
        this.x = x;
        this.spectra = spectra;
        this.kept = kept;
    }

    /// Where the level of a key is kept.
    int level(int group, int j) {
        return x.levels() + group * x.x().m() + j;
    }

    private double offset(int row) {
        return kept[x.offsets() + row];
    }

    /// The level before key j.
    double before(int group, int j) {
        return j == 0 ? Double.NEGATIVE_INFINITY : kept[level(group, j - 1)];
    }

    /// The keys of the chunk that are seen.
    int seen(int group, int j, int n) {
        return Math.clamp(x.seen(group) - j, 0, n);
    }

    /// Finds the levels of a chunk, whose logarithms without offsets are in `t.psi`.
    void raise(DoubleFeatureTile t, int group, int j, int n) {
        int row = x.x().keyGroup(group) * x.x().m() + j;
        int there = seen(group, j, n);
        double level = before(group, j);
        for (int i = 0; i < there; i++) {
            t.limit[i] = level + DoubleLinearForward.SLACK - offset(row + i);
        }
        if (there > 0 && spectra.exceed(t, there, t.psi)) {
            spectra.maxima(t, there, t.psi);
            for (int i = 0; i < there; i++) {
                double top = t.largest[i] + offset(row + i);
                level = top > level + DoubleLinearForward.SLACK ? top : level;
                kept[level(group, j + i)] = level;
            }
        } else {
            Arrays.fill(kept, level(group, j), level(group, j) + there, level);
        }
        Arrays.fill(kept, level(group, j) + there, level(group, j) + n, level);
    }

    /// `ψ = e^(u + o − λ)` in `t.psi`, zeros for keys that are not seen.
    void features(DoubleFeatureTile t, int group, int j, int n) {
        int row = x.x().keyGroup(group) * x.x().m() + j;
        int there = seen(group, j, n);
        for (int i = 0; i < there; i++) {
            double level = kept[level(group, j + i)];
            t.shift[i] = (level == Double.NEGATIVE_INFINITY ? 0 : level) - offset(row + i);
        }
        spectra.exponentials(t, there, t.psi);
        for (int f = 0; f < x.featureBlocks() && there < n; f++) {
            Arrays.fill(t.psi, f * SIZE + there * B, f * SIZE + n * B, 0);
        }
    }

    /// `φψᵀ` of the chunk to `t.pairs`: only what is seen, with its factors.
    void pairs(DoubleFeatureTile t, int group, int j, int n) {
        int columns = DoubleTile.wide(n);
        for (int f = 0; f < x.featureBlocks(); f++) {
            int features = Math.min(B, x.features() - f * B);
            int at = f * SIZE;
            t.tiles.turn(features, n, t.psi, at, B, t.turned, at, B);
            if (f == 0) {
                t.product(n, columns, features, t.phi, at, B, t.turned, at, t.pairs, 0);
            } else {
                t.add(n, columns, features, t.phi, at, B, t.turned, at, t.pairs, 0);
            }
        }
        hide(t, t.pairs, group, j, n);
    }

    /// Zeros above the diagonal and for keys that are not seen, and the factors of levels.
    void hide(DoubleFeatureTile t, double[] tile, int group, int j, int n) {
        int at = level(group, j);
        int there = seen(group, j, n);
        for (int i = 0; i < n; i++) {
            int columns = Math.min(there, i + 1);
            Arrays.fill(tile, i * B + columns, (i + 1) * B, 0);
            if (kept[at] != kept[at + i]) {
                for (int l = 0; l < columns; l++) {
                    if (kept[at + l] != kept[at + i]) {
                        tile[i * B + l] *= t.lanes.one(Unary.EXP, kept[at + l] - kept[at + i]);
                    }
                }
            }
        }
    }

    /// Whether all keys of the chunk have the level from before it.
    boolean flat(int group, int j, int n) {
        return kept[level(group, j + n - 1)] == before(group, j);
    }

    /// Row i of a tile of features times `e^(sign (λ − λᵢ))`.
    void weigh(
            DoubleFeatureTile t, double[] tile, int group, int j, int n, double level, int sign) {
        for (int i = 0; i < n; i++) {
            double by = t.lanes.one(Unary.EXP, sign * (level - kept[level(group, j + i)]));
            for (int f = 0; f < x.featureBlocks(); f++) {
                int at = f * SIZE + i * B;
                t.lanes.binary(
                        Binary.MULTIPLY, tile, at, by, tile, at, DoubleFeatureTile.columns(x, f));
            }
        }
    }
}
