package nonmercer.kernel;

import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.stream.Collectors;

/// How evidence passes from kernels to what the algebra makes of them. Each rule states its reason.
final class Derived {
    private Derived() {}

    /// Proved, by this reason, where it is proved of every part.
    static Traits all(List<Kernel> parts, Trait trait, String reason) {
        return and(Traits.none(), parts, trait, reason);
    }

    /// The same, added to what is known.
    static Traits and(Traits known, List<Kernel> parts, Trait trait, String reason) {
        if (!parts.stream().allMatch(k -> k.traits().proved(trait))) {
            return known;
        }
        String sources =
                parts.stream()
                        .map(k -> ((Evidence.Proved) k.traits().of(trait)).source())
                        .distinct()
                        .collect(Collectors.joining("; "));
        return known.proved(trait, reason + " (" + sources + ")");
    }

    /// The sum or product of finite dimensions, which bounds the rank from above.
    static FeatureDimension features(
            List<Kernel> parts, LongBinaryOperator combine, String symbol) {
        List<FeatureDimension> dimensions = parts.stream().map(k -> k.traits().features()).toList();
        if (!dimensions.stream().allMatch(FeatureDimension.Finite.class::isInstance)) {
            return FeatureDimension.UNKNOWN;
        }
        List<FeatureDimension.Finite> finite =
                dimensions.stream().map(FeatureDimension.Finite.class::cast).toList();
        return new FeatureDimension.Finite(
                d ->
                        finite.stream()
                                .mapToLong(f -> f.count().applyAsLong(d))
                                .reduce(combine)
                                .orElseThrow(),
                finite.stream()
                        .map(f -> "(" + f.formula() + ")")
                        .collect(Collectors.joining(symbol)),
                false,
                "features side by side for a sum, all products of features for a product");
    }
}
