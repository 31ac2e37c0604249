package nonmercer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.lanes.Load;
import nonmercer.linalg.MatMul;
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
                List.of("gemm", "elementwise", "softmax"),
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
                "there is no suite named 'gem'; there are gemm, elementwise, softmax",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Suites.find("gemm matmul float32 m=1"));
    }

    @Test
    void aCaseIsFoundByItsName() {
        assertEquals(cases().count(), new TreeSet<>(cases().map(Case::id).toList()).size());
        cases().forEach(c -> assertEquals(c.id(), Suites.find(c.id()).id()));
        assertEquals(
                "gemm matmul float32 m=64 n=64 k=64", Suites.named("gemm").cases().getFirst().id());
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
        cases().filter(c -> !(c.amount().limit() instanceof Limit.Arithmetic))
                .forEach(c -> {
                    for (Load load : c.amount().limit().loads(1)) {
                        assertEquals(c.amount().perCall(), load.run(1), c.id());
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

    /// |computed − exact| ≤ γₖ Σ|aᵢₚ||bₚⱼ| ≤ γₖ·k for entries in [-1, 1), whatever the order of the
    /// sum (Higham 2002, section 3.1), so two of them differ by at most twice that; γₖ < 2·k·u
    /// here.
    @Property(tries = 60)
    void everyPeerComputesTheProduct(
            @ForAll DType dtype,
            @ForAll @IntRange(min = 1, max = 40) int m,
            @ForAll @IntRange(min = 1, max = 40) int n,
            @ForAll @IntRange(min = 1, max = 40) int k) {
        Array a = Suites.random("a", dtype, m, k);
        Array b = Suites.random("b", dtype, k, n);
        Array c = Array.zeros(dtype, Shape.of(m, n));
        MatMul.multiply(a, Transpose.PLAIN, b, Transpose.PLAIN, c);
        double[] expected = c.toDoubles();
        double u = dtype == DType.FLOAT32 ? 0x1p-24 : 0x1p-53;
        for (ProductPeer peer : ProductPeer.all(a, b)) {
            peer.peer().call().run();
            peer.peer().call().run(); // the second call overwrites, it does not add
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    assertEquals(
                            expected[i * n + j],
                            peer.result().at(i, j),
                            4.0 * k * k * u,
                            peer.peer().name() + " " + dtype);
                }
            }
        }
    }

    @Test
    void peersSayTheirVersions() {
        Array a = Suites.random("a", DType.FLOAT32, 2, 2);
        for (ProductPeer peer : ProductPeer.all(a, a)) {
            assertTrue(peer.peer().version().matches("\\d+\\.\\d+.*"), peer.peer().toString());
        }
    }

    @Test
    void parametersKeepTheirOrder() {
        Map<String, Object> params = Suites.params("m", 2, "kernel", "Gauss", "b", 1);
        assertEquals(List.of("m", "kernel", "b"), List.copyOf(params.keySet()));
    }
}
