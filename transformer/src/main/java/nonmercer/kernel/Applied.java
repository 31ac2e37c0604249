package nonmercer.kernel;

import java.util.List;
import java.util.Optional;

/// `f(k(q, k))`: a function of the value of a kernel.
public record Applied(Expression function, Kernel kernel) implements Kernel {
    static Kernel of(Expression f, Kernel kernel) {
        if (kernel instanceof Applied(Expression g, Kernel inner)) {
            // e^(ln …) and the like meet
            return of(f.substitute(leaf -> leaf instanceof Expression.Variable ? g : leaf), inner);
        }
        return f instanceof Expression.Variable ? kernel : new Applied(f, kernel);
    }

    static Kernel power(Kernel kernel, double p) {
        boolean whole = p == Math.rint(p) && p >= 1;
        if (!whole && !kernel.traits().proved(Trait.NON_NEGATIVE)) {
            throw new IllegalArgumentException(
                    "the power "
                            + p
                            + " of a kernel needs one that is proved non-negative, or an exponent of 1, 2, …; "
                            + kernel.name()
                            + ": "
                            + kernel.traits().of(Trait.NON_NEGATIVE));
        }
        if (!(Math.abs(p) <= 1e6)) {
            throw new IllegalArgumentException("a power must be a number, got " + p);
        }
        return p == 0 ? new Constant(1) : of(new Expression.Variable().power(p), kernel);
    }

    /// The coefficients of the function are read for the width of the queries.
    @Override
    public double at(double[] q, double[] k) {
        return function.at(kernel.at(q, k), q.length);
    }

    /// Symmetry and stationarity stay; for the others the shape of the function decides.
    @Override
    public Traits traits() {
        Traits inner = kernel.traits();
        Traits t =
                Derived.all(List.of(kernel), Trait.SYMMETRIC, "a function of a symmetric kernel");
        t = Derived.and(t, List.of(kernel), Trait.STATIONARY, "a function of a stationary kernel");
        return Growth.of(function).traits(inner, t);
    }

    /// `(1 + ⟨φ, ψ⟩)²` and the like have features too, but nobody has written them down.
    @Override
    public Optional<FeatureMap> featureMap() {
        return function instanceof Expression.Power(Expression.Variable v, int n) && n >= 2
                ? Product.of(java.util.Collections.nCopies(n, kernel)).featureMap()
                : Optional.empty();
    }

    @Override
    public String formula() {
        return function.print(bracketed(kernel.formula()));
    }

    @Override
    public String name() {
        return function.print(bracketed(kernel.name()));
    }

    /// In the place of a variable, which stands alone in `exp(s)` and beside others in `c·s`.
    private String bracketed(String inner) {
        return kernel instanceof Sum
                        || kernel instanceof Warped
                        || function instanceof Expression.Times
                ? "(" + inner + ")"
                : inner;
    }
}
