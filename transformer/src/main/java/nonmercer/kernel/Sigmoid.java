package nonmercer.kernel;

import java.util.List;

/// `k(q, k) = tanh(c q·k + b)`, `c = 1/√d` and `b = 0` unless said otherwise: the unit of a neural
/// network taken for a kernel.
///
/// It is positive definite for no `c > 0`: the power series of tanh has negative coefficients.
/// Source: Vapnik 1995, section 5.6; Lin & Lin 2003 for what is wrong with it.
public record Sigmoid(Coefficient scale, double offset) implements Profile {
    /// Scale `1/√d`, no offset.
    public Sigmoid() {
        this(Coefficient.inverseRootDimension(), 0);
    }

    @Override
    public double at(double[] q, double[] k) {
        return Math.tanh(scale.value(q.length) * Pairing.DOT.at(q, k) + offset);
    }

    @Override
    public Pairing pairing() {
        return Pairing.DOT;
    }

    @Override
    public Expression profile(Expression s) {
        return s.times(scale).plus(offset).tanh();
    }

    @Override
    public String about() {
        return "The tanh of a dot product: symmetric, used as a kernel, and not positive definite.";
    }

    @Override
    public String source() {
        return "Lin & Lin 2003";
    }

    @Override
    public Traits traits() {
        double r = 1 / Math.sqrt(scale.value(1));
        double far = r * Math.sqrt(1 + Math.max(0, offset));
        Traits t =
                Traits.none()
                        .proved(Trait.SYMMETRIC, "q·k is")
                        .refuted(
                                Trait.NON_NEGATIVE,
                                "tanh of a negative number",
                                new double[] {far},
                                new double[] {-far})
                        .refuted(
                                Trait.STATIONARY,
                                "k(r, r) > k(0, 0)",
                                new double[] {0},
                                new double[] {0},
                                new double[] {r});
        if (offset < 0) {
            return t.refuted(Trait.POSITIVE_DEFINITE, "k(0, 0) = tanh b", new double[] {0});
        }
        // beyond an offset of 3 the hollow that the eigenvalue shows is below 1/1000
        return offset > 3
                ? t
                : t.refuted(
                        Trait.POSITIVE_DEFINITE,
                        "tanh bends down where its argument is positive",
                        new double[] {0.5 * r},
                        new double[] {1.5 * r},
                        new double[] {3 * r});
    }

    static List<Specimen> specimens() {
        return List.of(
                Specimen.of(new Sigmoid(), 0, new double[] {1, 2}, new double[] {2, -1}),
                Specimen.of(
                        new Sigmoid(Coefficient.of(1), 0),
                        0.6,
                        new double[] {Math.log(2), 1},
                        new double[] {1, 0}),
                Specimen.of(
                        new Sigmoid(Coefficient.of(1), 1),
                        0,
                        new double[] {2},
                        new double[] {-0.5}),
                Specimen.of(
                        new Sigmoid(Coefficient.of(0.5), -1),
                        Math.tanh(1),
                        new double[] {2, 2},
                        new double[] {1, 1}));
    }
}
