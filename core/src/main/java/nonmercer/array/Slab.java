package nonmercer.array;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    private final Map<Integer, List<Loan>> floats = new HashMap<>(); // those to lend, by capacity
    private final Map<Integer, List<Loan>> doubles = new HashMap<>();
    private final List<Loan> lent = new ArrayList<>(); // of this step, in order
    private long bytes;

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
        boolean single = dtype == DType.FLOAT32;
        List<Loan> shelf =
                (single ? floats : doubles).computeIfAbsent(capacity, c -> new ArrayList<>());
        Loan loan;
        if (shelf.isEmpty()) {
            loan = new Loan(this, single ? new float[capacity] : new double[capacity], shelf);
            bytes += (single ? 4L : 8L) * capacity;
        } else {
            loan = shelf.removeLast();
        }
        loan.place = lent.size();
        lent.add(loan);
        if (poisoned) {
            poison(loan.data);
        }
        return Array.wrap(loan.data, dtype, shape, loan);
    }

    private static void poison(Object data) {
        if (data instanceof float[] f) {
            Arrays.fill(f, Float.NaN);
        } else {
            Arrays.fill((double[]) data, Double.NaN);
        }
    }

    /// Takes every buffer back. Arrays handed out before are stale from here on.
    public void reset() {
        takeBack(0, false);
        lent.clear();
    }

    /// Takes back those lent from this place on, last first, so that the next step gets them in the
    /// order of this one.
    private void takeBack(int from, boolean unheld) {
        for (int i = lent.size() - 1; i >= from; i--) {
            Loan loan = lent.get(i);
            if (loan.place == i && !(unheld && loan.holders > 0)) {
                takeBack(loan);
            }
        }
    }

    private void takeBack(Loan loan) {
        if (poisoned) {
            poison(loan.data);
        }
        loan.takeBack();
    }

    // --- buffers that are taken back within the step ---

    /// The number of buffers lent so far in this step: those lent later are lent since this mark.
    public int mark() {
        return lent.size();
    }

    /// Counts one that sees the array's buffer.
    public static void hold(Array a) {
        Loan loan = a.loan();
        if (loan != null) {
            loan.holders++;
        }
    }

    /// Counts one less, and leaves the buffer lent: another is about to be counted.
    public static void handOver(Array a) {
        Loan loan = a.loan();
        if (loan != null) {
            loan.holders--;
        }
    }

    /// Counts one less. If it was the last and this slab lent the buffer since the mark, it is
    /// taken back: every array on it is stale from here on.
    public void letGo(Array a, int mark) {
        Loan loan = a.loan();
        if (loan != null && --loan.holders == 0 && loan.slab == this && loan.place >= mark) {
            takeBack(loan);
        }
    }

    /// Whether just one was counted that sees the array's buffer, which this slab lent since the
    /// mark.
    public boolean onlyOneSees(Array a, int mark) {
        Loan loan = a.loan();
        return loan != null && loan.holders == 1 && loan.slab == this && loan.place >= mark;
    }

    /// Takes back what was lent since the mark and nobody was counted to see.
    public void takeBackUnheld(int mark) {
        takeBack(mark, true);
    }

    /// The bytes of all buffers this slab holds, lent or not.
    public long bytes() {
        return bytes;
    }
}
