package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Distance;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Linear;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Eigenvectors and singular vectors of a kernel's matrix, at other points than its nodes.
class KernelSpectraTest {
    private final Array x = Samples.points("x", 6, 2, 1);
    private final Array y = Samples.points("y", 4, 2, 1);
    private final Array others = Samples.points("others", 5, 2, 1);

    /// With the kernel `x·y` they are the principal components of the points themselves: here those
    /// of a cross of half axes 3 and 1 around (5, 7).
    @Test
    void linearKernelComponentsAreThoseOfThePoints() {
        Array cross =
                Array.matrix(
                        new double[] {8, 7},
                        new double[] {2, 7},
                        new double[] {5, 8},
                        new double[] {5, 6});
        KernelPca pca = KernelPca.of(new Linear(), cross, 2);
        // Condition 9 of numbers below 100.
        assertArrayEquals(new double[] {2 * 9 / 4.0, 2 / 4.0}, pca.variances(), 1e-12);
        Array c = pca.project(Array.matrix(new double[] {6, 4}));
        assertEquals(Shape.of(1, 2), c.shape());
        assertEquals(1, Math.abs(c.at(0)), 1e-12);
        assertEquals(3, Math.abs(c.at(1)), 1e-12);
        double[] means = new double[4];
        for (int i = 0; i < 4; i++) {
            means[i] = 5 * cross.get(i, 0) + 7 * cross.get(i, 1);
        }
        assertArrayEquals(means, pca.means(), 1e-13);
    }

    /// `Σᵢ aᵢ k̃(x, xᵢ)`, the kernel centred by the means over the points.
    @Test
    void componentsOfOtherPointsAreSumsOfTheCentredKernel() {
        Kernel k = new Gauss();
        KernelPca pca = KernelPca.of(k, x, 2);
        Array c = pca.project(others);
        double all = 0;
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                all += k.at(Samples.row(x, i), Samples.row(x, j)) / 36;
            }
        }
        for (int o = 0; o < 5; o++) {
            double[] point = Samples.row(others, o);
            double own = 0;
            for (int i = 0; i < 6; i++) {
                own += k.at(point, Samples.row(x, i)) / 6;
            }
            for (int a = 0; a < 2; a++) {
                double sum = 0;
                for (int i = 0; i < 6; i++) {
                    double mean = 0;
                    for (int j = 0; j < 6; j++) {
                        mean += k.at(Samples.row(x, i), Samples.row(x, j)) / 6;
                    }
                    double centred = k.at(point, Samples.row(x, i)) - own - mean + all;
                    sum += pca.axes().get(i, a) * centred;
                }
                assertEquals(sum, c.get(o, a), 1e-13);
            }
        }
        assertEquals(Shape.of(0, 2), pca.project(Samples.points("none", 0, 2, 1)).shape());
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "6, 1"})
    void rankIsAtMostTheSmallerNumberOfNodes(int n, int m) {
        Array few = Samples.points("few", n, 2, 1);
        Array many = Samples.points("many", m, 2, 1);
        assertEquals(1, KernelSvd.of(new Gauss(), few, many, 1).values().size());
    }

    @Test
    void singularVectorsExtendToOtherPoints() {
        Kernel k = SpaceTest.ASYMMETRIC;
        KernelSvd svd = KernelSvd.of(k, x, y, 3);
        Array e = svd.queries(others);
        Array r = svd.keys(others);
        assertEquals(Shape.of(6, 3), svd.left().shape());
        assertEquals(Shape.of(4, 3), svd.right().shape());
        for (int o = 0; o < 5; o++) {
            double[] point = Samples.row(others, o);
            for (int a = 0; a < 3; a++) {
                double onQueries = 0;
                double onKeys = 0;
                for (int j = 0; j < 4; j++) {
                    onQueries += svd.right().get(j, a) * k.at(point, Samples.row(y, j));
                }
                for (int i = 0; i < 6; i++) {
                    onKeys += svd.left().get(i, a) * k.at(Samples.row(x, i), point);
                }
                assertEquals(onQueries, e.get(o, a), 1e-14);
                assertEquals(onKeys, r.get(o, a), 1e-14);
            }
        }
    }

    /// The features' products are the part of the matrix in its largest singular values.
    @Test
    void singularFeaturesKeepTheLargestValues() {
        Kernel k = new Distance();
        for (int rank = 1; rank <= 4; rank++) {
            SingularFeatures map = SingularFeatures.of(k, x, y, rank);
            assertEquals(rank, map.dimension(2));
            Array q = map.queries(Tensor.of(x), Pass.evaluation()).value();
            Array s = map.keys(Tensor.of(y), Pass.evaluation()).value();
            KernelSvd svd = KernelSvd.of(k, x, y, rank);
            Array us = Dense.scaledColumns(svd.left(), svd.values().toDoubles());
            double[] part = Dense.timesTransposed(us, svd.right()).toDoubles();
            // Condition below 10³ of numbers below 3.
            assertArrayEquals(part, Dense.timesTransposed(q, s).toDoubles(), 1e-11);
        }
        assertEquals(4, SingularFeatures.of(k, x, y).dimension(2));
        // A matrix of rank one has one feature, however many are asked for.
        Array line = Array.matrix(new double[] {1, 0}, new double[] {2, 0}, new double[] {-1, 0});
        assertEquals(1, SingularFeatures.of(new Linear(), line, line).dimension(2));
    }

    @Test
    void primalAttentionIsItsDefinition() {
        Array queries = Samples.points("phi", 3, 4, 1);
        Array keys = Samples.points("psi", 5, 4, 1);
        Array we = Samples.points("we", 4, 2, 1);
        Array wr = Samples.points("wr", 4, 2, 1);
        double[] lambda = {0.5, 3};
        double expected = 0;
        for (int a = 0; a < 2; a++) {
            for (int i = 0; i < 3; i++) {
                expected += lambda[a] / 2 * Math.pow(projected(queries, i, we, a), 2);
            }
            for (int j = 0; j < 5; j++) {
                expected += lambda[a] / 2 * Math.pow(projected(keys, j, wr, a), 2);
            }
            for (int l = 0; l < 4; l++) {
                expected -= we.get(l, a) * wr.get(l, a);
            }
        }
        PrimalAttention attention = new PrimalAttention(queries, keys, lambda);
        lambda[0] = 7; // it has a copy
        assertEquals(expected, attention.objective(we, wr), 1e-13);
    }

    private static double projected(Array features, int i, Array w, int a) {
        double sum = 0;
        for (int l = 0; l < 4; l++) {
            sum += features.get(i, l) * w.get(l, a);
        }
        return sum;
    }
}
