package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.kernel.Distance;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class TwoTowersTest {
    private final Array x = Samples.points("tx", 20, 2, 1);
    private final Array y = Samples.points("ty", 16, 2, 1);

    /// The same data, the same loss: an additive machine cannot, two towers can, and what they
    /// learned are attention's logits.
    @Test
    void towersLearnWhatNoSumCanAndAreAttention() {
        double[] z = new double[20 * 16];
        for (int o = 0; o < z.length; o++) {
            z[o] = x.get(o / 16, 0) * y.get(o % 16, 0) > 0 ? 1 : -1;
        }
        Responses responses = Responses.all(Array.of(Shape.of(20, 16), z));
        TwoTowers towers =
                TwoTowers.create(
                        RandomStream.of(3), new TwoTowers.Widths(2, 2, 16, 4), new ExpDot());
        List<Double> curve =
                towers.train(x, y, responses, Loss.squared(), new TwoTowers.Training(300, 0.02, 0));
        BinaryMachine sum =
                new BinaryProblem(SpacePair.of(new Gauss()), x, y, responses)
                        .solve(Coupling.ADDITIVE, Objective.of(Loss.squared(), 1e-3));
        double machine = sum.report().objective() / z.length;
        assertTrue(curve.getLast() < machine / 2, curve.getLast() + " against " + machine);

        double[] t = towers.predict(x, y).toDoubles();
        double[] weights = towers.attention(x, y).toDoubles();
        for (int i = 0; i < 20; i++) {
            double norm = 0;
            for (int j = 0; j < 16; j++) {
                norm += Math.exp(t[i * 16 + j]);
            }
            double[] row = new double[16];
            double[] expected = new double[16];
            for (int j = 0; j < 16; j++) {
                row[j] = weights[i * 16 + j];
                expected[j] = Math.exp(t[i * 16 + j]) / norm;
            }
            assertArrayEquals(expected, row, 1e-6); // 16 roundings of float32 of numbers below 1
        }
    }

    /// Some pairs, or all of them in another order, are the responses of those pairs: the first
    /// loss, before any step, is the mean over them.
    @Test
    void lossesAreThoseOfThePairsObserved() {
        double[] z = {0.5, -1, 2};
        int[] row = {19, 0, 7};
        int[] column = {0, 3, 15};
        TwoTowers towers =
                TwoTowers.create(
                        RandomStream.of(3), new TwoTowers.Widths(2, 2, 16, 4), new ExpDot());
        assertEquals(2 * (2 * 16 + 16 + 16 * 4 + 4), towers.parameters());
        Array t = towers.predict(x, y);
        double mean = 0;
        for (int o = 0; o < 3; o++) {
            mean += Loss.squared().value(z[o], t.get(row[o], column[o])) / 3;
        }
        List<Double> curve =
                towers.train(
                        x,
                        y,
                        Responses.observed(20, 16, row, column, z),
                        Loss.squared(),
                        new TwoTowers.Training(3, 0.02, 0));
        assertEquals(3, curve.size());
        assertEquals(mean, curve.getFirst(), 1e-5); // roundings of float32 of numbers of size 1
        assertTrue(curve.getLast() < curve.getFirst());
    }

    @Test
    void aKernelWithoutLogarithmIsRefused() {
        var widths = new TwoTowers.Widths(2, 2, 4, 2);
        assertThrows(
                IllegalArgumentException.class,
                () -> TwoTowers.create(RandomStream.of(1), widths, new Distance()));
    }
}
