package nonmercer.lanes;

import java.util.function.IntToDoubleFunction;
import nonmercer.parallel.Parallel;

/// The bound of all arithmetic here: how many multiplications and additions a second this JVM gets from this machine,
/// measured with fused multiply-adds in registers, with the lanes in use.
///
/// The best of many short runs, each on `threads` threads at once: what disturbs a run only makes it slower. Takes
/// about a second. In GFLOP/s, 10⁹ operations a second; a fused multiply-add counts as two.
public final class PeakFlops {
    private static volatile double sink;

    private PeakFlops() {}

    /// The float32 peak of so many threads together, in GFLOP/s.
    public static double float32(int threads) {
        return Lanes.vector()
                ? best(threads, VectorFloatPeak.FLOPS, steps -> VectorFloatPeak.chains(steps, 0.5f))
                : best(threads, ScalarFloatPeak.FLOPS, steps -> ScalarFloatPeak.chains(steps, 0.5f));
    }

    /// The float64 peak of so many threads together, in GFLOP/s.
    public static double float64(int threads) {
        return Lanes.vector()
                ? best(threads, VectorDoublePeak.FLOPS, steps -> VectorDoublePeak.chains(steps, 0.5))
                : best(threads, ScalarDoublePeak.FLOPS, steps -> ScalarDoublePeak.chains(steps, 0.5));
    }

    private static double best(int threads, double flopsOfStep, IntToDoubleFunction chains) {
        return Stopwatch.best(threads, steps -> {
            Parallel.forEach(threads, t -> sink = chains.applyAsDouble(steps));
            return threads * flopsOfStep * steps;
        });
    }
}
