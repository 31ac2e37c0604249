package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleBiFunction;
import net.jqwik.api.Arbitrary;
import nonmercer.array.Array;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// In one coordinate every minor of the kernel's matrix is positive, which float64 cannot always
/// see: the exact determinant of the library's 53-bit entries is held against one in 60 decimal
/// digits.
final class MinorsOfExpDotArePositiveOnTheLine
        implements Claim<
                MinorsOfExpDotArePositiveOnTheLine.Matrix,
                MinorsOfExpDotArePositiveOnTheLine.Case> {
    private static final MathContext DIGITS = new MathContext(60);
    private static final int GRID = 64;
    private static final int ROUNDINGS = 8;

    /// The kernel's matrix for points of the line.
    interface Matrix {
        double[][] of(double[][] x, double[][] y);
    }

    /// Ascending queries and keys, in 64ths.
    record Case(List<Integer> x, List<Integer> y) {
        /// `det [exp(xᵢ yⱼ)]`, off by less than 10⁻⁴⁵: entries below e⁴, each off by 10⁻⁵⁵, in 4!
        /// products.
        BigDecimal exact() {
            BigDecimal[][] k = new BigDecimal[x.size()][y.size()];
            for (int i = 0; i < k.length; i++) {
                for (int j = 0; j < k.length; j++) {
                    BigDecimal dot = BigDecimal.valueOf((long) x.get(i) * y.get(j));
                    k[i][j] = exp(dot.divide(BigDecimal.valueOf(GRID * GRID), DIGITS));
                }
            }
            return determinant(k, -1);
        }

        /// By how much roundings of the entries can move it: `((1 + u)⁸ⁿ - 1) Σ Π exp(xᵢ yⱼ)` over
        /// all permutations.
        double rounding() {
            BigDecimal[][] k = decimals(library(points(x), points(y)));
            return Tolerance.Rounding.gamma(ROUNDINGS * x.size(), Tolerance.Rounding.DOUBLE)
                    * determinant(k, 1).doubleValue();
        }

        /// Whether float64 can see the sign.
        boolean visible() {
            return exact().doubleValue() > 2 * rounding();
        }
    }

    @Override
    public String id() {
        return "C6b";
    }

    @Override
    public String statement() {
        return "for all x₁ < … < xₙ and y₁ < … < yₙ of the line, n ≤ 4: det [exp(xᵢ yⱼ)] > 0, so every matrix of the kernel in one coordinate has full rank; and the determinant of the library's matrix is within the roundings of its entries of that, so positive where it exceeds them";
    }

    @Override
    public Source source() {
        return Source.of(
                "Karlin 1968, Total Positivity", "chapter 1: exp(xy) is strictly totally positive");
    }

    @Override
    public String assumes() {
        return "entries good to eight roundings; points that are multiples of 1/64, so that x y is exact";
    }

    @Override
    public Cost cost() {
        return Cost.SECONDS;
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Matrix>> subjects() {
        return List.of(
                Subject.of("Gram matrix of ExpDot", MinorsOfExpDotArePositiveOnTheLine::library),
                Subject.of("ExpDot", (x, y) -> table(x, y, new ExpDot(Coefficient.of(1))::at)));
    }

    private static double[][] library(double[][] x, double[][] y) {
        return Matrices.rows(new ExpDot(Coefficient.of(1)).gram(Array.matrix(x), Array.matrix(y)));
    }

    private static double[][] table(
            double[][] x, double[][] y, ToDoubleBiFunction<double[], double[]> kernel) {
        double[][] k = new double[x.length][y.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < y.length; j++) {
                k[i][j] = kernel.applyAsDouble(x[i], y[j]);
            }
        }
        return k;
    }

    private static double[][] points(List<Integer> x) {
        return x.stream().map(i -> new double[] {(double) i / GRID}).toArray(double[][]::new);
    }

    /// Taylor's series of 80 terms: past `|x| ≤ 4` by less than `4⁸⁰/80! < 10⁻⁷⁰`.
    private static BigDecimal exp(BigDecimal x) {
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int n = 1; n < 80; n++) {
            term = term.multiply(x, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum;
    }

    @Override
    public Cases<Case> cases(Matrix matrix) {
        return Cases.random(
                        60,
                        integers()
                                .between(2, 4)
                                .flatMap(n ->
                                        nodes(n).flatMap(x -> nodes(n).map(y -> new Case(x, y)))))
                .hitting("4 × 4", 0.2, c -> c.x.size() == 4)
                .hitting("a sign that float64 can see", 0.7, Case::visible);
    }

    private static Arbitrary<List<Integer>> nodes(int n) {
        return integers()
                .between(-2 * GRID, 2 * GRID)
                .set()
                .ofSize(n)
                .map(s -> List.copyOf(new TreeSet<>(s)));
    }

    /// How far the determinant of the 53-bit entries, exact, is from that of the kernel; infinite
    /// if the latter is not positive.
    @Override
    public double statistic(Matrix matrix, Case c) {
        BigDecimal exact = c.exact();
        if (exact.compareTo(new BigDecimal("1e-45")) <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        BigDecimal computed = determinant(decimals(matrix.of(points(c.x), points(c.y))), -1);
        return computed.subtract(exact).abs().doubleValue();
    }

    private static BigDecimal[][] decimals(double[][] a) {
        BigDecimal[][] exact = new BigDecimal[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                exact[i][j] = new BigDecimal(a[i][j]);
            }
        }
        return exact;
    }

    /// By the first column; with the sign 1 for -1 the permanent.
    private static BigDecimal determinant(BigDecimal[][] a, int sign) {
        if (a.length == 1) {
            return a[0][0];
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < a.length; i++) {
            BigDecimal[][] minor = new BigDecimal[a.length - 1][a.length - 1];
            for (int r = 0; r < a.length - 1; r++) {
                System.arraycopy(a[r < i ? r : r + 1], 1, minor[r], 0, a.length - 1);
            }
            BigDecimal part = a[i][0].multiply(determinant(minor, sign), DIGITS);
            sum = i % 2 == 1 && sign < 0 ? sum.subtract(part, DIGITS) : sum.add(part, DIGITS);
        }
        return sum;
    }

    @Override
    public Tolerance<Matrix, Case> tolerance() {
        return Tolerance.bound(
                (matrix, c) -> c.rounding(),
                "eight roundings of each entry: of n factors in every product of the determinant, all of one sign");
    }

    @Override
    public List<Mutant<Matrix>> mutants() {
        return List.of(
                Mutant.of(
                        "Taylor polynomial of degree 2",
                        "a kernel with three features: its 4 × 4 minors vanish",
                        (x, y) ->
                                table(
                                        x,
                                        y,
                                        (q, k) -> 1 + q[0] * k[0] + Math.pow(q[0] * k[0], 2) / 2)),
                Mutant.of(
                        "exp(-xy)",
                        "a sign: 2 × 2 minors turn negative",
                        (x, y) -> table(x, y, (q, k) -> Math.exp(-q[0] * k[0]))),
                Mutant.of(
                        "entries in float32",
                        "a matrix of fewer digits than its minors take",
                        (x, y) -> table(x, y, (q, k) -> (float) Math.exp(q[0] * k[0]))));
    }
}
