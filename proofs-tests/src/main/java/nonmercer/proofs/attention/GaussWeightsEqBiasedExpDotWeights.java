package nonmercer.proofs.attention;

import java.util.List;
import java.util.function.BinaryOperator;
import nonmercer.array.DType;
import nonmercer.attention.Attention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Pairing;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

final class GaussWeightsEqBiasedExpDotWeights implements Claim<BinaryOperator<Tensor>, Pairs> {
    @Override
    public String id() {
        return "C11c";
    }

    @Override
    public String statement() {
        return "for all q, k, with c = 1/√d: normalised over the keys, exp(-c‖q-k‖²) is softmax of 2c q·k - c‖k‖²:"
                + " the softmax kernel with a bias on"
                + " each key";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "‖q-k‖² = ‖q‖² - 2 q·k + ‖k‖²; the first term cancels");
    }

    @Override
    public String assumes() {
        return "one c for both kernels, c = 1/√d";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<BinaryOperator<Tensor>>> subjects() {
        return List.of(Subject.of("Attention.of(Gauss)", (q, k) -> weights(new Gauss(), q, k)));
    }

    private static Tensor weights(Kernel kernel, Tensor q, Tensor k) {
        int n = q.dim(0);
        int m = k.dim(0);
        Tensor w =
                Attention.of(kernel)
                        .weights(
                                q.reshape(1, 1, n, q.dim(1)),
                                k.reshape(1, 1, m, k.dim(1)),
                                Mask.none(),
                                Pass.evaluation());
        return w.reshape(n, m);
    }

    @Override
    public Cases<Pairs> cases(BinaryOperator<Tensor> weights) {
        return Cases.random(150, Candidate.of(new Gauss()).pairs(4, 7))
                .hitting("several keys", 0.4, c -> c.k().length >= 3);
    }

    @Override
    public double statistic(BinaryOperator<Tensor> weights, Pairs c) {
        Tensor w = weights.apply(c.queries(DType.FLOAT64), c.keys(DType.FLOAT64));
        double worst = 0;
        for (int i = 0; i < c.q().length; i++) {
            double[] biased = softmax(logits(c.q()[i], c.k()));
            for (int j = 0; j < biased.length; j++) {
                worst = Math.max(worst, Math.abs(w.value().get(i, j) - biased[j]));
            }
        }
        return worst;
    }

    private static double[] logits(double[] q, double[][] k) {
        double c = 1 / Math.sqrt(q.length);
        double[] a = new double[k.length];
        for (int j = 0; j < a.length; j++) {
            a[j] = 2 * c * Pairing.DOT.at(q, k[j]) - c * Pairing.DOT.at(k[j], k[j]);
        }
        return a;
    }

    private static double[] softmax(double[] a) {
        double max = Double.NEGATIVE_INFINITY;
        for (double v : a) {
            max = Math.max(max, v);
        }
        double sum = 0;
        double[] w = new double[a.length];
        for (int j = 0; j < w.length; j++) {
            w[j] = Math.exp(a[j] - max);
            sum += w[j];
        }
        for (int j = 0; j < w.length; j++) {
            w[j] /= sum;
        }
        return w;
    }

    /// With coordinates in [-2, 2], `c Σ (|qₗ| + |kₗ|)² ≤ 16 √d ≤ 32` bounds the terms of a logit
    /// on either side.
    @Override
    public Tolerance<BinaryOperator<Tensor>, Pairs> tolerance() {
        return Tolerance.rounding(
                (s, c) -> 2 * (c.k().length + 12 + 2 * 32.0 * (c.q()[0].length + 4)),
                (s, c) -> 1,
                "γ of the roundings of weights of at most 1, twice: d + 4 of a logit's terms of size at most 32, for"
                        + " it and for the largest;"
                        + " 12 and m of exponential, sum and quotient");
    }

    @Override
    public List<Mutant<BinaryOperator<Tensor>>> mutants() {
        return List.of(
                Mutant.of(
                        "bias of the keys dropped",
                        "folklore",
                        (q, k) ->
                                weights(new ExpDot(Coefficient.of(2 / Math.sqrt(q.dim(1)))), q, k)),
                Mutant.of(
                        "normalised over the queries",
                        "folklore",
                        (q, k) -> weights(new Gauss(), k, q).permute(1, 0)),
                Mutant.of(
                        "exp(-c‖q-k‖²/2)",
                        "fast-transformers: docstring against code",
                        (q, k) ->
                                weights(
                                        new Gauss(Coefficient.of(0.5 / Math.sqrt(q.dim(1)))),
                                        q,
                                        k)));
    }
}
