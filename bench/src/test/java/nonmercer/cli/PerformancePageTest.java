package nonmercer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nonmercer.bench.Case;
import nonmercer.bench.Row;
import nonmercer.bench.Suites;
import nonmercer.io.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PerformancePageTest {
    private static final Map<String, Object> SIZES =
            new TreeMap<>(Map.of("m", 64, "n", 64, "k", 64));

    @TempDir Path folder;

    private static Row product(double value, double blas) {
        return new Row(
                "gemm",
                "matmul",
                SIZES,
                "float32",
                2,
                value,
                "GFLOP/s",
                0.01,
                500,
                value / 500,
                List.of(new Row.PeerValue("OpenBLAS", "0.3.31", blas)));
    }

    private static Row sum(double value) {
        return new Row(
                "elementwise",
                "sum",
                Map.of("n", 1 << 24),
                "float32",
                2,
                value,
                "GB/s",
                0.02,
                50,
                value / 50,
                List.of());
    }

    private static Machine machine(String commit) {
        return new Machine(
                "Linux 6", "amd64", "CPU", 2, 1L << 30, "25.0.3", "Temurin", "VM", "vector", 512,
                List.of(), commit);
    }

    private static BenchReport report(String commit, Row... rows) {
        return new BenchReport("bench", "1", machine(commit), List.of(rows));
    }

    private static PerformancePage page(BenchReport... reports) {
        return new PerformancePage(List.of(reports));
    }

    @Test
    void aRowThatWasMeasuredAgainIsTheMedianWithItsRange() {
        List<MeasuredRow> rows =
                page(
                                report("a", product(410, 400), sum(40)),
                                report("a", product(400, 100)),
                                report("a", product(390, 300)))
                        .rows();
        assertEquals(2, rows.size());
        MeasuredRow row = rows.getFirst();
        assertEquals(400, row.value());
        assertEquals(20 / 400.0, row.spread());
        assertEquals(300, row.peers().getFirst().value());
        assertEquals(0.02, rows.get(1).spread()); // once: the spread of its rounds
        assertEquals(0.8, rows.get(1).ofBound());
    }

    @Test
    void runsOfTwoCommitsMakeNoPage() {
        var e =
                assertThrows(
                        BadInputException.class,
                        () -> page(report("a", sum(1)), report("b", sum(1))));
        assertTrue(e.toString().contains("commit a and CPU"), e.toString());
    }

    @Test
    void thePageHasATableForEachSuiteAndAPlotBesideIt() throws IOException {
        Path file = folder.resolve("performance.md");
        page(report("a", product(400, 200), sum(40))).write(file);
        String text = Files.readString(file);
        assertTrue(
                text.contains(
                        "| matmul | k=64 m=64 n=64 | float32 | 2 | 400.0 | GFLOP/s | 1.0 % | 80 % | 200.0 (2.00) |"),
                text);
        assertTrue(text.contains("## elementwise: functions and sums of arrays"), text);
        assertTrue(text.contains("| commit | `a` |"), text);
        assertTrue(text.contains("](performance.svg)"), text);
        String plot = Files.readString(folder.resolve("performance.svg"));
        assertTrue(plot.startsWith("<svg") && plot.contains("http://www.w3.org/2000/svg"));
    }

    @Test
    void reportsAreReadAsTheyAreWritten() throws IOException {
        Path file = folder.resolve("run.json");
        BenchReport report = report("a", product(400, 200));
        Files.writeString(file, JsonMapper.shared().writeValueAsString(report));
        assertEquals(report, BenchReport.read(file));
        Files.writeString(file, "{\"command\": \"compare\", \"rows\": []}");
        var e = assertThrows(BadInputException.class, () -> BenchReport.read(file));
        assertTrue(e.toString().contains("--runs: expected what `bench --json` writes"));
    }

    /// 2·64³ operations on 3·64² elements of 4 bytes; a sum is one operation for 4 bytes.
    @Test
    void intensitiesAreOperationsForAByte() {
        List<MeasuredRow> rows = page(report("a", product(400, 200), sum(40))).rows();
        assertEquals(
                2.0 * 64 * 64 * 64 / (4 * 3 * 64 * 64),
                Roofline.intensity(rows.get(0)).orElseThrow(),
                1e-12);
        assertEquals(0.25, Roofline.intensity(rows.get(1)).orElseThrow());
        assertTrue(Roofline.svg(List.of()).startsWith("<svg"));
    }

    @Test
    void aQuickLookIsAPartOfEverySuite() {
        for (var suite : Suites.all()) {
            List<String> all = suite.cases().stream().map(Case::id).toList();
            assertTrue(!suite.quick().isEmpty());
            assertTrue(
                    all.containsAll(suite.quick().stream().map(Case::id).toList()), suite.name());
        }
    }
}
