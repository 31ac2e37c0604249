package nonmercer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApproximateCommandTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--only no-such-map | --only: no feature map has no-such-map in its name; there are",
                "--seeds 1 | an interval over draws needs at least two seeds",
                "--features 0 | features are compared at one or more numbers",
                "--scale -1 | the scale of queries and keys is positive",
                "--dim 0 | queries and keys need at least one head",
                "--data x.tsv | --data says what a model reads: give --model too",
                "--model no/such/folder | no/such/folder holds no saved model",
                "--target cosine | Invalid value for option '--target'",
            })
    void whatCannotBeComparedIsOneSentenceAndTheExitCodeTwo(String line, String sentence) {
        StringWriter err = new StringWriter();
        assertEquals(2, run(err, line));
        assertTrue(err.toString().startsWith("nonmercer: " + sentence), err.toString());
        assertEquals(1, err.toString().lines().count());
    }

    @Test
    void theReportHoldsEveryPoint() throws Exception {
        Path file = folder.resolve("approximate.json");
        StringWriter err = new StringWriter();
        String line =
                "--dim 4 --heads 1 --length 16 --features 8,16 --at 16 --only FAVOR,elu,Maclaurin"
                        + " --seeds 2 --json ";
        assertEquals(0, run(err, line + file), err.toString());
        JsonNode rows = JsonMapper.builder().build().readTree(Files.readString(file)).get("rows");
        // FAVOR+, FAVOR++ and random Maclaurin at 8 and 16, elu+1 and ReLU with their 4.
        assertEquals(8, rows.size());
        for (JsonNode row : rows) {
            assertTrue(row.get("seconds").asDouble() > 0, row.toString());
            assertTrue(row.get("rowError").asDouble() > 0, row.toString());
            assertTrue(row.get("low").asDouble() <= row.get("high").asDouble(), row.toString());
        }
    }

    private static int run(StringWriter err, String line) {
        List<String> arguments = new ArrayList<>(List.of("approximate"));
        arguments.addAll(List.of(line.split(" ")));
        return Main.run(
                Main.commandLine().setErr(new PrintWriter(err)), arguments.toArray(String[]::new));
    }
}
