package nonmercer.linalg;

import static nonmercer.linalg.Transpose.PLAIN;
import static nonmercer.linalg.Transpose.TRANSPOSED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import org.junit.jupiter.api.Test;

/// A residual passes when it is at most `30·n·u·‖A‖_F`: backward stable algorithms have a modest
/// polynomial of n in place of 30·n, and 30 is the threshold of LAPACK's own test suite. Results of
/// float32 are float64 results rounded once, which costs at most u₃₂ an element: `3·n·u₃₂·‖A‖_F`
/// for the products of three of them.
final class DecompositionsTest {
    private static double tolerance(int n, DType type, double norm) {
        return (30 * n * 0x1p-53 + (type == DType.FLOAT32 ? 3 * n * 0x1p-24 : 0)) * norm;
    }

    @Property(tries = 150)
    void symmetricEigenRebuildsItsMatrix(
            @ForAll @IntRange(max = 30) int n, @ForAll DType type, @ForAll long seed) {
        Array a = symmetric(n, type, seed);
        SymmetricEigen e = Decompositions.symmetricEigen(a);
        assertEquals(type, e.values().dtype());
        Array v = e.vectors().cast(DType.FLOAT64);
        double norm = norm(a);
        assertClose(
                identity(n), product(v, TRANSPOSED, v, PLAIN), tolerance(n, type, Math.sqrt(n)));
        Array rebuilt = product(scaledColumns(v, e.values()), PLAIN, v, TRANSPOSED);
        assertClose(a, rebuilt, tolerance(n, type, norm));
        ascending(e.values());
        assertClose(e.values(), Decompositions.symmetricEigenvalues(a), tolerance(n, type, norm));
    }

    /// `A = Q·diag(λ)·Qᵀ` has the eigenvalues it was made of, within its own rounding error (Weyl).
    @Property(tries = 100)
    void knownEigenvaluesAreFound(@ForAll @IntRange(min = 1, max = 20) int n, @ForAll long seed) {
        Array q = Decompositions.svd(MatMulTest.random(Shape.of(n, n), DType.FLOAT64, seed)).u();
        double[] known = new double[n];
        for (int i = 0; i < n; i++) {
            known[i] = i - n / 3 + (i % 3 == 0 ? 0 : 0.5);
        }
        Arrays.sort(known);
        Array a = product(scaledColumns(q, Array.vector(known)), PLAIN, q, TRANSPOSED);
        Array found = Decompositions.symmetricEigenvalues(a);
        assertClose(Array.vector(known), found, tolerance(3 * n, DType.FLOAT64, norm(a)));
    }

    /// A rotation by φ has e^{±iφ}; a triangular matrix has its diagonal; nearly symmetric is not
    /// symmetric.
    @Test
    void generalEigenvaluesOfKnownMatrices() {
        double c = Math.cos(0.7);
        double s = Math.sin(0.7);
        Eigenvalues rotation =
                Decompositions.eigenvalues(Array.matrix(new double[] {c, -s}, new double[] {s, c}));
        assertClose(Array.vector(c, c), rotation.real(), 1e-14);
        assertClose(Array.vector(-s, s), rotation.imaginary(), 1e-14);
        Eigenvalues tiny =
                Decompositions.eigenvalues(
                        Array.matrix(new double[] {1, -1e-9}, new double[] {1e-9, 1}));
        assertClose(Array.vector(-1e-9, 1e-9), tiny.imaginary(), 1e-14);
        Eigenvalues triangular =
                Decompositions.eigenvalues(
                        Array.matrix(
                                new double[] {3, 5, 7},
                                new double[] {0, -1, 2},
                                new double[] {0, 0, 2}));
        assertClose(Array.vector(-1, 2, 3), triangular.real(), 1e-13);
        assertClose(Array.vector(0, 0, 0), triangular.imaginary(), 0);
    }

