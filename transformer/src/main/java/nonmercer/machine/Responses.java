package nonmercer.machine;

import java.util.Arrays;
import nonmercer.array.Array;

/// The responses `zᵢⱼ` of a binary problem: for every pair of a query and a key, or for the
/// observed pairs only.
public final class Responses {
    private final int rows;
    private final int columns;
    private final int[] row;
    private final int[] column;
    private final double[] value;

    private Responses(int rows, int columns, int[] row, int[] column, double[] value) {
        this.rows = rows;
        this.columns = columns;
        this.row = row;
        this.column = column;
        this.value = value;
    }

    /// A response for every cross pair, `[n, m]`.
    public static Responses all(Array z) {
        Dense.checkMatrix("the responses", z);
        int m = z.dim(1);
        int[] row = new int[z.size()];
        int[] column = new int[z.size()];
        for (int o = 0; o < z.size(); o++) {
            row[o] = o / m;
            column[o] = o % m;
        }
        return checked(z.dim(0), m, row, column, z.toDoubles());
    }

    /// Responses for some pairs: `value[o]` for the query `row[o]` and the key `column[o]`. A pair
    /// may occur more than once.
    public static Responses observed(
            int rows, int columns, int[] row, int[] column, double[] value) {
        if (row.length != column.length || row.length != value.length) {
            throw new IllegalArgumentException(
                    "responses need a row, a column and a value each, got "
                            + row.length
                            + ", "
                            + column.length
                            + " and "
                            + value.length);
        }
        return checked(rows, columns, row.clone(), column.clone(), value.clone());
    }

    private static Responses checked(
            int rows, int columns, int[] row, int[] column, double[] value) {
        for (int o = 0; o < value.length; o++) {
            if (row[o] < 0 || row[o] >= rows || column[o] < 0 || column[o] >= columns) {
                throw new IllegalArgumentException(
                        "response "
                                + o
                                + " is for the pair ("
                                + row[o]
                                + ", "
                                + column[o]
                                + "), outside "
                                + rows
                                + " queries and "
                                + columns
                                + " keys");
            }
        }
        checkFinite(value);
        if (value.length == 0) {
            throw new IllegalArgumentException("a problem needs at least one response");
        }
        return new Responses(rows, columns, row, column, value);
    }

    /// Refuses responses that are NaN or infinite.
    static void checkFinite(double[] value) {
        for (int o = 0; o < value.length; o++) {
            if (!Double.isFinite(value[o])) {
                throw new IllegalArgumentException(
                        "response " + o + " is " + value[o] + "; a response must be finite");
            }
        }
    }

    /// The number of queries.
    public int rows() {
        return rows;
    }

    /// The number of keys.
    public int columns() {
        return columns;
    }

    /// The number of responses.
    public int size() {
        return value.length;
    }

    /// Refuses data that are no rows of points, or not as many as these responses are of.
    void checkOf(Array x, Array y) {
        Dense.checkPoints("the queries", x);
        Dense.checkPoints("the keys", y);
        if (x.dim(0) != rows || y.dim(0) != columns) {
            throw new IllegalArgumentException(
                    "the responses are of "
                            + rows
                            + " queries and "
                            + columns
                            + " keys, the data are "
                            + x.dim(0)
                            + " and "
                            + y.dim(0));
        }
    }

    /// Whether every cross pair has just one response, row by row.
    public boolean complete() {
        boolean complete = value.length == rows * columns;
        for (int o = 0; o < value.length && complete; o++) {
            complete = row[o] == o / columns && column[o] == o % columns;
        }
        return complete;
    }

    /// The query of a response.
    public int row(int o) {
        return row[o];
    }

    /// The key of a response.
    public int column(int o) {
        return column[o];
    }

    /// The value of a response.
    public double value(int o) {
        return value[o];
    }

    int[] rowIndex() {
        return row;
    }

    int[] columnIndex() {
        return column;
    }

    double[] values() {
        return value;
    }

    /// Responses, queries and keys.
    @Override
    public String toString() {
        return value.length
                + " responses of "
                + rows
                + " queries and "
                + columns
                + " keys "
                + (value.length <= 8 ? Arrays.toString(value) : "");
    }
}
