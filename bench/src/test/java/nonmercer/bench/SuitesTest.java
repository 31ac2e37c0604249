package nonmercer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Rows;
import nonmercer.attention.Mask;
import nonmercer.kernel.Catalogue;
import nonmercer.kernel.Cauchy;
import nonmercer.kernel.Evidence;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Polynomial;
import nonmercer.kernel.Trait;
import nonmercer.lanes.Load;
import nonmercer.lanes.Unary;
import nonmercer.linalg.Transpose;
import nonmercer.parallel.Parallel;
import org.junit.jupiter.api.Test;

class SuitesTest {
    private static Stream<Case> cases() {
        return Suites.all().stream().flatMap(suite -> suite.cases().stream());
    }

    @Test
    void thereAreSuites() {
        assertEquals(
                List.of(
                        "gemm",
                        "elementwise",
                        "softmax",
                        "embedding",
                        "attention",
                        "linear",
                        "machine",
                        "train"),
                Suites.all().stream().map(Suite::name).toList());
        for (Suite suite : Suites.all()) {
            assertSame(suite, Suites.named(suite.name()));
            assertTrue(suite.cases().stream().allMatch(c -> c.suite().equals(suite.name())));
        }
    }

    @Test
    void anUnknownSuiteIsASentence() {
        var e = assertThrows(IllegalArgumentException.class, () -> Suites.named("gem"));
        assertEquals(
                "there is no suite named 'gem'; there are gemm, elementwise, softmax, embedding, attention, linear, machine, train",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Suites.find("gemm matmul float32 m=1"));
    }

    @Test
    void aCaseIsFoundByItsName() {
        assertEquals(cases().count(), new TreeSet<>(cases().map(Case::id).toList()).size());
        cases().forEach(c -> assertEquals(c.id(), Suites.find(c.id()).id()));
        assertEquals(
                "gemm matmul float32 m=256 n=256 k=256",
                Suites.named("gemm").cases().getFirst().id());
    }

    @Test
    void aProductIsTwoOperationsForEachPairThatIsMultiplied() {
        for (Case c : Suites.named("gemm").cases()) {
            double flops = 2.0 * (int) c.params().getOrDefault("batch", 1);
            for (String size : List.of("m", "n", "k")) {
                flops *= (int) c.params().getOrDefault(size, 0);
            }
            assertEquals(flops, c.amount().perCall(), c.id());
        }
    }

    /// Once each, on two threads: nothing throws, each contestant has its own name and does what
    /// the case says it does.
    @Test
    void everyContestantRuns() {
        int before = Parallel.threads();
        Parallel.threads(2);
        try {
            cases().filter(c -> c.amount().perCall() < 0x1p30)
                    .forEach(c -> {
                        List<Case.Contestant> contestants = c.contestants(c.contest().get(), 2);
                        assertEquals(
                                contestants.size(),
                                contestants.stream().map(Case.Contestant::name).distinct().count());
                        for (Case.Contestant each : contestants) {
                            if (!each.name().startsWith("bound")) {
                                assertEquals(
                                        c.amount().perCall(),
                                        each.load().run(1),
                                        each.name() + " at " + c);
                            }
                        }
                    });
        } finally {
            Parallel.threads(before);
        }
    }

    /// A bandwidth loop moves in a pass as many bytes as a call does: the mix of reads and writes
    /// is the same.
    @Test
    void aPassOfTheBoundMovesAsManyBytesAsACall() {
        cases().filter(c -> c.amount().limit().unit().equals("GB/s"))
                .forEach(c -> {
                    int times =
                            c.params().get("block") instanceof Integer block
                                    ? (int) c.params().getOrDefault("n", 0) / block
                                    : (int) c.params().getOrDefault("passes", 1);
                    for (Load load : c.amount().limit().loads(1)) {
                        assertEquals(c.amount().perCall(), times * load.run(1), c.id());
                    }
                });
    }

    @Test
    void oneCaseOfEachSuiteIsMeasured() {
        Rounds rounds = new Rounds(new Budget(1, 0, 0, 0, 0), 1);
        for (Suite suite : Suites.all()) {
            Case c = suite.cases().getFirst();
            Row row = rounds.measure(c);
            assertEquals(c.params(), row.params());
            assertEquals(1, row.threads());
            assertTrue(row.value() > 0 && row.bound() > 0, row.toString());
            assertEquals(row.value() / row.bound(), row.ofBound());
            assertTrue(row.peers().stream().allMatch(peer -> peer.value() > 0), row.toString());
        }
    }

