// twin: float
package nonmercer.fused;

import java.util.Arrays;
import nonmercer.lanes.DoubleLanes;
import nonmercer.lanes.DoubleRows;
import nonmercer.lanes.Lanes;
import org.jspecify.annotations.Nullable;

/// The registers of one thread: tiles of `ROWS × COLUMNS` numbers, few enough to stay in the
/// first-level cache, and what is done with them.
final class DoubleTile {
    /// Queries of a tile.
    static final int ROWS = 64;

    /// Keys of a tile.
    static final int COLUMNS = DoubleRows.BLOCK;

    private static final int SIZE = ROWS * COLUMNS;

    /// Rows that a program passes over at a time: what a step wrote is still in the first-level
    /// cache when the next one reads it.
    private static final int PART = 32;

    final DoubleLanes lanes = Lanes.doubles();
    final DoubleRows rowLoops = DoubleRows.chosen();
    final double[] limit = new double[ROWS];
    final double[] largest = new double[ROWS];
    final double[] shift = new double[ROWS];
    final double[] sums = new double[ROWS * DoubleLanes.STRIPE];
    final double[] sizes = new double[ROWS * DoubleLanes.STRIPE];
    final double[] gradient = new double[SIZE];
    final double[] slope = new double[SIZE];
    final double[] biases = new double[SIZE];
    final double[] weights = new double[SIZE];
    final double[] mask = new double[SIZE];
    final double[] shared = new double[SIZE];
    final double[] powers = new double[SIZE];
    final double[] term = new double[SIZE];

    /// Whether `powers` are not all 1.
    boolean shifted;

    private final double[] spare = new double[COLUMNS];
    private final double[] zeros = new double[2 * DoubleLanes.STRIPE];
    private double[][] registers = {};
    private long[][] near = {};
    private double[] means = {};
    private @Nullable DoubleTile other;

    /// A second one of the same thread.
    DoubleTile other() {
        if (other == null) {
            other = new DoubleTile();
        }
        return other;
    }

    /// The register's numbers.
    double[] register(int i) {
        return registers[i];
    }

    /// For each row of a pairing of squared distances the places where they were computed by
    /// differences, a bit each.
    long[] near(int pairing) {
        return near[pairing];
    }

    /// Room for a row of gradients that nobody reads.
    double[] spare() {
        return spare;
    }

    /// The weighted sums of values, a row a query.
    double[] means() {
        return means;
    }

    /// Makes room for so many registers, and for values of this width.
    void fit(int count, int width) {
        if (means.length < ROWS * width) {
            means = new double[ROWS * width];
        }
        if (registers.length < count) {
            int had = registers.length;
            registers = Arrays.copyOf(registers, count);
            near = Arrays.copyOf(near, count);
            for (int i = had; i < count; i++) {
                registers[i] = new double[SIZE];
                near[i] = new long[ROWS];
            }
        }
    }

    /// `c = A·B` for a tile c: rows of A from `ao` with stride `as`, `k` long; B a packed block.
    void product(
            int rows,
            int columns,
            int k,
            double[] a,
            int ao,
            int as,
            double[] b,
            int bo,
            double[] c) {
        rowLoops.multiplyAdd(
                rows, wide(columns), k, a, ao, as, 1, b, bo, COLUMNS, zeros, 0, 0, c, 0, COLUMNS);
    }

    /// `C += tile·B`: `rows` rows of C, `width` wide, both B, of `k` rows, and C with this stride.
    void times(
            int rows,
            int width,
            int k,
            double[] tile,
            double[] b,
            int bo,
            double[] c,
            int co,
            int stride) {
        rowLoops.multiplyAdd(
                rows, width, k, tile, 0, COLUMNS, 1, b, bo, stride, c, co, stride, c, co, stride);
    }

    /// `C += tileᵀ·B`.
    void turnedTimes(
            int rows,
            int width,
            int k,
            double[] tile,
            double[] b,
            int bo,
            double[] c,
            int co,
            int stride) {
        rowLoops.multiplyAdd(
                rows, width, k, tile, 0, 1, COLUMNS, b, bo, stride, c, co, stride, c, co, stride);
    }

    /// So many columns, filled up to whole vectors.
    static int wide(int columns) {
        return (columns + DoubleLanes.STRIPE - 1) / DoubleLanes.STRIPE * DoubleLanes.STRIPE;
    }

    /// Runs the steps that are not idle over the first rows of the registers.
    void run(Program program, boolean[] idle, int rows) {
        for (int i = 0; i < rows; i += PART) {
            part(program, idle, i * COLUMNS, Math.min(PART, rows - i) * COLUMNS);
        }
    }

    private void part(Program program, boolean[] idle, int at, int n) {
        for (int i = 0; i < program.steps().size(); i++) {
            if (idle[i]) {
                continue;
            }
            double[] out = registers[program.inputs() + i];
            switch (program.steps().get(i)) {
                case Program.Step.Apply s -> lanes.unary(s.f(), registers[s.x()], at, out, at, n);
                case Program.Step.Affine s ->
                        lanes.affine(registers[s.x()], at, s.scale(), s.shift(), out, at, n);
                case Program.Step.Combine s ->
                        lanes.binary(s.f(), registers[s.x()], at, registers[s.y()], at, out, at, n);
                case Program.Step.With s ->
                        lanes.binary(s.f(), registers[s.x()], at, s.c(), out, at, n);
                case Program.Step.Constant s ->
                        Arrays.fill(out, at, at + n, DoubleLanes.of(s.value()));
            }
        }
    }

    /// Writes a number over the places of a row whose bit is 0.
    static void hide(double[] tile, int row, long seen, double hidden) {
        if (seen == -1L) {
            return;
        }
        int from = Math.min(COLUMNS, Long.numberOfTrailingZeros(seen));
        int to = Math.max(from, COLUMNS - Long.numberOfLeadingZeros(seen));
        Arrays.fill(tile, row, row + from, hidden);
        Arrays.fill(tile, row + to, row + COLUMNS, hidden);
        for (int j = from; j < to && Long.bitCount(seen) < to - from; j++) {
            if ((seen >>> j & 1) == 0) {
                tile[row + j] = hidden;
            }
        }
    }
}
