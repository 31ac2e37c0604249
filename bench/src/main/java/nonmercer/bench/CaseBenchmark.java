package nonmercer.bench;

import nonmercer.lanes.Load;
import nonmercer.parallel.Parallel;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Any contestant of any case under JMH; `giga` counts its work, in 10⁹ operations or bytes a
/// second.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules",
            "jdk.incubator.vector",
            "--sun-misc-unsafe-memory-access=allow"
        })
public class CaseBenchmark {
    private static final Budget SIZE =
            new Budget(1, 0, 0.6, 0.3, 5); // compiled first: else a run stays too short

    /// Which case: its [Case#id()].
    @Param("gemm matmul float32 m=512 n=512 k=512")
    public String row;

    /// `nonmercer`, the name of a peer, or `bound 1`, `bound 2` ...
    @Param({"nonmercer", "bound 1", "EJML"})
    public String contestant;

    private Load load;
    private int pieces;

    /// What a call did, in 10⁹.
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Work {
        /// Since the iteration began.
        public double giga;
    }

    /// Makes the arrays.
    @Setup
    public void setUp() {
        Case c = Suites.find(row);
        Case.Contestant chosen =
                c.contestants(c.contest().get(), Parallel.threads()).stream()
                        .filter(each -> each.name().equals(contestant))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        row + " has no contestant named " + contestant));
        chosen.prepare().run();
        load = chosen.load();
        pieces = SIZE.settle(load, System::nanoTime);
    }

    /// About a millisecond of it, or one call if that takes longer.
    @Benchmark
    public double run(Work work) {
        double done = load.run(pieces);
        work.giga += 1e-9 * done;
        return done;
    }
}
