// twin: float
package nonmercer.linalg;

import nonmercer.lanes.DoubleTiles;
import nonmercer.parallel.Parallel;

/// A buffer for rows of a transposed A, turned: row i begins at `i·step`.
final class DoubleStrip {
    private static final int PAD = 16; // elements between rows, lest they share cache sets
    private static final int SQUARE = 64; // of A turned at a time: stays in the first-level cache

    private final DoubleTiles tiles;
    private double[] elements = {};

    DoubleStrip(DoubleTiles tiles) {
        this.tiles = tiles;
    }

    /// Where the rows of the last call stand.
    double[] elements() {
        return elements;
    }

    /// The step from row to row of depth k.
    static int step(int k) {
        return k + PAD;
    }

    /// Turns so many rows of depth k; (0, 0) stands in a at `from`, (i, p) at `i + p·column` from
    /// there.
    void turn(int rows, int k, double[] a, int from, int column) {
        fit(rows, k);
        turn(0, rows, k, a, from, column);
    }

    /// The same by all threads.
    void share(int rows, int k, double[] a, int from, int column) {
        fit(rows, k);
        Parallel.forRanges(rows, SQUARE, (first, end) -> turn(first, end, k, a, from, column));
    }

    private void fit(int rows, int k) {
        if (elements.length < rows * step(k)) {
            elements = new double[rows * step(k)];
        }
    }

    private void turn(int first, int end, int k, double[] a, int from, int column) {
        int step = step(k);
        for (int i = first; i < end; i += SQUARE) {
            for (int p = 0; p < k; p += SQUARE) {
                tiles.turn(
                        Math.min(SQUARE, end - i),
                        Math.min(SQUARE, k - p),
                        a,
                        from + i + p * column,
                        column,
                        elements,
                        i * step + p,
                        step);
            }
        }
    }
}
