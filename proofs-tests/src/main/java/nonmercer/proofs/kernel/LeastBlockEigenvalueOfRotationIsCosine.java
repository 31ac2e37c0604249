package nonmercer.proofs.kernel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Polynomial;
import nonmercer.linalg.Decompositions;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The degree-n part of `exp(xᵀ A y)` is the form `A^{⊗n}` on symmetric tensors, over n!. For a
/// rotation of the plane by θ its symmetric part first has a negative eigenvalue at `n = ⌊90°/θ⌋ +
/// 1`: small angles are indefinite too, at a high degree.
///
/// The block is taken in the orthonormal basis `√(n!/a!) xᵃ`: from the library's kernels and
/// features at n + 1 points of the half circle, and, as a certificate, exactly from the matrix's
/// 53-bit numbers, rounded once.
final class LeastBlockEigenvalueOfRotationIsCosine
        implements Claim<
                LeastBlockEigenvalueOfRotationIsCosine.Block,
                LeastBlockEigenvalueOfRotationIsCosine.Angle> {
    /// The matrix of `A^{⊗n}` on the symmetric tensors of degree n of the plane.
    interface Matrix {
        double[][] of(double[][] a, int n);
    }

    /// Such a matrix, and how many times it was divided by the monomials' matrix at the points.
    record Block(Matrix matrix, int divisions) {}

    /// A rotation in degrees, and the degree at which its form turns negative.
    record Angle(int degrees, int first) {}

    @Override
    public String id() {
        return "C9c";
    }

    @Override
    public String statement() {
        return "for a rotation A of the plane by θ ∈ {5°, …, 120°}: the symmetric part of A^{⊗n} on symmetric tensors"
                + " has the eigenvalues cos (n - 2k)θ, so it is positive semidefinite for"
                + " n ≤ 90°/θ, and at n = ⌊90°/θ⌋ + 1 its least eigenvalue is cos nθ < 0";
    }

    @Override
    public Source source() {
        return Source.of(
                "this library",
                "the eigenvalues of A^{⊗n} on symmetric tensors are e^{i(n-2k)θ}, and A^{⊗n} is normal");
    }

    @Override
    public String assumes() {
        return "θ is a whole number of degrees; the powers are those on symmetric tensors";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Block>> subjects() {
        return List.of(
                Subject.of(
                        "Gram matrices of (xᵀAy)ⁿ, Polynomial of two towers",
                        new Block(LeastBlockEigenvalueOfRotationIsCosine::ofGram, 2)),
                Subject.of(
                        "features of degree n, TaylorExp",
                        new Block((a, n) -> ofFeatures(a, n, Coefficient.of(1)), 1)),
                Subject.of("exact block, rounded once", new Block((a, n) -> block(a, n, true), 0)));
    }

    /// `n + 1` points of the half circle, which the monomials of degree n separate best.
    private static Array points(int n) {
        double[][] x = new double[n + 1][];
        for (int j = 0; j <= n; j++) {
            double angle = Math.PI * j / (n + 1);
            x[j] = new double[] {Math.cos(angle), Math.sin(angle)};
        }
        return Array.matrix(x);
    }

    /// `M` of `(xᵀAy)ⁿ = e(x)ᵀ M e(y)` with the orthonormal monomials e: `E⁻¹ G E⁻ᵀ`.
    private static double[][] ofGram(double[][] a, int n) {
        Kernel kernel =
                new Polynomial(n, Coefficient.of(1), 0)
                        .warped(Towers.linear(a), Towers.linear(Towers.identity(2)));
        Array e = Array.matrix(monomials(points(n), n, true, Coefficient.of(1)));
        Array half = Decompositions.solve(e, kernel.gram(points(n), points(n)));
        return Towers.transposed(
                rows(Decompositions.solve(e, Array.matrix(Towers.transposed(rows(half))))));
    }

    /// `M` of `ψ(Ay) = M φ(y)` with the library's features of this degree: `E⁻¹ E_A`, transposed.
    private static double[][] ofFeatures(double[][] a, int n, Coefficient c) {
        Array x = points(n);
        double[][] turned = new double[n + 1][2];
        for (int j = 0; j <= n; j++) {
            for (int i = 0; i < 2; i++) {
                turned[j][i] = a[i][0] * x.get(j, 0) + a[i][1] * x.get(j, 1);
            }
        }
        return Towers.transposed(
                rows(
                        Decompositions.solve(
                                Array.matrix(monomials(x, n, true, c)),
                                Array.matrix(monomials(Array.matrix(turned), n, false, c)))));
    }

    /// `√(n!/a!) xᵃ`, the last features of the Taylor polynomial of that degree, times `√n!`.
    private static double[][] monomials(Array x, int n, boolean queries, Coefficient c) {
        TaylorExp map = new TaylorExp(queries ? Coefficient.of(1) : c, n);
        Tensor all =
                queries
                        ? map.queries(Tensor.of(x), Pass.evaluation())
                        : map.keys(Tensor.of(x), Pass.evaluation());
        double scale = Math.sqrt(factorial(n).doubleValue());
        int from = all.dim(1) - n - 1;
        double[][] e = new double[x.dim(0)][n + 1];
        for (int i = 0; i < e.length; i++) {
            for (int l = 0; l <= n; l++) {
                e[i][l] = scale * all.value().get(i, from + l);
            }
        }
        return e;
    }

    private static double[][] rows(Array a) {
        double[][] rows = new double[a.dim(0)][a.dim(1)];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = a.get(i, j);
            }
        }
        return rows;
    }

    @Override
    public Cases<Angle> cases(Block block) {
        return Cases.all(
                new Angle(5, 19),
                new Angle(10, 10),
                new Angle(20, 5),
                new Angle(30, 4),
                new Angle(45, 3),
                new Angle(60, 2),
                new Angle(80, 2),
                new Angle(120, 1));
    }

    /// The largest distance, over the degrees up to the first negative one, of an eigenvalue of the
    /// symmetric part from its cosine `cos (n - 2k)θ`; infinite if the least ones have other signs
    /// than the statement says.
    @Override
    public double statistic(Block block, Angle c) {
        double[][] a = Towers.rotation(c.degrees);
        double worst = 0;
        for (int n = 1; n <= c.first; n++) {
            double[] expected = cosines(n, c.degrees);
            double[] found = Spectrum.symmetric(Towers.symmetrised(block.matrix.of(a, n)));
            for (int k = 0; k <= n; k++) {
                worst = Math.max(worst, Math.abs(found[k] - expected[k]));
            }
            if (n < c.first ? expected[0] < -1e-15 : !(found[0] < 0)) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return worst;
    }

    /// `cos (n - 2k)θ`, ascending: the real parts of the eigenvalues of a normal matrix.
    private static double[] cosines(int n, double degrees) {
        double[] c = new double[n + 1];
        for (int k = 0; k <= n; k++) {
            c[k] = Math.cos(Math.toRadians((n - 2 * k) * degrees));
        }
        Arrays.sort(c);
        return c;
    }

    /// Column by column: the coefficients of `(A y)ᵃ` as a polynomial in `y`, exactly.
    private static double[][] block(double[][] a, int n, boolean orthonormal) {
        BigDecimal[][] exact = new BigDecimal[2][2];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                exact[i][j] = new BigDecimal(a[i][j]);
            }
        }
        double[][] m = new double[n + 1][n + 1];
        for (int k = 0; k <= n; k++) {
            List<BigDecimal> p = List.of(BigDecimal.ONE);
            for (int i = 0; i < n; i++) {
                p = times(p, exact[i < n - k ? 0 : 1]);
            }
            for (int l = 0; l <= n; l++) {
                // Basis √(n!/a!) xᵃ: the coefficient times √(b!/a!), with a = (n-k, k) and b =
                // (n-l, l).
                double weight =
                        orthonormal
                                ? Math.sqrt(
                                        factorial(n - l)
                                                .multiply(factorial(l))
                                                .divide(
                                                        factorial(n - k).multiply(factorial(k)),
                                                        MathContext.DECIMAL128)
                                                .doubleValue())
                                : 1;
                m[k][l] = p.get(l).doubleValue() * weight;
            }
        }
        return m;
    }

    /// `p(y) · (r₀ y₀ + r₁ y₁)`, coefficients by the power of `y₁`.
    private static List<BigDecimal> times(List<BigDecimal> p, BigDecimal[] r) {
        List<BigDecimal> product = new ArrayList<>();
        for (int l = 0; l <= p.size(); l++) {
            BigDecimal c = BigDecimal.ZERO;
            if (l < p.size()) {
                c = c.add(p.get(l).multiply(r[0]));
            }
            if (l > 0) {
                c = c.add(p.get(l - 1).multiply(r[1]));
            }
            product.add(c);
        }
        return product;
    }

    private static BigDecimal factorial(int n) {
        BigDecimal f = BigDecimal.ONE;
        for (int i = 2; i <= n; i++) {
            f = f.multiply(BigDecimal.valueOf(i));
        }
        return f;
    }

    /// A rotation has norm 1, and so have its powers. Sine and cosine are off by half a unit each,
    /// n times; an entry takes 5 roundings.
    ///
    /// At the points `e^{iφ}` of the half circle the monomials' matrix has the singular values
    /// `√((n+1) (n over k)/2ⁿ)`, since the harmonics `e^{i(n-2k)φ}` have the length `√(2ⁿ/(n over
    /// k))` and are orthogonal there too. A division multiplies relative errors by at most the
    /// ratio of the largest to the least of them, and values of n factors come with 2n + 5
    /// roundings.
    @Override
    public Tolerance<Block, Angle> tolerance() {
        return Tolerance.bound(
                (b, c) ->
                        (Spectrum.rounding(c.first + 1, Math.sqrt(c.first + 1))
                                        + Tolerance.Rounding.gamma(
                                                        2 * c.first + 5, Tolerance.Rounding.DOUBLE)
                                                * (c.first + 1))
                                * Math.pow(condition(c.first), b.divisions),
                "the backward error of the eigenvalue solver for a block of n + 1 with norm 1, and 2n + 5 roundings"
                        + " of each entry; times the condition of the monomials' matrix for each division by it");
    }

    private static double condition(int n) {
        return Math.sqrt(
                factorial(n)
                        .divide(
                                factorial(n / 2).multiply(factorial(n - n / 2)),
                                MathContext.DECIMAL128)
                        .doubleValue());
    }

    @Override
    public Optional<Picture> picture(Block block) {
        List<Picture.Line> lines = new ArrayList<>();
        for (int degrees : new int[] {10, 20, 45}) {
            int most = 90 / degrees + 4;
            double[] n = new double[most];
            double[] least = new double[most];
            double[] cosine = new double[most];
            for (int i = 0; i < most; i++) {
                n[i] = i + 1;
                double[][] m = block.matrix.of(Towers.rotation(degrees), i + 1);
                least[i] = Spectrum.symmetric(Towers.symmetrised(m))[0];
                cosine[i] = cosines(i + 1, degrees)[0];
            }
            lines.add(Picture.Line.measured(degrees + "°", n, least));
            lines.add(Picture.Line.bound("cos, " + degrees + "°", n, cosine));
        }
        return Optional.of(
                new Picture(
                        "Rotation by θ: where its powers turn indefinite",
                        Picture.Axis.of("degree n"),
                        Picture.Axis.of("least eigenvalue"),
                        lines));
    }

    @Override
    public List<Mutant<Block>> mutants() {
        return List.of(
                Mutant.of(
                        "monomial basis not orthonormal",
                        "folklore",
                        new Block((a, n) -> block(a, n, false), 0)),
                Mutant.of(
                        "1/√d on the side of the keys",
                        "features of another scale for keys than for queries",
                        new Block(
                                (a, n) -> ofFeatures(a, n, Coefficient.inverseRootDimension()), 1)),
                Mutant.of(
                        "form silently symmetrised",
                        "one tower for queries and keys",
                        new Block((a, n) -> ofGram(Towers.symmetrised(a), n), 2)));
    }
}
