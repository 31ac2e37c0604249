package nonmercer.proofs.machine;

import java.math.BigInteger;
import java.util.List;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Infinitely many features, in exact arithmetic: float64 cannot tell, whole numbers can.
final class GramOfExpDotIsAVandermondeMatrixOfFullRank
        implements Claim<GramOfExpDotIsAVandermondeMatrixOfFullRank.Entry, Integer> {
    private static final int[] PRIMES = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29};

    /// The kernel's value at `q = i`, `k = ln p`.
    interface Entry {
        double of(int i, double k);
    }

    @Override
    public String id() {
        return "C6";
    }

    @Override
    public String statement() {
        return "for every n: the matrix of exp(q·k) at q = 0, …, n-1 and k = ln 2, ln 3, ln 5, … has the entries p_j^i, whose determinant Π (p_b - p_a) is not zero; so no finite number of features gives the kernel";
    }

    @Override
    public Source source() {
        return Source.of(
                "Vandermonde",
                "the determinant, in whole numbers; Wright & Gonzalez 2021, section 3, for the conclusion");
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Entry>> subjects() {
        return List.of(
                Subject.of(
                        "ExpDot",
                        (i, k) ->
                                new ExpDot(Coefficient.of(1))
                                        .at(new double[] {i}, new double[] {k})));
    }

    @Override
    public Cases<Integer> cases(Entry entry) {
        return Cases.all(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    /// The largest relative difference of an entry from the power; infinite if the exact
    /// determinant of the powers is not the product.
    @Override
    public double statistic(Entry entry, Integer n) {
        BigInteger[][] powers = new BigInteger[n][n];
        double worst = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                powers[i][j] = BigInteger.valueOf(PRIMES[j]).pow(i);
                double exact = powers[i][j].doubleValue();
                double got = entry.of(i, Math.log(PRIMES[j]));
                worst = Math.max(worst, Math.abs(got - exact) / exact);
            }
        }
        BigInteger product = BigInteger.ONE;
        for (int b = 0; b < n; b++) {
            for (int a = 0; a < b; a++) {
                product = product.multiply(BigInteger.valueOf(PRIMES[b] - PRIMES[a]));
            }
        }
        boolean full = determinant(powers).equals(product) && product.signum() != 0;
        return full ? worst : Double.POSITIVE_INFINITY;
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

    /// The argument `i ln p ≤ 31` is off by two roundings, the exponential's own by one more.
    @Override
    public Tolerance<Entry, Integer> tolerance() {
        return Tolerance.rounding(
                (entry, n) -> 2 * n * Math.log(29) + 4,
                (entry, n) -> 1,
                "two roundings of the argument, up to n ln 29, and those of the exponential");
    }

    @Override
    public List<Mutant<Entry>> mutants() {
        return List.of(
                Mutant.of(
                        "Taylor polynomial of degree 40",
                        "a kernel with finitely many features",
                        (i, k) -> {
                            double term = 1;
                            double sum = 1;
                            for (int n = 1; n <= 40; n++) {
                                term *= i * k / n;
                                sum += term;
                            }
                            return sum;
                        }));
    }
}
