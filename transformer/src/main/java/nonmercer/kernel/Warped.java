package nonmercer.kernel;

import java.util.List;
import java.util.Optional;

/// `k(f(q), g(k))`: a kernel after a map of the queries and a map of the keys.
public record Warped(Kernel kernel, Warp queries, Warp keys) implements Kernel {
    /// Maps that change nothing are left out, and two fixed stretches are one.
    static Kernel of(Kernel kernel, Warp f, Warp g) {
        if (f instanceof Warp.Identity && g instanceof Warp.Identity) {
            return kernel;
        }
        if (kernel instanceof Warped(Kernel inner, Warp a, Warp b)
                && fixed(f) * fixed(g) * fixed(a) * fixed(b) > 0) {
            return of(inner, stretch(fixed(a) * fixed(f)), stretch(fixed(b) * fixed(g)));
        }
        return fixed(f) == 1 && fixed(g) == 1 ? kernel : new Warped(kernel, f, g);
    }

    /// The factor of a fixed stretch; 0 for another map.
    private static double fixed(Warp f) {
        return switch (f) {
            case Warp.Identity() -> 1;
            case Warp.Stretch(Coefficient.Fixed(double factor)) -> factor;
            default -> 0;
        };
    }

    private static Warp stretch(double factor) {
        return factor == 1 ? new Warp.Identity() : new Warp.Stretch(Coefficient.of(factor));
    }

    @Override
    public double at(double[] q, double[] k) {
        return kernel.at(queries.at(q), keys.at(k));
    }

    /// Non-negativity always survives; symmetry and positive definiteness when both sides are
    /// mapped alike; stationarity when that one map is linear.
    @Override
    public Traits traits() {
        Traits inner = kernel.traits();
        Traits t = Traits.none();
        if (inner.of(Trait.NON_NEGATIVE) instanceof Evidence.Proved(String source)) {
            t = t.proved(Trait.NON_NEGATIVE, source);
        }
        if (queries.equals(keys)) {
            if (inner.of(Trait.SYMMETRIC) instanceof Evidence.Proved(String source)) {
                t = t.proved(Trait.SYMMETRIC, "both sides are mapped alike (" + source + ")");
            }
            if (inner.of(Trait.POSITIVE_DEFINITE) instanceof Evidence.Proved(String source)) {
                t =
                        t.proved(
                                Trait.POSITIVE_DEFINITE,
                                "Gram matrices of mapped points (" + source + ")");
            }
            for (Trait trait :
                    List.of(
                            Trait.CONDITIONALLY_POSITIVE_DEFINITE,
                            Trait.CONDITIONALLY_NEGATIVE_DEFINITE,
                            Trait.INFINITELY_DIVISIBLE)) {
                if (inner.of(trait) instanceof Evidence.Proved(String source)) {
                    t = t.proved(trait, "Gram matrices of mapped points (" + source + ")");
                }
            }
            if (queries.linear()
                    && inner.of(Trait.STATIONARY) instanceof Evidence.Proved(String source)) {
                t =
                        t.proved(
                                Trait.STATIONARY,
                                "a linear map takes shifts to shifts (" + source + ")");
            }
        }
        return t.features(features(inner.features()));
    }

    /// At most as many as before, now of the mapped points, whose width must be known.
    private FeatureDimension features(FeatureDimension inner) {
        return inner instanceof FeatureDimension.Finite(var count, String formula, var e, String s)
                ? new FeatureDimension.Finite(
                        d -> count.applyAsLong(queries.width(d)),
                        formula + " at d = the width of " + queries.print("q"),
                        false,
                        "features of mapped points (" + s + ")")
                : FeatureDimension.UNKNOWN;
    }

    @Override
    public Optional<FeatureMap> featureMap() {
        return kernel.featureMap().map(f -> new FeatureMaps.After(f, queries, keys));
    }

    @Override
    public String formula() {
        return part(kernel.formula())
                + " at q = "
                + queries.print("q")
                + ", k = "
                + keys.print("k");
    }

    @Override
    public String name() {
        String map =
                queries.equals(keys)
                        ? queries.print("x")
                        : queries.print("q") + ", " + keys.print("k");
        return part(kernel.name()) + "∘(" + map + ")";
    }

    private String part(String inner) {
        return kernel instanceof Profile || kernel instanceof Featured || kernel instanceof Composed
                ? inner
                : "(" + inner + ")";
    }
}
