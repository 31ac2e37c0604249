package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
                towers.train(
                        x,
                        y,
                        responses,
                        Loss.squared(),
                        new TwoTowers.Training(300, 0.02, 0, 0),
                        RandomStream.of(4));
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
                        new TwoTowers.Training(3, 0.02, 0, 0),
                        RandomStream.of(4));
        assertEquals(3, curve.size());
        assertEquals(mean, curve.getFirst(), 1e-5); // roundings of float32 of numbers of size 1
        assertTrue(curve.getLast() < curve.getFirst());
    }

    /// Of 20 queries some have one key, some two, one has none; two pairs are not observed. Before
    /// any step the loss is that of attention's weights, and training moves the weight to the keys.
    @Test
    void attentionLearnsWhichKeysAQueryGoesWith() {
        int[] row = new int[20 * 16 - 2];
        int[] column = new int[row.length];
        double[] z = new double[row.length];
        for (int o = 0; o < row.length; o++) {
            row[o] = (o + 2) / 16;
            column[o] = (o + 2) % 16;
            boolean own = column[o] == row[o] % 16 || row[o] % 3 == 0 && column[o] == 5;
            z[o] = own && row[o] != 7 ? 1 : -1;
        }
        Responses responses = Responses.observed(20, 16, row, column, z);
        TwoTowers towers =
                TwoTowers.create(
                        RandomStream.of(3), new TwoTowers.Widths(2, 2, 32, 8), new ExpDot());
        double before = surprise(towers.predict(x, y), responses);
        List<Double> curve =
                towers.attend(
                        x,
                        y,
                        responses,
                        new TwoTowers.Training(200, 0.02, 0, 0),
                        RandomStream.of(4));
        assertEquals(before, curve.getFirst(), 1e-5); // roundings of float32 of numbers of size 3
        assertTrue(curve.getLast() < before / 2, curve::toString);
        assertEquals(curve.getLast(), surprise(towers.predict(x, y), responses), 0.01);
    }

    /// The mean of -ln of the softmax over the keys observed, summed over those that are positive.
    private static double surprise(Array t, Responses z) {
        double[] all = new double[20];
        double[] own = new double[20];
        for (int o = 0; o < z.size(); o++) {
            double e = Math.exp(t.get(z.row(o), z.column(o)));
            all[z.row(o)] += e;
            own[z.row(o)] += z.value(o) > 0 ? e : 0;
        }
        double sum = 0;
        int queries = 0;
        for (int i = 0; i < 20; i++) {
            sum += own[i] > 0 ? Math.log(all[i] / own[i]) : 0;
            queries += own[i] > 0 ? 1 : 0;
        }
        return sum / queries;
    }

    @Test
    void attentionNeedsAKeyToAttendTo() {
        TwoTowers towers =
                TwoTowers.create(
                        RandomStream.of(3), new TwoTowers.Widths(2, 2, 4, 2), new ExpDot());
        Responses none =
                Responses.observed(20, 16, new int[] {1}, new int[] {2}, new double[] {-1});
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        towers.attend(
                                x,
                                y,
                                none,
                                new TwoTowers.Training(1, 0.02, 0, 0),
                                RandomStream.of(4)));
    }

    /// What is dropped is drawn from the stream: the same stream, the same loss; another, another.
    @Test
    void dropoutIsOfTheStream() {
        Responses z =
                Responses.observed(
                        20, 16, new int[] {1, 2}, new int[] {2, 3}, new double[] {1, -1});
        double[] first = new double[3];
        long[] seeds = {4, 4, 5};
        for (int i = 0; i < 3; i++) {
            TwoTowers towers =
                    TwoTowers.create(
                            RandomStream.of(3), new TwoTowers.Widths(2, 2, 16, 4), new ExpDot());
            var training = new TwoTowers.Training(2, 0.02, 0, 0.5);
            first[i] =
                    towers.train(x, y, z, Loss.squared(), training, RandomStream.of(seeds[i]))
                            .getFirst();
        }
        assertEquals(first[0], first[1]);
        assertNotEquals(first[0], first[2]);
    }

    @Test
    void aKernelWithoutLogarithmIsRefused() {
        var widths = new TwoTowers.Widths(2, 2, 4, 2);
        assertThrows(
                IllegalArgumentException.class,
                () -> TwoTowers.create(RandomStream.of(1), widths, new Distance()));
    }
}