    /// Every peer does every task; the second call overwrites, it does not add.
    @Property(tries = 60)
    void everyPeerComputesTheProduct(
            @ForAll DType dtype,
            @ForAll Transpose ta,
            @ForAll Transpose tb,
            @ForAll @IntRange(min = 1, max = 40) int m,
            @ForAll @IntRange(min = 1, max = 40) int n,
            @ForAll @IntRange(min = 1, max = 40) int k) {
        Array a =
                ta == Transpose.PLAIN
                        ? Suites.random("a", dtype, m, k)
                        : Suites.random("a", dtype, k, m);
        Array b =
                tb == Transpose.PLAIN
                        ? Suites.random("b", dtype, k, n)
                        : Suites.random("b", dtype, n, k);
        Case.Contest contest = Case.Contest.of(new Task.Product(a, ta, b, tb));
        contest.check().run();
        contest.check().run();
        assertTrue(contest.peers().size() >= (ta == tb && ta == Transpose.PLAIN ? 3 : 1));
    }

    @Test
    void everyPeerComputesTheElementwiseFunctionsAndTheSums() {
        for (DType dtype : DType.values()) {
            Array x = Suites.random("x", dtype, 1003);
            Array y = Suites.random("y", dtype, 1003);
            Array a = Suites.random("a", dtype, 17, 59);
            Array column = Suites.random("x", dtype, 59, 1);
            List<Task> tasks =
                    new ArrayList<>(
                            List.of(
                                    new Task.Add(x, y),
                                    new Task.Scale(0.5, x),
                                    new Task.AddScaled(1e-3, x, y),
                                    new Task.Sum(x),
                                    new Task.Dot(x, y),
                                    new Task.MatVec(a, column)));
            for (Unary f : Unary.values()) {
                tasks.add(new Task.Function(f, x));
            }
            for (Task task : tasks) {
                Case.Contest.of(task).check().run();
            }
        }
    }

    @Test
    void everyPeerComputesTheRowsAndTheSteps() {
        Array x = Suites.random("x", DType.FLOAT32, 37, 53);
        Array g = Suites.random("g", DType.FLOAT32, 37, 53);
        Array y = Array.zeros(DType.FLOAT32, x.shape());
        Rows.softmax(x, y);
        Array gain = Suites.random("gain", DType.FLOAT32, 53);
        Array bias = Suites.random("bias", DType.FLOAT32, 53);
        int[] rows = new int[37];
        Arrays.setAll(rows, i -> i * i % 23);
        for (Task task :
                List.of(
                        new Task.Blocks(Unary.EXP, x, 3),
                        new Task.Softmax(x),
                        new Task.SoftmaxGradient(y, g),
                        new Task.LogSumExp(x),
                        new Task.LayerNorm(x, 1e-5),
                        new Task.LayerNormGradient(x, g, 1e-5),
                        new Task.LayerNormTraining(x, gain, bias, g, 1e-5),
                        new Task.Gather(x, rows),
                        new Task.ScatterAdd(x, rows, 23),
                        new Task.CrossEntropy(x, rows),
                        new Task.AdamW(x, g, 1e-3, 0.01),
                        new Task.Encoder(
                                TrainSuite.block(16, 2, 24),
                                Suites.random("x", DType.FLOAT32, 2, 7, 16),
                                Suites.random("g", DType.FLOAT32, 2, 7, 16)))) {
            Case.Contest contest = Case.Contest.of(task);
            contest.check().run();
            boolean natives = !Peers.natives().isEmpty();
            assertEquals(
                    natives,
                    contest.peers().stream().anyMatch(p -> p.name().equals("libtorch")),
                    task.toString());
        }
    }

