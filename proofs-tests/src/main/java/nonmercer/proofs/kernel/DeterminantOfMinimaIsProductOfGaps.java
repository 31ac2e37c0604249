package nonmercer.proofs.kernel;

import static net.jqwik.api.Arbitraries.integers;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import nonmercer.kernel.Pairing;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Why the exponentiated intersection kernel is strictly positive definite: the determinant
/// vanishes only at repeated or zero points. Whole numbers, whole determinant.
final class DeterminantOfMinimaIsProductOfGaps
        implements Claim<DeterminantOfMinimaIsProductOfGaps.Form, List<Integer>> {
    /// A function of two numbers.
    interface Form {
        double at(double u, double v);
    }

    @Override
    public String id() {
        return "C13f";
    }

    @Override
    public String statement() {
        return "for all whole 0 ≤ u₁ ≤ … ≤ uₙ: det [min(uᵢ, uⱼ)] = u₁ Π (uᵢ₊₁ - uᵢ)";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "Cholesky factorisation of the covariance of Brownian motion");
    }

    @Override
    public String assumes() {
        return "nothing: whole numbers";
    }

    @Override
    public Kind kind() {
        return Kind.EXACT;
    }

    @Override
    public List<Subject<Form>> subjects() {
        return List.of(
                Subject.of(
                        "Pairing.SUM_OF_MINIMA",
                        (u, v) -> Pairing.SUM_OF_MINIMA.at(new double[] {u}, new double[] {v})));
    }

    @Override
    public Cases<List<Integer>> cases(Form form) {
        return Cases.random(
                        200,
                        integers()
                                .between(0, 1000)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(12)
                                .map(u -> u.stream().sorted().toList()))
                .hitting(
                        "a regular matrix of n ≥ 3",
                        0.3,
                        u -> u.size() >= 3 && product(u).signum() > 0);
    }

    private static BigInteger product(List<Integer> u) {
        BigInteger product = BigInteger.valueOf(u.getFirst());
        for (int i = 1; i < u.size(); i++) {
            product = product.multiply(BigInteger.valueOf(u.get(i) - u.get(i - 1)));
        }
        return product;
    }

    @Override
    public double statistic(Form form, List<Integer> u) {
        int n = u.size();
        BigInteger[][] a = new BigInteger[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = BigDecimal.valueOf(form.at(u.get(i), u.get(j))).toBigIntegerExact();
            }
        }
        return determinant(a).subtract(product(u)).abs().doubleValue();
    }

    /// Elimination without fractions (Bareiss 1968).
    private static BigInteger determinant(BigInteger[][] a) {
        int n = a.length;
        BigInteger previous = BigInteger.ONE;
        int sign = 1;
        for (int k = 0; k < n - 1; k++) {
            int pivot = k;
            while (pivot < n && a[pivot][k].signum() == 0) {
                pivot++;
            }
            if (pivot == n) {
                return BigInteger.ZERO;
            }
            if (pivot != k) {
                BigInteger[] row = a[k];
                a[k] = a[pivot];
                a[pivot] = row;
                sign = -sign;
            }
            for (int i = k + 1; i < n; i++) {
                for (int j = k + 1; j < n; j++) {
                    a[i][j] =
                            a[i][j].multiply(a[k][k])
                                    .subtract(a[i][k].multiply(a[k][j]))
                                    .divide(previous);
                }
            }
            previous = a[k][k];
        }
        return a[n - 1][n - 1].multiply(BigInteger.valueOf(sign));
    }

    @Override
    public Tolerance<Form, List<Integer>> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Form>> mutants() {
        return List.of(
                Mutant.of("max for min", "folklore", Math::max),
                Mutant.of("an absolute difference", "folklore", (u, v) -> Math.abs(u - v)));
    }
}
