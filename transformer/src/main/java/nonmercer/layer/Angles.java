package nonmercer.layer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;

/// Cosines and sines of the angles `p · base^(-2i/d)` of position `p` and pair of coordinates `i`.
///
/// A table is computed once for each base, width and element type, and again at twice the length
/// when a longer one is asked for.
enum Angles {
    /// `[n, d/2]`: the cosines.
    COSINES {
        @Override
        double at(int p, int column, double base, int d) {
            return Math.cos(p * Math.pow(base, -2.0 * column / d));
        }
    },
    /// `[n, d/2]`: the sines.
    SINES {
        @Override
        double at(int p, int column, double base, int d) {
            return Math.sin(p * Math.pow(base, -2.0 * column / d));
        }
    },
    /// `[n, d]`: sine and cosine in turn.
    IN_TURN {
        @Override
        double at(int p, int column, double base, int d) {
            return (column % 2 == 0 ? SINES : COSINES).at(p, column / 2, base, d);
        }
    };

    private record Key(Angles kind, double base, int d, DType dtype) {}

    private static final Map<Key, Array> TABLES = new ConcurrentHashMap<>();

    abstract double at(int p, int column, double base, int d);

    /// The rows of the positions `0 … n-1`.
    Array rows(int n, double base, int d, DType dtype) {
        Key key = new Key(this, base, d, dtype);
        Array table = TABLES.get(key);
        if (table == null || table.dim(0) < n) {
            table = table(Math.max(n, table == null ? 0 : 2 * table.dim(0)), base, d).cast(dtype);
            TABLES.put(key, table);
        }
        return table.leading(n);
    }

    private Array table(int n, double base, int d) {
        int columns = this == IN_TURN ? d : d / 2;
        double[] values = new double[n * columns];
        for (int p = 0; p < n; p++) {
            for (int i = 0; i < columns; i++) {
                values[p * columns + i] = at(p, i, base, d);
            }
        }
        return Array.of(Shape.of(n, columns), values);
    }
}
