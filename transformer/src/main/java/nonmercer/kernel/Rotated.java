package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = exp(c q·Rk)`, `c = 1/√d` unless said otherwise, R turning pairs of coordinates by an
/// angle, a right one unless said otherwise: an asymmetric kernel.
///
/// The symmetric part of `exp(c q·Rk)` has negative eigenvalues for every angle that is no multiple
/// of a full turn: the smaller the angle, the higher the degree that shows them. The angle can be
/// trained. Source: Wright & Gonzalez 2021, Prop. 1, with `W^Q`, `W^K` that differ by a rotation.
public record Rotated(Coefficient angle, Coefficient scale) implements Composed {
    /// A right angle, scale `1/√d`.
    public Rotated() {
        this(Coefficient.of(Math.PI / 2), Coefficient.inverseRootDimension());
    }

    @Override
    public double at(double[] q, double[] k) {
        int d = q.length;
        double cos = Math.cos(angle.value(d));
        double sin = Math.sin(angle.value(d));
        double sum = d % 2 == 0 ? 0 : q[d - 1] * k[d - 1];
        for (int l = 0; l + 1 < d; l += 2) {
            sum += cos * (q[l] * k[l] + q[l + 1] * k[l + 1]);
            sum += sin * (q[l + 1] * k[l] - q[l] * k[l + 1]);
        }
        return Math.exp(scale.value(d) * sum);
    }

    @Override
    public Kernel definition() {
        return new ExpDot(scale).warped(new Warp.Identity(), new Rotation(angle));
    }

    @Override
    public String formula() {
        return new ExpDot(scale).formula().replace("q·k", "q·Rk")
                + ", R a turn by "
                + (angle.equals(Coefficient.of(Math.PI / 2)) ? "π/2" : angle.symbol());
    }

    @Override
    public String about() {
        return "An exponential of a form that is not symmetric: a query prefers keys turned by an angle.";
    }

    @Override
    public String source() {
        return "Wright & Gonzalez 2021, Prop. 1";
    }

    @Override
    public Traits traits() {
        double theta = angle.value(2);
        double c = scale.value(2);
        Traits t =
                Traits.none()
                        .proved(Trait.NON_NEGATIVE, "an exponential is positive")
                        .refuted(
                                Trait.STATIONARY,
                                "on a line it is ExpDot",
                                new double[] {0},
                                new double[] {0},
                                new double[] {1})
                        .features(
                                new FeatureDimension.Infinite(
                                        "on a line it is ExpDot: Wright & Gonzalez 2021, section 3"));
        if (Math.abs(Math.sin(theta)) > 1e-3) {
            double r = 1 / Math.sqrt(c);
            t =
                    t.refuted(
                            Trait.SYMMETRIC,
                            "a quarter turn apart, the angle counts for or against",
                            new double[] {r, 0},
                            new double[] {0, r});
        }
        // Points r e₁ and r e₂ give cosh(a sin θ) beside the diagonal exp(a cos θ), a = c r².
        double gap = Math.abs(Math.sin(theta)) - Math.cos(theta);
        if (gap > 0.1) {
            double r = Math.sqrt(2 / (gap * c));
            t =
                    t.refuted(
                            Trait.POSITIVE_DEFINITE,
                            "cosh(a sin θ) > exp(a cos θ)",
                            new double[] {r, 0},
                            new double[] {0, r});
        }
        return t;
    }

    static List<Specimen> specimens() {
        Coefficient one = Coefficient.of(1);
        return List.of(
                Specimen.of(
                        new Rotated(),
                        Math.exp(3),
                        new double[] {0, 2, 0, 0},
                        new double[] {3, 0, 1, 1}),
                Specimen.of(
                        new Rotated(Coefficient.of(Math.PI / 2), one),
                        Math.exp(-6),
                        new double[] {2, 0},
                        new double[] {0, 3}),
                Specimen.of(
                        new Rotated(Coefficient.of(Math.PI), one),
                        Math.exp(2),
                        new double[] {1, 2, 3},
                        new double[] {1, 3, 3}));
    }
}
