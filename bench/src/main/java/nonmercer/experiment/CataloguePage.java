package nonmercer.experiment;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nonmercer.kernel.Catalogue;
import nonmercer.kernel.Evidence;
import nonmercer.kernel.FeatureDimension;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.KernelExpression;
import nonmercer.kernel.Trait;

/// The page of all kernels of the catalogue, in Markdown.
///
/// @param kernels by name
/// @param speeds measured, in words, by the name of a kernel
public record CataloguePage(Map<String, Kernel> kernels, Map<String, String> speeds) {
    private static final List<Trait> FIRST =
            List.of(Trait.SYMMETRIC, Trait.POSITIVE_DEFINITE, Trait.STATIONARY, Trait.NON_NEGATIVE);
    private static final Pattern SECTION =
            Pattern.compile("^## (.+)$|^- measured: (.+)$", Pattern.MULTILINE);
    private static final String HEAD =
            """
            # Kernels

            `./nonmercer kernels --page docs/kernels.md` writes this page from the catalogue; `--speeds FILE` takes measured speeds
            from what `bench attention --kernel … --json FILE` wrote. `./nonmercer kernel NAME` shows one of them on points.

            A property is *yes* with a proof, *no* with a counter-example, which the tests recompute, or *unknown*. The number of
            features is the rank of the kernel on vectors of d coordinates. Kernels add, multiply and compose:
            OPERATIONS, `k1 + k2`, `k1*k2`, `0.5*k`, `k^2`.

            """;

    /// Copies the maps.
    public CataloguePage {
        kernels = Collections.unmodifiableMap(new LinkedHashMap<>(kernels));
        speeds = Map.copyOf(speeds);
    }

    /// The kernels of the catalogue.
    public static CataloguePage of(Map<String, String> speeds) {
        return new CataloguePage(Catalogue.kernels(), speeds);
    }

    /// The speeds that a page holds.
    public static Map<String, String> speeds(String page) {
        Map<String, String> speeds = new LinkedHashMap<>();
        String name = "";
        Matcher m = SECTION.matcher(page);
        while (m.find()) {
            if (m.group(1) != null) {
                name = m.group(1);
            } else {
                speeds.put(name, m.group(2));
            }
        }
        return speeds;
    }

    /// The page.
    public String text() {
        String operations =
                KernelExpression.operations().stream()
                        .map(o -> "`" + o + "`")
                        .collect(Collectors.joining(", "));
        StringBuilder out = new StringBuilder(HEAD.replace("OPERATIONS", operations));
        out.append("| kernel | formula |");
        for (Trait trait : FIRST) {
            out.append(' ').append(trait.words()).append(" |");
        }
        out.append(" features |\n| --- | --- |")
                .append(" --- |".repeat(FIRST.size()))
                .append(" --- |\n");
        kernels.forEach((name, kernel) -> {
            out.append("| [")
                    .append(name)
                    .append("](#")
                    .append(name.toLowerCase(Locale.ROOT))
                    .append(") | `")
                    .append(kernel.formula())
                    .append("` |");
            for (Trait trait : FIRST) {
                out.append(' ').append(word(kernel.traits().of(trait))).append(" |");
            }
            out.append(' ').append(kernel.traits().features()).append(" |\n");
        });
        kernels.forEach((name, kernel) -> section(out, name, kernel));
        return out.toString();
    }

    private void section(StringBuilder out, String name, Kernel kernel) {
        out.append("\n## ").append(name).append("\n\n");
        out.append('`').append(kernel.formula()).append("`\n\n");
        if (!kernel.about().isEmpty()) {
            out.append(kernel.about()).append("\n\n");
        }
        if (!kernel.source().isEmpty()) {
            line(out, "source", kernel.source());
        }
        line(out, "written", "`" + written(kernel) + "`");
        for (Trait trait : Trait.values()) {
            line(out, trait.words(), evidence(kernel.traits().of(trait)));
        }
        line(out, "features", features(kernel));
        line(out, "cost", KernelPage.cost(kernel));
        String speed = speeds.get(name);
        if (speed != null) {
            line(out, "measured", speed);
        }
    }

    /// The name with the arguments that it takes, as in an expression.
    private static String written(Kernel kernel) {
        List<String> parameters =
                Arrays.stream(kernel.getClass().getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList();
        String name = kernel.name().toLowerCase(Locale.ROOT);
        return parameters.isEmpty() ? name : name + "(" + String.join(", ", parameters) + ")";
    }

    private static void line(StringBuilder out, String name, String text) {
        out.append("- ").append(name).append(": ").append(text).append('\n');
    }

    private static String word(Evidence e) {
        return switch (e) {
            case Evidence.Proved p -> "yes";
            case Evidence.Refuted r -> "no";
            case Evidence.Unknown u -> "unknown";
        };
    }

    private static String evidence(Evidence e) {
        return switch (e) {
            case Evidence.Proved(String source) -> "yes: " + source;
            case Evidence.Refuted(double[][] witness, String reason) ->
                    "no: " + reason + ", witness `" + Arrays.deepToString(witness) + "`";
            case Evidence.Unknown u -> "unknown";
        };
    }

    private static String features(Kernel kernel) {
        return switch (kernel.traits().features()) {
            case FeatureDimension.Finite f -> f + ": " + f.source();
            case FeatureDimension.Infinite i -> "infinitely many: " + i.source();
            case FeatureDimension.Unknown u -> "unknown";
        };
    }
}
