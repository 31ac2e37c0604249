package nonmercer.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.attention.Mask;
import nonmercer.kernel.Catalogue;
import nonmercer.kernel.Cauchy;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.ExpIntersection;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.KernelExpression;
import nonmercer.kernel.Laplace;
import nonmercer.kernel.Polynomial;

/// Attention with a kernel, in float32, against the peak of multiply-adds.
///
/// Counted are a product of queries and keys and one of weights and values, `4·d` operations a
/// query and key that it sees, whatever the kernel; 3.5 times as many forward and backward, which
/// computes the scores again and takes four products more. So a figure of one kernel over that of
/// another is the inverse ratio of their times. A column named `our …` is this library at something
/// else in the same time.
///
/// @param kernels the kernels to measure, as expressions; empty for the rows that stand for all
record AttentionSuite(List<String> kernels) implements Suite {
    private static final int HEADS = 8;
    private static final int WIDTH = 64;
    private static final List<Integer> LENGTHS = List.of(512, 1024, 4096);
    private static final int LENGTH = 1024;
    private static final int LONG = 4096;
    private static final double BACKWARD = 3.5;

    /// One of each way to a score: exponential, root, quotient, power, no matrix product, a sum.
    private static final List<Kernel> FEW =
            List.of(
                    new Gauss(),
                    new Laplace(),
                    new Cauchy(),
                    new Polynomial(4),
                    new ExpIntersection(),
                    new Gauss().plus(new Cauchy()),
                    new ExpDot().plus(new Gauss()));

    AttentionSuite {
        kernels = List.copyOf(kernels);
    }

    @Override
    public String name() {
        return "attention";
    }

    @Override
    public String about() {
        return "exact attention, fused, with a kernel";
    }

    @Override
    public List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        if (!kernels.isEmpty()) {
            kernels.forEach(text -> besideExpDot(KernelExpression.parse(text), cases));
            return cases;
        }
        for (int n : LENGTHS) {
            both(new Setting(new ExpDot(), Mask.none(), HEADS, n), List.of(), cases);
        }
        Reference full =
                new Reference("our full", new Setting(new ExpDot(), Mask.none(), HEADS, LONG));
        both(new Setting(new ExpDot(), Mask.causal(), HEADS, LONG), List.of(full), cases);
        FEW.forEach(kernel -> besideExpDot(kernel, cases));
        Reference gauss =
                new Reference("our Gauss", new Setting(new Gauss(), Mask.none(), HEADS, LENGTH));
        both(new Setting(new Bell(), Mask.none(), HEADS, LENGTH), List.of(gauss), cases);
        cases.add(memory(LENGTH));
        cases.add(memory(LONG));
        cases.add(longSequence());
        return cases;
    }

    @Override
    public List<Case> quick() {
        return cases().stream()
                .filter(c -> LENGTHS.getFirst().equals(c.params().get("L")))
                .toList();
    }

    /// The case of this name, of any kernel of the catalogue.
    static Stream<Case> all() {
        List<String> names = List.copyOf(Catalogue.kernels().keySet());
        Map<String, Case> byId = new LinkedHashMap<>();
        Stream.of(new AttentionSuite(List.of()), new AttentionSuite(names))
                .flatMap(suite -> suite.cases().stream())
                .forEach(c -> byId.putIfAbsent(c.id(), c));
        return byId.values().stream();
    }

    /// What is attended to.
    private record Setting(Kernel kernel, Mask mask, int heads, int n) {
        Map<String, Object> params(String pass) {
            String seen = mask instanceof Mask.Causal ? "causal" : "none";
            return Suites.params(
                    "L",
                    n,
                    "heads",
                    heads,
                    "d",
                    WIDTH,
                    "kernel",
                    KernelExpression.label(kernel),
                    "mask",
                    seen,
                    "pass",
                    pass);
        }

        double flops() {
            double pairs = mask instanceof Mask.Causal ? n * (n + 1.0) / 2 : (double) n * n;
            return 4.0 * heads * pairs * WIDTH;
        }

        Task.Attend forward() {
            return new Task.Attend(kernel, mask, of("q"), of("k"), of("v"));
        }

        Task.AttendTraining training() {
            return new Task.AttendTraining(forward(), of("g"));
        }

        private Array of(String name) {
            return Suites.random(name, DType.FLOAT32, 1, heads, n, WIDTH);
        }
    }

    /// Something of ours to compare with.
    private record Reference(String name, Setting setting) {
        Peer of(Task task) {
            Ours ours = Ours.of(task);
            return Peer.of(name, "", ours.call(), ours.result());
        }
    }

    private static void besideExpDot(Kernel kernel, List<Case> to) {
        Setting of = new Setting(kernel, Mask.none(), HEADS, LENGTH);
        Setting expDot = new Setting(new ExpDot(), Mask.none(), HEADS, LENGTH);
        boolean itself = kernel instanceof ExpDot;
        both(of, itself ? List.of() : List.of(new Reference("our ExpDot", expDot)), to);
    }

    private static void both(Setting s, List<Reference> beside, List<Case> to) {
        to.add(
                timed(
                        s.params("forward"),
                        s.flops(),
                        () ->
                                contest(
                                        s.forward(),
                                        beside.stream()
                                                .map(r -> r.of(r.setting().forward()))
                                                .toList())));
        to.add(
                timed(
                        s.params("forward+backward"),
                        BACKWARD * s.flops(),
                        () ->
                                contest(
                                        s.training(),
                                        beside.stream()
                                                .map(r -> r.of(r.setting().training()))
                                                .toList())));
    }

    private static Case timed(
            Map<String, Object> params, double flops, Supplier<Case.Contest> contest) {
        return new Case(
                "attention",
                "attention",
                params,
                DType.FLOAT32,
                new Case.Amount(flops, new Limit.Arithmetic(DType.FLOAT32)),
                contest);
    }

    /// The peers' results are compared with ours, what else we do is not.
    private static Case.Contest contest(Task task, List<Peer> beside) {
        Case.Contest contest = Case.Contest.of(task);
        List<Peer> all = new ArrayList<>(contest.peers());
        all.addAll(beside);
        return new Case.Contest(contest.ours(), contest.check(), all);
    }

    /// What forward and backward need beside their arguments, with no buffer of an earlier call.
    private static Case memory(int n) {
        Setting s = new Setting(new Gauss(), Mask.none(), HEADS, n);
        return new Case(
                "attention",
                "attention, memory",
                s.params("forward+backward"),
                DType.FLOAT32,
                new Case.Amount(1, new Limit.Heap()),
                () -> {
                    Task.AttendTraining task = s.training();
                    return new Case.Contest(() -> Training.alone(task), () -> {}, Peers.of(task));
                });
    }

    /// One head over so many tokens that the matrix of all pairs would take 17 GB, in a JVM with a
    /// heap of 512 MB; its start, half a second, counts.
    private static Case longSequence() {
        Setting s = new Setting(new ExpDot(), Mask.none(), 1, LongSequence.LENGTH);
        return new Case(
                "attention",
                "attention, heap of 512 MB",
                s.params("forward+backward"),
                DType.FLOAT32,
                new Case.Amount(BACKWARD * s.flops(), new Limit.Arithmetic(DType.FLOAT32)),
                () -> new Case.Contest(LongSequence::run, () -> {}, List.of()));
    }
}
