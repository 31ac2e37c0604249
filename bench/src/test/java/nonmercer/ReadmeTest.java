package nonmercer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The README shows the very code that the build compiles and runs.
class ReadmeTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void theReadmeShowsTheExampleThatTheBuildRuns() throws IOException {
        String example =
                Files.readString(
                        PROJECT.resolve(
                                "proofs-tests/src/it/consumer/src/main/java/example/Example.java"));
        String run = between(example, "// README: from here\n", "// README: to here").stripIndent();
        String readme = Files.readString(PROJECT.resolve("README.md"));
        assertEquals(run.strip(), between(readme, "```java\n", "```").strip());
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from) + from.length();
        return text.substring(start, text.indexOf(to, start));
    }
}
