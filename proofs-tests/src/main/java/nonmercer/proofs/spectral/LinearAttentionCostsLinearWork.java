package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Memory;
import nonmercer.attention.LinearAttention;
import nonmercer.attention.LinearStream;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Engine;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.op.MatMul;
import nonmercer.linalg.Transpose;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Every operation that attention runs is counted: a matrix product by its multiplications and
/// additions, any other by the numbers it reads and writes. So counted, work is affine in the
/// length.
final class LinearAttentionCostsLinearWork
        implements Claim<LinearAttentionCostsLinearWork.Recorded, Integer> {
    private static final int M = 8;

    /// Attention of features and values that are recorded.
    interface Recorded {
        Tensor of(Tensor phi, Tensor psi, Tensor v, Pass pass);
    }

    @Override
    public String id() {
        return "P16";
    }

    @Override
    public String statement() {
        return "for all lengths N: the work of linear attention, forward, is affine in N, w(4N) - 2 w(2N) = w(2N) - 2 w(N); and the state of a stream is m (e + 1) numbers a head, whatever N";
    }

    @Override
    public Source source() {
        return Source.of(
                "Katharopoulos et al. 2020", "section 3.2.1; Chowdhury et al. 2022, abstract");
    }

    @Override
    public Kind kind() {
        return Kind.EXACT;
    }

    @Override
    public List<Subject<Recorded>> subjects() {
        LinearAttention linear = LinearAttention.of(new Attends.Given());
        return List.of(
                Subject.of(
                        "LinearAttention",
                        (phi, psi, v, pass) -> linear.apply(phi, psi, v, Mask.none(), pass)),
                Subject.of(
                        "padded",
                        (phi, psi, v, pass) ->
                                linear.apply(phi, psi, v, Mask.lengths(psi.dim(2) - 1), pass)));
    }

    @Override
    public Cases<Integer> cases(Recorded recorded) {
        return Cases.all(8, 33, 100);
    }

    @Override
    public double statistic(Recorded recorded, Integer n) {
        long one = work(recorded, n);
        long two = work(recorded, 2 * n);
        long four = work(recorded, 4 * n);
        return Math.abs((four - 2 * two) - (two - 2 * one)) + Math.abs(state(n) - M * 3L);
    }

    /// Of a stream after `n` tokens.
    private static long state(int n) {
        LinearStream stream = new LinearStream(new Attends.Given(), 1, 1, M, 2, DType.FLOAT64);
        for (int i = 0; i < n; i++) {
            Tensor row = Attends.head(new double[] {1, 1, 1, 1, 1, 1, 1, 1});
            stream.next(row, row, Attends.head(new double[] {1, 2}), Pass.evaluation());
        }
        return stream.numbers();
    }

    private static long work(Recorded recorded, int n) {
        Counting counting = new Counting();
        try (Tape tape = Tape.open(Memory.HEAP, counting)) {
            Random r = new Random(n);
            Tensor[] in = new Tensor[3];
            for (int i = 0; i < 3; i++) {
                double[][] rows = new double[n][];
                int width = i == 2 ? 2 : M;
                Arrays.setAll(rows, j -> r.doubles(width).map(x -> 1 + x).toArray());
                in[i] = tape.watch(Attends.head(rows).value());
            }
            recorded.of(in[0], in[1], in[2], Pass.recorded(tape));
        }
        return counting.work;
    }

    /// Runs and counts.
    private static final class Counting implements Engine {
        private long work;

        @Override
        public void run(Op op, Forward f) {
            op.forward(f);
            Array out = f.out();
            if (op instanceof MatMul) {
                work += 2L * f.in(0).size() * out.dim(-1);
                return;
            }
            work += out.size();
            for (int i = 0; i < f.count(); i++) {
                work += f.in(i).size();
            }
        }
    }

    @Override
    public Tolerance<Recorded, Integer> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public Optional<Picture> picture(Recorded recorded) {
        double[] n = {8, 16, 32, 64, 128, 256};
        double[] found = Arrays.stream(n).map(x -> work(recorded, (int) x)).toArray();
        double[] line = Arrays.stream(n).map(x -> x / 8 * found[0]).toArray();
        return Optional.of(
                new Picture(
                        "work of attention, counted",
                        Picture.Axis.powers("keys"),
                        Picture.Axis.powers("operations"),
                        List.of(
                                Picture.Line.measured("counted", n, found),
                                Picture.Line.bound("proportional", n, line))));
    }

    @Override
    public List<Mutant<Recorded>> mutants() {
        return List.of(
                Mutant.of(
                        "a hidden matrix of all pairs",
                        "(φ ψᵀ) v for φ (ψᵀ v)",
                        (phi, psi, v, pass) -> {
                            Tensor k = phi.matmul(psi, Transpose.TRANSPOSED);
                            Tensor sum = k.sum(-1);
                            return k.matmul(v).div(sum.reshape(sum.shape().append(1)));
                        }),
                Mutant.of(
                        "every prefix anew",
                        "Σ_{j ≤ i} ψⱼ vⱼᵀ from the start for each i",
                        (phi, psi, v, pass) -> {
                            Tensor[] rows = new Tensor[phi.dim(2)];
                            for (int i = 0; i < rows.length; i++) {
                                Tensor state =
                                        psi.slice(2, 0, i + 1)
                                                .permute(0, 1, 3, 2)
                                                .matmul(v.slice(2, 0, i + 1));
                                rows[i] = phi.slice(2, i, i + 1).matmul(state);
                            }
                            return Tensor.concat(2, List.of(rows));
                        }));
    }
}
