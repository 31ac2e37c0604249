package nonmercer.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Features as text: `favor+`, `gmm-prf(128)`, `gmm-rks(m=256, noise=step, fixed)`.
///
/// ```
/// features = name [ "(" option { "," option } ")" ]
/// option   = [ "m=" ] number | "noise=" ("frozen" | "step" | "epoch") | "seed=" number | "fixed"
/// ```
///
/// A name is one of [FeatureName], without regard to case; `fixed` keeps a law that could be
/// trained as it starts.
public final class FeatureExpression {
    private FeatureExpression() {}

    /// The features that the text describes.
    ///
    /// @param count how many, where the text does not say
    /// @throws IllegalArgumentException saying what was expected
    public static Features.Named parse(String text, int count) {
        String all = text.strip();
        int open = all.indexOf('(');
        if (open >= 0 && !all.endsWith(")")) {
            throw wrong(text, "expected ) at the end");
        }
        String word = (open < 0 ? all : all.substring(0, open)).strip();
        Features.Named features = new Features.Named(name(word, text), count);
        if (open >= 0) {
            for (String option : all.substring(open + 1, all.length() - 1).split(",", -1)) {
                features = with(features, option.strip().toLowerCase(Locale.ROOT), text);
            }
        }
        return features;
    }

    /// The text of features: parsing it gives equal ones.
    public static String print(Features.Named f) {
        List<String> options = new ArrayList<>();
        options.add(Integer.toString(f.count()));
        if (!f.trained()) {
            options.add("fixed");
        }
        if (f.noise() != NoisePolicy.FROZEN) {
            options.add("noise=" + word(f.noise()));
        }
        if (f.seed() != 0) {
            options.add("seed=" + f.seed());
        }
        return f.name().text() + "(" + String.join(", ", options) + ")";
    }

    /// All names.
    public static List<String> names() {
        return Arrays.stream(FeatureName.values()).map(FeatureName::text).toList();
    }

    private static FeatureName name(String word, String text) {
        for (FeatureName name : FeatureName.values()) {
            if (name.text().equalsIgnoreCase(word)) {
                return name;
            }
        }
        throw wrong(
                text,
                "there are no features named '"
                        + word
                        + "'; there are "
                        + String.join(", ", names()));
    }

    private static Features.Named with(Features.Named f, String option, String text) {
        int equals = option.indexOf('=');
        String key = equals < 0 ? "" : option.substring(0, equals).strip();
        String value = option.substring(equals + 1).strip();
        return switch (key) {
            case "" ->
                    value.equals("fixed")
                            ? f.untrained()
                            : counted(f, (int) number(value, Integer.MAX_VALUE, text));
            case "m" -> counted(f, (int) number(value, Integer.MAX_VALUE, text));
            case "seed" -> f.seeded(number(value, Long.MAX_VALUE, text));
            case "noise" -> f.with(policy(value, text));
            default ->
                    throw wrong(
                            text,
                            "there is no option '" + key + "'; there are m, noise, seed and fixed");
        };
    }

    private static Features.Named counted(Features.Named f, int count) {
        return new Features.Named(f.name(), count, f.trained(), f.noise(), f.seed());
    }

    private static long number(String digits, long most, String text) {
        try {
            long n = Long.parseLong(digits);
            if (Math.abs(n) <= most) {
                return n;
            }
        } catch (NumberFormatException e) {
            // the sentence below
        }
        throw wrong(text, "expected a whole number or 'fixed', found '" + digits + "'");
    }

    private static NoisePolicy policy(String word, String text) {
        for (NoisePolicy p : NoisePolicy.values()) {
            if (word(p).equals(word)) {
                return p;
            }
        }
        throw wrong(
                text,
                "noise is "
                        + Arrays.stream(NoisePolicy.values())
                                .map(FeatureExpression::word)
                                .collect(Collectors.joining(", "))
                        + ", not '"
                        + word
                        + "'");
    }

    private static String word(NoisePolicy p) {
        return p.name().toLowerCase(Locale.ROOT).replace("per_", "");
    }

    private static IllegalArgumentException wrong(String text, String sentence) {
        return new IllegalArgumentException("features '" + text.strip() + "': " + sentence);
    }
}
