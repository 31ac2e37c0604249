package nonmercer.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// `Πᵢ kᵢ(q, k)`. Products of products are flattened, and fixed multiples stand before them.
public record Product(List<Kernel> factors) implements Kernel {
    /// Copies the list; refuses fewer than two factors.
    public Product {
        factors = List.copyOf(factors);
        if (factors.size() < 2) {
            throw new IllegalArgumentException(
                    "a product of kernels needs at least two factors, got " + factors.size());
        }
    }

    static Kernel of(List<Kernel> factors) {
        List<Kernel> flat = new ArrayList<>();
        double constant = 1;
        for (Kernel k : factors) {
            for (Kernel factor : k instanceof Product(List<Kernel> inner) ? inner : List.of(k)) {
                switch (factor) {
                    case Constant(double value) -> constant *= value;
                    case Scaled(Coefficient.Fixed(double c), Kernel inner) -> {
                        constant *= c;
                        flat.addAll(
                                inner instanceof Product(List<Kernel> more)
                                        ? more
                                        : List.of(inner));
                    }
                    default -> flat.add(factor);
                }
            }
        }
        if (flat.isEmpty() || constant == 0) {
            return new Constant(constant);
        }
        Kernel product = flat.size() == 1 ? flat.getFirst() : new Product(flat);
        return Scaled.of(Coefficient.of(constant), product);
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
        t =
                Derived.and(
                        t,
                        factors,
                        Trait.INFINITELY_DIVISIBLE,
                        "(ab)ʳ = aʳbʳ and the Schur product theorem");
        t = Derived.and(t, factors, Trait.STATIONARY, "a product of stationary kernels");
        t = Derived.and(t, factors, Trait.NON_NEGATIVE, "a product of non-negative numbers");
        return t.features(Derived.features(factors, Math::multiplyExact, " · "));
    }

    /// All products of a feature of each factor.
    @Override
    public Optional<FeatureMap> featureMap() {
        List<FeatureMap> maps = factors.stream().flatMap(k -> k.featureMap().stream()).toList();
        return maps.size() == factors.size()
                ? maps.stream().reduce(FeatureMaps.Times::new)
                : Optional.empty();
    }

    @Override
    public String formula() {
        return factors.stream()
                .map(k ->
                        k instanceof Profile || k instanceof Featured || k instanceof Composed
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
