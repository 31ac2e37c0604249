package nonmercer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineCommandTest {
    @TempDir Path folder;
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.run(Main.commandLine().setErr(new PrintWriter(err)), arguments);
    }

    private Path file(String text) throws IOException {
        Path file = folder.resolve("pairs.tsv");
        return Files.writeString(file, text);
    }

    @Test
    void aUsersFileIsFittedAndReported() throws IOException {
        StringBuilder lines = new StringBuilder();
        String[] words = {"red", "green", "blue", "yellow", "white"};
        for (int i = 0; i < 25; i++) {
            int value = i / 5 == i % 5 ? 1 : -1;
            lines.append("the " + words[i / 5] + " one\ta " + words[i % 5] + " thing\t" + value)
                    .append('\n');
        }
        Path json = folder.resolve("out.json");
        String data = file(lines.toString()).toString();
        assertEquals(0, run("machine", "--data", data, "--steps", "5", "--json", json.toString()));
        String report = Files.readString(json);
        for (String name :
                new String[] {"mean response", "f(x) + g(y)", "f(x) g(y)", "two towers"}) {
            assertTrue(report.contains(name), name);
        }
        assertTrue(report.contains("\"gap\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a b c|:1: expected x<TAB>y<TAB>value, got 1 column",
                "a@b@c|:1: the value must be a finite number, got 'c'",
                "a@b@1|needs at least 5 lines",
                "a@@1|:1: expected x<TAB>y<TAB>value"
            })
    void aWrongFileGetsASentence(String text, String sentence) throws IOException {
        assertEquals(2, run("machine", "--data", file(text.replace('@', '\t')).toString()));
        assertTrue(err.toString().contains(sentence), err.toString());
    }

    @Test
    void aLossOfTwoClassesNeedsTwoClasses() throws IOException {
        String data = file("a\tb\t1\nb\ta\t2\nc\ta\t3\nd\ta\t4\ne\tb\t5\n").toString();
        assertEquals(2, run("machine", "--data", data, "--loss", "hinge"));
        assertTrue(err.toString().contains("--loss"), err.toString());
        assertEquals(2, run("machine", "--data", data, "--kernel", "Distance"));
        assertEquals(2, run("machine", "--data", data, "--p", "1"));
    }
}
