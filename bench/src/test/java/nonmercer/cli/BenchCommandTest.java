package nonmercer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nonmercer.bench.Peers;
import nonmercer.bench.Row;
import nonmercer.bench.Suite;
import nonmercer.bench.Suites;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchCommandTest {
    private static final List<String> KEYS =
            List.of(
                    "suite", "work", "params", "dtype", "threads", "value", "unit", "spread",
                    "bound", "ofBound", "peers");
    private static final String SMALL = "float32 m=64 n=64 k=64";

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gem | there is no suite named 'gem'; there are gemm, elementwise, softmax, embedding, attention, linear, machine, train",
                "gemm --threads 0 | --threads: a pool needs at least one thread, got 0",
                "gemm --threads 1,0 | --threads: a pool needs at least one thread, got 0",
                "--runs no.json | --runs: name the page to make of them with --page",
                "--page no/such/folder/page.md | --page: the folder",
                "--page page.md --runs no.json | --runs: the file no.json cannot be read",
                "gemm --lanes 7 | --lanes: expected auto, scalar, 128, 256 or 512, got 7",
                "gemm --peers all | --peers: expected java or native, got all",
                "gem --lanes scalar | there is no suite named 'gem'; there are gemm, elementwise, softmax, embedding, attention, linear, machine, train",
                "gemm --only n=77 | --only: no row of gemm has 'n=77' in its name; "
                        + "a name looks like 'gemm matmul float32 m=256 n=256 k=256'",
                "gemm --kernel Gauss | --kernel: kernels are of the suite attention, got gemm",
                "gemm --json no/such/folder/b.json | --json: the folder",
            })
    void whatCannotBeMeasuredIsOneSentenceAndTheExitCodeTwo(String line, String sentence) {
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("bench"));
        arguments.addAll(List.of(line.split(" ")));
        int exit =
                Main.run(
                        Main.commandLine().setErr(new PrintWriter(err)),
                        arguments.toArray(String[]::new));
        assertEquals(2, exit);
        assertTrue(err.toString().startsWith("nonmercer: " + sentence), err.toString());
        assertEquals(1, err.toString().lines().count());
    }

    @Test
    void aKernelThatIsNotThereHasItsCaret() {
        StringWriter err = new StringWriter();
        assertEquals(
                2,
                Main.run(
                        Main.commandLine().setErr(new PrintWriter(err)),
                        "bench",
                        "--kernel",
                        "expdot,2*Gaus"));
        assertEquals(
                "nonmercer: there is no kernel named 'Gaus'; did you mean Gauss?\n  2*Gaus\n    ^\n",
                err.toString());
    }

    @Test
    void nativePeersThatWereNotBuiltAreOneSentence() {
        Assumptions.assumeTrue(Peers.natives().isEmpty());
        StringWriter err = new StringWriter();
        int exit =
                Main.run(
                        Main.commandLine().setErr(new PrintWriter(err)),
                        "bench",
                        "--peers",
                        "native");
        assertEquals(2, exit);
        assertTrue(err.toString().contains("build with -Pnative-peers"), err.toString());
    }

    @Test
    void aQuickRunWritesItsRows() throws IOException {
        Path file = folder.resolve("bench.json");
        assertEquals(
                0,
                Main.run(
                        Main.commandLine(),
                        "bench",
                        "gemm",
                        "--quick",
                        "--only",
                        SMALL,
                        "--threads",
                        "1,2",
                        "--json",
                        file.toString(),
                        "--page",
                        folder.resolve("page.md").toString()));
        assertTrue(Files.readString(folder.resolve("page.md")).contains("| float32 | 2 |"));
        JsonNode root = JsonMapper.shared().readTree(Files.readString(file));
        assertEquals("bench", root.get("command").asString());
        assertEquals(2, root.get("rows").size());
        assertEquals(2, root.get("rows").get(1).get("threads").asInt());
        JsonNode row = root.get("rows").get(0);
        assertEquals(KEYS, List.copyOf(row.propertyNames()));
        assertEquals("gemm", row.get("suite").asString());
        assertEquals("matmul", row.get("work").asString());
        assertEquals("{\"m\":64,\"n\":64,\"k\":64}", row.get("params").toString());
        assertEquals("float32", row.get("dtype").asString());
        assertEquals(1, row.get("threads").asInt());
        assertEquals("GFLOP/s", row.get("unit").asString());
        for (String number : List.of("value", "spread", "bound", "ofBound")) {
            assertTrue(
                    row.get(number).isNumber() && row.get(number).asDouble() >= 0, row.toString());
        }
        List<String> peers = new ArrayList<>();
        for (JsonNode peer : row.get("peers")) {
            assertEquals(List.of("name", "version", "value"), List.copyOf(peer.propertyNames()));
            peers.add(peer.get("name").asString());
        }
        assertEquals(List.of("EJML", "ojAlgo", "VectorBLAS"), peers.subList(0, 3));
        assertEquals(3 + (Peers.natives().isEmpty() ? 0 : 3), peers.size());
    }

    /// In a JVM of its own, since the command starts another, which writes to its output.
    @Test
    void otherLanesAreMeasuredInAnotherJvm() throws IOException, InterruptedException {
        Path file = folder.resolve("scalar.json");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-modules",
                                "jdk.incubator.vector",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "bench",
                                "gemm",
                                "--only",
                                SMALL,
                                "--quick",
                                "--threads",
                                "1",
                                "--lanes",
                                "scalar",
                                "--json",
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), text);
        JsonNode machine = JsonMapper.shared().readTree(Files.readString(file)).get("machine");
        assertEquals("scalar", machine.get("lanes").asString());
        assertTrue(text.contains("EJML"), text);
    }

    @Test
    void theTableHasAColumnForEachPeer() {
        Map<String, Object> params = Map.of("n", 64);
        var ejml = new Row.PeerValue("EJML", "0.46.1", 7);
        var blas = new Row.PeerValue("VectorBLAS", "3.2.0", 52.04);
        List<Row> rows =
                List.of(
                        new Row(
                                "gemm",
                                "matmul",
                                params,
                                "float32",
                                1,
                                100,
                                "GFLOP/s",
                                0.012,
                                115,
                                0.87,
                                List.of(ejml, blas)),
                        new Row(
                                "gemm", "batch", params, "float64", 1, 9.876, "GFLOP/s", 0.2, 57,
                                0.17, List.of()));
        assertEquals(
                """
                work    sizes  type     threads   ours           spread  bound  of bound  EJML 0.46.1  VectorBLAS 3.2.0
                matmul  n=64   float32        1  100.0  GFLOP/s   1.2 %  115.0      87 %         7.00              52.0
                batch   n=64   float64        1   9.88  GFLOP/s    20 %   57.0      17 %
                """,
                BenchTable.of(rows).toString());
    }

    @Test
    void theHelpNamesTheSuites() {
        StringWriter out = new StringWriter();
        assertEquals(
                0, Main.run(Main.commandLine().setOut(new PrintWriter(out)), "bench", "--help"));
        for (Suite suite : Suites.all()) {
            assertTrue(out.toString().contains(suite.name()), out.toString());
        }
        assertFalse(out.toString().contains("$"), out.toString());
    }
}
