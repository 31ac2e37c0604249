package nonmercer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import nonmercer.model.TextClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Labels lines of text with a saved classifier.
@Command(
        name = "classify",
        description = "Labels each line of a file with a classifier that `compare --save` saved.",
        mixinStandardHelpOptions = true)
final class ClassifyCommand implements Callable<Integer> {
    @Option(
            names = "--load",
            paramLabel = "DIR",
            required = true,
            description = "The folder it was saved in.")
    private Path folder;

    @Parameters(
            arity = "0..1",
            defaultValue = "-",
            paramLabel = "FILE",
            description = "Lines of text, UTF-8; - is standard input.")
    private String file = "-";

    @Mixin private JsonFile json;

    @Override
    public Integer call() throws IOException {
        json.check();
        TextClassifier classifier = TextClassifier.load(folder);
        Terminal terminal = Terminal.here();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line : Lines.of(file)) {
            TextClassifier.Prediction p = classifier.classify(line);
            terminal.out().printf(Locale.ROOT, "%s\t%.3f\t%s%n", p.label(), p.probability(), line);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("text", line);
            row.put("label", p.label());
            row.put("probability", p.probability());
            rows.add(row);
        }
        json.write("classify", rows);
        return 0;
    }
}
