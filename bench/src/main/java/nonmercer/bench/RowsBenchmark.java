package nonmercer.bench;

import java.util.concurrent.TimeUnit;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Elementwise;
import nonmercer.array.Rows;
import nonmercer.array.Shape;
import nonmercer.lanes.Unary;
import nonmercer.random.RandomStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Elementwise functions and softmax on `[1024, n]` in float32.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--sun-misc-unsafe-memory-access=allow"})
public class RowsBenchmark {
    /// Columns.
    @Param({"64", "1024"})
    public int n;

    private Array x;
    private Array out;

    /// Random rows.
    @Setup
    public void setUp() {
        x = Array.zeros(DType.FLOAT32, Shape.of(1024, n));
        out = Array.zeros(DType.FLOAT32, Shape.of(1024, n));
        RandomStream.of(1).fillUniform(x, -1, 1);
    }

    /// `eˣ`.
    @Benchmark
    public Array exp() {
        Elementwise.unary(Unary.EXP, x, out);
        return out;
    }

    /// `tanh x`.
    @Benchmark
    public Array tanh() {
        Elementwise.unary(Unary.TANH, x, out);
        return out;
    }

    /// The softmax of each row.
    @Benchmark
    public Array softmax() {
        Rows.softmax(x, out);
        return out;
    }
}
