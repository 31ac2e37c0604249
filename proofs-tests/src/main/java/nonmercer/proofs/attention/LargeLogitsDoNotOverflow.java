package nonmercer.proofs.attention;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

final class LargeLogitsDoNotOverflow
        implements KernelLaw<Attending, LargeLogitsDoNotOverflow.Case> {
    /// A scene and a factor of its queries and keys.
    record Case(Scene scene, double factor) {
        Scene large() {
            return scene.scaledKeys(factor).scaledQueries(factor);
        }
    }

    @Override
    public String id() {
        return "A13";
    }

    @Override
    public String statement() {
        return "for every kernel with a logarithm, in float32: where the largest ln k of a query is 30 above all others, however large, its output is the value of that key, and no output is NaN";
    }

    @Override
    public Source source() {
        return Source.of("Milakov & Gimelshein 2018", "section 2: safe softmax");
    }

    @Override
    public String assumes() {
        return "a kernel with a logarithm, and one key whose logarithm is 30 above those of the others";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Attending> subject(Candidate kernel) {
        return Gram.hasLog(kernel.kernel()) ? Attending.of(kernel) : Optional.empty();
    }

    @Override
    public Cases<Case> cases(Attending attending) {
        return Cases.random(
                        120,
                        Combinators.combine(
                                        Scene.of(attending.kernel(), 4, 6),
                                        Arbitraries.of(1.0, 8.0, 64.0))
                                .as(Case::new))
                .hitting(
                        "logits of 200",
                        unbounded(attending) ? 0.1 : 0,
                        c -> size(attending, c) >= 200);
    }

    /// The largest difference from that value, where the gap is so large. Logits of up to 10⁵ are
    /// off by less than 1 in float32, so the gap stays above 20.
    @Override
    public double statistic(Attending attending, Case c) {
        double[][] logs = logs(attending, c.large());
        double[][] out = attending.of(c.large(), Mask.none(), DType.FLOAT32);
        double worst = 0;
        for (int i = 0; i < out.length; i++) {
            int best = 0;
            double next = Double.NEGATIVE_INFINITY;
            for (int j = 1; j < logs[i].length; j++) {
                boolean better = logs[i][j] > logs[i][best];
                next = Math.max(next, logs[i][better ? best : j]);
                best = better ? j : best;
            }
            boolean clear = logs[i][best] - next > 30 && Math.abs(logs[i][best]) < 1e5;
            for (int l = 0; l < out[i].length; l++) {
                double off = out[i][l] - (float) c.scene.v()[best][l];
                double counts = clear ? Math.abs(off) : 0 * out[i][l];
                worst = Math.max(worst, counts); // NaN stays
            }
        }
        return worst;
    }

    @Override
    public Tolerance<Attending, Case> tolerance() {
        return Tolerance.bound(
                (a, c) -> 4 * c.scene.m() * Math.exp(-20) + 8 * Tolerance.Rounding.FLOAT,
                "the other weights sum to at most m e⁻²⁰, of values that differ by at most 4; and the roundings of a"
                        + " quotient of numbers of at most 2");
    }

    @Override
    public List<Mutant<Attending>> mutants() {
        return List.of(
                Mutant.of(
                        "exponentials of logits as they are: the maximum is not subtracted",
                        "folklore",
                        Attending.wrong((kernel, q, k, v, mask) ->
                                Gram.of(kernel, q, k, Pass.evaluation())
                                        .normalizeRows()
                                        .matmul(v))),
                Mutant.of(
                        "the largest of all queries subtracted, not that of each",
                        "folklore",
                        Attending.wrong((kernel, q, k, v, mask) -> {
                            Tensor logs = Gram.log(kernel, q, k, Pass.evaluation()).orElseThrow();
                            double most = -1e30;
                            for (int i = 0; i < logs.value().size(); i++) {
                                most = Math.max(most, logs.value().at(i));
                            }
                            return logs.plus(-most).exp().normalizeRows().matmul(v);
                        })));
    }

    /// Kernels whose logarithm grows as the square of the points; others may not reach so far.
    private static boolean unbounded(Attending attending) {
        Kernel kernel = attending.kernel().kernel();
        return kernel instanceof ExpDot || kernel instanceof Gauss;
    }

    /// `ln k` in float64.
    private static double[][] logs(Attending attending, Scene s) {
        Tensor logs =
                Gram.log(attending.kernel().kernel(), batch(s.q()), batch(s.k()), Pass.evaluation())
                        .orElseThrow();
        double[][] all = new double[s.n()][s.m()];
        for (int i = 0; i < s.n(); i++) {
            for (int j = 0; j < s.m(); j++) {
                all[i][j] = logs.value().get(i, j);
            }
        }
        return all;
    }

    private static Tensor batch(double[][] rows) {
        // as float32 holds them
        return Tensor.of(Array.matrix(rows).cast(DType.FLOAT32).cast(DType.FLOAT64));
    }

    private static double size(Attending attending, Case c) {
        double most = 0;
        for (double[] row : logs(attending, c.large())) {
            for (double log : row) {
                most = Math.max(most, Math.abs(log));
            }
        }
        return most;
    }
}
