package nonmercer.array;

import java.util.Arrays;

/// Arrays of several shapes seen under one: rows of `run` elements each, and where each operand's
/// part of a row begins.
///
/// Axes of extent 1 are dropped and neighbouring axes merged wherever every operand allows it, so
/// that equal shapes are one row, and a vector added to a matrix is `rows` rows with the vector at
/// offset 0 in each. Within a row an operand either runs along (`along[i]`) or is one number.
record Broadcast(int rows, int run, boolean[] along, int[] extents, int[][] strides) {
    /// The operands' shapes must broadcast to `out`.
    static Broadcast of(Shape out, Shape... operands) {
        int count = operands.length;
        int[] extents = new int[out.rank() + 1];
        int[][] strides = new int[count][out.rank() + 1];
        int n = 0;
        for (int axis = 0; axis < out.rank(); axis++) {
            int extent = out.dim(axis);
            if (extent == 1) {
                continue;
            }
            int[] steps = new int[count];
            boolean merges = n > 0;
            for (int i = 0; i < count; i++) {
                steps[i] = step(operands[i], axis - out.rank() + operands[i].rank());
                merges = merges && strides[i][n - 1] == (long) extent * steps[i];
            }
            n = merges ? n : n + 1;
            extents[n - 1] = merges ? extents[n - 1] * extent : extent;
            for (int i = 0; i < count; i++) {
                strides[i][n - 1] = steps[i];
            }
        }
        int run = n == 0 ? 1 : extents[n - 1];
        boolean[] along = new boolean[count];
        for (int i = 0; i < count; i++) {
            along[i] = n == 0 || strides[i][n - 1] != 0;
            strides[i] = Arrays.copyOf(strides[i], Math.max(0, n - 1));
        }
        int[] outer = Arrays.copyOf(extents, Math.max(0, n - 1));
        return new Broadcast(run == 0 ? 0 : out.size() / run, run, along, outer, strides);
    }

    private static int step(Shape operand, int axis) {
        return axis < 0 || operand.dim(axis) == 1 ? 0 : operand.inner(axis);
    }

    /// Where operand `i` begins in this row.
    int offset(int i, int row) {
        int at = 0;
        int rest = row;
        for (int a = extents.length - 1; a >= 0; a--) {
            at += rest % extents[a] * strides[i][a];
            rest /= extents[a];
        }
        return at;
    }

    /// Whether every operand is read just as the output is written.
    boolean plain() {
        for (boolean b : along) {
            if (!b) {
                return false;
            }
        }
        return extents.length == 0;
    }
}
