package nonmercer.proofs.machine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nonmercer.array.Array;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Infinitely many features, in exact arithmetic: float64 cannot tell, whole numbers can.
final class GramOfExpDotIsAVandermondeMatrixOfFullRank
        implements Claim<GramOfExpDotIsAVandermondeMatrixOfFullRank.Entry, Integer> {
    private static final int[] PRIMES = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43};
    private static final int EXACT = 10; // 29⁹ is off by less than a half

    /// The kernel's value.
    interface Entry {
        double of(double[] q, double[] k);
    }

    @Override
    public String id() {
        return "C6";
    }

    @Override
    public String statement() {
        return "for n = 1, …, 14: the matrix of exp(q·k) at q = 0, …, n-1 and k = ln 2, ln 3, ln 5, … has the entries p_j^i, whose determinant Π (p_b - p_a) is not zero, so no n - 1 features give the kernel; up to n = 10 the determinant is that of the computed entries, rounded to whole numbers; in float64 the matrix of n = 12 has a rank below 9, and the logarithms of the kernel of 12 points of ℝ⁴ have rank 4";
    }

    @Override
    public Source source() {
        return Source.of(
                "Vandermonde",
                "the determinant, in whole numbers; Wright & Gonzalez 2021, section 3, for the conclusion");
    }

    @Override
    public String assumes() {
        return "whole numbers for the determinant; the exponentials are good to so few roundings that their powers round to the right whole number up to n = 10";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Entry>> subjects() {
        return List.of(
                Subject.of("ExpDot", (q, k) -> new ExpDot(Coefficient.of(1)).at(q, k)),
                Subject.of(
                        "Gram matrix of ExpDot",
                        (q, k) ->
                                new ExpDot(Coefficient.of(1))
                                        .gram(
                                                Array.matrix(new double[][] {q}),
                                                Array.matrix(new double[][] {k}))
                                        .get(0, 0)));
    }

    @Override
    public Cases<Integer> cases(Entry entry) {
        return Cases.all(IntStream.rangeClosed(1, PRIMES.length).boxed().toList());
    }

    /// The largest relative difference of an entry from the power; infinite if the exact
    /// determinant is not the product, or a rank in float64 is not what it should be.
    @Override
    public double statistic(Entry entry, Integer n) {
        BigInteger[][] numbers = new BigInteger[n][n];
        double[][] computed = new double[n][n];
        double worst = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                BigInteger power = BigInteger.valueOf(PRIMES[j]).pow(i);
                double exact = power.doubleValue();
                computed[i][j] = entry.of(new double[] {i}, new double[] {Math.log(PRIMES[j])});
                worst = Math.max(worst, Math.abs(computed[i][j] - exact) / exact);
                numbers[i][j] =
                        n > EXACT
                                ? power
                                : new BigDecimal(Math.rint(computed[i][j])).toBigInteger();
            }
        }
        BigInteger product = BigInteger.ONE;
        for (int b = 0; b < n; b++) {
            for (int a = 0; a < b; a++) {
                product = product.multiply(BigInteger.valueOf(PRIMES[b] - PRIMES[a]));
            }
        }
        boolean full = determinant(numbers).equals(product) && product.signum() != 0;
        boolean ranks = n != 12 || rank(computed) < 9 && rank(logits(entry)) == 4;
        return full && ranks ? worst : Double.POSITIVE_INFINITY;
    }

    private static int rank(double[][] a) {
        double[] s = Spectrum.singular(a);
        return Spectrum.rank(s, Spectrum.rounding(a.length, s[0]));
    }

    /// `ln κ` of points `(t, t², t³, t⁴)` of twelve t, backwards as keys.
    private static double[][] logits(Entry entry) {
        double[][] x = new double[12][4];
        for (int i = 0; i < x.length; i++) {
            for (int l = 0; l < 4; l++) {
                x[i][l] = Math.pow((i - 5.5) / 4, l + 1);
            }
        }
        double[][] out = new double[12][12];
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 12; j++) {
                out[i][j] = Math.log(entry.of(x[i], x[11 - j]));
            }
        }
        return out;
    }

    /// Bareiss' elimination: every division is exact.
    private static BigInteger determinant(BigInteger[][] a) {
        int n = a.length;
        BigInteger last = BigInteger.ONE;
        for (int k = 0; k < n - 1; k++) {
            for (int i = k + 1; i < n; i++) {
                for (int j = k + 1; j < n; j++) {
                    a[i][j] =
                            a[i][j].multiply(a[k][k])
                                    .subtract(a[i][k].multiply(a[k][j]))
                                    .divide(last);
                }
            }
            last = a[k][k];
        }
        return a[n - 1][n - 1];
    }

    /// The argument `i ln p ≤ 49` is off by two roundings, the exponential's own by one more.
    @Override
    public Tolerance<Entry, Integer> tolerance() {
        return Tolerance.rounding(
                (entry, n) -> 2 * n * Math.log(43) + 4,
                (entry, n) -> 1,
                "two roundings of the argument, up to n ln 43, and those of the exponential");
    }

    /// Exactly, every rank is n.
    @Override
    public Optional<Picture> picture(Entry entry) {
        double[] n = Picture.steps(1, PRIMES.length, PRIMES.length);
        return Optional.of(
                new Picture(
                        "Rank of the matrix p_j^i in float64",
                        Picture.Axis.of("points n"),
                        Picture.Axis.of("rank"),
                        List.of(
                                Picture.Line.measured(
                                        "singular values above rounding",
                                        n,
                                        of -> rank(matrix(entry, (int) of))),
                                Picture.Line.bound("exact rank", n, of -> of))));
    }

    private static double[][] matrix(Entry entry, int n) {
        double[][] k = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                k[i][j] = entry.of(new double[] {i}, new double[] {Math.log(PRIMES[j])});
            }
        }
        return k;
    }

    @Override
    public List<Mutant<Entry>> mutants() {
        return List.of(
                Mutant.of(
                        "Taylor polynomial of degree 40",
                        "a kernel with finitely many features",
                        (q, k) -> {
                            double term = 1;
                            double sum = 1;
                            for (int n = 1; n <= 40; n++) {
                                term *= Matrices.dot(q, k) / n;
                                sum += term;
                            }
                            return sum;
                        }),
                Mutant.of(
                        "one over √2 in the exponent",
                        "the scale of another head dimension",
                        (q, k) -> Math.exp(Matrices.dot(q, k) / Math.sqrt(2))),
                Mutant.of(
                        "scores in float32",
                        "rank and value claims of what was rounded on the way",
                        (q, k) -> Math.exp((float) Matrices.dot(q, k))));
    }
}
