package nonmercer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import nonmercer.io.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(CommandLine commands, String... arguments) {
        return Main.run(
                commands.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)), arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"doctr", "--jsn", "doctor --jsn", "doctor extra", "doctor --json", ""})
    void whatIsNotUnderstoodGetsOneSentenceAndTheExitCodeTwo(String line) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ", -1);
        assertEquals(2, run(Main.commandLine(), arguments));
        assertEquals("", out.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().startsWith("nonmercer: "), err.toString());
    }

    @Test
    void anInputThatCannotBeUsedGetsItsSentenceAndTheExitCodeTwo() {
        assertEquals(2, fails(new BadInputException("line 3 has no tab")));
        assertEquals("nonmercer: line 3 has no tab\n", err.toString());
    }

    @Test
    void aMissingFileIsNamed() {
        assertEquals(2, fails(new NoSuchFileException("pairs.tsv")));
        assertEquals("nonmercer: pairs.tsv does not exist\n", err.toString());
    }

    @Test
    void aFaultOfTheProgramShowsItsTraceAndTheExitCodeOne() {
        assertEquals(1, fails(new IllegalStateException("broken")));
        assertTrue(err.toString().contains("at nonmercer.cli."), err.toString());
    }

    @Test
    void aWrongSystemPropertyFoundWhileAClassLoadsIsASentence() {
        assertEquals(
                2,
                fails(
                        new ExceptionInInitializerError(
                                new IllegalArgumentException("lanes=7 is not known"))));
        assertEquals("nonmercer: lanes=7 is not known\n", err.toString());
    }

    @Test
    void aHeapThatIsTooSmallIsASentence() {
        assertEquals(2, fails(new OutOfMemoryError()));
        assertTrue(err.toString().contains("NONMERCER_JAVA_OPTS"), err.toString());
    }

    private int fails(Throwable e) {
        CommandLine commands = Main.commandLine();
        commands.addSubcommand(new Failing(e));
        return run(commands, "fails");
    }

    @Command(name = "fails")
    private record Failing(Throwable e) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            if (e instanceof Error error) {
                throw error;
            }
            throw (Exception) e;
        }
    }

    @Test
    void theVersionIsOneLine() throws IOException {
        assertEquals(0, run(Main.commandLine(), "--version"));
        assertTrue(
                out.toString()
                        .matches("nonmercer \\d+\\.\\d+\\.\\d+\\S*( \\(\\S+\\))?, JDK 2[5-9].*\\R"),
                out.toString());
    }

    @Test
    void helpListsTheCommands() {
        assertEquals(0, run(Main.commandLine(), "--help"));
        assertTrue(out.toString().contains("doctor"), out.toString());
    }
}
