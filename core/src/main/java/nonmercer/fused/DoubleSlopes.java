// twin: float
package nonmercer.fused;

import java.util.Arrays;
import nonmercer.lanes.Binary;
import nonmercer.lanes.DoubleLanes;

/// The derivatives of a tile of weights.
final class DoubleSlopes {
    private static final int COLUMNS = DoubleTile.COLUMNS;
    private static final int CONSTANT = -1;

    private final DoubleWeights weights;
    private final int terms;
    private final int[][] registers; // of a term's derivatives, or
    private final /*64*/ double[][] numbers; // what they are everywhere

    DoubleSlopes(Scores scores, DoubleWeights weights) {
        this.weights = weights;
        terms = weights.terms;
        int count = scores.forms().size() + scores.others();
        registers = new int[terms][count];
        numbers = new /*64*/ double[terms][count];
        for (int i = 0; i < terms; i++) {
            for (int to = 0; to < count; to++) {
                numbers[i][to] = scores.number(i, to);
                registers[i][to] =
                        scores.constant(i, to)
                                ? CONSTANT
                                : scores.gradient().results().get(scores.slope(i, to));
            }
        }
    }

    /// `e^(−L) ∂w/∂s` for a pairing or a further number s, times the gradient u of the weight, in
    /// [DoubleTile#slope].
    double[] times(DoubleTile t, double[] u, int to, int rows) {
        int n = rows * COLUMNS;
        if (terms == 1 && registers[0][to] == CONSTANT) {
            t.lanes.binary(Binary.MULTIPLY, u, 0, numbers[0][to], t.slope, 0, n);
            return t.slope;
        }
        double[] sum = t.slope;
        boolean first = true;
        for (int i = 0; i < terms; i++) {
            if (numbers[i][to] != 0) {
                sum = add(t, i, to, first, sum, n);
                first = false;
            }
        }
        if (first) {
            Arrays.fill(t.slope, 0, n, 0);
        } else {
            t.lanes.binary(Binary.MULTIPLY, sum, 0, u, 0, t.slope, 0, n);
        }
        return t.slope;
    }

    /// `e^(L − shift) e^(−L) ∂w/∂s` of a term, added to what stands in the sum of those before it.
    private double[] add(DoubleTile t, int term, int to, boolean first, double[] sum, int n) {
        boolean plain = weights.plain(t, term);
        double[] e = plain ? t.slope : weights.powers(t, term);
        if (registers[term][to] == CONSTANT) {
            /*64*/ double number = numbers[term][to];
            if (plain && first) {
                Arrays.fill(t.slope, 0, n, DoubleLanes.of(number));
            } else if (plain) {
                t.lanes.binary(Binary.ADD, sum, 0, number, t.slope, 0, n);
            } else if (first) {
                t.lanes.binary(Binary.MULTIPLY, e, 0, number, t.slope, 0, n);
            } else {
                t.lanes.binary(Binary.MULTIPLY, e, 0, number, t.term, 0, n);
                t.lanes.binary(Binary.ADD, sum, 0, t.term, 0, t.slope, 0, n);
            }
            return t.slope;
        }
        double[] d = t.register(registers[term][to]);
        if (!plain) {
            double[] y = first ? t.slope : t.term;
            t.lanes.binary(Binary.MULTIPLY, d, 0, e, 0, y, 0, n);
            d = y;
        }
        if (!first) {
            t.lanes.binary(Binary.ADD, sum, 0, d, 0, t.slope, 0, n);
            return t.slope;
        }
        return d;
    }
}
