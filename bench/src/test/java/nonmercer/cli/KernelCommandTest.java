package nonmercer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nonmercer.bench.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KernelCommandTest {
    @TempDir Path folder;

    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        String before = System.setProperty("nonmercer.project", folder.toString());
        try {
            return Main.run(Main.commandLine().setErr(new PrintWriter(err)), arguments);
        } finally {
            if (before == null) {
                System.clearProperty("nonmercer.project");
            } else {
                System.setProperty("nonmercer.project", before);
            }
        }
    }

    /// Points 0 and 1 of the distance: eigenvalues ±1.
    @Test
    void evidenceAndDiagnosticsOfGivenPoints() throws IOException {
        Path points = folder.resolve("points");
        Files.writeString(points, "0\n1\n");
        Path json = folder.resolve("kernel.json");
        assertEquals(
                0,
                run(
                        "kernel",
                        "distance",
                        "--points",
                        points.toString(),
                        "--json",
                        json.toString()));
        JsonNode row = JsonMapper.shared().readTree(Files.readString(json)).get("rows").get(0);
        assertEquals("Distance", row.get("kernel").asString());
        assertEquals(-1, row.get("eigenvalues").get(0).asDouble(), 1e-15);
        assertEquals(1, row.get("inertia").get("negative").asInt());
        assertEquals(2, row.get("rank").asInt());
        assertTrue(
                row.get("evidence").get("positive definite").asString().contains("violated by 1"));
        String page = Files.readString(folder.resolve("target/kernel/index.html"));
        assertTrue(page.contains("<svg") && page.contains("data:image/png"));
    }

    @Test
    void aMistakeInAnExpressionHasItsCaret() {
        assertEquals(2, run("kernel", "0.5*gaus"));
        assertEquals(
                "nonmercer: there is no kernel named 'gaus'; did you mean Gauss?\n  0.5*gaus\n      ^\n",
                err.toString());
    }

    @Test
    void aMistakeInAPointIsASentence() throws IOException {
        Path points = folder.resolve("points");
        Files.writeString(points, "0 1\n1\n");
        assertEquals(2, run("kernel", "gauss", "--points", points.toString()));
        assertTrue(err.toString().contains("as many coordinates, got 2 and 1"), err.toString());
        Files.writeString(points, "0 x\n");
        assertEquals(2, run("kernel", "gauss", "--points", points.toString()));
        assertTrue(err.toString().contains("expected a number, found 'x'"), err.toString());
    }

    @Test
    void speedsComeFromARunOfTheBench() {
        BenchReport report =
                new BenchReport(
                        "bench",
                        "1",
                        new Machine(
                                "Linux", "amd64", "CPU", 2, 1, "25", "T", "VM", "vector", 512,
                                List.of(), "a"),
                        List.of(row("forward", 190, 200), row("forward+backward", 90, 100)));
        assertEquals(
                Map.of(
                        "Gauss",
                        "forward 190 GFLOP/s (0.95 of ExpDot); forward+backward 90 GFLOP/s (0.90 of ExpDot), L = 1024 on CPU"),
                KernelsCommand.measured(report));
    }

    private static Row row(String pass, double value, double expDot) {
        return new Row(
                "attention",
                "attention",
                Map.of("L", 1024, "kernel", "Gauss", "mask", "none", "pass", pass),
                "float32",
                2,
                value,
                "GFLOP/s",
                0.01,
                500,
                value / 500,
                List.of(new Row.PeerValue("our ExpDot", "", expDot)));
    }
}
