package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Linear;
import org.junit.jupiter.api.Test;

class DenseTest {
    @Test
    void productsAreTheirDefinitions() {
        Array a = Samples.points("a", 3, 2, 1);
        Array b = Samples.points("b", 2, 4, 1);
        Array ab = Dense.times(a, b);
        Array c = Samples.points("c", 5, 2, 1);
        Array act = Dense.timesTransposed(a, c);
        Array d = Samples.points("d", 3, 4, 1);
        Array atd = Dense.transposedTimes(a, d);
        assertEquals(Shape.of(3, 4), ab.shape());
        assertEquals(Shape.of(3, 5), act.shape());
        assertEquals(Shape.of(2, 4), atd.shape());
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                assertEquals(
                        a.get(i, 0) * b.get(0, j) + a.get(i, 1) * b.get(1, j), ab.get(i, j), 1e-15);
            }
            for (int j = 0; j < 5; j++) {
                assertEquals(
                        a.get(i, 0) * c.get(j, 0) + a.get(i, 1) * c.get(j, 1),
                        act.get(i, j),
                        1e-15);
            }
        }
        double[] v = {0.5, -2, 3};
        double[] atv = Dense.transposedTimes(a, v);
        for (int l = 0; l < 2; l++) {
            double sum = 0;
            for (int i = 0; i < 3; i++) {
                sum += a.get(i, l) * v[i];
                assertEquals(a.get(i, l), Dense.transposed(a).get(l, i));
            }
            assertEquals(sum, atv[l], 1e-15);
        }
        assertArrayEquals(
                new double[] {-1.5, 4}, Dense.sum(new double[] {0.5, 0}, 2, new double[] {-1, 2}));
        assertEquals(
                Array.matrix(new double[] {3, 2}, new double[] {3, 6}),
                Dense.shifted(Array.matrix(new double[] {1, 2}, new double[] {3, 4}), 2));
        assertEquals(-10, Dense.dot(new double[] {1, -3}, new double[] {2, 4}));
    }

    /// More points than a tile of the kernel has: 128 rows, 1024 columns.
    @Test
    void tilesOfAKernelAddUpToItsProduct() {
        Array x = Samples.points("x", 130, 2, 1);
        Array y = Samples.points("y", 1030, 2, 1);
        Array w = Samples.points("w", 1030, 2, 1);
        Array out = KernelBlocks.times(new Gauss(), x, y, w);
        Array single =
                KernelBlocks.times(new Gauss(), x.cast(DType.FLOAT32), y.cast(DType.FLOAT32), w);
        Array mixed = KernelBlocks.times(new Gauss(), x, y.cast(DType.FLOAT32), w);
        for (int i : new int[] {0, 127, 128, 129}) {
            for (int c = 0; c < 2; c++) {
                double sum = 0;
                for (int j = 0; j < 1030; j++) {
                    double k = new Gauss().at(Samples.row(x, i), Samples.row(y, j));
                    sum += k * w.get(j, c);
                }
                // Sums of 1030 numbers below 1.
                assertEquals(sum, out.get(i, c), 1e-12);
                assertEquals(sum, mixed.get(i, c), 1e-4);
                assertEquals(sum, single.get(i, c), 1e-3);
            }
        }
    }

    @Test
    void aModelIsItsExpansion() {
        Array centres = Array.matrix(new double[] {1, 2}, new double[] {-1, 0.5});
        KernelModel model =
                new KernelModel(new Linear(), centres, Dense.column(new double[] {3, 4}));
        double scale = new Linear().at(new double[] {1, 0}, new double[] {1, 0});
        double there = model.predict(Array.matrix(new double[] {2, -1})).at(0);
        assertEquals(scale * (3 * 0 + 4 * -2.5), there, 1e-14);
    }
}
