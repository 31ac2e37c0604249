package nonmercer.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nonmercer.autodiff.ParameterTree;
import nonmercer.feature.FeatureName;
import nonmercer.io.Json;
import nonmercer.layer.Positions;
import nonmercer.model.Design;
import nonmercer.train.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnTest {
    @TempDir Path folder;

    private static LearnLine.Run run(LearnTask task, String variant, long seed, double accuracy) {
        Spectrum s = new Spectrum(List.of(0.5, 1.0), List.of(1.0, 0.25));
        return new LearnLine.Run(
                task,
                variant,
                seed,
                1000,
                accuracy,
                Map.of("chance", 0.1),
                List.of(0.5, accuracy),
                2.5,
                Optional.of(s),
                Optional.of(s),
                "");
    }

    private static List<LearnLine> runs(LearnTask task, String variant, double... accuracies) {
        List<LearnLine> all = new ArrayList<>();
        for (int i = 0; i < accuracies.length; i++) {
            all.add(run(task, variant, i + 1, accuracies[i]));
        }
        return all;
    }

    private static String verdict(List<LearnLine> lines, String claim) {
        List<LearnLine.Cost> costs =
                lines.stream()
                        .filter(LearnLine.Cost.class::isInstance)
                        .map(LearnLine.Cost.class::cast)
                        .toList();
        return new LearnClaims(LearnRuns.of(lines), costs)
                .all().stream()
                        .filter(s -> s.claim().contains(claim))
                        .findFirst()
                        .orElseThrow()
                        .verdict();
    }

    @Test
    void everyLineComesBack() {
        List<LearnLine> lines =
                List.of(
                        run(LearnTask.LONG_LISTOPS, "GMM-PRF", 3, 0.25),
                        new LearnLine.Run(
                                LearnTask.MQAR,
                                "elu+1",
                                1,
                                0,
                                0,
                                Map.of(),
                                List.of(),
                                0,
                                Optional.empty(),
                                Optional.empty(),
                                "step 3: the loss is NaN"),
                        new LearnLine.Cost("exact", 256, 0.25, 4096),
                        new LearnLine.Deviation("elu+1", 0.5, 64, 0.125, 0.5, 0.75));
        for (LearnLine line : lines) {
            String text = line.json().write();
            assertEquals(1, text.lines().count());
            assertEquals(line, LearnLine.of(Json.parse(text, "test")));
        }
    }

    @Test
    void aFileIsGoneOnWithAndItsHalfWrittenEndIsCutOff() throws IOException {
        Path file = folder.resolve("results.jsonl");
        LearnLine.Run first = run(LearnTask.MQAR, "GMM-PRF", 1, 0.5);
        RunFile.open(file, LearnLine::of).add(first);
        Files.writeString(file, Files.readString(file) + "{\"line\": \"ru");
        RunFile<LearnLine> again = RunFile.open(file, LearnLine::of);
        assertEquals(List.of(first), again.lines());
        assertTrue(again.holds(first.key()));
        assertFalse(again.holds(new LearnLine.Run.Key(LearnTask.MQAR, "GMM-PRF", 2)));
        again.add(run(LearnTask.MQAR, "GMM-PRF", 2, 0.5));
        assertEquals(2, Files.readAllLines(file).size());
    }

    @Test
    void learnedKernelsKeepUpWhereTheWholeIntervalSaysSo() {
        String claim = "keep up with fixed";
        List<LearnLine> up = new ArrayList<>(runs(LearnTask.MQAR, "GMM-RKS", 0.81, 0.82, 0.83));
        up.addAll(runs(LearnTask.MQAR, "GMM-RKS fixed", 0.80, 0.81, 0.82));
        assertEquals("holds here", verdict(up, claim));
        List<LearnLine> down = new ArrayList<>(runs(LearnTask.MQAR, "GMM-RKS", 0.71, 0.72, 0.73));
        down.addAll(runs(LearnTask.MQAR, "GMM-RKS fixed", 0.80, 0.81, 0.82));
        assertEquals("does not hold here", verdict(down, claim));
        List<LearnLine> wide = new ArrayList<>(runs(LearnTask.MQAR, "GMM-RKS", 0.71, 0.92, 0.73));
        wide.addAll(runs(LearnTask.MQAR, "GMM-RKS fixed", 0.80, 0.81, 0.82));
        assertEquals("cannot be told here", verdict(wide, claim));
        assertEquals("cannot be told here", verdict(List.of(), claim));
    }

    @Test
    void timeIsLinearIfItGrowsWithTheLengthAndTheExactOneWithItsSquare() {
        assertEquals("holds here", verdict(costs(4, 4, 16), "quadratic to linear"));
        assertEquals("does not hold here", verdict(costs(4, 16, 16), "quadratic to linear"));
        assertEquals("does not hold here", verdict(costs(16, 4, 16), "quadratic to linear"));
        assertEquals("does not hold here", verdict(costs(4, 4, 4), "quadratic to linear"));
        assertEquals("cannot be told here", verdict(List.of(), "quadratic to linear"));
    }

    private static List<LearnLine> costs(double time, long memory, double exact) {
        List<LearnLine> all = new ArrayList<>();
        for (String name : List.of("gmm-prf, 128", "gmm-rks, 128")) {
            all.add(new LearnLine.Cost(name, 1024, 1, 1000));
            all.add(new LearnLine.Cost(name, 4096, time, 1000 * memory));
        }
        all.add(new LearnLine.Cost("exact, fused", 1024, 1, 1000));
        all.add(new LearnLine.Cost("exact, fused", 4096, exact, 4000));
        return all;
    }

    @Test
    void aCostIsComparableUpToTwiceThatOfFavor() {
        List<LearnLine> lines = new ArrayList<>(costs(4, 4, 16));
        assertEquals("cannot be told here", verdict(lines, "computational cost"));
        lines.add(new LearnLine.Cost("favor+, 128", 4096, 2, 1));
        assertEquals("holds here", verdict(lines, "computational cost"));
        lines.add(new LearnLine.Cost("fastfood-prf, 128", 4096, 4.5, 1));
        assertEquals("does not hold here", verdict(lines, "computational cost"));
    }

    @Test
    void whatLiesBetweenVariantsIsAShareOfTheVariance() {
        List<LearnLine> apart = new ArrayList<>();
        List<LearnLine> alike = new ArrayList<>();
        List<String> names = List.of("a", "b", "c", "d");
        for (int v = 0; v < names.size(); v++) {
            double at = 0.2 * v;
            apart.addAll(runs(LearnTask.NEEDLE, names.get(v), at + 0.01, at + 0.02, at + 0.015));
            double[] turned = new double[4];
            for (int s = 0; s < 4; s++) {
                turned[s] = 0.1 * ((v + s) % 4);
            }
            alike.addAll(runs(LearnTask.NEEDLE, names.get(v), turned));
        }
        LearnRuns.Impact large = LearnRuns.of(apart).impact(LearnTask.NEEDLE, names).orElseThrow();
        assertEquals(1, large.share(), 1e-9);
        // One order in 4!² is as extreme up to renaming: 1/576, of 10,000 about 17.
        assertTrue(large.probability() < 0.01, "p " + large.probability());
        LearnRuns.Impact none = LearnRuns.of(alike).impact(LearnTask.NEEDLE, names).orElseThrow();
        assertEquals(0, none.share(), 1e-9);
        assertEquals(1, none.probability(), 1e-9);
        assertEquals(Optional.empty(), LearnRuns.of(apart).impact(LearnTask.NEEDLE, List.of("a")));
    }

    @Test
    void fixedTwinsTrainNoNumberOfTheirLaw() {
        for (FeatureName name : LearnVariant.learned()) {
            long learned = parameters(LearnVariant.learned(name));
            long fixed = parameters(LearnVariant.fixed(name));
            assertTrue(learned > fixed, name + ": " + learned + " and " + fixed);
            assertEquals(parameters("exact softmax"), fixed, name.toString());
        }
        // A diagonal of 16 numbers in each of two blocks.
        assertEquals(parameters("exact softmax") + 32, parameters("exact learned metric"));
    }

    private static TaskTraining training(String variant) {
        LearnVariant v =
                LearnVariant.all().stream()
                        .filter(x -> x.name().equals(variant))
                        .findFirst()
                        .orElseThrow();
        LearnTask task = LearnTask.MQAR;
        return new TaskTraining(
                task.task(),
                Design.standard().with(Positions.Kind.ROTARY).with(v.attention(task.headWidth())),
                task.size(),
                task.effort(),
                1);
    }

    private static long parameters(String variant) {
        return ParameterTree.of(training(variant).fresh()).count();
    }

    @Test
    void aSpectrumIsThatOfItsLaw() {
        Spectrum s = Spectrum.of(training("Generative-PRF").fresh()).orElseThrow();
        assertEquals(21, s.lengths().size());
        assertEquals(1, s.cut().getFirst(), 1e-12);
        // |ω_l| < 1 in 16 coordinates.
        assertTrue(s.lengths().getLast() < 4 && s.lengths().getFirst() > 0);
        assertEquals(s.lengths().stream().sorted().toList(), s.lengths());
        assertEquals(Optional.empty(), Spectrum.of(training("exact softmax").fresh()));
    }

    /// Says nothing, and lets so many runs begin.
    private static final class Quiet implements Watcher {
        private final List<String> seen = new ArrayList<>();
        private final List<String> ended = new ArrayList<>();
        private int left;

        Quiet(int most) {
            this.left = most;
        }

        @Override
        public Listener begins(String training, int number, int of) {
            left--;
            seen.add(training + ", " + number + "/" + of);
            return Listener.silent();
        }

        @Override
        public void ends(String training) {
            ended.add(training);
        }

        @Override
        public void measures(String what) {
            seen.add(what);
        }

        @Override
        public boolean goesOn() {
            return left > 0;
        }
    }

    @Test
    void runsAreDoneSeedBySeedAndNeverTwice() throws IOException {
        Path file = folder.resolve("learn.jsonl");
        List<LearnVariant> two =
                LearnVariant.all().stream()
                        .filter(v -> List.of("exact softmax", "GMM-PRF").contains(v.name()))
                        .toList();
        Learn learn =
                new Learn(List.of(LearnTask.MQAR), two, 2, t -> new Effort(32, 16, 1, 256, 1e-3));
        Quiet first = new Quiet(3);
        learn.train(file, first);
        assertEquals(
                List.of(
                        "mqar exact softmax seed 1, 1/4",
                        "mqar GMM-PRF seed 1, 2/4",
                        "mqar exact softmax seed 2, 3/4"),
                first.seen);
        assertEquals(3, first.ended.size());
        assertTrue(
                first.ended
                        .getFirst()
                        .matches("mqar exact softmax seed 1: accuracy 0\\.\\d{3} in \\d+ s"),
                first.ended.toString());
        Quiet second = new Quiet(10);
        learn.train(file, second);
        assertEquals(List.of("mqar GMM-PRF seed 2, 1/1"), second.seen);
        List<LearnLine> lines = RunFile.open(file, LearnLine::of).lines();
        assertEquals(4, lines.size());
        for (LearnLine line : lines) {
            LearnLine.Run run = (LearnLine.Run) line;
            assertEquals(run.variant().equals("GMM-PRF"), run.after().isPresent());
            assertEquals("", run.failure());
        }
        Map<String, String> pictures = new HashMap<>();
        String text = new LearnPage(lines).text("learned", pictures);
        assertTrue(text.contains("| GMM-PRF | 32 | 2 |"), text);
        assertTrue(text.contains("learned-mqar-gmm-prf.svg"), text);
        assertTrue(pictures.containsKey("learned-mqar-gmm-prf.svg"));
        assertTrue(pictures.containsKey("learned-mqar.svg"));
    }

    @Test
    void measurementsAreTakenOnce() throws IOException {
        Path file = folder.resolve("measured.jsonl");
        RunFile<LearnLine> results = RunFile.open(file, LearnLine::of);
        for (double scale : new double[] {0.5, 1}) {
            results.add(new LearnLine.Deviation("elu+1", scale, 64, 0.5, 0.1, 0.1));
        }
        Quiet first = new Quiet(1);
        Learn.measure(file, List.of(16, 32), first);
        // Nine attentions at two lengths.
        assertEquals(18, first.seen.size());
        Quiet second = new Quiet(1);
        Learn.measure(file, List.of(16, 32), second);
        assertEquals(List.of(), second.seen);
        Map<String, String> pictures = new HashMap<>();
        String text = new LearnPage(RunFile.open(file, LearnLine::of).lines()).text("m", pictures);
        assertTrue(text.contains("| exact, fused |"), text);
        assertTrue(pictures.containsKey("m-time.svg"));
        assertTrue(pictures.containsKey("m-error-1.svg"));
    }

    /// The file of results is kept, so that the page can be made again.
    @Test
    void thePageOfTheDocumentationIsThatOfItsResults() throws IOException {
        Path page = Path.of("../docs/learned-kernels.md");
        Path again = folder.resolve("learned-kernels.md");
        LearnPage.of(ExperimentPage.results(page)).write(again);
        assertEquals(Files.readString(page), Files.readString(again));
    }

    @Test
    void oneSeedIsTooFew() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Learn(List.of(), List.of(), 1, LearnTask::effort));
        assertEquals("paired differences need at least two seeds, got 1", e.getMessage());
    }
}
