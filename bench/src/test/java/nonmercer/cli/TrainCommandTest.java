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
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainCommandTest {
    private static final String LITTLE =
            " --quick --size small --train 40 --test 20 --epochs 2 --batch-tokens 256";

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listop | there is no task named 'listop'; there are listops, pathfinder, mqar, copy,"
                        + " selective-copy, induction, needle, retrieval",
                "copy --depth 3 | copy does not take --depth; it takes --symbols, --count, --delay",
                "mqar --contour 3 --delay 2 | mqar does not take --contour and --delay; it takes"
                        + " --vocabulary, --length, --pairs",
                "listops --length 9 | --length must be two numbers such as 16-128, got '9'",
                "listops --length 20-10 | expected a shortest length of at least 1 and a longest of"
                        + " no less, got 20 to 10",
                "listops --depth 0 | ListOps needs a depth of at least 1",
                "listops --depth 1 | among 200000 expressions of depth 1",
                "needle --length 8-9 | --length must be a number, got '8-9'",
                "mqar --pairs 50 | recall of 50 pairs needs at least 1 pair and a length of 4 tokens",
                "needle --epochs 0 | training needs at least one example",
                "needle --rate -1 | the learning rate must be positive and finite, got -1.0",
                "copy --count 1 --quick | found only 8 different sequences",
                "needle --features favor+ --landmarks 4 | --landmarks: attention goes through features or"
                        + " landmarks, not both; leave out --features",
                "needle --landmarks 0 | attention through landmarks needs a landmark and an iteration,"
                        + " got 0 landmarks and 10 iterations",
                "copy --landmarks 4 --quick | attention through landmarks knows no mask and lengths, got",
                "needle --json no/such/folder/b.json | --json: the folder",
            })
    void whatCannotBeTrainedIsOneSentenceAndTheExitCodeTwo(String line, String sentence) {
        StringWriter err = new StringWriter();
        assertEquals(2, run(err, line));
        assertTrue(err.toString().startsWith("nonmercer: " + sentence), err.toString());
        assertEquals(1, err.toString().lines().count());
    }

    @Test
    void aKernelThatIsNoneIsShownWhere() {
        StringWriter err = new StringWriter();
        assertEquals(2, run(err, "needle --kernel gauss+no"));
        List<String> lines = err.toString().lines().toList();
        assertTrue(lines.getFirst().startsWith("nonmercer: there is no kernel"), err.toString());
        assertEquals("  gauss+no", lines.get(1));
        assertEquals("        ^", lines.get(2));
    }

    private static int run(StringWriter err, String line) {
        List<String> arguments = new ArrayList<>(List.of("train"));
        arguments.addAll(List.of(line.split(" ")));
        return Main.run(
                Main.commandLine().setErr(new PrintWriter(err)), arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listops",
                "pathfinder --side 16 --contour 3",
                "mqar",
                "copy",
                "selective-copy",
                "induction --kernel 2*gauss",
                "needle",
                "needle --landmarks 4 --kernel gauss",
                "listops --landmarks 4 --landmarks-by K_MEANS",
                "retrieval --seed 7"
            })
    void everyTaskIsTrainedBesideItsPredictors(String task) throws Exception {
        Path file = folder.resolve("train.json");
        StringWriter err = new StringWriter();
        assertEquals(0, run(err, task + LITTLE + " --json " + file), err.toString());
        JsonNode report = JsonMapper.builder().build().readTree(Files.readString(file));
        assertEquals("train", report.get("command").asString());
        JsonNode rows = report.get("rows");
        assertTrue(rows.size() >= 2);
        for (JsonNode row : rows) {
            double accuracy = row.get("accuracy").asDouble();
            assertTrue(row.get("low").asDouble() <= accuracy, row.toString());
            assertTrue(row.get("high").asDouble() >= accuracy, row.toString());
        }
        JsonNode model = rows.get(rows.size() - 1);
        assertTrue(model.get("tokensPerSecond").asDouble() > 0);
        assertEquals(2, model.get("epochs").size());
        String label = model.get("predictor").asString();
        assertEquals(!task.contains("gauss"), label.startsWith("ExpDot"));
        assertEquals(task.contains("landmarks"), label.endsWith(", 4 landmarks"));
        assertEquals(task.contains("--seed") ? 7 : 1, model.get("seed").asInt());
    }

    @Test
    void theSameSeedGivesTheSameModel() throws Exception {
        double[] loss = new double[2];
        for (int i = 0; i < 2; i++) {
            Path file = folder.resolve(i + ".json");
            assertEquals(0, run(new StringWriter(), "mqar" + LITTLE + " --json " + file));
            JsonNode rows =
                    JsonMapper.builder().build().readTree(Files.readString(file)).get("rows");
            loss[i] = rows.get(rows.size() - 1).get("epochs").get(1).get("loss").asDouble();
        }
        assertEquals(loss[0], loss[1]);
    }
}
