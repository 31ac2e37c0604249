package nonmercer.experiment;

import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Expression;
import nonmercer.kernel.FeatureDimension;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Trait;
import nonmercer.kernel.Traits;

/// `k(q, k) = Σ_{j ≤ p} sʲ/j!`, `s = q·k/√d`: the softmax kernel cut off after degree `p`, with
/// `(d+p)!/(d! p!)` features.
///
/// Of even degree it is positive everywhere; of odd degree it is negative far out.
record TruncatedExp(int degree) implements Profile {
    @Override
    public double at(double[] q, double[] k) {
        double s = Pairing.DOT.at(q, k) / Math.sqrt(q.length);
        double sum = 1;
        double term = 1;
        for (int j = 1; j <= degree; j++) {
            term *= s / j;
            sum += term;
        }
        return sum;
    }

    @Override
    public Pairing pairing() {
        return Pairing.DOT;
    }

    /// By Horner's rule: `1 + s (1 + s/2 (1 + s/3 …))`.
    @Override
    public Expression profile(Expression s) {
        Expression score = s.times(Coefficient.inverseRootDimension());
        Expression sum = Expression.constant(1);
        for (int j = degree; j >= 1; j--) {
            sum = score.times(1.0 / j).times(sum).plus(1);
        }
        return sum;
    }

    @Override
    public String name() {
        return "TaylorExp(" + degree + ")";
    }

    @Override
    public String formula() {
        return "Σ sʲ/j!, j ≤ " + degree + ", s = q·k/√d";
    }

    @Override
    public Traits traits() {
        Traits t =
                Traits.none()
                        .proved(Trait.SYMMETRIC, "q·k is")
                        .proved(
                                Trait.POSITIVE_DEFINITE,
                                "polynomial of q·k with non-negative coefficients: Schur 1911")
                        .features(
                                new FeatureDimension.Finite(
                                        this::features,
                                        "(d+" + degree + ")!/(d! " + degree + "!)",
                                        true,
                                        "monomials of degree at most " + degree));
        return degree % 2 == 0
                ? t.proved(
                        Trait.NON_NEGATIVE,
                        "at a minimum the derivative, the sum to p-1, is 0, so the value is sᵖ/p!")
                : t.refuted(
                        Trait.NON_NEGATIVE,
                        "odd degree: negative far out",
                        new double[] {2.0 * degree + 2},
                        new double[] {-1});
    }

    private long features(int d) {
        long count = 1;
        for (int i = 1; i <= degree; i++) {
            count = count * (d + i) / i;
        }
        return count;
    }
}
