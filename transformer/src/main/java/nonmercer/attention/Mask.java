package nonmercer.attention;

import java.util.Arrays;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Memory;
import nonmercer.array.Shape;
import nonmercer.autodiff.Tensor;
import nonmercer.fused.Visible;

/// Which keys a query sees. A query that sees no key gets zeros.
public sealed interface Mask extends Visible {
    /// Every query sees every key.
    static Mask none() {
        return new None();
    }

    /// Query `i` sees the keys `0 … i + (keys - queries)`: the last query sees the last key.
    static Mask causal() {
        return new Causal();
    }

    /// In sequence `b` of the batch every query sees the first `lengths[b]` keys.
    static Mask lengths(int... lengths) {
        return new Lengths(lengths);
    }

    /// What both masks let through. Where one speaks of the first keys, both do.
    default Mask and(Mask other) {
        if (this instanceof First(Mask mask, int keys)) {
            return mask.and(other).ofFirst(keys);
        }
        if (other instanceof First(Mask mask, int keys)) {
            return and(mask).ofFirst(keys);
        }
        return this instanceof None ? other : other instanceof None ? this : new Both(this, other);
    }

    /// This mask where only the first `keys` keys given are keys: those behind are room for more,
    /// of which nothing is read, so that they need no values yet.
    default Mask ofFirst(int keys) {
        return this instanceof First(Mask mask, int fewer)
                ? new First(mask, Math.min(fewer, keys))
                : new First(this, keys);
    }

    /// Query `i` sees the `width` keys up to the one that [#causal()] lets it see last: a sliding
    /// window.
    static Mask window(int width) {
        return new Window(width);
    }

    /// Any table: query `i` sees key `j` where `table[i][j]`. Tiles of which nothing is seen are
    /// not computed.
    static Mask table(boolean[][] table) {
        return Table.of(table);
    }

    /// A pattern of blocks: query `i` sees key `j` where `pattern[i / size][j / size]`. Hidden
    /// blocks are not computed; in sizes that are multiples of 64 no block is computed in part.
    static Mask blocks(int size, boolean[][] pattern) {
        return new Blocks(size, Table.of(pattern));
    }

    /// Whether query `i` of `n` sees key `j` of `m` in sequence `b`.
    default boolean sees(int b, int i, int n, int j, int m) {
        return from(b, i, n, m) <= j && j < to(b, i, n, m) && (among(b, i, n, j, m) & 1) == 1;
    }

    @Override
    default int from(int b, int i, int n, int m) {
        return 0;
    }

    @Override
    default int to(int b, int i, int n, int m) {
        return m;
    }

    /// Whether what is seen differs between the sequences of a batch.
    boolean perSequence();

    /// Everything is seen.
    record None() implements Mask {
        @Override
        public boolean perSequence() {
            return false;
        }
    }

    /// Nothing ahead is seen.
    record Causal() implements Mask {
        @Override
        public int to(int b, int i, int n, int m) {
            return Math.clamp(i + 1L + m - n, 0, m);
        }

        @Override
        public boolean perSequence() {
            return false;
        }
    }

    /// Nothing ahead is seen, and nothing far behind.
    record Window(int width) implements Mask {
        /// Refuses a window of no keys.
        public Window {
            if (width < 1) {
                throw new IllegalArgumentException(
                        "a window must be at least one key wide, got " + width);
            }
        }

        @Override
        public int from(int b, int i, int n, int m) {
            return Math.clamp(i + 1L + m - n - width, 0, m);
        }

        @Override
        public int to(int b, int i, int n, int m) {
            return Math.clamp(i + 1L + m - n, 0, m);
        }

        @Override
        public boolean perSequence() {
            return false;
        }
    }

    /// Nothing past a sequence's length is seen.
    record Lengths(int... lengths) implements Mask {
        /// Copies the lengths; refuses negative ones.
        public Lengths {
            lengths = lengths.clone();
            for (int length : lengths) {
                if (length < 0) {
                    throw new IllegalArgumentException(
                            "a sequence cannot have the length " + length);
                }
            }
        }

        @Override
        public int[] lengths() {
            return lengths.clone();
        }

        @Override
        public int to(int b, int i, int n, int m) {
            return lengths[b];
        }

        @Override
        public boolean perSequence() {
            return true;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Lengths l && Arrays.equals(lengths, l.lengths);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(lengths);
        }

        @Override
        public String toString() {
            return "Lengths" + Arrays.toString(lengths);
        }
    }

    /// What a table says: row i begins at word `i · words`, key j is bit `j` of the row.
    record Table(int queries, int keys, long... bits) implements Mask {
        static Table of(boolean[][] table) {
            int m = table.length == 0 ? 0 : table[0].length;
            int words = words(m);
            long[] bits = new long[table.length * words];
            for (int i = 0; i < table.length; i++) {
                if (table[i].length != m) {
                    throw new IllegalArgumentException(
                            "a table of who sees whom needs rows of one length, got "
                                    + m
                                    + " and "
                                    + table[i].length);
                }
                for (int j = 0; j < m; j++) {
                    bits[i * words + j / 64] |= table[i][j] ? 1L << j % 64 : 0;
                }
            }
            return new Table(table.length, m, bits);
        }

        private static int words(int keys) {
            return (keys + 63) / 64;
        }

        boolean at(int i, int j) {
            return (bits[i * words(keys) + j / 64] >>> j % 64 & 1) == 1;
        }

        @Override
        public boolean scattered() {
            return true;
        }

        @Override
        public long among(int b, int i, int n, int first, int m) {
            int word = i * words(keys) + first / 64;
            int shift = first % 64;
            boolean more = shift > 0 && first / 64 + 1 < words(keys);
            return bits[word] >>> shift | (more ? bits[word + 1] << 64 - shift : 0);
        }

