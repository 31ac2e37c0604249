package nonmercer.autodiff;

import nonmercer.array.Array;
import nonmercer.array.Reduce;
import org.jspecify.annotations.Nullable;

/// An engine that stops at the first op whose result, or whose gradient, holds a NaN or an infinity
/// that its inputs did not hold.
///
/// Infinite inputs are allowed (an additive mask is -∞); an op that turns finite numbers into
/// infinite ones, or anything into NaN, is not. Used to find the cause after a loss came out as
/// NaN.
public final class CheckingEngine implements Engine {
    private int count;

    /// Creates an engine that has run nothing yet.
    public CheckingEngine() {}

    @Override
    public void run(Op op, Forward f) {
        op.forward(f);
        count++;
        Array out = f.out();
        int bad = firstBad(out);
        if (bad < 0) {
            return;
        }
        boolean finite = true;
        for (int i = 0; i < f.count(); i++) {
            int at = firstBad(f.in(i));
            finite &= at < 0;
            if (at >= 0 && Double.isNaN(f.in(i).at(at))) {
                throw new ArithmeticException(
                        "input "
                                + i
                                + " of "
                                + op.name()
                                + ", shape "
                                + f.in(i).shape()
                                + ", holds NaN at position "
                                + at
                                + " (operation "
                                + count
                                + ")");
            }
        }
        if (finite || Double.isNaN(out.at(bad))) {
            throw new ArithmeticException(
                    "the result of "
                            + op.name()
                            + ", shape "
                            + out.shape()
                            + ", holds "
                            + out.at(bad)
                            + " at position "
                            + bad
                            + (finite ? ", though its inputs are finite" : "")
                            + " (operation "
                            + count
                            + ")");
        }
    }

    @Override
    public @Nullable Tensor[] pull(Op op, Pullback p) {
        @Nullable Tensor[] parts = op.pullback(p);
        Array g = p.gradient().value();
        for (int i = 0; i < parts.length; i++) {
            Tensor part = parts[i];
            int bad = part == null ? -1 : firstBad(part.value());
            if (part != null && bad >= 0 && firstBad(g) < 0) {
                throw new ArithmeticException(
                        "the gradient with respect to input "
                                + i
                                + " of "
                                + op.name()
                                + ", shape "
                                + part.shape()
                                + ", holds "
                                + part.value().at(bad)
                                + " at position "
                                + bad
                                + ", though the gradient of its result is finite");
            }
        }
        return parts;
    }

    /// The position of the first NaN, else of the first infinity, else -1.
    private static int firstBad(Array a) {
        int first = Reduce.firstNonFinite(a);
        for (int i = first; i >= 0 && i < a.size(); i++) {
            if (Double.isNaN(a.at(i))) {
                return i;
            }
        }
        return first;
    }
}
