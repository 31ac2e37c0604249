package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nonmercer.array.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseLearnerTest {
    /// Orthogonal atoms of lengths 1, 2 and 1: each is shrunk on its own.
    private final SparseLearner orthogonal =
            new SparseLearner(
                    Array.matrix(
                            new double[] {0.6, -1.6, 0},
                            new double[] {0.8, 1.2, 0},
                            new double[] {0, 0, 1}));

    @Test
    void orthogonalAtomsAreShrunk() {
        double[] z = {2, 1, -0.3};
        // Φᵀz = (2, -2, -0.3), squared lengths 1, 4, 1; λ = 1/2.
        double[] v = {1.5, -1.5 / 4, 0};
        SparseLearner.Solution found = orthogonal.solve(0.5, z);
        assertArrayEquals(v, found.coefficients(), 1e-15);
        assertArrayEquals(new int[] {0, 1}, found.support());
        double[] nu = {2 - 0.9 - 0.6, 1 - 1.2 + 0.45, -0.3};
        assertArrayEquals(nu, found.certificate(), 1e-14);
        double objective = Dense.dot(nu, nu) / 2 + 0.5 * (1.5 + 0.375);
        assertEquals(objective, found.objective(), 1e-14);
        assertEquals(0, found.gap(), 1e-14);
        assertEquals(10, found.sweeps()); // one is enough, every tenth is examined
        assertEquals(
                new Uniqueness.Unique("the 2 atoms that reach the bound are linearly independent"),
                found.uniqueness());
    }

    @Test
    void fromTheLargestProductOnTheSolutionIsZero() {
        double[] z = {2, 1, -0.3};
        assertEquals(2, orthogonal.largestUseful(z), 1e-15);
        for (double lambda : new double[] {2.1, 100}) {
            SparseLearner.Solution zero = orthogonal.solve(lambda, z);
            assertEquals(0, zero.support().length);
            assertArrayEquals(z, zero.certificate());
            assertEquals(Dense.dot(z, z) / 2, zero.objective(), 1e-15);
            assertEquals(0, zero.gap());
            assertEquals(0, zero.sweeps());
            assertEquals(
                    new Uniqueness.Unique(
                            "the 0 atoms that reach the bound are linearly independent"),
                    zero.uniqueness());
        }
        assertEquals(1, orthogonal.solve(1.99, 2, 0.9, -0.3).support().length);
    }

    @Test
    void atomsOfZerosAreNotUsed() {
        SparseLearner learner =
                new SparseLearner(Array.matrix(new double[] {0, 1}, new double[] {0, 2}));
        // Φᵀz = 5 over a square of 5, λ = 1.
        assertArrayEquals(new double[] {0, 0.8}, learner.solve(1, 1, 2).coefficients(), 1e-15);
    }

    /// At a penalty of 10⁻⁶ descent by coordinates creeps along a valley. What it has then is not
    /// called the only solution, nor a solution.
    @Test
    void whatHasNotConvergedIsNotCalledUnique() {
        SparseLearner.Solution found =
                new SparseLearner(Array.matrix(new double[] {1, 2, 3}, new double[] {0, 1, -1}))
                        .solve(1e-6, 1, 0);
        assertTrue(found.gap() > 1e-3 * found.objective(), "gap " + found.gap());
        assertInstanceOf(Uniqueness.Unknown.class, found.uniqueness());
    }

    /// The middle atom is a mean of the others, so its weight can be theirs at the same norm. With
    /// `z - ν = (1.9, 0.9)` and atoms in that order the descent uses all three.
    @ParameterizedTest
    @ValueSource(doubles = {1, -1})
    void dependentAtomsAreTradedAway(double sign) {
        SparseLearner learner =
                new SparseLearner(Array.matrix(new double[] {1, 0.6, 0}, new double[] {0, 0.4, 1}));
        SparseLearner.Solution found = learner.solve(0.1, 2 * sign, sign);
        // The gap of 10⁻¹³ of 2.5 leaves predictions within its root.
        assertArrayEquals(new double[] {1.9 * sign, 0, 0.9 * sign}, found.coefficients(), 1e-6);
        assertArrayEquals(new int[] {0, 2}, found.support());
        assertEquals(0.1 * 0.1 + 0.1 * 2.8, found.objective(), 1e-12);
        assertTrue(found.gap() <= 1e-12, "gap " + found.gap());
        assertEquals(
                new Uniqueness.Unknown(
                        "3 atoms reach the bound and are linearly dependent: other weights of them"
                                + " may do as well"),
                found.uniqueness());
    }

    /// Optimality: `|φᵀν| ≤ λ`, with equality and the weight's sign for atoms in use.
    @Test
    void correlatedAtomsObeyTheConditionsOfOptimality() {
        Array atoms = Samples.points("atoms", 5, 7, 1);
        double[] z = {1, -2, 0.5, 1.5, -0.7};
        double lambda = 0.3;
        SparseLearner.Solution found = new SparseLearner(atoms).solve(lambda, z);
        double[] touch = Dense.transposedTimes(atoms, found.certificate());
        for (int a = 0; a < 7; a++) {
            double v = found.coefficients()[a];
            assertTrue(Math.abs(touch[a]) <= lambda + 1e-12);
            if (v != 0) {
                // Errors of the descent are the root of the relative gap 10⁻¹³.
                assertEquals(Math.signum(v) * lambda, touch[a], 1e-5);
            }
        }
        assertTrue(found.gap() <= 1e-12, "gap " + found.gap());
        assertTrue(found.sweeps() % 10 == 0 && found.sweeps() > 0);
    }
}
