package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Distance;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.linalg.Decompositions;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class RelativesTest {
    private final Kernel gauss = new Gauss();

    @Test
    void iterativeRidgeEqDirectRidge() {
        Array x = Samples.points("ridge", 300, 2, 2);
        double[] z = Samples.wave(x);
        KernelRidge ridge = new KernelRidge(gauss, 1e-3);
        LeastSquares direct = ridge.direct(x, z);
        LeastSquares iterative = ridge.iterative(x, z, 60, RandomStream.of(5));
        Array other = Samples.points("other", 50, 2, 2);
        double[] a = direct.model().predict(other).toDoubles();
        double[] b = iterative.model().predict(other).toDoubles();
        // ‖c - c*‖ ≤ ‖r‖/λ with ‖r‖ = 10⁻⁶ ‖z‖; |k(x)·δ| ≤ ‖δ‖_K √k(x, x) ≤ ‖r‖/√λ.
        double norm = Math.sqrt(Dense.dot(z, z));
        assertArrayEquals(a, b, 1e-6 * norm / Math.sqrt(1e-3));
        assertTrue(iterative.steps() < 40, () -> iterative.steps() + " steps");
        assertTrue(direct.gap() < 1e-20);
        assertTrue(iterative.gap() <= 0.5e-12 * norm * norm * 1.01);
    }

    @Test
    void ridgeNeedsAProof() {
        assertThrows(IllegalArgumentException.class, () -> new KernelRidge(new Distance(), 1));
    }

    @Test
    void pairwiseRidgeEqRidgeOfAllPairs() {
        Array x = Samples.points("px", 6, 2, 1);
        Array y = Samples.points("py", 5, 3, 1);
        Array z = Samples.signs(x, y);
        PairwiseRidge problem = new PairwiseRidge(gauss, new ExpDot(), 0.2);
        PairwiseRidge.Model closed = problem.solve(x, y, Responses.all(z));
        // The oracle: EJML's solution of the system of 30 pairs.
        Array k = KernelBlocks.matrix(gauss, x, x);
        Array l = KernelBlocks.matrix(new ExpDot(), y, y);
        double[] both = new double[900];
        for (int o = 0; o < 30; o++) {
            for (int p = 0; p < 30; p++) {
                both[o * 30 + p] = k.get(o / 5, p / 5) * l.get(o % 5, p % 5) + (o == p ? 0.2 : 0);
            }
        }
        Array a =
                Decompositions.cholesky(Array.of(Shape.of(30, 30), both))
                        .solve(Array.vector(z.toDoubles()));
        // Condition at most 6 · 5 e²/0.2 ≈ 1100, 30 unknowns of size 10: 10⁻¹⁰ is 30 times that of
        // u.
        assertArrayEquals(a.toDoubles(), closed.weights().toDoubles(), 1e-10);
        int[] row = new int[30];
        int[] column = new int[30];
        for (int o = 0; o < 30; o++) {
            row[29 - o] = o / 5;
            column[29 - o] = o % 5;
        }
        double[] back = new double[30];
        for (int o = 0; o < 30; o++) {
            back[o] = z.get(row[o], column[o]);
        }
        PairwiseRidge.Model iterative =
                problem.solve(x, y, Responses.observed(6, 5, row, column, back));
        assertArrayEquals(
                closed.predict(x, y).toDoubles(), iterative.predict(x, y).toDoubles(), 1e-7);
        assertTrue(closed.squaredNorm() > 0);
    }

    @Test
    void singularFeaturesAreExactAtTheNodes() {
        Array x = Samples.points("sx", 6, 2, 1);
        Array y = Samples.points("sy", 8, 2, 1);
        SingularFeatures map = SingularFeatures.of(new Distance(), x, y);
        FeatureSpace space = new FeatureSpace(map, Side.QUERIES, Lp.hilbert());
        Array other = Samples.points("so", 4, 2, 1);
        double[] k = KernelBlocks.matrix(new Distance(), x, other).toDoubles();
        // σ₁/σ₆ is below 10³ here, and so the error below 10³ · 8 · u · ‖K‖ · 10.
        assertArrayEquals(k, space.kernel(x, other).toDoubles(), 1e-9);
    }

    @Test
    void kernelSvdExtendsItsVectors() {
        Array x = Samples.points("vx", 7, 2, 1);
        Array y = Samples.points("vy", 9, 2, 1);
        KernelSvd svd = KernelSvd.of(new Distance(), x, y, 3);
        double[] atNodes = svd.queries(x).toDoubles();
        double[] expected = Dense.scaledColumns(svd.left(), svd.values().toDoubles()).toDoubles();
        assertArrayEquals(expected, atNodes, 1e-12);
        assertArrayEquals(
                Dense.scaledColumns(svd.right(), svd.values().toDoubles()).toDoubles(),
                svd.keys(y).toDoubles(),
                1e-12);
        assertThrows(IllegalArgumentException.class, () -> KernelSvd.of(gauss, x, y, 8));
    }

    @Test
    void kreinLeastSquaresSaysWhatItFound() {
        Array x = Samples.points("krein", 12, 2, 1);
        double[] z = Samples.wave(x);
        var indefinite = new KreinLeastSquares(new Distance(), 0.05).solve(x, z);
        assertTrue(indefinite.solution().residual() < 1e-10);
        // The distance has one positive eigenvalue; every other counts unless it is below -λ.
        var small = new KreinLeastSquares(new Distance(), 10).solve(x, z);
        assertEquals(11, small.curvature().negative());
        assertTrue(small.curvature().saddle());
        var definite = new KreinLeastSquares(gauss, 0.05).solve(x, z);
        assertTrue(definite.curvature().minimum());
        double[] ridge =
                new KernelRidge(gauss, 0.05).direct(x, z).model().coefficients().toDoubles();
        assertArrayEquals(ridge, definite.solution().model().coefficients().toDoubles(), 1e-11);
    }

    @Test
    void asymmetricLeastSquaresIsASaddleWithFewPoints() {
        Array few = Samples.points("few", 4, 2, 1);
        TaylorExp map = new TaylorExp(3); // 10 features
        var problem = new AsymmetricLeastSquares(new ExpDot(), 2);
        assertTrue(problem.curvature(map, few).saddle());
        var model = problem.solve(few, Samples.wave(few));
        assertTrue(model.residual() < 1e-12);
        assertEquals(4, model.asQueries(few).length);
        assertArrayEquals(model.asQueries(few), model.asKeys(few), 1e-12); // a symmetric kernel
        Array many = Samples.points("many", 400, 2, 2);
        assertFalse(new AsymmetricLeastSquares(new ExpDot(), 1e6).curvature(map, many).saddle());
    }

    @Test
    void kernelPcaHasUncorrelatedComponentsOfItsVariances() {
        Array x = Samples.points("pca", 20, 2, 1);
        KernelPca pca = KernelPca.of(gauss, x, 3);
        Array c = pca.project(x);
        Array covariance = Dense.transposedTimes(c, c);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertEquals(i == j ? 20 * pca.variances()[i] : 0, covariance.get(i, j), 1e-11);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> KernelPca.of(new Distance(), x, 1));
    }

    @Test
    void sparseLearnerUsesAtMostAsManyAtomsAsData() {
        Array x = Samples.points("sparse", 8, 2, 1);
        Array atoms = Side.QUERIES.features(new TaylorExp(8), x); // [8, 45]
        double[] z = Samples.wave(x);
        SparseLearner learner = new SparseLearner(atoms);
        double most = learner.largestUseful(z);
        assertEquals(0, learner.solve(most * 1.0001, z).support().length);
        SparseLearner.Solution fitted = learner.solve(most / 100, z);
        assertTrue(fitted.support().length <= 8);
        assertTrue(fitted.support().length > 0);
        assertTrue(fitted.gap() <= 1e-10 * fitted.objective(), fitted::toString);
        // Twice the same atom: one copy is enough, and the weight can be on the other.
        double[] twice = new double[16];
        for (int i = 0; i < 8; i++) {
            twice[2 * i] = atoms.get(i, 1);
            twice[2 * i + 1] = atoms.get(i, 1);
        }
        var doubled = new SparseLearner(Array.of(Shape.of(8, 2), twice)).solve(0.1, z);
        assertInstanceOf(Uniqueness.NotUnique.class, doubled.uniqueness());
        assertEquals(1, doubled.support().length);
    }

    @Test
    void largeRidgeInFloat32() {
        Array x = Samples.points("large", 1100, 3, 2).cast(DType.FLOAT32);
        double[] z = Samples.wave(x);
        LeastSquares fitted = new KernelRidge(gauss, 1e-2).iterative(x, z, 60, RandomStream.of(2));
        double[] back = fitted.model().predict(x).toDoubles();
        double worst = 0;
        for (int i = 0; i < z.length; i++) {
            worst = Math.max(worst, Math.abs(back[i] - z[i]));
        }
        assertTrue(worst < 0.2, "missed by " + worst);
    }
}
