package nonmercer.array;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Buffers that are handed out within one step and taken back, all at once, by [#reset()].
///
/// A training step asks for the same few hundred buffers as the step before it; a slab hands out
/// the same ones again, so that a step in the steady state allocates no element storage. An array
/// from a slab remembers the slab's generation; using it after the reset is an error in a sentence,
/// never a read of somebody else's numbers. What must outlive the step is copied out
/// ([Array#copy()]).
///
/// Not thread-safe: one slab belongs to one training loop.
public final class Slab implements Memory {
    private static final int SMALLEST = 6; // log2 of the smallest buffer's elements

    private final boolean poisoned;
    private final Shelf floats = new Shelf();
    private final Shelf doubles = new Shelf();
    private int generation;

    private Slab(boolean poisoned) {
        this.poisoned = poisoned;
    }

    /// A slab whose fresh buffers hold whatever the last step left there.
    public static Slab create() {
        return new Slab(Boolean.getBoolean("nonmercer.poison"));
    }

    /// A slab whose fresh buffers are NaN in every element: a read before a write shows itself. For
    /// tests.
    public static Slab poisoned() {
        return new Slab(true);
    }

    @Override
    public Array fresh(DType dtype, Shape shape) {
        int exponent =
                Math.max(
                        SMALLEST, 32 - Integer.numberOfLeadingZeros(Math.max(1, shape.size()) - 1));
        // Quarter steps between powers of two: at most a quarter of a buffer is unused.
        int quarter = Math.max(1, (1 << exponent) >> 3);
        int capacity =
                Math.toIntExact(
                        Math.max(64L, ((long) shape.size() + quarter - 1) / quarter * quarter));
        Object data = dtype == DType.FLOAT32 ? floats.take(capacity) : doubles.take(capacity);
        if (data == null) {
            data = dtype == DType.FLOAT32 ? new float[capacity] : new double[capacity];
            (dtype == DType.FLOAT32 ? floats : doubles).lend(capacity, data);
        }
        if (poisoned) {
            if (data instanceof float[] f) {
                Arrays.fill(f, Float.NaN);
            } else {
                Arrays.fill((double[]) data, Double.NaN);
            }
        }
        return Array.wrap(data, dtype, shape, this);
    }

    /// Takes every buffer back. Arrays handed out before are stale from here on.
    public void reset() {
        generation++;
        floats.reset();
        doubles.reset();
    }

    int generation() {
        return generation;
    }

    /// The bytes of all buffers this slab holds, lent or not.
    public long bytes() {
        return 4 * floats.elements() + 8 * doubles.elements();
    }

    /// Buffers of one element type by capacity; within one capacity the first `lent` are in use.
    private static final class Shelf {
        private final java.util.TreeMap<Integer, Row> rows = new java.util.TreeMap<>();

        @org.jspecify.annotations.Nullable
        Object take(int capacity) {
            Row row = rows.get(capacity);
            return row != null && row.lent < row.buffers.size()
                    ? row.buffers.get(row.lent++)
                    : null;
        }

        void lend(int capacity, Object buffer) {
            Row row = rows.computeIfAbsent(capacity, c -> new Row());
            row.buffers.add(buffer);
            row.lent++;
        }

        void reset() {
            rows.values().forEach(row -> row.lent = 0);
        }

        long elements() {
            long n = 0;
            for (var entry : rows.entrySet()) {
                n += (long) entry.getKey() * entry.getValue().buffers.size();
            }
            return n;
        }
    }

    private static final class Row {
        final List<Object> buffers = new ArrayList<>();
        int lent;
    }
}
