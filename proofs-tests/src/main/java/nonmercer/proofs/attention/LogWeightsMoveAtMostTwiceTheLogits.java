package nonmercer.proofs.attention;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Tensor;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

final class LogWeightsMoveAtMostTwiceTheLogits
        implements Claim<UnaryOperator<Tensor>, LogWeightsMoveAtMostTwiceTheLogits.Case> {
    /// Logits `[1][m]`, and what is added to them, times a factor.
    record Case(double[][] logits, double[][] direction, double factor) {
        double[][] moved() {
            double[][] a = {logits[0].clone()};
            for (int j = 0; j < a[0].length; j++) {
                a[0][j] += factor * direction[0][j];
            }
            return a;
        }

        /// `max |δⱼ|`, of the sums as they are stored.
        double delta() {
            double most = 0;
            double[][] moved = moved();
            for (int j = 0; j < logits[0].length; j++) {
                most = Math.max(most, Math.abs(moved[0][j] - logits[0][j]));
            }
            return most;
        }

        double largest() {
            double most = 0;
            for (double v : logits[0]) {
                most = Math.max(most, Math.abs(v) + delta());
            }
            return most;
        }
    }

    @Override
    public String id() {
        return "C11e";
    }

    @Override
    public String statement() {
        return "for all logits a and all δ: |ln(softmaxⱼ(a + δ)/softmaxⱼ(a))| ≤ 2 max|δ|";
    }

    @Override
    public Source source() {
        return Source.of(
                "Wright & Gonzalez 2021",
                "section 4, applied to ln κ; ln Σ eᵃ moves by at most max|δ|");
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

    /// Logits of up to 60, as a trained head has them: the bound without slack fails there by
    /// rounding.
    @Override
    public Cases<Case> cases(UnaryOperator<Tensor> softmax) {
        return Cases.random(
                        300,
                        Combinators.combine(
                                        integers().between(1, 9),
                                        Arbitraries.of(0.0, 0x1p-30, 0x1p-10, 1.0))
                                .flatAs((m, factor) ->
                                        Combinators.combine(Points.in(1, m, 60), Points.in(1, m, 2))
                                                .as((a, d) -> new Case(a, d, factor))))
                .hitting("several keys", 0.4, c -> c.logits[0].length >= 3)
                .hitting("a large step", 0.1, c -> c.factor == 1);
    }

    @Override
    public double statistic(UnaryOperator<Tensor> softmax, Case c) {
        Array before = softmax.apply(Tensor.of(Array.matrix(c.logits))).value();
        Array after = softmax.apply(Tensor.of(Array.matrix(c.moved()))).value();
        double worst = 0;
        for (int i = 0; i < before.size(); i++) {
            worst = Math.max(worst, Math.abs(Math.log(after.at(i) / before.at(i))));
        }
        return worst;
    }

    @Override
    public Tolerance<UnaryOperator<Tensor>, Case> tolerance() {
        return Tolerance.bound(
                (s, c) ->
                        2 * c.delta()
                                + Tolerance.Rounding.gamma(
                                        16 * (1 + c.largest()), Tolerance.Rounding.DOUBLE),
                "2 max|δ|, and 16 (1 + max|a|) roundings: an exponential's argument is off by a rounding of its size,"
                        + " the rest is relative");
    }

    @Override
    public Optional<Picture> picture(UnaryOperator<Tensor> softmax) {
        double[][] logits = {{3, -1, 0.5, 2, -2, 1}};
        double[][] direction = {{1, -1, 0.5, -0.25, 1, -1}};
        double[] by = Picture.steps(0, 3, 31);
        return Optional.of(
                new Picture(
                        "How far ln α moves with six logits",
                        Picture.Axis.of("max |δ|"),
                        Picture.Axis.of("largest move of ln α"),
                        List.of(
                                Picture.Line.measured(
                                        "ln α",
                                        by,
                                        f -> statistic(softmax, new Case(logits, direction, f))),
                                Picture.Line.bound("2 max |δ|", by, f -> 2 * f))));
    }

    @Override
    public List<Mutant<UnaryOperator<Tensor>>> mutants() {
        return List.of(
                Mutant.of("temperature 1/2", "folklore", a -> a.scale(2).softmax()),
                Mutant.of(
                        "weights rounded to float32",
                        "folklore",
                        a -> a.softmax().cast(DType.FLOAT32).cast(DType.FLOAT64)),
                Mutant.of("hard maximum", "folklore", a -> a.scale(1e6).softmax()));
    }
}
