package nonmercer.kernel;

import java.util.Map;
import java.util.Optional;

/// `c · k(q, k)`, `c > 0`. Row-normalised attention does not feel `c`; sums of kernels do.
public record Scaled(Coefficient coefficient, Kernel kernel) implements Kernel {
    static Kernel of(Coefficient c, Kernel kernel) {
        if (!(c instanceof Coefficient.Fixed(double factor))) {
            return new Scaled(c, kernel);
        }
        return switch (kernel) {
            case Scaled(Coefficient.Fixed(double inner), Kernel k) ->
                    of(Coefficient.of(factor * inner), k);
            case Constant(double value) -> new Constant(factor * value);
            default -> factor == 1 ? kernel : new Scaled(c, kernel);
        };
    }

    @Override
    public double at(double[] q, double[] k) {
        return coefficient.value(q.length) * kernel.at(q, k);
    }

    /// A positive factor keeps every property, proved or refuted, and the rank.
    @Override
    public Traits traits() {
        Traits inner = kernel.traits();
        Traits t = new Traits(Map.of(), inner.features());
        for (Trait trait : Trait.values()) {
            t =
                    switch (inner.of(trait)) {
                        case Evidence.Proved p ->
                                t.proved(trait, "a positive multiple (" + p.source() + ")");
                        case Evidence.Refuted r -> t.with(trait, r);
                        case Evidence.Unknown u -> t;
                    };
        }
        return t;
    }

    /// `√c φ` and `√c ψ`.
    @Override
    public Optional<FeatureMap> featureMap() {
        return kernel.featureMap().map(f -> new FeatureMaps.Multiple(coefficient, f));
    }

    @Override
    public String formula() {
        return coefficient.symbol()
                + "·"
                + (kernel instanceof Sum || kernel instanceof Product || kernel instanceof Warped
                        ? "(" + kernel.formula() + ")"
                        : kernel.formula());
    }

    @Override
    public String name() {
        return coefficient.symbol()
                + "·"
                + (kernel instanceof Sum || kernel instanceof Product
                        ? "(" + kernel.name() + ")"
                        : kernel.name());
    }
}
