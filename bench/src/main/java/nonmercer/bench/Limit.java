package nonmercer.bench;

import java.util.List;
import java.util.Locale;
import nonmercer.array.DType;
import nonmercer.lanes.Bandwidth;
import nonmercer.lanes.Load;
import nonmercer.lanes.PeakFlops;

/// What no loop in this JVM exceeds on this machine: the best of some loops that do nothing else.
public interface Limit {
    /// `GFLOP/s` or `GB/s`, 10⁹ a second; `step/s`, `token/ms`, `point/ms`, or `MB`, 10⁶ bytes.
    String unit();

    /// What its loops do, such as `fma float32`; limits of one name run the same loops, over arrays
    /// of any size.
    String loops();

    /// Runs these loops until the optimising compiler is done with them; a second or two.
    void warmUp(int threads);

    /// The loops, on so many threads.
    List<Load> loads(int threads);

    /// Fused multiply-adds in registers, two operations each, with the lanes in use.
    record Arithmetic(DType dtype) implements Limit {
        @Override
        public String unit() {
            return "GFLOP/s";
        }

        @Override
        public String loops() {
            return "fma " + dtype.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public void warmUp(int threads) {
            double _ =
                    dtype == DType.FLOAT32
                            ? PeakFlops.float32(threads)
                            : PeakFlops.float64(threads);
        }

        @Override
        public List<Load> loads(int threads) {
            return List.of(
                    dtype == DType.FLOAT32
                            ? PeakFlops.float32Load(threads)
                            : PeakFlops.float64Load(threads));
        }
    }

    /// Reads and writes of as many arrays of as many bytes.
    record Memory(int reads, int writes, int bytes) implements Limit {
        /// An array of the warm-up: more than the first-level cache, little to wait for.
        private static final int WARM_BYTES = 1 << 18;

        @Override
        public String unit() {
            return "GB/s";
        }

        @Override
        public String loops() {
            return reads + " reads, " + writes + " writes";
        }

        @Override
        public void warmUp(int threads) {
            double _ = Bandwidth.of(reads, writes, WARM_BYTES, threads);
        }

        @Override
        public List<Load> loads(int threads) {
            return Bandwidth.loads(reads, writes, bytes, threads);
        }
    }

    /// Reads of two arrays of so many bytes, and writes of one of them in place.
    record Update(int bytes) implements Limit {
        @Override
        public String unit() {
            return "GB/s";
        }

        @Override
        public String loops() {
            return "2 reads, 1 write in place";
        }

        @Override
        public void warmUp(int threads) {
            double _ = Bandwidth.ofUpdate(Memory.WARM_BYTES, threads);
        }

        @Override
        public List<Load> loads(int threads) {
            return Bandwidth.updateLoads(bytes, threads);
        }
    }

    /// Reads of four arrays of so many bytes, and writes of three of them in place.
    record Updates(int bytes) implements Limit {
        @Override
        public String unit() {
            return "GB/s";
        }

        @Override
        public String loops() {
            return "4 reads, 3 writes in place";
        }

        @Override
        public void warmUp(int threads) {
            for (Load load : Bandwidth.updatesLoads(Memory.WARM_BYTES, threads)) {
                int _ = Budget.WARM_UP.settle(load, System::nanoTime);
            }
        }

        @Override
        public List<Load> loads(int threads) {
            return Bandwidth.updatesLoads(bytes, threads);
        }
    }

    /// The operations of a training step, without what is between them: as many steps as would fit.
    record Operations() implements Limit {
        @Override
        public String unit() {
            return "step/s";
        }

        @Override
        public String loops() {
            return "operations of a step";
        }

        @Override
        public void warmUp(int threads) {
            // The step itself, which is measured beside them, has compiled them by then.
        }

        @Override
        public List<Load> loads(int threads) {
            TranslateStep step = new TranslateStep();
            return List.of(n -> {
                long operations = 0;
                long start = System.nanoTime();
                for (int i = 0; i < n; i++) {
                    operations += step.nanosOfOperations();
                }
                return 1e9 * n * (System.nanoTime() - start) / operations;
            });
        }
    }

    /// What a call allocates on the heap, in 10⁶ bytes, and a native peer at most at a time; less
    /// is better, and there is no bound.
    record Heap() implements Limit {
        @Override
        public String unit() {
            return "MB";
        }

        @Override
        public String loops() {
            return "none";
        }

        @Override
        public void warmUp(int threads) {
            // Nothing to compile.
        }

        @Override
        public List<Load> loads(int threads) {
            return List.of();
        }
    }

    /// Tokens or points in a millisecond: work that is bound by neither arithmetic nor memory.
    ///
    /// @param item what is counted, such as `token`
    record Items(String item) implements Limit {
        /// What a call that takes one counts as.
        static final double ONE = 1e6;

        @Override
        public String unit() {
            return item + "/ms";
        }

        @Override
        public String loops() {
            return "none";
        }

        @Override
        public void warmUp(int threads) {
            // Nothing to compile.
        }

        @Override
        public List<Load> loads(int threads) {
            return List.of();
        }
    }
}
