package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = Σₗ min(qₗ, kₗ)` of any vectors.
///
/// On all of `ℝᵈ` it is only conditionally positive definite, with at most one negative eigenvalue;
/// that is enough for [ExpIntersection]. On vectors without negative coordinates it is
/// [Intersection].
public record SumOfMinima() implements Profile {
    @Override
    public double at(double[] q, double[] k) {
        double sum = 0;
        for (int l = 0; l < q.length; l++) {
            sum += q[l] < k[l] ? q[l] : k[l];
        }
        return sum;
    }

    @Override
    public Pairing pairing() {
        return Pairing.SUM_OF_MINIMA;
    }

    @Override
    public Expression profile(Expression s) {
        return s;
    }

    @Override
    public String about() {
        return "Minima of signed coordinates: conditionally positive definite only.";
    }

    @Override
    public String source() {
        return "Swain & Ballard 1991";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "min(a, b) = min(b, a)")
                .refuted(Trait.POSITIVE_DEFINITE, "k(-1, -1) = -1", new double[] {-1})
                .proved(
                        Trait.CONDITIONALLY_POSITIVE_DEFINITE,
                        "min(a, b) = (a + b - |a - b|)/2: Schoenberg 1938")
                .refuted(Trait.NON_NEGATIVE, "k(-1, -1) = -1", new double[] {-1}, new double[] {-1})
                .refuted(
                        Trait.STATIONARY,
                        "k(1, 1) > k(0, 0)",
                        new double[] {0},
                        new double[] {0},
                        new double[] {1})
                .features(
                        new FeatureDimension.Infinite(
                                "det min(uᵢ, uⱼ) = u₁ Π (uᵢ₊₁ - uᵢ) for ascending u"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new SumOfMinima(), 3, new double[] {1, 5}, new double[] {4, 2}),
                Specimen.of(new SumOfMinima(), -4, new double[] {-1, 0}, new double[] {2, -3}),
                Specimen.of(new SumOfMinima(), 0, new double[] {0}, new double[] {7}));
    }
}
