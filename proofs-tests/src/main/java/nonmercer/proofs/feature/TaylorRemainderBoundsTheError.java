package nonmercer.proofs.feature;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Tuple;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.FeatureMap;
import nonmercer.linalg.Transpose;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

final class TaylorRemainderBoundsTheError
        implements Claim<TaylorRemainderBoundsTheError.Truncated, Degree> {
    /// Features cut off at a degree, and what is said to bound their error.
    record Truncated(IntFunction<FeatureMap> features, Remainder remainder) {}

    /// The error at most made at degree `p` and score `a`.
    interface Remainder {
        double of(int p, double a);
    }

    @Override
    public String id() {
        return "C2";
    }

    @Override
    public String statement() {
        return "for all q, k, p, with a = q·k/√d: |exp(a) - Σ_{|b| ≤ p} φ_b(q) φ_b(k)| ≤ |a|ᵖ⁺¹ max(1, eᵃ)/(p+1)!";
    }

    @Override
    public Source source() {
        return Source.of("Lagrange 1797", "remainder of Taylor's theorem");
    }

    @Override
    public String assumes() {
        return "coordinates of size at most 2; exp of the library's mathematics is good to 8 roundings";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Truncated>> subjects() {
        return List.of(
                Subject.of(
                        "TaylorExp",
                        new Truncated(TaylorExp::new, (p, a) -> new TaylorExp(p).remainder(a))));
    }

    /// An order cut off too early shows only where `r eʳ` is below about `p + 1`: so scores of at
    /// most 1 must come.
    @Override
    public Cases<Degree> cases(Truncated subject) {
        return Cases.random(
                        200,
                        Arbitraries.frequencyOf(
                                Tuple.of(1, Degree.cases(0, 2)), Tuple.of(1, Degree.cases(1, 0.9))))
                .hitting(
                        "p ≥ 1, 0.3 ≤ r ≤ 1",
                        0.05,
                        c -> c.p() >= 1 && c.largest() >= 0.3 && c.largest() <= 1)
                .hitting("negative scores", 0.1, c -> c.score(0, 0) < 0);
    }

    /// The largest excess over the remainder.
    @Override
    public double statistic(Truncated subject, Degree c) {
        FeatureMap phi = subject.features.apply(c.p());
        Array gram =
                phi.queries(c.points().queries(DType.FLOAT64), Pass.evaluation())
                        .matmul(
                                phi.keys(c.points().keys(DType.FLOAT64), Pass.evaluation()),
                                Transpose.TRANSPOSED)
                        .value();
        double worst = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < c.points().q().length; i++) {
            for (int j = 0; j < c.points().k().length; j++) {
                double a = c.score(i, j);
                double off = Math.abs(gram.get(i, j) - Math.exp(a));
                worst = Math.max(worst, off - subject.remainder.of(c.p(), a));
            }
        }
        return worst;
    }

    @Override
    public Tolerance<Truncated, Degree> tolerance() {
        return Tolerance.rounding(
                (s, c) -> new TaylorExp(c.p()).dimension(c.d()) + 8.0 * c.p() + 6 + 8,
                (s, c) -> Math.exp(c.largest()),
                "an excess over the remainder of γₙ e^R, R = max Σ|qₗ kₗ|/√d ≤ 8: the roundings of the features' sum"
                        + " (as in C1), and 8 of exp(a)");
    }

    @Override
    public Optional<Picture> picture(Truncated subject) {
        Pairs one = new Pairs(new double[][] {{1.2, -0.8}}, new double[][] {{1.1, 0.9}});
        int degrees = 16;
        double[] p = new double[degrees];
        double[] off = new double[degrees];
        double[] bound = new double[degrees];
        double a = new Degree(0, one).score(0, 0);
        for (int i = 0; i < degrees; i++) {
            p[i] = i;
            FeatureMap phi = subject.features.apply(i);
            double dot =
                    phi.queries(one.queries(DType.FLOAT64), Pass.evaluation())
                            .matmul(
                                    phi.keys(one.keys(DType.FLOAT64), Pass.evaluation()),
                                    Transpose.TRANSPOSED)
                            .value()
                            .get(0, 0);
            off[i] = Math.abs(dot - Math.exp(a));
            bound[i] = subject.remainder.of(i, a);
        }
        return Optional.of(
                new Picture(
                        "Error of the features up to a degree, one query and one key",
                        Picture.Axis.of("degree p"),
                        Picture.Axis.powers("error of exp(a)"),
                        List.of(
                                Picture.Line.measured("error", p, off),
                                Picture.Line.bound("remainder", p, bound))));
    }

    @Override
    public List<Mutant<Truncated>> mutants() {
        return List.of(
                Mutant.of(
                        "cut off one degree early",
                        "folklore",
                        new Truncated(
                                p -> new TaylorExp(Math.max(0, p - 1)),
                                (p, a) -> new TaylorExp(p).remainder(a))),
                Mutant.of(
                        "eᵃ left out of the remainder",
                        "folklore",
                        new Truncated(
                                TaylorExp::new,
                                (p, a) -> new TaylorExp(p).remainder(-Math.abs(a)))));
    }
}
