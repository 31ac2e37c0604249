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

    /// What both masks let through.
    default Mask and(Mask other) {
        return this instanceof None ? other : other instanceof None ? this : new Both(this, other);
    }

    /// Query `i` sees the `width` keys up to the one that [#causal()] lets it see last: a sliding
    /// window.
    static Mask window(int width) {
        return new Window(width);
    }

    /// Whether query `i` of `n` sees key `j` of `m` in sequence `b`.
    default boolean sees(int b, int i, int n, int j, int m) {
        return from(b, i, n, m) <= j && j < to(b, i, n, m);
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
        check(scores.dim(0), m);
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

    /// Refuses a mask of another number of sequences or of more keys than there are.
    default void check(int batch, int m) {
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
            case Both(Mask first, Mask second) -> {
                first.check(batch, m);
                second.check(batch, m);
            }
            case None n -> {}
            case Causal c -> {}
            case Window w -> {}
        }
    }
}
