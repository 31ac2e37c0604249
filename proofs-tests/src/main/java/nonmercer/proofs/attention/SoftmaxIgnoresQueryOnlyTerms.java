package nonmercer.proofs.attention;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.autodiff.Tensor;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

final class SoftmaxIgnoresQueryOnlyTerms
        implements Claim<UnaryOperator<Tensor>, SoftmaxIgnoresQueryOnlyTerms.Case> {
    /// Logits `[n][m]`, and a number for each query `[n][1]`.
    record Case(double[][] logits, double[][] shift) {
        double[][] shifted() {
            double[][] a = new double[logits.length][];
            for (int i = 0; i < a.length; i++) {
                a[i] = logits[i].clone();
                for (int j = 0; j < a[i].length; j++) {
                    a[i][j] += shift[i][0];
                }
            }
            return a;
        }

        double largest() {
            double most = 0;
            for (double[][] a : List.of(logits, shifted())) {
                for (double[] row : a) {
                    for (double v : row) {
                        most = Math.max(most, Math.abs(v));
                    }
                }
            }
            return most;
        }
    }

    @Override
    public String id() {
        return "C11d";
    }

    @Override
    public String statement() {
        return "for all logits a and all h: softmaxⱼ(aᵢⱼ + hᵢ) = softmaxⱼ(aᵢⱼ): a factor of the query alone has no say";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "e^(a+h) = e^a e^h");
    }

    @Override
    public String assumes() {
        return "logits up to 60";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<UnaryOperator<Tensor>>> subjects() {
        return List.of(Subject.of("Tensor.softmax", Tensor::softmax));
    }

    @Override
    public Cases<Case> cases(UnaryOperator<Tensor> softmax) {
        return Cases.random(
                        150,
                        Combinators.combine(integers().between(1, 4), integers().between(1, 9))
                                .flatAs((n, m) ->
                                        Combinators.combine(
                                                        Points.in(n, m, 60), Points.in(n, 1, 60))
                                                .as(Case::new)))
                .hitting("several keys", 0.4, c -> c.logits[0].length >= 3);
    }

    @Override
    public double statistic(UnaryOperator<Tensor> softmax, Case c) {
        Array before = softmax.apply(Tensor.of(Array.matrix(c.logits))).value();
        Array after = softmax.apply(Tensor.of(Array.matrix(c.shifted()))).value();
        double worst = 0;
        for (int i = 0; i < before.size(); i++) {
            worst = Math.max(worst, Math.abs(before.at(i) - after.at(i)));
        }
        return worst;
    }

    /// A logit plus h is exact on the grid; subtracting the maximum is too. An exponential is good
    /// to 4 units, m are summed.
    @Override
    public Tolerance<UnaryOperator<Tensor>, Case> tolerance() {
        return Tolerance.rounding(
                (s, c) -> 2 * (c.logits[0].length + 12 + c.largest()),
                (s, c) -> 1,
                "γ of 2 (m + 12 + max|a|) roundings of weights of at most 1: an exponential, its argument, the sum of"
                        + " m, the quotient, twice");
    }

    @Override
    public List<Mutant<UnaryOperator<Tensor>>> mutants() {
        return List.of(
                Mutant.of("exponentials not normalised", "folklore", a -> a.plus(-60).exp()),
                Mutant.of(
                        "normalised over the queries",
                        "folklore",
                        a -> a.permute(1, 0).softmax().permute(1, 0)));
    }
}
