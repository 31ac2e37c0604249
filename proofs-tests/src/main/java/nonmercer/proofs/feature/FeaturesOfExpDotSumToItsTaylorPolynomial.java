package nonmercer.proofs.feature;

import java.util.List;
import java.util.function.IntFunction;
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
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The coefficients printed in the paper, as transcribed, give a geometric series; they stand among
/// the mutants.
final class FeaturesOfExpDotSumToItsTaylorPolynomial
        implements Claim<IntFunction<FeatureMap>, Degree> {
    @Override
    public String id() {
        return "C1";
    }

    @Override
    public String statement() {
        return "for all q, k in ℝᵈ and p: Σ_{|a| ≤ p} φₐ(q) φₐ(k) = Σ_{n ≤ p} (q·k/√d)ⁿ/n!, with φₐ(x) = d^(-|a|/4)"
                + " xᵃ/√a!";
    }

    @Override
    public Source source() {
        return Source.of(
                "Wright & Gonzalez 2021", "Prop. 1, coefficients corrected; multinomial theorem");
    }

    @Override
    public String assumes() {
        return "coordinates of size at most 2, so that e^R, R = max Σ |qₗ kₗ|/√d, is no more than e⁸";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<IntFunction<FeatureMap>>> subjects() {
        return List.of(Subject.of("TaylorExp", TaylorExp::new));
    }

    @Override
    public Cases<Degree> cases(IntFunction<FeatureMap> features) {
        return Cases.random(120, Degree.cases(0, 2))
                .hitting("d ≥ 2", 0.4, c -> c.d() >= 2)
                .hitting("p ≥ 2", 0.4, c -> c.p() >= 2)
                .hitting(
                        "d ≥ 2, p ≥ 2, scores that matter",
                        0.2,
                        c -> c.d() >= 2 && c.p() >= 2 && c.largest() > 1);
    }

    @Override
    public double statistic(IntFunction<FeatureMap> features, Degree c) {
        FeatureMap phi = features.apply(c.p());
        Array gram =
                phi.queries(c.points().queries(DType.FLOAT64), Pass.evaluation())
                        .matmul(
                                phi.keys(c.points().keys(DType.FLOAT64), Pass.evaluation()),
                                Transpose.TRANSPOSED)
                        .value();
        double worst = 0;
        for (int i = 0; i < c.points().q().length; i++) {
            for (int j = 0; j < c.points().k().length; j++) {
                worst = Math.max(worst, Math.abs(gram.get(i, j) - taylor(c.score(i, j), c.p())));
            }
        }
        return worst;
    }

    /// `Σ_{n ≤ p} aⁿ/n!`.
    static double taylor(double a, int p) {
        double sum = 1;
        double term = 1;
        for (int n = 1; n <= p; n++) {
            term *= a / n;
            sum += term;
        }
        return sum;
    }

    /// Per degree a feature takes a product with a coordinate, with a factor, and that factor's own
    /// roundings: 4; both sides, the root of the scale and the product: 8p + 6. The sum takes one a
    /// feature. The scalar series is as good.
    @Override
    public Tolerance<IntFunction<FeatureMap>, Degree> tolerance() {
        return Tolerance.rounding(
                (phi, c) -> new TaylorExp(c.p()).dimension(c.d()) + 2 * (8.0 * c.p() + 6),
                (phi, c) -> Math.exp(c.largest()),
                "γₙ e^R, R = max Σ|qₗ kₗ|/√d ≤ 8: n counts the roundings of a feature, of the sum of all, and of the"
                        + " scalar series;"
                        + " the features' products sum to at most e^R in size");
    }

    @Override
    public List<Mutant<IntFunction<FeatureMap>>> mutants() {
        return List.of(
                Mutant.of(
                        "a! left out",
                        "folklore",
                        p ->
                                Monomials.of(
                                        p,
                                        a ->
                                                Monomials.right(a)
                                                        * Math.sqrt(Monomials.factorial(a)))),
                Mutant.of(
                        "d^(-n/4) left out",
                        "folklore",
                        p -> Monomials.of(p, a -> 1 / Math.sqrt(Monomials.factorial(a)))),
                Mutant.of(
                        "the printed coefficients √(n!/a!)/d^(1/4): a geometric" + " series",
                        "Wright & Gonzalez 2021, Prop. 1 as transcribed",
                        p ->
                                Monomials.of(
                                        p,
                                        a ->
                                                Math.sqrt(
                                                                Monomials.factorial(
                                                                                Monomials.degree(a))
                                                                        / Monomials.factorial(a))
                                                        / Math.pow(a.length, 0.25))),
                Mutant.of(
                        "one multi-index dropped",
                        "folklore",
                        p ->
                                new Monomials(
                                        p,
                                        Monomials::right,
                                        Monomials.Order.skipLast(),
                                        Monomials.Order.skipLast())),
                Mutant.of(
                        "multi-indices of the keys in another order",
                        "folklore",
                        p -> new Monomials(p, Monomials::right, all -> all, List::reversed)));
    }
}
