package nonmercer.lanes;

import java.util.function.IntToDoubleFunction;
import nonmercer.parallel.Parallel;

/// The bound of all arithmetic here: how many multiplications and additions a second this JVM gets
/// from this machine, measured with fused multiply-adds in registers, with the lanes in use.
///
/// The best of many short runs, each on `threads` threads at once: what disturbs a run only makes
/// it slower. Takes about a second. In GFLOP/s, 10⁹ operations a second; a fused multiply-add
/// counts as two.
public final class PeakFlops {
    private static volatile double sink;

    private PeakFlops() {}

    /// The float32 peak of so many threads together, in GFLOP/s.
    public static double float32(int threads) {
        return Stopwatch.best(threads, float32Load(threads));
    }

    /// The float64 peak of so many threads together, in GFLOP/s.
    public static double float64(int threads) {
        return Stopwatch.best(threads, float64Load(threads));
    }

    /// What [#float32(int)] times: its pieces are steps of the loop, its work is operations.
    public static Load float32Load(int threads) {
        return Lanes.vector()
                ? load(threads, VectorFloatPeak.FLOPS, steps -> VectorFloatPeak.chains(steps, 0.5f))
                : load(
                        threads,
                        ScalarFloatPeak.FLOPS,
                        steps -> ScalarFloatPeak.chains(steps, 0.5f));
    }

    /// What [#float64(int)] times: its pieces are steps of the loop, its work is operations.
    public static Load float64Load(int threads) {
        return Lanes.vector()
                ? load(
                        threads,
                        VectorDoublePeak.FLOPS,
                        steps -> VectorDoublePeak.chains(steps, 0.5))
                : load(
                        threads,
                        ScalarDoublePeak.FLOPS,
                        steps -> ScalarDoublePeak.chains(steps, 0.5));
    }

    private static Load load(int threads, double flopsOfStep, IntToDoubleFunction chains) {
        return steps -> {
            Parallel.forEach(threads, t -> sink = chains.applyAsDouble(steps));
            return threads * flopsOfStep * steps;
        };
    }
}