    /// Σλ = trace, Σλ² = trace A²: both well conditioned, with residuals of order n·u·‖A‖_F and
    /// n·u·‖A‖²_F.
    @Property(tries = 100)
    void generalEigenvaluesSumToTheTrace(
            @ForAll @IntRange(min = 1, max = 20) int n, @ForAll long seed) {
        Array a = MatMulTest.random(Shape.of(n, n), DType.FLOAT64, seed);
        Eigenvalues e = Decompositions.eigenvalues(a);
        Array square = product(a, PLAIN, a, PLAIN);
        double trace = 0;
        double traceOfSquare = 0;
        double sum = 0;
        double sumOfSquares = 0;
        double imaginary = 0;
        for (int i = 0; i < n; i++) {
            double x = e.real().at(i);
            double y = e.imaginary().at(i);
            trace += a.get(i, i);
            traceOfSquare += square.get(i, i);
            sum += x;
            imaginary += y;
            sumOfSquares += x * x - y * y;
        }
        double norm = norm(a);
        assertEquals(trace, sum, tolerance(n * n, DType.FLOAT64, norm));
        assertEquals(0, imaginary, tolerance(n * n, DType.FLOAT64, norm));
        assertEquals(traceOfSquare, sumOfSquares, tolerance(n * n, DType.FLOAT64, 2 * norm * norm));
    }

    @Property(tries = 150)
    void svdRebuildsItsMatrix(
            @ForAll @IntRange(max = 25) int m,
            @ForAll @IntRange(max = 25) int n,
            @ForAll DType type,
            @ForAll long seed) {
        Array a = MatMulTest.random(Shape.of(m, n), type, seed);
        SingularValues d = Decompositions.svd(a);
        int r = Math.min(m, n);
        Array u = d.u().cast(DType.FLOAT64);
        Array v = d.v().cast(DType.FLOAT64);
        assertEquals(Shape.of(m, r), u.shape());
        assertEquals(Shape.of(n, r), v.shape());
        int size = Math.max(m, n);
        assertClose(
                identity(r), product(u, TRANSPOSED, u, PLAIN), tolerance(size, type, Math.sqrt(r)));
        assertClose(
                identity(r), product(v, TRANSPOSED, v, PLAIN), tolerance(size, type, Math.sqrt(r)));
        assertClose(
                a,
                product(scaledColumns(u, d.s()), PLAIN, v, TRANSPOSED),
                tolerance(size, type, norm(a)));
        for (int i = 0; i < r; i++) {
            assertTrue(d.s().at(i) >= 0);
            assertTrue(i == 0 || d.s().at(i) <= d.s().at(i - 1));
        }
        assertClose(d.s(), Decompositions.singularValues(a), tolerance(size, type, norm(a)));
    }

    /// A product of Gaussian factors of inner size r has rank r (almost surely, and far from the
    /// threshold).
    @Property(tries = 100)
    void theRankOfAProductIsItsInnerSize(
            @ForAll @IntRange(min = 1, max = 20) int m,
            @ForAll @IntRange(min = 1, max = 20) int n,
            @ForAll @IntRange(max = 6) int r,
            @ForAll DType type,
            @ForAll long seed) {
        Array a = MatMulTest.random(Shape.of(m, r), DType.FLOAT64, seed);
        Array b = MatMulTest.random(Shape.of(r, n), DType.FLOAT64, seed + 1);
        assertEquals(
                Math.min(r, Math.min(m, n)),
                Decompositions.rank(product(a, PLAIN, b, PLAIN).cast(type)));
    }

