package nonmercer.kernel;

/// `k(x, y)/√(k(x, x) k(y, y))`, 0 where that divides by 0: the cosine of the angle between the
/// features of `x` and of `y`.
public record Normalised(Kernel kernel) implements Kernel {
    static Kernel of(Kernel kernel) {
        return kernel instanceof Normalised ? kernel : new Normalised(kernel);
    }

    @Override
    public double at(double[] q, double[] k) {
        double x = kernel.at(q, q);
        double y = kernel.at(k, k);
        return x > 0 && y > 0 ? kernel.at(q, k) / (Math.sqrt(x) * Math.sqrt(y)) : 0;
    }

    /// Dividing by a number of each point keeps signs, symmetry and positive definiteness.
    @Override
    public Traits traits() {
        Traits inner = kernel.traits();
        Traits t = Traits.none();
        for (Trait trait :
                new Trait[] {
                    Trait.SYMMETRIC,
                    Trait.POSITIVE_DEFINITE,
                    Trait.NON_NEGATIVE,
                    Trait.STATIONARY,
                    Trait.INFINITELY_DIVISIBLE
                }) {
            if (inner.of(trait) instanceof Evidence.Proved(String source)) {
                t = t.proved(trait, "divided by a number of each point (" + source + ")");
            }
        }
        return t;
    }

    @Override
    public String formula() {
        return "normalised(" + kernel.formula() + ")";
    }

    @Override
    public String name() {
        return "normalised(" + kernel.name() + ")";
    }
}
