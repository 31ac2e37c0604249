package nonmercer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import nonmercer.experiment.Machines;
import nonmercer.experiment.PairData;
import nonmercer.kernel.Gauss;
import nonmercer.machine.Loss;
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
                new String[] {
                    "a constant", "f(x) + g(y)", "f(x) g(y)", "W", "two towers", "attention"
                }) {
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
        assertEquals(2, run("machine", "--data", data, "--p", "1"));
        assertTrue(err.toString().contains("--p must be above 1"), err.toString());
        assertEquals(2, run("machine", "--data", data, "--lambda", "0"));
        assertTrue(err.toString().contains("--lambda must be above 0"), err.toString());
    }

    /// Responses 1 … 5 are no classes to attend to, and no proof makes this kernel a norm.
    @Test
    void aKernelThatIsNotMercersIsFittedByItsSingularVectors() throws IOException {
        String data = file("a\tb\t1\nb\ta\t2\nc\ta\t3\nd\ta\t4\ne\tb\t5\n").toString();
        Path json = folder.resolve("distance.json");
        assertEquals(
                0,
                run(
                        "machine",
                        "--data",
                        data,
                        "--kernel",
                        "distance",
                        "--steps",
                        "5",
                        "--json",
                        json.toString()));
        String report = Files.readString(json);
        assertTrue(report.contains("f(x) g(y)"), report);
        assertFalse(report.contains("W") || report.contains("attention"), report);
    }

    /// Of shares s and 1 - s of the responses +1 and -1, no constant has a smaller logistic loss
    /// than their entropy.
    @Test
    void theConstantIsTheBestOfItsLoss() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            lines.append("x" + i + "\ty" + i % 7 + "\t" + (i % 4 == 0 ? 1 : -1)).append('\n');
        }
        PairData data = PairData.read(file(lines.toString()), 1);
        int positive = 0;
        for (int o = 0; o < data.train().size(); o++) {
            positive += data.train().value(o) > 0 ? 1 : 0;
        }
        double share = (double) positive / data.train().size();
        double entropy = -share * Math.log(share) - (1 - share) * Math.log(1 - share);
        Machines machines = new Machines(data, new Gauss(), 2, Loss.logistic(), 0.1, 1);
        assertEquals(entropy, machines.constant().trainLoss(), 1e-12);
    }
}
