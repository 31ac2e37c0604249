package nonmercer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// README and guide show the very code that the build compiles and runs.
class ReadmeTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private static final String EXAMPLES = "proofs-tests/src/it/consumer/src/main/java/example/";

    @Test
    void theReadmeShowsTheExamplesThatTheBuildRuns() throws IOException {
        List<String> run = new ArrayList<>();
        for (String file : List.of("FiveLines.java", "Example.java")) {
            run.add(between(code(file), "// README: from here\n", "// README: to here"));
        }
        assertEquals(run, shown("README.md"));
    }

    @Test
    void thePageOfMachinesShowsTheExampleThatTheBuildRuns() throws IOException {
        List<String> run = new ArrayList<>();
        for (String part : List.of("binary", "lp", "ridge", "axes", "towers")) {
            run.add(
                    between(
                            code("Machines.java"),
                            "// docs/machines.md: " + part + "\n",
                            "// docs/machines.md: end"));
        }
        assertEquals(run, shown("docs/machines.md"));
    }

    private static String code(String file) throws IOException {
        return Files.readString(PROJECT.resolve(EXAMPLES + file));
    }

    private static List<String> shown(String page) throws IOException {
        List<String> shown = new ArrayList<>();
        Matcher blocks =
                Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(PROJECT.resolve(page)));
        while (blocks.find()) {
            shown.add(blocks.group(1).strip());
        }
        return shown;
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from) + from.length();
        return text.substring(start, text.indexOf(to, start)).stripIndent().strip();
    }
}
