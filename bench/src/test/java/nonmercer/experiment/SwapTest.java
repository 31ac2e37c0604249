package nonmercer.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nonmercer.attention.Denominator;
import nonmercer.io.BadInputException;
import nonmercer.io.Json;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.TaylorExp;
import nonmercer.metric.Interval;
import nonmercer.train.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwapTest {
    @TempDir Path folder;

    private static SwapRun run(String kernel, long seed, double accuracy, String items) {
        return new SwapRun(
                SwapTask.CLASSIFICATION,
                kernel,
                seed,
                20,
                1000,
                Map.of(SwapMetric.ACCURACY, accuracy),
                items,
                List.of(0.5, accuracy),
                1.5,
                "");
    }

    private static List<SwapRun> runs(String kernel, double... accuracies) {
        List<SwapRun> runs = new ArrayList<>();
        for (int i = 0; i < accuracies.length; i++) {
            runs.add(run(kernel, i + 1, accuracies[i], ""));
        }
        return runs;
    }

    /// Of five seeds, in turn one and the other value.
    private static Difference difference(double a, double b) {
        double[] values = {a, b, a, b, a};
        return new Difference("TaylorExp(2)", SwapMetric.ACCURACY, values, 1);
    }

    private static Ladder ladder(Difference... differences) {
        List<Ladder.Step> steps = new ArrayList<>();
        for (int i = 0; i < differences.length; i++) {
            steps.add(new Ladder.Step(i + 1, 10, differences[i]));
        }
        return new Ladder(SwapTask.CLASSIFICATION, SwapMetric.ACCURACY, steps);
    }

    @Test
    void aRunIsOneLineAndComesBack() {
        SwapRun run = run("Gauss", 3, 0.25, "0100");
        String line = run.json().write();
        assertEquals(run, SwapRun.of(Json.parse(line, "test")));
        assertEquals(1, line.lines().count());
        var failed =
                new SwapRun(
                        SwapTask.TRANSLATION,
                        "Gauss",
                        1,
                        16,
                        0,
                        Map.of(),
                        "",
                        List.of(),
                        0,
                        "step 3: the loss is NaN");
        assertEquals(failed, SwapRun.of(Json.parse(failed.json().write(), "test")));
    }

    @Test
    void resultsGoOnWhereAKilledProcessStopped() throws IOException {
        Path file = folder.resolve("runs.jsonl");
        RunFile<SwapRun> results = RunFile.open(file, SwapRun::of);
        results.add(run("ExpDot", 1, 0.5, ""));
        Files.writeString(file, Files.readString(file) + "{\"task\":\"classif");
        RunFile<SwapRun> again = RunFile.open(file, SwapRun::of);
        assertEquals(List.of(run("ExpDot", 1, 0.5, "")), again.lines());
        assertTrue(again.holds(run("ExpDot", 1, 0.9, "").key()));
        again.add(run("ExpDot", 2, 0.5, ""));
        assertEquals(2, RunFile.open(file, SwapRun::of).lines().size());
        Files.writeString(file, "{}\n");
        var e = assertThrows(BadInputException.class, () -> RunFile.open(file, SwapRun::of));
        assertTrue(e.toString().contains("curve"), e.toString());
    }

    /// Nothing is left to do, so nothing is prepared and nothing begins.
    @Test
    void aRunThatIsThereIsNotDoneAgain() throws IOException {
        Path file = folder.resolve("runs.jsonl");
        RunFile<SwapRun> results = RunFile.open(file, SwapRun::of);
        results.add(run("ExpDot", 1, 0.5, ""));
        results.add(run("ExpDot", 2, 0.5, ""));
        Swap swap = new Swap(List.of(SwapTask.CLASSIFICATION), List.of(new ExpDot()), 2, false);
        swap.run(
                file,
                new Watcher() {
                    @Override
                    public Listener begins(String training, int number, int of) {
                        throw new AssertionError("began " + training);
                    }

                    @Override
                    public void ends(String training) {}

                    @Override
                    public void measures(String what) {}

                    @Override
                    public boolean goesOn() {
                        return true;
                    }
                });
        assertEquals(2, RunFile.open(file, SwapRun::of).lines().size());
    }

    /// Student's t of 4 degrees of freedom is 2.776445 for 95 %, 4.604095 for 99 % (five together).
    @Test
    void differencesAreTakenSeedBySeed() {
        Difference d =
                Difference.of(
                                runs("Gauss", 0.71, 0.73, 0.72, 0.75, 0.74),
                                runs("ExpDot", 0.70, 0.71, 0.72, 0.71, 0.71),
                                SwapMetric.ACCURACY,
                                5)
                        .orElseThrow(); // 0.01 0.02 0 0.04 0.03, mean 0.02, s = √(0.001/4)
        double error = Math.sqrt(0.001 / 4 / 5);
        assertEquals(0.02, d.mean(), 1e-12);
        assertEquals(0.02 - 2.776445 * error, d.interval().low(), 1e-7);
        assertEquals(0.02 + 4.604095 * error, d.simultaneous().high(), 1e-7);
        assertTrue(
                Difference.of(runs("Gauss", 0.7), runs("ExpDot", 0.7, 0.8), SwapMetric.ACCURACY, 1)
                        .isEmpty());
    }

    @Test
    void anIntervalSaysBetterWorseEquivalentOrNothing() {
        assertEquals(Difference.Standing.WORSE, difference(-0.05, -0.051).standing());
        assertEquals(Difference.Standing.BETTER, difference(0.05, 0.051).standing());
        assertEquals(Difference.Standing.EQUIVALENT, difference(0.001, 0.0012).standing());
        assertEquals(Difference.Standing.UNDECIDED, difference(-0.05, 0.06).standing());
        double[] four = {-0.05, -0.051, -0.05, -0.051};
        var few = new Difference("Gauss", SwapMetric.ACCURACY, four, 1);
        assertEquals(Difference.Standing.UNDECIDED, few.standing());
    }

    @Test
    void theSentenceFallsWithOnePolynomialThatKeepsUp() {
        Difference worse = difference(-0.05, -0.051);
        Difference same = difference(0.001, 0.0012);
        Difference open = difference(-0.05, 0.06);
        assertEquals(Ladder.Answer.HOLDS, ladder(worse, worse).infinite());
        assertEquals(Ladder.Answer.DOES_NOT, ladder(worse, same).infinite());
        assertEquals(Ladder.Answer.UNTOLD, ladder(worse, open).infinite());
        assertEquals(Ladder.Answer.HOLDS, ladder(worse, same).few());
        assertEquals(Ladder.Answer.DOES_NOT, ladder(same, worse).few());
        assertEquals(Ladder.Answer.UNTOLD, ladder(open, same).few());
    }

    /// Of 400 texts the one kernel gets 40 more right: the standard error of the mean difference is
    /// √(0.1 · 0.9/400) = 0.015, and 4,000 resamples place its quantiles within 0.1 of that.
    @Test
    void textsAreDrawnAgain() {
        String more = "1".repeat(240) + "0".repeat(160);
        String fewer = "1".repeat(200) + "0".repeat(200);
        Interval i =
                Difference.overTexts(
                                List.of(run("Gauss", 1, 0.6, more)),
                                List.of(run("ExpDot", 1, 0.5, fewer)))
                        .orElseThrow();
        assertEquals(0.1 - 1.96 * 0.015, i.low(), 0.004);
        assertEquals(0.1 + 1.96 * 0.015, i.high(), 0.004);
        assertTrue(Difference.overTexts(runs("Gauss", 0.5), runs("ExpDot", 0.5)).isEmpty());
    }

    @Test
    void thePageAnswersFromTheResultsAlone() throws IOException {
        List<SwapRun> all = new ArrayList<>(runs("ExpDot", 0.7, 0.71, 0.72, 0.7, 0.71));
        all.addAll(runs("TaylorExp(2)", 0.6, 0.61, 0.62, 0.6, 0.61));
        all.addAll(runs("TaylorExp(4)", 0.701, 0.711, 0.721, 0.701, 0.711));
        all.addAll(runs("Gauss", 0.65, 0.66, 0.67, 0.65, 0.66));
        Path page = folder.resolve("swap.md");
        new SwapPage(all, Swap.kernels(false)).write(page);
        String text = Files.readString(page);
        assertTrue(text.contains("performance**: does not hold here."), text);
        assertTrue(text.contains("do worse**: holds here."), text);
        assertTrue(text.contains("the first that keeps up is degree 4 (58,905 features)"), text);
        assertTrue(text.contains("with infinitely many features too: Gauss (Classification"), text);
        assertTrue(text.contains("| ExpDot | ∞ | yes | 5 | 0.708 |"), text);
        assertTrue(text.contains("](swap-classification-accuracy.svg)"), text);
        assertTrue(
                Files.readString(folder.resolve("swap-classification-accuracy.svg"))
                        .contains("TaylorExp(4)"));
        assertFalse(text.contains("Translation,"), text);
    }

    @Test
    void onlyWeightsThatCanBeNegativeGetAnotherDenominator() {
        for (Kernel kernel : Swap.kernels(false)) {
            boolean odd = kernel instanceof TaylorExp(int degree, var scale) && degree % 2 == 1;
            assertEquals(
                    odd ? new Denominator.Absolute() : new Denominator.Refuse(),
                    Swap.attention(kernel).denominator(),
                    kernel.formula());
        }
    }

    /// The file of results is kept, so that the page can be made again.
    @Test
    void thePageOfTheDocumentationIsThatOfItsResults() throws IOException {
        Path page = Path.of("../docs/swapped-kernels.md");
        Path again = folder.resolve("swapped-kernels.md");
        SwapPage.of(ExperimentPage.results(page)).write(again);
        assertEquals(Files.readString(again), Files.readString(page));
    }
}
