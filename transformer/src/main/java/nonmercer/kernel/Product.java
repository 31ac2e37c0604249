package nonmercer.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// `Πᵢ kᵢ(q, k)`. Products of products are flattened.
public record Product(List<Kernel> factors) implements Kernel {
    /// Copies the list; refuses fewer than two factors.
    public Product {
        factors = List.copyOf(factors);
        if (factors.size() < 2) {
            throw new IllegalArgumentException(
                    "a product of kernels needs at least two factors, got " + factors.size());
        }
    }

    static Product of(List<Kernel> factors) {
        List<Kernel> flat = new ArrayList<>();
        factors.forEach(
                k -> flat.addAll(k instanceof Product(List<Kernel> inner) ? inner : List.of(k)));
        return new Product(flat);
    }

    @Override
    public double at(double[] q, double[] k) {
        double product = 1;
        for (Kernel factor : factors) {
            product *= factor.at(q, k);
        }
        return product;
    }

    @Override
    public Traits traits() {
        Traits t = Derived.all(factors, Trait.SYMMETRIC, "a product of symmetric kernels");
        t = Derived.and(t, factors, Trait.POSITIVE_DEFINITE, "Schur product theorem, Schur 1911");
        t = Derived.and(t, factors, Trait.STATIONARY, "a product of stationary kernels");
        t = Derived.and(t, factors, Trait.NON_NEGATIVE, "a product of non-negative numbers");
        return t.features(Derived.features(factors, Math::multiplyExact, " · "));
    }

    @Override
    public String formula() {
        return factors.stream()
                .map(k ->
                        k instanceof Profile || k instanceof Featured
                                ? k.formula()
                                : "(" + k.formula() + ")")
                .collect(Collectors.joining(" · "));
    }

    @Override
    public String name() {
        return factors.stream()
                .map(k -> k instanceof Sum ? "(" + k.name() + ")" : k.name())
                .collect(Collectors.joining(" · "));
    }
}
