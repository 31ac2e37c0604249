package nonmercer.proofs.spectral;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.attention.LinearAttention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.linalg.Transpose;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Evidence;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// What the thread that calls allocates in a pass forward and backward, by the JVM's own account:
/// the least of many passes of either length in turn (of four at least), since vectors are objects
/// until their loops are compiled.
final class LinearAttentionTakesLinearMemory
        implements Claim<LinearAttentionCostsLinearWork.Recorded, Integer> {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int M = 8;
    private static final int PASSES = 20;
    private static final double SECONDS = 1.5;

    @Override
    public String id() {
        return "P16a";
    }

    @Override
    public String statement() {
        return "for all lengths N from 1024 on: linear attention, forward and backward, bidirectional or causal, allocates at 4N less than 4.4 times what it allocates at N";
    }

    @Override
    public Source source() {
        return Source.of(
                "Katharopoulos et al. 2020", "section 3.3.1; Chowdhury et al. 2022, abstract");
    }

    @Override
    public Kind kind() {
        return Kind.STATISTICAL;
    }

    @Override
    public Evidence evidence() {
        return Evidence.PINNED;
    }

    /// A loop would have to be compiled for the one length only, in all passes.
    @Override
    public double falseAlarm() {
        return 1e-3;
    }

    @Override
    public List<Subject<LinearAttentionCostsLinearWork.Recorded>> subjects() {
        LinearAttention linear = LinearAttention.of(new Attends.Given());
        return List.of(
                Subject.of(
                        "bidirectional",
                        (phi, psi, v, pass) -> linear.apply(phi, psi, v, Mask.none(), pass)),
                Subject.of(
                        "causal",
                        (phi, psi, v, pass) -> linear.apply(phi, psi, v, Mask.causal(), pass)),
                Subject.of(
                        "recomputing",
                        (phi, psi, v, pass) ->
                                linear.recomputing().apply(phi, psi, v, Mask.causal(), pass)));
    }

    @Override
    public Cases<Integer> cases(LinearAttentionCostsLinearWork.Recorded recorded) {
        return Cases.all(1024);
    }

    @Override
    public double statistic(LinearAttentionCostsLinearWork.Recorded recorded, Integer n) {
        long one = Long.MAX_VALUE;
        long four = Long.MAX_VALUE;
        long start = System.nanoTime();
        for (int i = 0; i < PASSES && (i < 4 || System.nanoTime() - start < SECONDS * 1e9); i++) {
            one = Math.min(one, bytes(recorded, n));
            four = Math.min(four, bytes(recorded, 4 * n));
        }
        return (double) four / one;
    }

    private static long bytes(LinearAttentionCostsLinearWork.Recorded recorded, int n) {
        Array x = Array.full(DType.FLOAT64, Shape.of(1, 1, n, M), 0.5);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try (Tape tape = Tape.open()) {
            Tensor phi = tape.watch(x);
            Tensor psi = tape.watch(x);
            Tensor v = tape.watch(x);
            Tensor loss = recorded.of(phi, psi, v, Pass.recorded(tape)).sum();
            tape.gradients(loss, List.of(phi, psi, v));
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @Override
    public Tolerance<LinearAttentionCostsLinearWork.Recorded, Integer> tolerance() {
        return Tolerance.bound(
                (recorded, n) -> 4.4,
                "4 for what is linear and less for what is constant, and a tenth for vectors that are objects; 16 for a matrix of all pairs");
    }

    @Override
    public List<Mutant<LinearAttentionCostsLinearWork.Recorded>> mutants() {
        return List.of(
                Mutant.of(
                        "a hidden matrix of all pairs",
                        "(φ ψᵀ) v for φ (ψᵀ v)",
                        (phi, psi, v, pass) -> phi.matmul(psi, Transpose.TRANSPOSED).matmul(v)));
    }
}
