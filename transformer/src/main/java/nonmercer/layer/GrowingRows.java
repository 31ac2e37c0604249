package nonmercer.layer;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Layout;
import nonmercer.array.Shape;
import nonmercer.autodiff.Tensor;

/// Rows `[batch, heads, rows, width]` to which more are added: there is room for twice as many when
/// room runs out, so that a row is moved once on average, however many there are.
///
/// The room is one array `[batch, heads, capacity, width]`, of which the rows that are there never
/// change; behind them are zeros.
final class GrowingRows {
    private static final int MOST_NUMBERS = Integer.MAX_VALUE - 64;

    private Array room;
    private int length;

    /// A copy of these, with no room for more.
    GrowingRows(Array rows) {
        room = rows.copy();
        length = rows.dim(2);
    }

    private GrowingRows(Array room, int length) {
        this.room = room;
        this.length = length;
    }

    /// The rows that are there, and the room behind them.
    Tensor room() {
        return Tensor.of(room);
    }

    /// The rows that are there: a copy, unless there is no room for more.
    Tensor rows() {
        return length == room.dim(2) ? room() : room().slice(2, 0, length);
    }

    /// The numbers of the rows that are there.
    long numbers() {
        return (long) room.dim(0) * room.dim(1) * length * room.dim(3);
    }

    /// Refuses rows of another batch, number of heads, width or type.
    ///
    /// @throws IllegalArgumentException saying which there are
    void check(Array more) {
        if (!more.shape().with(2, 1).equals(room.shape().with(2, 1))
                || more.dtype() != room.dtype()) {
            throw new IllegalArgumentException(
                    "the cache holds "
                            + room.dtype()
                            + " of "
                            + room.shape().with(2, length)
                            + ", got "
                            + more.dtype()
                            + " of "
                            + more.shape());
        }
    }

    /// Adds as many rows to each head.
    ///
    /// @throws IllegalArgumentException if they do not fit, as [#check] says
    void append(Array more) {
        check(more);
        int needed = length + more.dim(2);
        if (needed > room.dim(2)) {
            int most = MOST_NUMBERS / Math.max(1, room.dim(0) * room.dim(1) * room.dim(3));
            int capacity = Math.max(needed, (int) Math.min(2L * room.dim(2), most));
            Array wider = Array.zeros(room.dtype(), room.shape().with(2, capacity));
            Layout.place(room, 2, 0, wider);
            room = wider;
        }
        Layout.place(more, 2, length, room);
        length = needed;
    }

    /// The rows of sequences `sequences[0]`, `sequences[1]` …, with as much room.
    GrowingRows pick(int... sequences) {
        Shape of = room.shape();
        for (int s : sequences) {
            if (s < 0 || s >= of.dim(0)) {
                throw new IllegalArgumentException(
                        "the cache holds sequences 0 to " + (of.dim(0) - 1) + ", got " + s);
            }
        }
        Array picked = Array.zeros(room.dtype(), of.with(0, sequences.length));
        int heads = of.dim(1);
        int apart = of.dim(2) * of.dim(3);
        for (int i = 0; i < sequences.length; i++) {
            for (int h = 0; h < heads; h++) {
                int from = (sequences[i] * heads + h) * apart;
                copy(room, from, picked, (i * heads + h) * apart, length * of.dim(3));
            }
        }
        return new GrowingRows(picked, length);
    }

    private static void copy(Array a, int from, Array b, int to, int n) {
        if (a.dtype() == DType.FLOAT32) {
            System.arraycopy(a.floats(), from, b.floats(), to, n);
        } else {
            System.arraycopy(a.doubles(), from, b.doubles(), to, n);
        }
    }
}