        @Override
        public boolean perSequence() {
            return false;
        }

        @Override
        public long[] bits() {
            return bits.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Table t
                    && queries == t.queries
                    && keys == t.keys
                    && Arrays.equals(bits, t.bits);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bits);
        }

        @Override
        public String toString() {
            return "Table[" + queries + " x " + keys + "]";
        }
    }

    /// What a pattern of blocks says.
    record Blocks(int size, Table pattern) implements Mask {
        /// Refuses blocks of no keys.
        public Blocks {
            if (size < 1) {
                throw new IllegalArgumentException(
                        "a block must be at least one key wide, got " + size);
            }
        }

        @Override
        public boolean scattered() {
            return true;
        }

        @Override
        public long among(int b, int i, int n, int first, int m) {
            long seen = 0;
            int last = Math.min(m, first + 64);
            for (int j = first; j < last; ) {
                int end = Math.min(last, (j / size + 1) * size);
                if (pattern.at(i / size, j / size)) {
                    seen |= -1L << j - first & -1L >>> 64 - (end - first);
                }
                j = end;
            }
            return seen;
        }

        @Override
        public boolean perSequence() {
            return false;
        }
    }

    /// What a mask lets through of the first keys, as if there were no others.
    record First(Mask mask, int keys) implements Mask {
        /// Refuses a negative number of keys.
        public First {
            if (keys < 0) {
                throw new IllegalArgumentException("there cannot be " + keys + " keys");
            }
        }

        @Override
        public int keys(int m) {
            return mask.keys(Math.min(keys, m));
        }

        @Override
        public int from(int b, int i, int n, int m) {
            return mask.from(b, i, n, keys(m));
        }

        @Override
        public int to(int b, int i, int n, int m) {
            return Math.min(keys(m), mask.to(b, i, n, keys(m)));
        }

        @Override
        public boolean scattered() {
            return mask.scattered();
        }

        @Override
        public long among(int b, int i, int n, int first, int m) {
            return mask.among(b, i, n, first, keys(m));
        }

        @Override
        public boolean perSequence() {
            return mask.perSequence();
        }
    }

    /// What both let through.
    record Both(Mask first, Mask second) implements Mask {
        @Override
        public int from(int b, int i, int n, int m) {
            return Math.max(first.from(b, i, n, m), second.from(b, i, n, m));
        }

        @Override
        public int to(int b, int i, int n, int m) {
            return Math.min(first.to(b, i, n, m), second.to(b, i, n, m));
        }

        @Override
        public boolean scattered() {
            return first.scattered() || second.scattered();
        }

        @Override
        public long among(int b, int i, int n, int at, int m) {
            return first.among(b, i, n, at, m) & second.among(b, i, n, at, m);
        }

        @Override
        public boolean perSequence() {
            return first.perSequence() || second.perSequence();
        }
    }

    /// 1 where a query sees a key and 0 where not, for scores `[batch, heads, n, m]`: shape `[n,
    /// m]`, or `[batch, 1, n, m]` where sequences differ; of the scores' element type and memory.
    ///
    /// @throws IllegalArgumentException if the mask speaks of another number of sequences or of
    ///   more keys than there are
    default Array table(Tensor scores) {
        int n = scores.dim(-2);
        int m = scores.dim(-1);
        check(scores.dim(0), n, m);
        int sequences = perSequence() ? scores.dim(0) : 1;
        Shape shape = perSequence() ? Shape.of(sequences, 1, n, m) : Shape.of(n, m);
        Array table = Memory.of(scores.value()).fresh(scores.dtype(), shape);
        int at = 0;
        for (int b = 0; b < sequences; b++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < m; j++) {
                    put(table, at++, sees(b, i, n, j, m) ? 1 : 0);
                }
            }
        }
        return table;
    }

    private static void put(Array table, int at, int value) {
        if (table.dtype() == DType.FLOAT32) {
            table.floats()[at] = value;
        } else {
            table.doubles()[at] = value;
        }
    }

    /// Refuses a mask of another number of sequences, of queries or of keys than there are.
    default void check(int batch, int n, int m) {
        switch (this) {
            case Lengths(int[] lengths) -> {
                if (lengths.length != batch) {
                    throw new IllegalArgumentException(
                            "the mask gives the lengths of "
                                    + lengths.length
                                    + " sequences, the batch has "
                                    + batch);
                }
                for (int length : lengths) {
                    if (length > m) {
                        throw new IllegalArgumentException(
                                "the mask gives a sequence the length "
                                        + length
                                        + ", there are "
                                        + m
                                        + " keys");
                    }
                }
            }
            case First(Mask mask, int keys) -> {
                if (keys > m) {
                    throw new IllegalArgumentException(
                            "the mask speaks of " + keys + " keys, there are " + m);
                }
                mask.check(batch, n, keys);
            }
            case Both(Mask first, Mask second) -> {
                first.check(batch, n, m);
                second.check(batch, n, m);
            }
            case Table t -> fit(t.queries, t.keys, n, m);
            case Blocks(int size, Table p) ->
                    fit(p.queries, p.keys, (n + size - 1) / size, (m + size - 1) / size);
            case None all -> {}
            case Causal c -> {}
            case Window w -> {}
        }
    }

    private static void fit(int queries, int keys, int n, int m) {
        if (queries != n || keys != m) {
            throw new IllegalArgumentException(
                    "the mask is a table of %d x %d, needed is one of %d x %d"
                            .formatted(queries, keys, n, m));
        }
    }
}
