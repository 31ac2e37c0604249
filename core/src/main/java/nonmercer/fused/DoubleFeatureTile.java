// twin: float
package nonmercer.fused;

import java.util.Arrays;
import nonmercer.lanes.DoubleLanes;
import nonmercer.lanes.DoubleRows;
import nonmercer.lanes.DoubleTiles;
import nonmercer.lanes.Lanes;

/// The registers of one thread for attention through features, in blocks of `B × B` numbers, `B` of
/// [LinearExtent#BLOCK]: with this step between rows products are fastest.
final class DoubleFeatureTile {
    static final int B = LinearExtent.BLOCK;
    static final int SIZE = LinearExtent.SIZE;
    private static final int STRIPE = DoubleLanes.STRIPE;

    final DoubleLanes lanes = Lanes.doubles();
    final DoubleRows loops = DoubleRows.chosen();
    final DoubleTiles tiles = DoubleTiles.chosen();
    final double[] shift = new double[B];
    final double[] largest = new double[B];
    final double[] limit = new double[B];
    final double[] deltas = new double[B];
    final double[] ones = new double[B];
    final double[] folds = new double[B * STRIPE];
    final double[] pairs = new double[SIZE];
    final double[] slopes = new double[SIZE];
    double[] phi = {};
    double[] psi = {};
    double[] turned = {};
    double[] slope = {};
    double[] means = {};
    double[] values = {};
    double[] gradients = {};
    double[] rows = {};
    double[] state = {};
    double[] other = {};
    double[] total = {};
    private final double[] zeros = new double[2 * STRIPE];

    DoubleFeatureTile() {
        Arrays.fill(ones, 1);
    }

    void fit(LinearExtent x) {
        phi = room(phi, x.tile());
        psi = room(psi, x.tile());
        turned = room(turned, x.tile());
        slope = room(slope, x.tile());
        means = room(means, x.valueBlocks() * SIZE);
        values = room(values, x.valueBlocks() * SIZE);
        gradients = room(gradients, x.valueBlocks() * SIZE);
        rows = room(rows, x.widthBlocks() * SIZE);
        state = room(state, x.state());
        other = room(other, x.state());
        total = room(total, x.total());
    }

    private static double[] room(double[] a, int n) {
        return a.length < n ? new double[n] : a;
    }

    /// `c = A·B`: rows of A from `ao` with stride `ar`; the rows of B and of c are `B` apart.
    void product(
            int rows,
            int columns,
            int k,
            double[] a,
            int ao,
            int ar,
            double[] b,
            int bo,
            double[] c,
            int co) {
        loops.multiplyAdd(rows, columns, k, a, ao, ar, 1, b, bo, B, zeros, 0, 0, c, co, B);
    }

    /// `c += A·B`.
    void add(
            int rows,
            int columns,
            int k,
            double[] a,
            int ao,
            int ar,
            double[] b,
            int bo,
            double[] c,
            int co) {
        loops.multiplyAdd(rows, columns, k, a, ao, ar, 1, b, bo, B, c, co, B, c, co, B);
    }

    /// `c += Aᵀ·B` for a block A.
    void addTurned(
            int rows,
            int columns,
            int k,
            double[] a,
            int ao,
            double[] b,
            int bo,
            double[] c,
            int co) {
        loops.multiplyAdd(rows, columns, k, a, ao, 1, B, b, bo, B, c, co, B, c, co, B);
    }

    /// `cᵢⱼ += xᵢ·yⱼ`.
    void addOuter(
            int rows, int columns, double[] x, int xo, double[] y, int yo, double[] c, int co) {
        loops.multiplyAdd(rows, columns, 1, x, xo, 1, 1, y, yo, B, c, co, B, c, co, B);
    }

    /// `yⱼ += Σᵢ xᵢ·aᵢⱼ` for a block a.
    void addWeighted(
            int columns, int k, double[] x, int xo, double[] a, int ao, double[] y, int yo) {
        loops.multiplyAdd(1, columns, k, x, xo, B, 1, a, ao, B, y, yo, B, y, yo, B);
    }

    /// Rows `from` a matrix of this width as blocks: the matrix itself if its rows are `B` apart.
    double[] blocked(double[] matrix, int at, int width, int rows, double[] room) {
        if (width == B) {
            return matrix;
        }
        for (int block = 0; block * B < width; block++) {
            int n = Math.min(B, width - block * B);
            for (int i = 0; i < rows; i++) {
                int to = block * SIZE + i * B;
                System.arraycopy(matrix, at + i * width + block * B, room, to, n);
                Arrays.fill(room, to + n, to + B, 0);
            }
        }
        return room;
    }

    /// Where the first block of [#blocked] rows stands.
    static int first(int width, int at) {
        return width == B ? at : 0;
    }

    /// Writes blocks back to the rows of a matrix of this width.
    void unblock(double[] blocks, int width, int rows, double[] matrix, int at) {
        for (int block = 0; block * B < width; block++) {
            int n = Math.min(B, width - block * B);
            for (int i = 0; i < rows; i++) {
                int from = block * SIZE + i * B;
                System.arraycopy(blocks, from, matrix, at + i * width + block * B, n);
            }
        }
    }

    /// `out[i] = Σⱼ aᵢⱼ` over blocks that stand one behind the other.
    void rowSums(LinearExtent x, int rows, double[] a, double[] out) {
        Arrays.fill(folds, 0, rows * STRIPE, 0);
        for (int f = 0; f < x.featureBlocks(); f++) {
            loops.addUp(rows, columns(x, f), a, f * SIZE, B, folds, 0);
        }
        for (int i = 0; i < rows; i++) {
            out[i] = DoubleRows.folded(folds, i * STRIPE);
        }
    }

    /// The features of a block, filled up to whole vectors.
    static int columns(LinearExtent x, int block) {
        return DoubleTile.wide(Math.min(B, x.features() - block * B));
    }
}
