package nonmercer.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// `Σᵢ kᵢ(q, k)`. Sums of sums are flattened, and what is 0 is left out.
public record Sum(List<Kernel> terms) implements Kernel {
    /// Copies the list; refuses fewer than two terms.
    public Sum {
        terms = List.copyOf(terms);
        if (terms.size() < 2) {
            throw new IllegalArgumentException(
                    "a sum of kernels needs at least two terms, got " + terms.size());
        }
    }

    static Kernel of(List<Kernel> terms) {
        List<Kernel> flat = new ArrayList<>();
        terms.forEach(k -> flat.addAll(k instanceof Sum(List<Kernel> inner) ? inner : List.of(k)));
        flat.removeIf(k -> k instanceof Constant(double value) && value == 0);
        return flat.isEmpty()
                ? new Constant(0)
                : flat.size() == 1 ? flat.getFirst() : new Sum(flat);
    }

    @Override
    public double at(double[] q, double[] k) {
        double sum = 0;
        for (Kernel term : terms) {
            sum += term.at(q, k);
        }
        return sum;
    }

    @Override
    public Traits traits() {
        Traits t = Derived.all(terms, Trait.SYMMETRIC, "a sum of symmetric kernels");
        t =
                Derived.and(
                        t,
                        terms,
                        Trait.POSITIVE_DEFINITE,
                        "positive definite kernels are closed under sums");
        t =
                Derived.and(
                        t,
                        terms,
                        Trait.CONDITIONALLY_POSITIVE_DEFINITE,
                        "conditionally positive definite kernels are closed under sums");
        t =
                Derived.and(
                        t,
                        terms,
                        Trait.CONDITIONALLY_NEGATIVE_DEFINITE,
                        "conditionally negative definite kernels are closed under sums");
        t = Derived.and(t, terms, Trait.STATIONARY, "a sum of stationary kernels");
        t = Derived.and(t, terms, Trait.NON_NEGATIVE, "a sum of non-negative numbers");
        return t.features(Derived.features(terms, Math::addExact, " + "));
    }

    /// The features of the terms side by side.
    @Override
    public Optional<FeatureMap> featureMap() {
        List<FeatureMap> maps = terms.stream().flatMap(k -> k.featureMap().stream()).toList();
        return maps.size() == terms.size()
                ? Optional.of(new FeatureMaps.Beside(maps))
                : Optional.empty();
    }

    @Override
    public String formula() {
        return terms.stream()
                .map(k -> k instanceof Warped ? "(" + k.formula() + ")" : k.formula())
                .collect(Collectors.joining(" + "));
    }

    @Override
    public String name() {
        return terms.stream().map(Kernel::name).collect(Collectors.joining(" + "));
    }
}
