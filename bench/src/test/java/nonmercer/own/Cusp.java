package nonmercer.own;

import java.util.List;
import nonmercer.kernel.Expression;
import nonmercer.kernel.FeatureDimension;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Specimen;
import nonmercer.kernel.Trait;
import nonmercer.kernel.Traits;

/// `k(q, k) = 1/(1 + ‖q - k‖₁)`: a kernel in one file, outside of the library.
public record Cusp() implements Profile {
    @Override
    public double at(double[] q, double[] k) {
        return 1 / (1 + Pairing.L1_DISTANCE.at(q, k));
    }

    @Override
    public Pairing pairing() {
        return Pairing.L1_DISTANCE;
    }

    @Override
    public Expression profile(Expression s) {
        return s.plus(1).reciprocal();
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "a function of the distance")
                .proved(
                        Trait.POSITIVE_DEFINITE,
                        "a mixture of Laplace kernels, ∫ exp(-t(1 + r)) dt over t > 0")
                .proved(Trait.STATIONARY, "a function of q - k")
                .proved(Trait.NON_NEGATIVE, "a quotient of positive numbers")
                .features(FeatureDimension.UNKNOWN);
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new Cusp(), 1, new double[] {2, 3}, new double[] {2, 3}),
                Specimen.of(new Cusp(), 0.5, new double[] {0, 0}, new double[] {0.25, -0.75}),
                Specimen.of(new Cusp(), 0.25, new double[] {-1}, new double[] {2}));
    }
}
