package nonmercer.bench;

import java.util.concurrent.TimeUnit;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.linalg.MatMul;
import nonmercer.linalg.Transpose;
import nonmercer.random.RandomStream;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
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

/// The square matrix product in float32: ours and EJML's.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--sun-misc-unsafe-memory-access=allow"})
public class MatMulBenchmark {
    /// Rows and columns.
    @Param({"64", "256", "512", "1024"})
    public int n;

    private Array a;
    private Array b;
    private Array c;
    private FMatrixRMaj x;
    private FMatrixRMaj y;
    private FMatrixRMaj z;

    /// Random matrices.
    @Setup
    public void setUp() {
        a = Array.zeros(DType.FLOAT32, Shape.of(n, n));
        b = Array.zeros(DType.FLOAT32, Shape.of(n, n));
        c = Array.zeros(DType.FLOAT32, Shape.of(n, n));
        RandomStream.of(1).fillUniform(a, -1, 1);
        RandomStream.of(2).fillUniform(b, -1, 1);
        x = FMatrixRMaj.wrap(n, n, a.toFloats());
        y = FMatrixRMaj.wrap(n, n, b.toFloats());
        z = new FMatrixRMaj(n, n);
    }

    /// Ours.
    @Benchmark
    public Array nonmercer() {
        MatMul.multiply(a, Transpose.PLAIN, b, Transpose.PLAIN, c);
        return c;
    }

    /// EJML's.
    @Benchmark
    public FMatrixRMaj ejml() {
        return CommonOps_FDRM.mult(x, y, z);
    }
}
