package nonmercer.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.attention.Attention;
import nonmercer.autodiff.Parameter;
import nonmercer.feature.FeatureName;
import nonmercer.feature.Features;
import nonmercer.kernel.Constant;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Warp;

/// An attention that is compared.
///
/// @param name in the results
/// @param features through which it goes; empty for exact attention
public record LearnVariant(String name, Optional<Features.Named> features) {
    /// The most features of a head, of every variant that chooses their number.
    public static final int BUDGET = 32;

    /// Exact attention with the softmax kernel: what all are compared with.
    static final String EXACT = "exact softmax";

    /// Exact attention with `exp(qᵀSk/√d)`, `S` a trained diagonal.
    static final String METRIC = "exact learned metric";

    /// Features of the softmax kernel.
    static final String FAVOR = "FAVOR+";

    /// Features without a kernel to come near to.
    static final String ELU = "elu+1";

    /// Every key weighs the same.
    static final String NONE = "mean of the values";

    private static final List<FeatureName> LEARNED =
            List.of(
                    FeatureName.GMM_RKS,
                    FeatureName.FASTFOOD_RKS,
                    FeatureName.GENERATIVE_RKS,
                    FeatureName.GMM_PRF,
                    FeatureName.FASTFOOD_PRF,
                    FeatureName.GENERATIVE_PRF);

    private static LearnVariant exact(String name) {
        return new LearnVariant(name, Optional.empty());
    }

    private static LearnVariant through(String name, Features.Named features) {
        return new LearnVariant(name, Optional.of(features));
    }

    /// All: exact attention, features of a given kernel, and the six of Chowdhury et al. (2022),
    /// learned and fixed.
    public static List<LearnVariant> all() {
        List<LearnVariant> all = new ArrayList<>();
        all.add(exact(EXACT));
        all.add(exact(METRIC));
        all.add(through(FAVOR, new Features.Named(FeatureName.FAVOR_PLUS, BUDGET)));
        all.add(through(ELU, new Features.Named(FeatureName.ELU_PLUS_ONE, BUDGET)));
        for (FeatureName name : LEARNED) {
            Features.Named named = new Features.Named(name, BUDGET);
            all.add(through(learned(name), named));
            all.add(through(fixed(name), named.untrained()));
        }
        all.add(exact(NONE));
        return List.copyOf(all);
    }

    /// Those that read the long expressions.
    static List<LearnVariant> few() {
        List<String> names = List.of(EXACT, FAVOR, ELU, learned(FeatureName.GMM_PRF), NONE);
        return all().stream().filter(v -> names.contains(v.name)).toList();
    }

    /// The six, by the name of their features.
    static List<FeatureName> learned() {
        return LEARNED;
    }

    static String learned(FeatureName name) {
        return switch (name) {
            case GMM_RKS -> "GMM-RKS";
            case FASTFOOD_RKS -> "Fastfood-RKS";
            case GENERATIVE_RKS -> "Generative-RKS";
            case GMM_PRF -> "GMM-PRF";
            case FASTFOOD_PRF -> "Fastfood-PRF";
            case GENERATIVE_PRF -> "Generative-PRF";
            default -> throw new IllegalArgumentException(name + " learns no spectrum");
        };
    }

    static String fixed(FeatureName name) {
        return learned(name) + " fixed";
    }

    /// Whether its kernel is learned through features.
    boolean learns() {
        return LEARNED.stream().anyMatch(n -> learned(n).equals(name));
    }

    /// The attention, in heads of `d` coordinates.
    Attention attention(int d) {
        if (features.isPresent()) {
            return Attention.of(features.get().kernel().orElse(new ExpDot()))
                    .linear(features.get());
        }
        return switch (name) {
            case METRIC ->
                    Attention.of(
                            new ExpDot()
                                    .warped(
                                            new Warp.Ard(
                                                    new Parameter(
                                                            Array.zeros(
                                                                    DType.FLOAT64, Shape.of(d))))));
            case NONE -> Attention.of(new Constant(1));
            default -> Attention.of(new ExpDot());
        };
    }
}