    /// Every kernel of the catalogue, and what the suite composes of them; entries are a few
    /// tenths, so that no power of a score leaves the range of the tolerance.
    @Test
    void everyPeerComputesAttention() {
        List<Kernel> kernels = new ArrayList<>(Catalogue.kernels().values());
        Kernel sum = new Gauss().plus(new Cauchy());
        kernels.addAll(List.of(new Bell(), new Polynomial(4), sum, new ExpDot().plus(new Gauss())));
        kernels.removeIf(k -> k.traits().of(Trait.NON_NEGATIVE) instanceof Evidence.Refuted);
        Array q = Suites.random("q", DType.FLOAT32, 1, 2, 37, 8);
        Array k = Suites.random("k", DType.FLOAT32, 1, 2, 37, 8);
        Array v = Suites.random("v", DType.FLOAT32, 1, 2, 37, 8);
        Array g = Suites.random("g", DType.FLOAT32, 1, 2, 37, 8);
        for (Kernel kernel : kernels) {
            Task.Attend forward = new Task.Attend(kernel, Mask.none(), q, k, v);
            for (Task task : List.of(forward, new Task.AttendTraining(forward, g))) {
                Case.Contest contest = Case.Contest.of(task);
                contest.check().run();
                assertTrue(
                        !(kernel instanceof ExpDot)
                                || Peers.natives().isEmpty() == contest.peers().isEmpty());
            }
        }
        Case.Contest.of(new Task.Attend(new ExpDot(), Mask.causal(), q, k, v)).check().run();
    }

    @Test
    void attentionIsMeasuredWithAnyKernelOfTheCatalogue() {
        List<Case> cases = Suites.attention(List.of("gauss", "exp-intersection")).cases();
        assertEquals(
                List.of("Gauss", "Gauss", "ExpIntersection", "ExpIntersection"),
                cases.stream().map(c -> c.params().get("kernel")).toList());
        cases.forEach(c -> assertEquals(c.id(), Suites.find(c.id()).id()));
        List<String> names = List.copyOf(Catalogue.kernels().keySet());
        assertEquals(2 * names.size(), Suites.attention(names).cases().size());
        assertThrows(IllegalArgumentException.class, () -> Suites.attention(List.of("none")));
    }

    @Test
    void whatACallAllocatesAloneGrowsWithTheLength() {
        var g = Suites.random("g", DType.FLOAT32, 1, 1, 64, 8);
        Training.alone(
                new Task.AttendTraining(new Task.Attend(new Gauss(), Mask.none(), g, g, g), g));
        Case memory =
                Suites.named("attention").cases().stream()
                        .filter(c -> c.amount().limit() instanceof Limit.Heap)
                        .findFirst()
                        .orElseThrow();
        Row row = new Rounds(new Budget(2, 0, 1, 0.3, 5), 1).measure(memory);
        // Six operands of 2 MB at least, and less than one matrix of all pairs.
        assertTrue(row.value() > 6 * 2.097 && row.value() < 33.55, row.toString());
        assertEquals("MB", row.unit());
    }

    @Test
    void aLongSequenceRunsInAJvmOfItsOwn() {
        LongSequence.run(16_384); // whose matrix of all pairs, of 1 GB, has no room in that heap
        var e = assertThrows(IllegalStateException.class, () -> LongSequence.run(-1));
        assertTrue(e.toString().contains("-1 tokens do not run"), e.toString());
    }

    /// The peak of a call that fills 268 MB that native code gave it. Half of it must show and no
    /// more than twice it: the JVM may take memory meanwhile or give some back, and Linux counts
    /// pages by processor and adds up late.
    @Test
    void nativeMemoryIsSeen() {
        long filled = 1L << 28;
        double seen =
                Resident.growth(() -> {
                    try (Arena arena = Arena.ofConfined()) {
                        arena.allocate(filled).fill((byte) 1);
                    }
                });
        boolean linux = System.getProperty("os.name").equals("Linux");
        double all = 1e-6 * filled;
        assertTrue(linux ? seen > 0.5 * all && seen < 2 * all : seen >= 0, seen + " MB");
    }

    @Test
    void peersSayTheirVersions() {
        Array a = Suites.random("a", DType.FLOAT32, 2, 2);
        Task task = new Task.Product(a, Transpose.PLAIN, a, Transpose.PLAIN);
        for (Peer peer : Peers.of(task)) {
            assertTrue(peer.version().matches("\\d+\\.\\d+.*"), peer.toString());
        }
    }

    /// The default class path has nothing native on it.
    @Test
    void nativePeersAreThereOnlyIfTheyWereBuilt() {
        boolean built =
                SuitesTest.class.getResource("/nonmercer/bench/natives/OpenBlas.class") != null;
        assertEquals(built, !Peers.natives().isEmpty());
    }

    @Test
    void parametersKeepTheirOrder() {
        Map<String, Object> params = Suites.params("m", 2, "kernel", "Gauss", "b", 1);
        assertEquals(List.of("m", "kernel", "b"), List.copyOf(params.keySet()));
    }
}
