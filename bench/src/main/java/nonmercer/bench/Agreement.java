package nonmercer.bench;

import java.util.Locale;
import nonmercer.array.Array;

/// How far two results of one task may differ: `|x − y| ≤ absolute + relative·|x|` in each element.
public record Agreement(double absolute, double relative) {
    /// Bit for bit, but for the sign of a zero.
    static final Agreement EXACT = new Agreement(0, 0);

    /// Checks a peer's result against ours.
    ///
    /// @throws IllegalStateException naming the first element that is too far off
    void check(String what, Array ours, Array peers) {
        if (ours.size() != peers.size()) {
            throw new IllegalStateException(
                    what + ": ours has " + ours.size() + " elements, its has " + peers.size());
        }
        for (int i = 0; i < ours.size(); i++) {
            double x = ours.at(i);
            double y = peers.at(i);
            if (!(Math.abs(x - y) <= absolute + relative * Math.abs(x))
                    && !(Double.isNaN(x) && Double.isNaN(y))) {
                throw new IllegalStateException(
                        String.format(
                                Locale.ROOT,
                                "%s: element %d of %d is %s, ours is %s; they may differ by %.3g",
                                what,
                                i,
                                ours.size(),
                                y,
                                x,
                                absolute + relative * Math.abs(x)));
            }
        }
    }
}
