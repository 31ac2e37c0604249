package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.feature.TaylorExp;
import nonmercer.linalg.Decompositions;
import org.jspecify.annotations.Nullable;
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
        assertTrue(found.another().isEmpty());
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
                    new Uniqueness.Unique("all solutions have the same norm, and this one is zero"),
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

    /// At a penalty of 10⁻⁶ descent by coordinates creeps along a valley, where the active set goes
    /// at once. Of the weights `(1, 0, 0) + t (-5, 1, 1)` that fit z the least are those of t =
    /// 1/5; λ takes `λ (MᵀM)⁻¹ 1 = λ (1/5, 0)` from them, M the last two atoms.
    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-6, 1e-12})
    void smallPenaltiesAreSolved(double lambda) {
        SparseLearner.Solution found =
                new SparseLearner(Array.matrix(new double[] {1, 2, 3}, new double[] {0, 1, -1}))
                        .solve(lambda, 1, 0);
        assertTrue(found.gap() <= 1e-13 * found.objective(), "gap " + found.gap());
        assertTrue(found.report().converged());
        assertInstanceOf(Uniqueness.Unique.class, found.uniqueness());
        assertArrayEquals(new double[] {0, 0.2 - 0.2 * lambda, 0.2}, found.coefficients(), 1e-15);
    }

    /// The middle atom is a mean of the others, so its weight can be theirs at the same norm. With
    /// `z - ν = (1.9, 0.9)` and atoms in that order the descent uses all three.
    @ParameterizedTest
    @ValueSource(doubles = {1, -1})
    void dependentAtomsAreTradedAway(double sign) {
        SparseLearner learner =
                new SparseLearner(Array.matrix(new double[] {1, 0.6, 0}, new double[] {0, 0.4, 1}));
        SparseLearner.Solution found = learner.solve(0.1, 2 * sign, sign);
        double[] v = Dense.scaled(found.coefficients(), sign);
        double[] other = Dense.scaled(found.another().orElseThrow(), sign);
        // The solutions are the line (1.9 - 0.6 t, t, 0.9 - 0.4 t), which ends at t = 0 and 2.25.
        for (double[] solution : new double[][] {v, other}) {
            double t = solution[1];
            assertTrue(t >= 0 && t <= 2.25 + 1e-14, "t = " + t);
            double[] line = {1.9 - 0.6 * t, t, 0.9 - 0.4 * t};
            assertArrayEquals(line, solution, 1e-14);
        }
        assertTrue(v[1] == 0 || v[2] == 0);
        assertEquals(2, found.support().length);
        assertEquals(1.125, other[1], 1e-13); // half way
        assertEquals(0.1 * 0.1 + 0.1 * 2.8, found.objective(), 1e-15);
        assertTrue(found.gap() <= 1e-15, "gap " + found.gap());
        int third = v[1] == 0 ? 1 : 2;
        assertEquals(
                new Uniqueness.NotUnique(
                        "atom " + third + " is a combination of those in use and reaches the bound",
                        "as good with less weight on those and more on it"),
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
                assertEquals(Math.signum(v) * lambda, touch[a], 1e-13);
            }
        }
        assertTrue(found.gap() <= 1e-12, "gap " + found.gap());
        assertTrue(found.sweeps() % 10 == 0 && found.sweeps() > 0);
    }

    /// All signs of all atoms: for each the minimum on its support where the signs are kept.
    private static double enumerated(Array atoms, double lambda, double[] z) {
        int d = atoms.dim(1);
        double least = Dense.dot(z, z) / 2;
        for (int code = 0; code < Math.pow(3, d); code++) {
            double[] signs = new double[d];
            for (int a = 0, rest = code; a < d; a++, rest /= 3) {
                signs[a] = rest % 3 - 1;
            }
            int[] on = IntStream.range(0, d).filter(a -> signs[a] != 0).toArray();
            double[] v =
                    on.length == 0 || on.length > z.length
                            ? null
                            : onSupport(atoms, lambda, z, signs, on);
            if (v != null) {
                least = Math.min(least, objective(atoms, lambda, z, v));
            }
        }
        return least;
    }

    /// `Φᵀ Φ v = Φᵀ z - λ θ` on a support, or null.
    private static double @Nullable [] onSupport(
            Array atoms, double lambda, double[] z, double[] signs, int[] on) {
        int k = on.length;
        double[] gram = new double[k * k];
        double[] right = new double[k];
        for (int s = 0; s < k; s++) {
            for (int i = 0; i < z.length; i++) {
                right[s] += atoms.get(i, on[s]) * z[i];
                for (int t = 0; t < k; t++) {
                    gram[s * k + t] += atoms.get(i, on[s]) * atoms.get(i, on[t]);
                }
            }
            right[s] -= lambda * signs[on[s]];
        }
        double[] v = new double[signs.length];
        try {
            Array x = Decompositions.solve(Array.of(Shape.of(k, k), gram), Array.vector(right));
            for (int s = 0; s < k; s++) {
                v[on[s]] = x.at(s);
            }
        } catch (ArithmeticException singular) {
            return null; // a smaller support does as well
        }
        return v;
    }

    private static double objective(Array atoms, double lambda, double[] z, double[] v) {
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            double left = z[i];
            for (int a = 0; a < v.length; a++) {
                left -= atoms.get(i, a) * v[a];
            }
            sum += left * left / 2;
        }
        for (double w : v) {
            sum += lambda * Math.abs(w);
        }
        return sum;
    }

    @Property(tries = 60)
    void noSupportIsBetter(
            @ForAll @IntRange(min = 1, max = 4) int n,
            @ForAll @IntRange(min = 1, max = 6) int d,
            @ForAll @DoubleRange(min = -9, max = 0) double exponent,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Array atoms = Array.of(Shape.of(n, d), random.doubles((long) n * d, -1, 1).toArray());
        double[] z = random.doubles(n, -1, 1).toArray();
        double lambda = Math.pow(10, exponent);
        SparseLearner.Solution found = new SparseLearner(atoms).solve(lambda, z);
        double[] v = found.coefficients();
        assertEquals(found.objective(), objective(atoms, lambda, z, v), 1e-14);
        // The oracle's normal equations square a condition of up to 10³: its weights are off by
        // 10⁻⁹, its objective by the square of that; ours is above the least by its gap.
        double oracle = enumerated(atoms, lambda, z);
        assertEquals(oracle, found.objective(), 1e-12 + 1e-9 * oracle);
        assertTrue(found.gap() <= 1e-9 * found.objective(), found::toString);
        assertTrue(found.support().length <= n);
    }

    /// Also from weights on all atoms, dependent as they are: trading them never raises the norm.
    @Property(tries = 60)
    void everyStartLeadsToTheMinimum(
            @ForAll @IntRange(min = 1, max = 6) int n,
            @ForAll @IntRange(min = 1, max = 20) int d,
            @ForAll @DoubleRange(min = -9, max = 0) double exponent,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Array atoms = Array.of(Shape.of(n, d), random.doubles((long) n * d, -1, 1).toArray());
        double[] z = random.doubles(n, -1, 1).toArray();
        double[] start = random.doubles(d, -1, 1).toArray();
        double lambda = Math.pow(10, exponent);
        double[] columns = Dense.transposed(atoms).toDoubles();
        ActiveSet active = new ActiveSet(columns, z, lambda, start).run();
        double least = new SparseLearner(atoms).solve(lambda, z).objective();
        double value = objective(atoms, lambda, z, active.weights());
        assertEquals(least, value, 1e-10 * least);
        assertTrue(active.steps() <= 10 * d, active.steps() + " steps");
    }

    /// Every solution of a dictionary that has an atom twice, or minus it, or the mean of two that
    /// are in use, has another; the one that is shown does as well and is a different one.
    @Property(tries = 60)
    void whatIsNotUniqueIsShown(
            @ForAll @IntRange(min = 2, max = 8) int n,
            @ForAll @IntRange(min = 0, max = 2) int kind,
            @ForAll @DoubleRange(min = -9, max = -0.5) double share,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] z = random.doubles(n, -1, 1).toArray();
        Array atoms = Array.of(Shape.of(n, 2 * n), random.doubles(2L * n * n, -1, 1).toArray());
        SparseLearner plain = new SparseLearner(atoms);
        double lambda = plain.largestUseful(z) * Math.pow(10, share);
        SparseLearner.Solution once = plain.solve(lambda, z);
        assertInstanceOf(Uniqueness.Unique.class, once.uniqueness(), once::toString);
        assertTrue(once.another().isEmpty());
        int[] used = once.support();
        int first = used[0];
        int second = used[used.length - 1];
        double same = Math.signum(once.coefficients()[first] * once.coefficients()[second]);
        double[] wider = new double[n * (2 * n + 1)];
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < 2 * n; a++) {
                wider[i * (2 * n + 1) + a] = atoms.get(i, a);
            }
            wider[i * (2 * n + 1) + 2 * n] =
                    switch (kind) {
                        case 0 -> atoms.get(i, first);
                        case 1 -> -atoms.get(i, first);
                        default -> (atoms.get(i, first) + same * atoms.get(i, second)) / 2;
                    };
        }
        Array all = Array.of(Shape.of(n, 2 * n + 1), wider);
        SparseLearner.Solution found = new SparseLearner(all).solve(lambda, z);
        assertInstanceOf(Uniqueness.NotUnique.class, found.uniqueness(), found::toString);
        assertTrue(found.support().length <= n);
        double[] other = found.another().orElseThrow();
        double value = objective(all, lambda, z, found.coefficients());
        assertEquals(value, objective(all, lambda, z, other), 1e-12 * value);
        double apart = 0;
        double most = 0;
        for (int a = 0; a < other.length; a++) {
            apart = Math.max(apart, Math.abs(other[a] - found.coefficients()[a]));
            most = Math.max(most, Math.abs(found.coefficients()[a]));
        }
        // Half of the weight of an atom in use; weights differ by less than 10⁶ here.
        assertTrue(apart > 1e-7 * most, "apart by " + apart + " of " + most);
    }

    /// Fewer atoms than data leave a residual, of which a product with an atom rounds by more than
    /// a small λ. Independent atoms have one solution whatever λ is; with one of them twice, its
    /// weight can be shared in any way.
    @Property(tries = 200)
    void roundingHidesNoOtherSolution(
            @ForAll @IntRange(min = 3, max = 10) int n,
            @ForAll @IntRange(min = 1, max = 3) int d,
            @ForAll @DoubleRange(min = -11, max = -0.5) double share,
            @ForAll boolean opposite,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] z = random.doubles(n, -1, 1).toArray();
        double[][] once = new double[n][];
        double[][] twice = new double[n][];
        for (int i = 0; i < n; i++) {
            once[i] = random.doubles(d, -1, 1).toArray();
            twice[i] = Arrays.copyOf(once[i], d + 1);
        }
        SparseLearner plain = new SparseLearner(Array.matrix(once));
        double lambda = plain.largestUseful(z) * Math.pow(10, share);
        SparseLearner.Solution only = plain.solve(lambda, z);
        assertInstanceOf(Uniqueness.Unique.class, only.uniqueness(), only::toString);
        int repeated = only.support()[0];
        for (int i = 0; i < n; i++) {
            twice[i][d] = opposite ? -once[i][repeated] : once[i][repeated];
        }
        SparseLearner.Solution found = new SparseLearner(Array.matrix(twice)).solve(lambda, z);
        assertInstanceOf(Uniqueness.NotUnique.class, found.uniqueness(), found::toString);
        double[] other = found.another().orElseThrow();
        double sign = opposite ? -1 : 1;
        double whole = found.coefficients()[repeated] + sign * found.coefficients()[d];
        assertEquals(whole, other[repeated] + sign * other[d], 1e-14 * Math.abs(whole));
        assertEquals(whole / 2, other[d] * sign, 1e-14 * Math.abs(whole));
    }

    /// Zero is the solution from the largest product on, not from just below it.
    @Test
    void justBelowTheLargestProductTheSolutionIsNotZero() {
        // The second atom's product is -2.12, its squared length 4.
        SparseLearner.Solution found = orthogonal.solve(2.12 - 1e-9, 2, 0.9, -0.3);
        assertEquals(-1e-9 / 4, found.coefficients()[1], 1e-15);
    }

    @Property(tries = 6)
    void manyFeaturesAndSmallPenaltiesConverge(
            @ForAll @DoubleRange(min = -12, max = -1) double share) {
        Array x = Samples.points("sparse", 40, 8, 2);
        Array atoms = Side.QUERIES.features(new TaylorExp(3), x); // [40, 165]
        SparseLearner learner = new SparseLearner(atoms);
        double[] z = Samples.wave(x);
        double lambda = learner.largestUseful(z) * Math.pow(10, share);
        SparseLearner.Solution found = learner.solve(lambda, z);
        // 40 atoms of a condition below 10³ round the products with the certificate by 10⁻¹².
        assertTrue(found.gap() <= 1e-10 * found.objective(), found::toString);
        assertTrue(found.support().length <= 40);
    }
}
