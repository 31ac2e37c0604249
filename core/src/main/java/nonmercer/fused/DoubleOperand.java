// twin: float
package nonmercer.fused;

import java.util.Arrays;
import nonmercer.lanes.Binary;
import nonmercer.lanes.DoubleLanes;
import nonmercer.lanes.DoubleTiles;
import nonmercer.lanes.Lanes;
import nonmercer.parallel.Parallel;

/// The rows of all groups as the tiles read them: `count` rows of `width` numbers a group, and,
/// when packed, the same in blocks of [DoubleTile#COLUMNS] rows turned to columns.
///
/// Rows stand where they were given if whole vectors can be read of them, a group at each `room`
/// rows; else in a copy with wider rows.
final class DoubleOperand {
    private static final int COLUMNS = DoubleTile.COLUMNS;

    final int count;
    final int width;
    final int stride;
    private final int room;
    double[] rows = {};
    double[] packed = {};
    double[] norms = {};

    private DoubleOperand(int count, int room, int width, int stride) {
        this.count = count;
        this.room = room;
        this.width = width;
        this.stride = stride;
    }

    /// The first `count` rows of each group of `[groups, room, width]`.
    static DoubleOperand of(
            double[] rows, int groups, int count, int room, int width, DoubleScratch scratch) {
        int stride = DoubleTile.wide(width);
        if (stride == width) {
            DoubleOperand o = new DoubleOperand(count, room, width, stride);
            o.rows = rows;
            return o;
        }
        DoubleOperand o = new DoubleOperand(count, count, width, stride);
        double[] wide = scratch.take(groups * count * stride);
        o.rows = wide;
        Parallel.forEach(
                groups,
                g -> {
                    for (int i = 0; i < count; i++) {
                        int to = (g * count + i) * stride;
                        System.arraycopy(rows, (g * room + i) * width, wide, to, width);
                        Arrays.fill(wide, to + width, to + stride, 0);
                    }
                });
        return o;
    }

    /// The rows less the first row that `centres` has of their group of keys, and their squared
    /// norms; so many groups share one of keys.
    ///
    /// @param room rows from group to group
    /// @param centreRoom those of `centres`
    static DoubleOperand centred(
            double[] rows,
            int room,
            double[] centres,
            int centreRoom,
            int share,
            int groups,
            int count,
            int width,
            DoubleScratch scratch) {
        int stride = DoubleTile.wide(width);
        DoubleOperand o = new DoubleOperand(count, count, width, stride);
        int normStride = ceil(count, COLUMNS) * COLUMNS;
        double[] moved = scratch.take(groups * count * stride);
        double[] norms = scratch.take(groups * normStride);
        o.rows = moved;
        o.norms = norms;
        DoubleLanes lanes = Lanes.doubles();
        Parallel.forEach(
                groups,
                g -> {
                    int centre = g / share * centreRoom * width;
                    for (int i = 0; i < count; i++) {
                        int from = (g * room + i) * width;
                        int to = (g * count + i) * stride;
                        lanes.binary(
                                Binary.SUBTRACT, rows, from, centres, centre, moved, to, width);
                        Arrays.fill(moved, to + width, to + stride, 0);
                        norms[g * normStride + i] = lanes.dot(moved, to, moved, to, width);
                    }
                    Arrays.fill(norms, g * normStride + count, (g + 1) * normStride, 0);
                });
        return o;
    }

    /// Adds the squared norms of the rows as they are.
    void measure(int groups, DoubleScratch scratch) {
        if (norms.length > 0) {
            return;
        }
        int normStride = ceil(count, COLUMNS) * COLUMNS;
        double[] to = scratch.take(groups * normStride);
        norms = to;
        DoubleLanes lanes = Lanes.doubles();
        Parallel.forEach(
                groups,
                g -> {
                    for (int i = 0; i < count; i++) {
                        int row = row(g, i);
                        to[g * normStride + i] = lanes.dot(rows, row, rows, row, width);
                    }
                    Arrays.fill(to, g * normStride + count, (g + 1) * normStride, 0);
                });
    }

    /// Where the squared norms of a group begin.
    int norms(int group) {
        return group * ceil(count, COLUMNS) * COLUMNS;
    }

    /// Where row i of a group begins.
    int row(int group, int i) {
        return (group * room + i) * stride;
    }

    /// Turns the rows of each block into columns: element l of row j of a block stands at `block +
    /// l·COLUMNS + j`; the columns behind the last row are 0.
    DoubleOperand pack(int groups, DoubleScratch scratch) {
        int blocks = ceil(count, COLUMNS);
        double[] to = scratch.take(groups * blocks * COLUMNS * width);
        packed = to;
        Parallel.forEach(
                groups,
                g -> {
                    for (int b = 0; b < blocks; b++) {
                        int n = Math.min(COLUMNS, count - b * COLUMNS);
                        int at = block(g, b);
                        if (n < COLUMNS) {
                            Arrays.fill(to, at, at + width * COLUMNS, 0);
                        }
                        DoubleTiles.chosen()
                                .turn(width, n, rows, row(g, b * COLUMNS), stride, to, at, COLUMNS);
                    }
                });
        return this;
    }

    /// Where a packed block of a group begins.
    int block(int group, int block) {
        return (group * ceil(count, COLUMNS) + block) * COLUMNS * width;
    }

    static int ceil(int n, int d) {
        return (n + d - 1) / d;
    }
}
