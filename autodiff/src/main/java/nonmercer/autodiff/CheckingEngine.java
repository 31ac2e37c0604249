package nonmercer.autodiff;

import nonmercer.array.Array;
import nonmercer.array.Reduce;

/// An engine that stops at the first op whose result holds a NaN or an infinity that its inputs did not hold.
///
/// Infinite inputs are allowed (an additive mask is -∞); an op that turns finite numbers into infinite or undefined ones
/// is not. Used to find the cause after a loss came out as NaN.
public final class CheckingEngine implements Engine {
    private int count;

    /// Creates an engine that has run nothing yet.
    public CheckingEngine() {}

    @Override
    public void run(Op op, Forward f) {
        op.forward(f);
        count++;
        int bad = Reduce.firstNonFinite(f.out());
        if (bad < 0) {
            return;
        }
        for (int i = 0; i < f.count(); i++) {
            Array in = f.in(i);
            if (Reduce.firstNonFinite(in) >= 0 && Double.isNaN(in.at(Reduce.firstNonFinite(in)))) {
                throw new ArithmeticException(
                        "input " + i + " of " + op.name() + ", shape " + in.shape() + ", holds NaN (operation " + count + ")");
            }
        }
        if (Double.isNaN(f.out().at(bad)) || allInputsFinite(f)) {
            throw new ArithmeticException("the result of " + op.name() + ", shape " + f.out().shape() + ", holds "
                    + f.out().at(bad) + " at position " + bad + " (operation " + count + ")");
        }
    }

    private static boolean allInputsFinite(Forward f) {
        for (int i = 0; i < f.count(); i++) {
            if (Reduce.firstNonFinite(f.in(i)) >= 0) {
                return false;
            }
        }
        return true;
    }
}
