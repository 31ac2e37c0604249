package nonmercer.proofs.kernel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The degree-n part of `exp(xᵀ A y)` is the form `A^{⊗n}` on symmetric tensors, over n!. For a
/// rotation of the plane by θ its symmetric part first has a negative eigenvalue at `n = ⌊90°/θ⌋ +
/// 1`: small angles are indefinite too, at a high degree.
///
/// The block is computed exactly from the matrix's 53-bit numbers, in the orthonormal basis
/// `√(n!/a!) xᵃ`, and rounded once.
final class LeastBlockEigenvalueOfRotationIsCosine
        implements Claim<
                LeastBlockEigenvalueOfRotationIsCosine.Block,
                LeastBlockEigenvalueOfRotationIsCosine.Angle> {
    /// The matrix of `A^{⊗n}` on the symmetric tensors of degree n of the plane.
    interface Block {
        double[][] of(double[][] a, int n);
    }

    /// A rotation in degrees, and the degree at which its form turns negative.
    record Angle(int degrees, int first) {}

    @Override
    public String id() {
        return "C9c";
    }

    @Override
    public String statement() {
        return "for a rotation A of the plane by θ ∈ {5°, …, 120°}: the symmetric part of A^{⊗n} on symmetric tensors"
                + " is positive semidefinite for"
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
        return List.of(Subject.of("exact block, rounded once", (a, n) -> block(a, n, true)));
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

    /// The worst of: how far below 0 an earlier degree is, and how far the first negative one is
    /// from the cosine.
    @Override
    public double statistic(Block block, Angle c) {
        double[][] a = Towers.rotation(c.degrees);
        double worst = 0;
        for (int n = 1; n < c.first; n++) {
            worst = Math.max(worst, -least(block, a, n));
        }
        return Math.max(
                worst,
                Math.abs(
                        least(block, a, c.first)
                                - Math.cos(Math.toRadians((double) c.first * c.degrees))));
    }

    private static double least(Block block, double[][] a, int n) {
        return Spectrum.symmetric(Towers.symmetrised(block.of(a, n)))[0];
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
    @Override
    public Tolerance<Block, Angle> tolerance() {
        return Tolerance.bound(
                (b, c) ->
                        Spectrum.rounding(c.first + 1, Math.sqrt(c.first + 1))
                                + Tolerance.Rounding.gamma(
                                                2 * c.first + 5, Tolerance.Rounding.DOUBLE)
                                        * (c.first + 1),
                "the backward error of the eigenvalue solver for a block of n + 1 with norm 1, and 2n + 5 roundings"
                        + " of each entry");
    }

    @Override
    public List<Mutant<Block>> mutants() {
        return List.of(
                Mutant.of(
                        "monomial basis not orthonormal", "folklore", (a, n) -> block(a, n, false)),
                Mutant.of("one degree too few", "folklore", (a, n) -> block(a, n - 1, true)),
                Mutant.of(
                        "form silently symmetrised",
                        "folklore",
                        (a, n) -> block(Towers.symmetrised(a), n, true)));
    }
}