    @Property(tries = 150)
    void choleskyRebuildsAndSolves(
            @ForAll @IntRange(max = 25) int n, @ForAll DType type, @ForAll long seed) {
        Array a = definite(n, type, seed);
        Cholesky c = Decompositions.cholesky(a);
        Array l = c.lower().cast(DType.FLOAT64);
        assertClose(a, product(l, PLAIN, l, TRANSPOSED), tolerance(n, type, norm(a)));
        double logDeterminant = 0;
        for (double value :
                Decompositions.symmetricEigenvalues(a.cast(DType.FLOAT64)).toDoubles()) {
            logDeterminant += Math.log(value);
        }
        // The eigenvalues are at least 1 and within tolerance, so their logarithms are within it,
        // summed over n.
        assertEquals(logDeterminant, c.logDeterminant(), n * tolerance(n, type, 1 + norm(a)));
        Array b = MatMulTest.random(Shape.of(n, 3), type, seed + 1);
        assertClose(
                b,
                product(a, PLAIN, c.solve(b), PLAIN),
                tolerance(n, type, norm(a) * (1 + norm(c.solve(b)))));
        assertClose(column(c.solve(b), 1), c.solve(column(b, 1)), 0);
    }

    /// A product of its pivots, 2⁻¹⁰⁰⁰, is no measure of a matrix of condition 1000.
    @Test
    void aLargeMatrixOfSmallPivotsIsSolved() {
        int n = 300;
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            a[i * n + i] = i == 0 ? 100 : 0.1;
        }
        Array ones = Array.full(DType.FLOAT64, Shape.of(n), 1);
        Array x = Decompositions.solve(Array.of(Shape.of(n, n), a), ones);
        assertEquals(10, x.at(n - 1), 1e-14);
    }

    /// `‖A·x − b‖ ≤ 30·n·u·‖A‖·‖x‖`: LU with row exchanges is backward stable but for its growth
    /// factor, which random matrices of these sizes keep below 10.
    @Property(tries = 150)
    void solveSolves(@ForAll @IntRange(max = 25) int n, @ForAll DType type, @ForAll long seed) {
        Array a = MatMulTest.random(Shape.of(n, n), type, seed);
        Array b = MatMulTest.random(Shape.of(n, 2), type, seed + 1);
        Array x = Decompositions.solve(a, b);
        assertEquals(type, x.dtype());
        assertClose(
                b, product(a, PLAIN, x, PLAIN), 10 * tolerance(n, type, norm(a) * (1 + norm(x))));
        assertClose(column(x, 1), Decompositions.solve(a, column(b, 1)), 0);
    }

    @Test
    void whatCannotBeDecomposedIsRefusedInASentence() {
        Array indefinite = Array.matrix(new double[] {1, 2}, new double[] {2, 1});
        Array singular = Array.matrix(new double[] {1, 2}, new double[] {2, 4});
        Array skew = Array.matrix(new double[] {1, 2}, new double[] {-2, 1});
        Array broken = Array.matrix(new double[] {1, 2}, new double[] {Double.NaN, 1});
        assertEquals(
                "cholesky: the matrix [2, 2] is not positive definite in float64; its smallest eigenvalue is about "
                        + Decompositions.symmetricEigenvalues(indefinite).at(0)
                        + ": add more than that to its diagonal",
                assertThrows(ArithmeticException.class, () -> Decompositions.cholesky(indefinite))
                        .getMessage());
        assertEquals(
                "solve: the matrix [2, 2] is singular up to rounding; its rank is 1",
                assertThrows(
                                ArithmeticException.class,
                                () -> Decompositions.solve(singular, Array.vector(1, 2)))
                        .getMessage());
        refused(
                "symmetricEigen: expected a symmetric matrix, got -2.0 at [1, 0] and 2.0 at [0, 1]",
                () -> Decompositions.symmetricEigen(skew));
        refused(
                "svd: expected finite numbers, element [1, 0] of [2, 2] is NaN",
                () -> Decompositions.svd(broken));
        refused(
                "eigenvalues: expected a square matrix, got shape [1, 2]",
                () -> Decompositions.eigenvalues(Array.matrix(new double[] {1, 2})));
        refused(
                "rank: expected a matrix [rows, columns], got shape [2]",
                () -> Decompositions.rank(Array.vector(1, 2)));
        refused(
                "solve: the right side of a system [2, 2] must be [2] or [2, columns], got [3]",
                () -> Decompositions.solve(indefinite, Array.vector(1, 2, 3)));
    }

    private static void refused(String sentence, Runnable call) {
        assertEquals(
                sentence, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    private static void ascending(Array values) {
        for (int i = 1; i < values.size(); i++) {
            assertTrue(values.at(i - 1) <= values.at(i));
        }
    }

    private static void assertClose(Array expected, Array actual, double tolerance) {
        assertEquals(expected.shape(), actual.shape());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.at(i), actual.at(i), tolerance, "element " + i);
        }
    }

    private static Array product(Array a, Transpose ta, Array b, Transpose tb) {
        Array x = a.cast(DType.FLOAT64);
        Array y = b.cast(DType.FLOAT64);
        Array out = Array.zeros(DType.FLOAT64, MatMul.shape(x.shape(), ta, y.shape(), tb));
        MatMul.multiply(x, ta, y, tb, out);
        return out;
    }

    private static Array scaledColumns(Array a, Array s) {
        Array diagonal = Array.zeros(DType.FLOAT64, Shape.of(s.size(), s.size()));
        for (int i = 0; i < s.size(); i++) {
            diagonal.doubles()[i * s.size() + i] = s.at(i);
        }
        return product(a, PLAIN, diagonal, PLAIN);
    }

    private static Array identity(int n) {
        double[] x = new double[n * n];
        for (int i = 0; i < n; i++) {
            x[i * n + i] = 1;
        }
        return Array.of(Shape.of(n, n), x);
    }

    private static Array symmetric(int n, DType type, long seed) {
        double[] x = MatMulTest.random(Shape.of(n, n), DType.FLOAT64, seed).toDoubles();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                x[i * n + j] = x[j * n + i];
            }
        }
        return Array.of(Shape.of(n, n), x).cast(type);
    }

    /// `G·Gᵀ + I`.
    private static Array definite(int n, DType type, long seed) {
        Array g = MatMulTest.random(Shape.of(n, n), DType.FLOAT64, seed);
        Array a = identity(n);
        MatMul.multiplyAdd(g, PLAIN, g, TRANSPOSED, a);
        return a.cast(type);
    }

    private static Array column(Array x, int j) {
        double[] c = new double[x.dim(0)];
        for (int i = 0; i < c.length; i++) {
            c[i] = x.get(i, j);
        }
        return Array.vector(c).cast(x.dtype());
    }

    private static double norm(Array a) {
        double sum = 0;
        for (double x : a.toDoubles()) {
            sum += x * x;
        }
        return Math.sqrt(sum);
    }

    /// `QᵀQ = I` and `QᵀA` upper triangular with a positive diagonal; 20 n u for the products and
    /// reflections of an n of at most 12.
    @Property(tries = 50)
    void orthonormalColumnsGiveATriangleWithPositiveDiagonal(
            @ForAll @IntRange(min = 1, max = 12) int n,
            @ForAll @IntRange(max = 3) int more,
            @ForAll long seed) {
        Array a = Array.zeros(DType.FLOAT64, Shape.of(n + more, n));
        nonmercer.random.RandomStream.of(seed).fillNormal(a, 0, 1);
        Array q = Decompositions.orthonormal(a);
        Array qq = Array.zeros(DType.FLOAT64, Shape.of(n, n));
        Array r = Array.zeros(DType.FLOAT64, Shape.of(n, n));
        MatMul.multiply(q, Transpose.TRANSPOSED, q, Transpose.PLAIN, qq);
        MatMul.multiply(q, Transpose.TRANSPOSED, a, Transpose.PLAIN, r);
        for (int i = 0; i < n; i++) {
            assertTrue(r.get(i, i) > 0);
            for (int j = 0; j < n; j++) {
                assertEquals(i == j ? 1 : 0, qq.get(i, j), 20 * n * 0x1p-53);
                if (j < i) {
                    assertEquals(0, r.get(i, j), 20 * n * 0x1p-53 * 10);
                }
            }
        }
    }
}
