package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = Σₗ min(qₗ, kₗ)` of histograms: what two of them share.
///
/// Histograms have no negative counts: negative coordinates are read as 0, which makes the kernel
/// positive definite on all of `ℝᵈ` (without that it is not: [SumOfMinima]). Source: Swain &
/// Ballard 1991; Odone, Barla & Verri 2005.
public record Intersection() implements Composed {
    @Override
    public double at(double[] q, double[] k) {
        double sum = 0;
        for (int l = 0; l < q.length; l++) {
            sum += Math.max(0, Math.min(q[l], k[l]));
        }
        return sum;
    }

    @Override
    public Kernel definition() {
        return new SumOfMinima().warped(new PositivePart());
    }

    @Override
    public String formula() {
        return "Σₗ min(qₗ⁺,kₗ⁺)";
    }

    @Override
    public String about() {
        return "What two histograms share; negative coordinates are read as 0.";
    }

    @Override
    public String source() {
        return "Odone, Barla & Verri 2005";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "min(a, b) = min(b, a)")
                .proved(
                        Trait.POSITIVE_DEFINITE,
                        "min(a, b) = ∫ [t < a] [t < b] dt over t > 0: Odone, Barla & Verri 2005")
                .proved(Trait.NON_NEGATIVE, "minima of numbers that are not negative")
                .refuted(
                        Trait.STATIONARY,
                        "k(1, 1) > k(0, 0)",
                        new double[] {0},
                        new double[] {0},
                        new double[] {1})
                .features(
                        new FeatureDimension.Infinite(
                                "det min(uᵢ, uⱼ) = u₁ Π (uᵢ₊₁ - uᵢ) for ascending u > 0"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new Intersection(), 3, new double[] {1, 5}, new double[] {4, 2}),
                Specimen.of(new Intersection(), 0, new double[] {-1, 0}, new double[] {2, -3}),
                Specimen.of(new Intersection(), 2, new double[] {2, -5}, new double[] {7, -5}));
    }
}
