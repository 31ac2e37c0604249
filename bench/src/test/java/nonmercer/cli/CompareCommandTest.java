package nonmercer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nonmercer.data.LabelledCorpus;
import nonmercer.experiment.Compare;
import nonmercer.experiment.ModelSize;
import nonmercer.train.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareCommandTest {
    @TempDir Path folder;

    private Path texts() throws Exception {
        List<String> lines = new ArrayList<>();
        String[] things = {"door", "book", "light", "window", "music", "house", "street", "table"};
        for (String thing : things) {
            for (String verb : List.of("open", "bring", "find")) {
                lines.add("command\t" + verb + " the " + thing + " now");
                lines.add("question\twhere is the " + thing + " you " + verb);
            }
        }
        return Files.write(folder.resolve("texts.tsv"), lines);
    }

    private static int run(StringWriter err, String... arguments) {
        return Main.run(Main.commandLine().setErr(new PrintWriter(err)), arguments);
    }

    @Test
    void featuresStandBesideKernels() throws Exception {
        Path file = folder.resolve("compare.json");
        StringWriter err = new StringWriter();
        int code =
                run(
                        err,
                        "compare",
                        "--kernels",
                        "gauss",
                        "--features",
                        "favor+(16, seed=3), gmm-prf",
                        "--size",
                        "small",
                        "--epochs",
                        "1",
                        "--data",
                        texts().toString(),
                        "--json",
                        file.toString());
        assertEquals(0, code, err.toString());
        JsonNode rows = JsonMapper.builder().build().readTree(Files.readString(file)).get("rows");
        assertEquals(5, rows.size()); // two baselines before
        JsonNode gauss = rows.get(2);
        assertEquals("Gauss", gauss.get("kernel").asString());
        assertEquals("yes", gauss.get("traits").get("positiveDefinite").asString());
        JsonNode favor = rows.get(3);
        assertTrue(favor.get("kernel").asString().contains("favor+(16, seed=3)"), favor.toString());
        assertEquals("{\"features\":\"16\"}", favor.get("traits").toString());
        assertTrue(rows.get(4).get("kernel").asString().contains("gmm-prf(128)"), rows.toString());
    }

    @Test
    void featuresThatAreNoneAreASentence() throws Exception {
        StringWriter err = new StringWriter();
        int code = run(err, "compare", "--features", "favor", "--data", texts().toString());
        assertEquals(2, code);
        assertTrue(err.toString().contains("there are no features named 'favor'"), err.toString());
    }

    /// The products of features that are positive are positive, and no two rows are alike.
    @Test
    void thePictureOfFeaturesIsOfTheirProducts() throws Exception {
        Compare compare = new Compare(LabelledCorpus.read(texts()), ModelSize.SMALL, 1, 1, 1);
        Compare.Result result =
                compare.train(
                        AttentionOptions.through("elu+1", 128, null),
                        compare.prepare(),
                        Listener.silent());
        assertEquals("φ(q)·φ(k)", result.formula());
        double[][] gram = result.trainings().getFirst().gram();
        assertTrue(gram.length > 1);
        for (double[] row : gram) {
            for (double v : row) {
                assertTrue(v > 0 && Double.isFinite(v), v + "");
            }
        }
        // Each head of elu+1 has as many features as coordinates.
        assertEquals(
                ModelSize.SMALL.sizes(3000, 64).width()
                        / ModelSize.SMALL.sizes(3000, 64).heads().queries(),
                result.features().orElseThrow());
    }
}
