package nonmercer.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Fastfood;
import nonmercer.array.Hadamard;
import nonmercer.array.Recurrence;
import nonmercer.array.Shape;
import nonmercer.attention.Attention;
import nonmercer.attention.LinearStream;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.RandomFeatures;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.PositiveFeatureMap;
import nonmercer.linalg.MatMul;
import nonmercer.linalg.Transpose;
import nonmercer.model.Sizes;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Frequencies;
import org.jspecify.annotations.Nullable;

/// Attention through positive random features, in float32, against the peak of multiply-adds.
///
/// Counted are `8·L·m·d` operations a head forward, projections of queries and keys and two
/// products with the values, and twice as many backward; that the backward pass computes features
/// again does not count. `our exact` is the fused exact attention in the operations of the linear
/// one: where it is slower, the linear one is past the crossover. At `L = 3m` stands the row that
/// says whether it is within 1.5 times the crossover of the operations, `2m`. The quotient of two
/// rows' rates, of `L` and `4L`, is a quarter of that of their times.
record LinearSuite() implements Suite {
    private static final int HEADS = 8;
    private static final int WIDTH = 64;
    private static final int FEATURES = 128;
    private static final List<Integer> LENGTHS = List.of(1024, 4096, 16_384);
    private static final int LONGEST = 16_384;
    private static final int SHORT = 4096;
    private static final int LONG_STEP = 65_536;
    private static final String HEAP = "-Xmx2g";

    @Override
    public String name() {
        return "linear";
    }

    @Override
    public String about() {
        return "attention through features, in linear time";
    }

