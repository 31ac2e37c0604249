package example;

import java.util.List;
import nonmercer.kernel.Expression;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Specimen;
import nonmercer.kernel.Trait;
import nonmercer.kernel.Traits;

/// `1/(1 + c ‖q - k‖₁)`: a kernel of one's own in one file. Expressions know it as `example.Cusp`, and, since it is named in
/// `META-INF/services/nonmercer.kernel.Kernel`, as `cusp`.
public record Cusp(double scale) implements Profile {
    /// Scale 1.
    public Cusp() {
        this(1);
    }

    @Override
    public double at(double[] q, double[] k) {
        return 1 / (1 + scale * Pairing.L1_DISTANCE.at(q, k));
    }

    @Override
    public Pairing pairing() {
        return Pairing.L1_DISTANCE;
    }

    @Override
    public Expression profile(Expression s) {
        return s.times(scale).plus(1).reciprocal();
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "a function of the distance")
                .proved(Trait.POSITIVE_DEFINITE, "a mixture of Laplace kernels, the integral of exp(-t(1 + r)) over t > 0")
                .proved(Trait.STATIONARY, "a function of q - k")
                .proved(Trait.NON_NEGATIVE, "a quotient of positive numbers");
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new Cusp(), 1, new double[] {2, 3}, new double[] {2, 3}),
                Specimen.of(new Cusp(), 0.5, new double[] {0, 0}, new double[] {0.25, -0.75}),
                Specimen.of(new Cusp(), 0.25, new double[] {-1}, new double[] {2}));
    }
}
