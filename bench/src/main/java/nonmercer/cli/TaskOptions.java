package nonmercer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nonmercer.data.task.GeneratedTask;
import nonmercer.io.BadInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which examples of a task are drawn. Each task takes some of them; one that
/// it does not take is refused.
final class TaskOptions {
    @Option(
            names = "--length",
            paramLabel = "N",
            description =
                    "Tokens of a sequence: MIN-MAX for listops; the places of the symbols for"
                            + " selective-copy; the tokens of a document for retrieval.")
    private @Nullable String length;

    @Option(names = "--depth", paramLabel = "N", description = "listops: levels of nesting.")
    private @Nullable Integer depth;

    @Option(names = "--arity", paramLabel = "N", description = "listops: most arguments.")
    private @Nullable Integer arity;

    @Option(names = "--side", paramLabel = "N", description = "pathfinder: pixels a side.")
    private @Nullable Integer side;

    @Option(names = "--contour", paramLabel = "N", description = "pathfinder: paddles a curve.")
    private @Nullable Integer contour;

    @Option(names = "--pairs", paramLabel = "N", description = "mqar: pairs to recall.")
    private @Nullable Integer pairs;

    @Option(
            names = "--vocabulary",
            paramLabel = "N",
            description = "mqar, induction: different tokens.")
    private @Nullable Integer vocabulary;

    @Option(
            names = "--symbols",
            paramLabel = "N",
            description = "copy, selective-copy, retrieval: different symbols.")
    private @Nullable Integer symbols;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "copy, selective-copy: symbols to copy.")
    private @Nullable Integer count;

    @Option(
            names = "--delay",
            paramLabel = "N",
            description = "copy: blanks before the symbols are asked.")
    private @Nullable Integer delay;

    @Option(names = "--classes", paramLabel = "N", description = "needle: classes.")
    private @Nullable Integer classes;

    @Option(
            names = "--identifier",
            paramLabel = "N",
            description = "retrieval: symbols of an identifier.")
    private @Nullable Integer identifier;

    private final Set<String> taken = new LinkedHashSet<>();

    /// The task of this kind, with the options given and its setting's values for the others.
    ///
    /// @throws BadInputException if an option was given that the task does not take
    GeneratedTask<?> task(TaskKind kind, boolean quick) {
        taken.clear();
        GeneratedTask<?> task = kind.task(this, quick);
        List<String> wrong = new ArrayList<>();
        given().forEach((name, value) -> {
            if (value != null && !taken.contains(name)) {
                wrong.add(name);
            }
        });
        if (!wrong.isEmpty()) {
            throw new BadInputException(
                    kind
                            + " does not take "
                            + String.join(" and ", wrong)
                            + "; it takes "
                            + String.join(", ", taken));
        }
        return task;
    }

    private Map<String, @Nullable Object> given() {
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("--length", length);
        given.put("--depth", depth);
        given.put("--arity", arity);
        given.put("--side", side);
        given.put("--contour", contour);
        given.put("--pairs", pairs);
        given.put("--vocabulary", vocabulary);
        given.put("--symbols", symbols);
        given.put("--count", count);
        given.put("--delay", delay);
        given.put("--classes", classes);
        given.put("--identifier", identifier);
        return given;
    }

    /// The value of an option, or else this one.
    int number(String name, int otherwise) {
        taken.add(name);
        Object value = given().get(name);
        if (value instanceof String text) {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new BadInputException(name + " must be a number, got '" + text + "'");
            }
        }
        return value instanceof Integer n ? n : otherwise;
    }

    /// The ends of `--length MIN-MAX`, or else these.
    int[] range(int least, int most) {
        taken.add("--length");
        if (length == null) {
            return new int[] {least, most};
        }
        if (!length.matches("[0-9]{1,9}-[0-9]{1,9}")) {
            throw new BadInputException(
                    "--length must be two numbers such as 16-128, got '" + length + "'");
        }
        int dash = length.indexOf('-');
        return new int[] {
            Integer.parseInt(length.substring(0, dash)),
            Integer.parseInt(length.substring(dash + 1))
        };
    }
}
