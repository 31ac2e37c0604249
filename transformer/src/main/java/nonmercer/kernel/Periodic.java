package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = exp(-2c Σₗ sin²(π(qₗ - kₗ)/p))`, `c = 1/√d` and `p = 4` unless said otherwise:
/// [Gauss] on circles, coordinate by coordinate.
///
/// A sine of the norm instead would be indefinite from two coordinates on. Source: MacKay 1998, eq.
/// 47, with a period for each coordinate.
public record Periodic(Coefficient period, Coefficient scale) implements Composed {
    /// Period 4, scale `1/√d`.
    public Periodic() {
        this(Coefficient.of(4), Coefficient.inverseRootDimension());
    }

    @Override
    public double at(double[] q, double[] k) {
        double sum = 0;
        for (int l = 0; l < q.length; l++) {
            double sine = Math.sin(Math.PI * (q[l] - k[l]) / period.value(q.length));
            sum += sine * sine;
        }
        return Math.exp(-2 * scale.value(q.length) * sum);
    }

    @Override
    public Kernel definition() {
        return new Gauss(Coefficient.of(1)).warped(new Circles(period, scale));
    }

    @Override
    public String formula() {
        return "exp(-2·"
                + (scale instanceof Coefficient.InverseRootDimension ? "" : scale.symbol() + "·")
                + "Σₗ sin²(π(qₗ-kₗ)/"
                + period.symbol()
                + ")"
                + (scale instanceof Coefficient.InverseRootDimension ? "/√d)" : ")");
    }

    @Override
    public String about() {
        return "A bell that returns after a period, in each coordinate by itself.";
    }

    @Override
    public String source() {
        return "MacKay 1998, eq. 47";
    }

    @Override
    public Traits traits() {
        return Traits.none()
                .proved(Trait.SYMMETRIC, "sin² is even")
                .proved(Trait.INFINITELY_DIVISIBLE, "Gauss of points mapped to circles")
                .proved(Trait.STATIONARY, "a function of q - k")
                .proved(Trait.NON_NEGATIVE, "an exponential is positive")
                .features(
                        new FeatureDimension.Infinite(
                                "no coefficient of its Fourier series is 0: they are Bessel functions"));
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new Periodic(), Math.exp(-2), new double[] {2}, new double[] {0}),
                Specimen.of(
                        new Periodic(),
                        Math.exp(-1.5),
                        new double[] {1, 0, 3, 1},
                        new double[] {0, 0, 1, 1}),
                Specimen.of(
                        new Periodic(Coefficient.of(2), Coefficient.of(3)),
                        Math.exp(-3),
                        new double[] {2.5, 1},
                        new double[] {0, 1}));
    }
}
