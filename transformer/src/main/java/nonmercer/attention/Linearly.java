package nonmercer.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.FeatureExpression;
import nonmercer.feature.Features;
import nonmercer.feature.RandomFeatures;
import nonmercer.kernel.Evidence;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.KernelExpression;
import nonmercer.kernel.Trait;

/// An [Attention] through features.
final class Linearly {
    private Linearly() {}

    /// Refuses, in a sentence, what does not go together.
    static void check(Kernel kernel, Features features, Denominator divisor, double dropout) {
        if (dropout > 0) {
            throw new IllegalArgumentException(
                    "attention in linear time has no weights that could be dropped, got a dropout of"
                            + " the weights of "
                            + dropout
                            + "; use 0, or exact attention");
        }
        if (!(divisor instanceof Denominator.Refuse) && !signed(divisor)) {
            throw new IllegalArgumentException(
                    "attention in linear time divides by the sum of the weights, which features can"
                            + " take; the denominator "
                            + divisor
                            + " needs each weight. Use Denominator.Signed(0), or exact attention");
        }
        if (features instanceof Features.Own) {
            own(kernel);
            return;
        }
        if (!ParameterTree.found(kernel).isEmpty()) {
            throw new IllegalArgumentException(
                    KernelExpression.label(kernel)
                            + " has trained numbers, which features that are given do not depend on;"
                            + " use a kernel without any, or one with features of its own");
        }
        Optional<Kernel> theirs =
                switch (features) {
                    case Features.Named n -> n.kernel();
                    case Features.Drawn d -> d.recipe().kernel();
                    default -> Optional.empty();
                };
        if (theirs.isPresent() && !theirs.get().equals(kernel)) {
            throw new IllegalArgumentException(
                    name(features)
                            + " are features of "
                            + KernelExpression.label(theirs.get())
                            + ", this attention's kernel is "
                            + KernelExpression.label(kernel)
                            + "; give it their kernel, or other features");
        }
    }

    private static boolean signed(Denominator divisor) {
        return divisor instanceof Denominator.Signed(double guard) && guard == 0;
    }

    private static FeatureMap own(Kernel kernel) {
        return kernel.featureMap()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                KernelExpression.label(kernel)
                                        + " has no finite features of its own; name features that"
                                        + " estimate it, such as linear(FeatureExpression.parse("
                                        + "\"favor+\", 128)) for ExpDot"));
    }

    /// How it is computed; a bias is refused.
    static LinearAttention of(Attention a, Evaluation.Linear how, Bias bias) {
        if (!(bias instanceof Bias.None)) {
            throw new IllegalArgumentException(
                    "attention in linear time knows no bias of pairs, got "
                            + bias.getClass().getSimpleName()
                            + "; use exact attention, or positions that are no bias, such as rotary"
                            + " ones");
        }
        FeatureMap map = map(a.kernel(), how.features());
        boolean safe =
                exact(how.features())
                        && a.kernel().traits().of(Trait.NON_NEGATIVE) instanceof Evidence.Proved;
        return new LinearAttention(
                map.normaliserRisk().isPresent() && (safe || signed(a.denominator()))
                        ? new Unguarded(map)
                        : map,
                how.chunk(),
                how.memory());
    }

    private static FeatureMap map(Kernel kernel, Features features) {
        return switch (features) {
            case Features.Own o -> own(kernel);
            case Features.Given(FeatureMap map) -> map;
            case Features.Drawn(Features.Named recipe, FeatureMap map) -> map;
            case Features.Named n ->
                    throw new IllegalStateException(
                            FeatureExpression.print(n)
                                    + " are not drawn yet: a layer draws them when it is made, as"
                                    + " attention.drawn(heads, d, dtype, place) does");
        };
    }

    private static boolean exact(Features features) {
        return switch (features) {
            case Features.Own o -> true;
            case Features.Given g -> false;
            case Features.Drawn d -> d.recipe().name().exact();
            case Features.Named n -> n.name().exact();
        };
    }

    private static String name(Features features) {
        return switch (features) {
            case Features.Own o -> "the kernel's own";
            case Features.Given g -> g.map().getClass().getSimpleName();
            case Features.Drawn d -> FeatureExpression.print(d.recipe());
            case Features.Named n -> FeatureExpression.print(n);
        };
    }

    static String label(Kernel kernel, Features features) {
        return switch (features) {
            case Features.Own o -> KernelExpression.label(kernel) + ", linear";
            case Features.Given g -> KernelExpression.label(kernel) + ", linear, " + name(g);
            case Features.Drawn d -> name(d);
            case Features.Named n -> name(n);
        };
    }

    /// The means of the unit vectors are the weights.
    static Tensor weights(LinearAttention a, Tensor q, Tensor k, Mask mask, Pass pass) {
        return a.apply(q, k, unitVectors(k), mask, pass);
    }

    /// A unit vector for each key, `[b, h, m, m]`.
    static Tensor unitVectors(Tensor k) {
        int m = k.dim(2);
        double[] unit = new double[k.dim(0) * k.dim(1) * m * m];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = i / m % m == i % m ? 1 : 0;
        }
        return Tensor.of(Array.of(Shape.of(k.dim(0), k.dim(1), m, m), unit).cast(k.dtype()));
    }

    static Plan plan(
            Attention a, Evaluation.Linear how, Shape q, Shape k, Shape v, Mask mask, Bias bias) {
        Evaluation.Linear drawn = how;
        if (how.features() instanceof Features.Named n) {
            int d = q.dim(-1);
            drawn = how.with(n.draw(q.dim(1), d, DType.FLOAT32, "plan"));
        }
        LinearAttention linear = of(a, drawn, bias);
        Plan plan = linear.plan(q, k, v, mask);
        List<String> applies = new ArrayList<>(plan.applies());
        if (q.dim(1) != k.dim(1)) {
            applies.add("heads of keys repeated for " + q.dim(1) + " of queries");
        }
        boolean exact = exact(how.features());
        return new Plan(
                plan.evaluation() + " (" + name(how.features()) + ")",
                reason(a.kernel(), how.features()),
                applies,
                plan.flops(),
                plan.bytes(),
                exact,
                exact ? "" : error(a.kernel(), map(a.kernel(), drawn.features())));
    }

    private static String reason(Kernel kernel, Features features) {
        String label = KernelExpression.label(kernel);
        boolean learned =
                features instanceof Features.Named n && n.kernel().isEmpty()
                        || features instanceof Features.Drawn d && d.recipe().kernel().isEmpty();
        return exact(features)
                ? "the features of " + label
                : learned
                        ? "features of a learned kernel in the place of " + label
                        : "features that estimate " + label;
    }

    private static String error(Kernel kernel, FeatureMap map) {
        Optional<RandomFeatures> recipe = RandomFeatures.of(map);
        if (recipe.isEmpty()) {
            return "exact for the kernel of its features; how far that is from "
                    + KernelExpression.label(kernel)
                    + " is not known";
        }
        int d = recipe.get().law().dimension();
        double[] x = new double[d];
        Arrays.fill(x, 1);
        OptionalDouble variance = recipe.get().relativeVariance(0, x, x);
        return variance.isEmpty()
                ? "of the variance of an entry no formula is known"
                : String.format(
                        Locale.ROOT,
                        "an entry at q = k = (1, …, 1) has the relative standard deviation %.3g",
                        Math.sqrt(variance.getAsDouble()));
    }
}
