package nonmercer.bench.natives;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/// How many threads libtorch uses: its own, and those of the OpenBLAS beneath it.
record LibtorchThreads(int own, int blas) {
    private static final long TRIAL_NANOS = 30_000_000;
    private static final int TRIALS = 3;

    /// For all calls from this thread on.
    void set() {
        torch.set_num_threads(own);
        openblas.blas_set_num_threads(blas);
    }

    /// The best of all that use up to so many threads, by the fastest call.
    static LibtorchThreads best(Runnable call, int threads) {
        List<LibtorchThreads> all = new ArrayList<>(List.of(new LibtorchThreads(threads, threads)));
        if (threads > 1) {
            all.add(new LibtorchThreads(threads, 1));
            all.add(new LibtorchThreads(1, threads));
        }
        if (all.size() == 1) {
            return all.getFirst();
        }
        long[] fastest = new long[all.size()];
        java.util.Arrays.fill(fastest, Long.MAX_VALUE);
        for (int trial = 0; trial < TRIALS; trial++) {
            for (int i = 0; i < fastest.length; i++) {
                all.get(i).set();
                fastest[i] = Math.min(fastest[i], fastest(call));
            }
        }
        int best = 0;
        for (int i = 1; i < fastest.length; i++) {
            best = fastest[i] < fastest[best] ? i : best;
        }
        return all.get(best);
    }

    private static long fastest(Runnable call) {
        long fastest = Long.MAX_VALUE;
        long begin = System.nanoTime();
        long start = begin;
        do {
            call.run();
            long now = System.nanoTime();
            fastest = Math.min(fastest, now - start);
            start = now;
        } while (start - begin < TRIAL_NANOS);
        return fastest;
    }
}