    @Override
    public List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (int m : new int[] {64, 128, 256}) {
            cases.add(forward(3 * m, m, Mask.none(), true));
        }
        for (int n : LENGTHS) {
            cases.add(forward(n, FEATURES, Mask.none(), n <= SHORT));
        }
        for (int n : LENGTHS) {
            cases.add(training(n, Mask.none(), n <= SHORT));
        }
        cases.add(training(SHORT, Mask.causal(), true));
        cases.add(stateStep("stream, update and read", Limit.Items.ONE, new Limit.Items("token")));
        cases.add(stateStep("stream, update and read, allocated", 1, new Limit.Heap()));
        cases.add(token());
        for (int n = 256; n <= 65_536; n *= 4) {
            cases.add(hadamard(n));
        }
        for (int d : new int[] {32, 64, 128, 256, 512}) {
            cases.add(fastfood(d));
        }
        cases.add(step());
        for (int n = 1024; n <= SHORT; n *= 2) {
            cases.add(memory(n, "linear", LinearStep.favor(FEATURES)));
            cases.add(memory(n, "exact", Attention.of(new ExpDot())));
        }
        cases.add(longStep());
        return cases;
    }

    @Override
    public List<Case> quick() {
        return cases().stream()
                .filter(c -> LENGTHS.getFirst().equals(c.params().get("L")))
                .toList();
    }

    private static Map<String, Object> params(int n, int m, Mask mask, String pass) {
        String seen = mask instanceof Mask.Causal ? "causal" : "none";
        return Suites.params(
                "L", n, "heads", HEADS, "d", WIDTH, "m", m, "mask", seen, "pass", pass);
    }

    private static Array rows(String name, int n) {
        return Suites.random(name, DType.FLOAT32, 1, HEADS, n, WIDTH);
    }

    private static Task.AttendLinear task(int n, int m, Mask mask) {
        var map = (PositiveFeatureMap) RandomFeatures.favorPlus(WIDTH, m).draw(RandomStream.of(1));
        return new Task.AttendLinear(map, mask, rows("q", n), rows("k", n), rows("v", n));
    }

    private static Task.Attend exact(int n, Mask mask) {
        return new Task.Attend(new ExpDot(), mask, rows("q", n), rows("k", n), rows("v", n));
    }

    private static Case forward(int n, int m, Mask mask, boolean beside) {
        return timed(
                params(n, m, mask, "forward"),
                8.0 * HEADS * n * m * WIDTH,
                () -> contest(task(n, m, mask), beside ? exact(n, mask) : null));
    }

    private static Case training(int n, Mask mask, boolean beside) {
        return timed(
                params(n, FEATURES, mask, "forward+backward"),
                24.0 * HEADS * n * FEATURES * WIDTH,
                () ->
                        contest(
                                new Task.AttendLinearTraining(
                                        task(n, FEATURES, mask), rows("g", n)),
                                beside
                                        ? new Task.AttendTraining(exact(n, mask), rows("g", n))
                                        : null));
    }

    private static Case timed(
            Map<String, Object> params, double flops, Supplier<Case.Contest> contest) {
        return new Case(
                "linear",
                "linear attention",
                params,
                DType.FLOAT32,
                new Case.Amount(flops, new Limit.Arithmetic(DType.FLOAT32)),
                contest);
    }

    /// The peers' results are compared with ours, the exact attention's are not.
    private static Case.Contest contest(Task task, @Nullable Task exact) {
        Case.Contest contest = Case.Contest.of(task);
        List<Peer> all = new ArrayList<>(contest.peers());
        if (exact != null) {
            Ours ours = Ours.of(exact);
            all.add(Peer.of("our exact", "", ours.call(), ours.result()));
        }
        return new Case.Contest(contest.ours(), contest.check(), all);
    }

    /// A key and its value into the state, a query's answer out of it, all heads: `m (e + 1)`
    /// numbers a head.
    private static Case stateStep(String work, double amount, Limit limit) {
        return new Case(
                "linear",
                work,
                Suites.params("heads", HEADS, "m", FEATURES, "e", WIDTH),
                DType.FLOAT32,
                new Case.Amount(amount, limit),
                () -> {
                    Array state = Suites.random("s", DType.FLOAT32, HEADS, FEATURES, WIDTH + 1);
                    Array keep = Array.full(DType.FLOAT32, Shape.of(HEADS), 1);
                    Array k = Suites.random("k", DType.FLOAT32, HEADS, FEATURES);
                    Array q = Suites.random("q", DType.FLOAT32, HEADS, FEATURES);
                    Array v = Suites.random("v", DType.FLOAT32, HEADS, WIDTH + 1);
                    Array out = Array.zeros(DType.FLOAT32, v.shape());
                    return alone(() -> Recurrence.step(state, keep, k, v, q, out));
                });
    }

    /// The same with the features of the token.
    private static Case token() {
        return new Case(
                "linear",
                "stream, token",
                Suites.params("heads", HEADS, "m", FEATURES, "d", WIDTH),
                DType.FLOAT32,
                new Case.Amount(Limit.Items.ONE, new Limit.Items("token")),
                () -> {
                    var map = RandomFeatures.favorPlus(WIDTH, FEATURES).draw(RandomStream.of(1));
                    LinearStream stream =
                            new LinearStream(map, 1, HEADS, WIDTH, WIDTH, DType.FLOAT32);
                    Tensor q = Tensor.of(rows("q", 1));
                    Tensor k = Tensor.of(rows("k", 1));
                    Tensor v = Tensor.of(rows("v", 1));
                    return alone(() -> stream.next(q, k, v, Pass.evaluation()));
                });
    }

    private static Case.Contest alone(Runnable call) {
        return new Case.Contest(call, () -> {}, List.of());
    }

    /// Rows of n numbers that together are a megabyte. Counted are a read and a write of each
    /// number and pass: one pass over the stages within a vector of 16, then three stages a pass
    /// (radix 8).
    private static Case hadamard(int n) {
        int rows = (1 << 18) / n;
        int stages = Integer.numberOfTrailingZeros(n) - 4;
        int passes = 1 + (stages + 2) / 3;
        int bytes = 4 * rows * n;
        return new Case(
                "linear",
                "hadamard",
                Suites.params("n", n, "rows", rows, "passes", passes),
                DType.FLOAT32,
                new Case.Amount(2.0 * passes * bytes, new Limit.Memory(1, 1, bytes)),
                () -> {
                    Array x = Suites.random("x", DType.FLOAT32, rows, n);
                    Array out = Array.zeros(DType.FLOAT32, x.shape());
                    return alone(() -> Hadamard.transform(x, out));
                });
    }

    /// Fastfood's projections of 4,096 rows beside those by a matrix, in the operations of these;
    /// both into an array that is there, as in a training step.
    private static Case fastfood(int d) {
        int m = Math.max(FEATURES, Integer.highestOneBit(2 * d - 1));
        return new Case(
                "linear",
                "fastfood projection",
                Suites.params("rows", SHORT, "d", d, "m", m),
                DType.FLOAT32,
                new Case.Amount(2.0 * SHORT * d * m, new Limit.Arithmetic(DType.FLOAT32)),
                () -> {
                    Array x = Suites.random("x", DType.FLOAT32, SHORT, d);
                    var law = nonmercer.spectral.Fastfood.drawn(d);
                    var f =
                            (Frequencies.Transformed)
                                    law.frequencies(
                                            law.noise(
                                                    new Coupling.Fastfood(), m, RandomStream.of(1)),
                                            DType.FLOAT32,
                                            Pass.evaluation());
                    Array s = f.s().scale(1 / Math.sqrt(f.s().dim(1))).value();
                    Array g = f.g().value();
                    Array b = f.b().value();
                    Array fast = Array.zeros(DType.FLOAT32, Shape.of(SHORT, m));
                    Array w = f.dense().value().reshape(Shape.of(m, d));
                    Array out = Array.zeros(DType.FLOAT32, Shape.of(SHORT, m));
                    Runnable dense =
                            () -> MatMul.multiply(x, Transpose.PLAIN, w, Transpose.TRANSPOSED, out);
                    return new Case.Contest(
                            () -> Fastfood.project(x, s, g, b, f.permutation(), fast),
                            () -> {},
                            List.of(Peer.of("our dense", "", dense, () -> out)));
                });
    }

    /// A training step over one sequence, beside the same with exact attention; in steps a second.
    private static Case step() {
        Sizes sizes = step(LONGEST);
        return new Case(
                "linear",
                "training step",
                Suites.params("L", LONGEST, "d", 256, "heads", 4, "blocks", 4, "m", FEATURES),
                DType.FLOAT32,
                new Case.Amount(Limit.Items.ONE * LONGEST, new Limit.Items("token")),
                () -> {
                    LinearStep linear = new LinearStep(sizes, LinearStep.favor(FEATURES));
                    LinearStep exact = new LinearStep(sizes, Attention.of(new ExpDot()));
                    return new Case.Contest(
                            linear::run,
                            () -> {},
                            List.of(Peer.of("our exact", "", exact::run, () -> Array.vector())));
                });
    }

    private static Sizes step(int n) {
        return new Sizes(256, n, 256, 4, 1024, 4);
    }

    /// What that step holds, but for its parameters, over shorter sequences: both ways an affine
    /// function of the length.
    private static Case memory(int n, String how, Attention attention) {
        return new Case(
                "linear",
                "training step, memory",
                Suites.params("L", n, "d", 256, "heads", 4, "blocks", 4, "attention", how),
                DType.FLOAT32,
                new Case.Amount(1, new Limit.Heap()),
                () -> alone(new LinearStep(step(n), attention)::alone));
    }

    /// A training step in a JVM with a heap of 2 GB, each block computed once more for its
    /// gradients; the start, half a second, counts.
    private static Case longStep() {
        return new Case(
                "linear",
                "training step, heap of 2 GB",
                Suites.params("L", LONG_STEP, "d", 128, "heads", 2, "blocks", 2, "m", FEATURES),
                DType.FLOAT32,
                new Case.Amount(Limit.Items.ONE * LONG_STEP, new Limit.Items("token")),
                () -> alone(() -> LongSequence.run(LinearStep.class, LONG_STEP, HEAP)));
    }
}
