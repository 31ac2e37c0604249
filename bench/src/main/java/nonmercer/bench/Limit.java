package nonmercer.bench;

import nonmercer.array.DType;
import nonmercer.lanes.Bandwidth;
import nonmercer.lanes.PeakFlops;

/// What no loop on this machine can exceed, measured in this process.
public sealed interface Limit {
    /// The bound for this many threads, in the unit of [#unit()].
    double measure(int threads);

    /// `GFLOP/s` or `GB/s`, 10⁹ a second.
    String unit();

    /// Fused multiply-adds in registers, two operations each.
    record Arithmetic(DType dtype) implements Limit {
        @Override
        public double measure(int threads) {
            return dtype == DType.FLOAT32 ? PeakFlops.float32(threads) : PeakFlops.float64(threads);
        }

        @Override
        public String unit() {
            return "GFLOP/s";
        }
    }

    /// The best loop that reads and writes as many arrays of as many bytes.
    record Memory(int reads, int writes, int bytes) implements Limit {
        @Override
        public double measure(int threads) {
            return Bandwidth.of(reads, writes, bytes, threads);
        }

        @Override
        public String unit() {
            return "GB/s";
        }
    }
}
