package nonmercer.array;

import java.util.List;

/// A buffer of a [Slab], lent again and again: its generation tells the arrays of one loan from
/// those of the next.
final class Loan {
    final Slab slab;
    final Object data;
    private final List<Loan> home;

    /// The number of times that it was taken back.
    int generation;

    /// How many were counted that see it.
    int holders;

    /// Its place among the loans of the step, or −1 if it is not lent.
    int place = -1;

    Loan(Slab slab, Object data, List<Loan> home) {
        this.slab = slab;
        this.data = data;
        this.home = home;
    }

    /// Arrays on this buffer are stale from here on.
    void takeBack() {
        generation++;
        holders = 0;
        place = -1;
        home.add(this);
    }
}
