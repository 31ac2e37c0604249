package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// In one coordinate every minor of the kernel's matrix is positive, which float64 cannot see: 60
/// decimal digits can.
final class MinorsOfExpDotArePositiveOnTheLine
        implements Claim<
                MinorsOfExpDotArePositiveOnTheLine.Value, MinorsOfExpDotArePositiveOnTheLine.Case> {
    private static final MathContext DIGITS = new MathContext(60);
    private static final int GRID = 64;

    /// The kernel in decimals, off by less than 10⁻⁵⁰ of itself.
    interface Value {
        BigDecimal of(BigDecimal x, BigDecimal y);
    }

    /// Ascending queries and keys, in 64ths.
    record Case(List<Integer> x, List<Integer> y) {}

    @Override
    public String id() {
        return "C6b";
    }

    @Override
    public String statement() {
        return "for all x₁ < … < xₙ and y₁ < … < yₙ of the line, n ≤ 4: det [exp(xᵢ yⱼ)] > 0; so every matrix of the kernel in one coordinate has full rank";
    }

    @Override
    public Source source() {
        return Source.of(
                "Karlin 1968, Total Positivity", "chapter 1: exp(xy) is strictly totally positive");
    }

    @Override
    public String assumes() {
        return "an enclosure of each exponential that holds the true value; the determinant of enclosures is expanded without rounding";
    }

    @Override
    public Kind kind() {
        return Kind.EXACT;
    }

    @Override
    public List<Subject<Value>> subjects() {
        return List.of(Subject.of("exp(xy) in 60 digits", (x, y) -> exp(x.multiply(y), 80)));
    }

    /// Taylor's series of `terms` terms: past `|x| ≤ 4` by less than `4⁸⁰/80! < 10⁻⁷⁰`.
    private static BigDecimal exp(BigDecimal x, int terms) {
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int n = 1; n < terms; n++) {
            term = term.multiply(x, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum;
    }

    @Override
    public Cases<Case> cases(Value value) {
        return Cases.random(
                        200,
                        integers()
                                .between(2, 4)
                                .flatMap(n ->
                                        nodes(n).flatMap(x -> nodes(n).map(y -> new Case(x, y)))))
                .hitting("4 × 4", 0.2, c -> c.x.size() == 4);
    }

    private static Arbitrary<List<Integer>> nodes(int n) {
        return integers()
                .between(-2 * GRID, 2 * GRID)
                .set()
                .ofSize(n)
                .map(s -> List.copyOf(new TreeSet<>(s)));
    }

    /// 1 where the determinant is not above what 60 digits leave open.
    @Override
    public double statistic(Value value, Case c) {
        int n = c.x.size();
        BigDecimal[][] k = new BigDecimal[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                k[i][j] = value.of(at(c.x.get(i)), at(c.y.get(j)));
            }
        }
        // Entries below e⁴, each off by 10⁻⁵⁵: the 4! products of a determinant by 10⁻⁴⁵.
        return determinant(k).compareTo(new BigDecimal("1e-45")) > 0 ? 0 : 1;
    }

    private static BigDecimal at(int i) {
        return BigDecimal.valueOf(i).divide(BigDecimal.valueOf(GRID), DIGITS);
    }

    /// By the first column.
    private static BigDecimal determinant(BigDecimal[][] a) {
        if (a.length == 1) {
            return a[0][0];
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < a.length; i++) {
            BigDecimal[][] minor = new BigDecimal[a.length - 1][a.length - 1];
            for (int r = 0; r < a.length - 1; r++) {
                System.arraycopy(a[r < i ? r : r + 1], 1, minor[r], 0, a.length - 1);
            }
            BigDecimal part = a[i][0].multiply(determinant(minor), DIGITS);
            sum = i % 2 == 0 ? sum.add(part, DIGITS) : sum.subtract(part, DIGITS);
        }
        return sum;
    }

    @Override
    public Tolerance<Value, Case> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Value>> mutants() {
        return List.of(
                Mutant.of(
                        "Taylor polynomial of degree 2",
                        "a kernel with three features: its 4 × 4 minors vanish",
                        (x, y) -> exp(x.multiply(y), 3)),
                Mutant.of(
                        "exp(-xy)",
                        "a sign: 2 × 2 minors turn negative",
                        (x, y) -> exp(x.multiply(y).negate(), 80)));
    }
}
