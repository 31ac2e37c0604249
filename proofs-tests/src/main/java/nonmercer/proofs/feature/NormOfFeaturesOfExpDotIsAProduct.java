package nonmercer.proofs.feature;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.FeatureMap;
import nonmercer.machine.Lp;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The infinitely many features of the softmax kernel are in every `ℓʳ`, with a norm that is a
/// product over the coordinates.
final class NormOfFeaturesOfExpDotIsAProduct
        implements Claim<
                NormOfFeaturesOfExpDotIsAProduct.Norm, NormOfFeaturesOfExpDotIsAProduct.Case> {
    /// The degree up to which features are made: of two coordinates of size at most 1 those above
    /// have products below 10⁻¹⁶ altogether.
    private static final int DEGREE = 40;

    /// The norm of the features of a query.
    interface Norm {
        double of(double r, double[] q);
    }

    /// An exponent and a query.
    record Case(double r, double[] q) {}

    @Override
    public String id() {
        return "C8b";
    }

    @Override
    public String statement() {
        return "for all q in ℝᵈ and r > 1: the features Φ(q) of exp(q·k/√d) have ‖Φ(q)‖ᵣʳ = Πₗ Σₙ (|qₗ| d^-¼)ʳⁿ/(n!)^(r/2), which is finite, and exp(‖q‖²/√d) for r = 2";
    }

    @Override
    public Source source() {
        return Source.of(
                "Wright & Gonzalez 2021",
                "Proposition 1, coefficients corrected; a sum over multi-indices of products is a product of sums");
    }

    @Override
    public String assumes() {
        return "at most two coordinates of size at most 1, where features of degree 40 stand for all";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Norm>> subjects() {
        return List.of(
                Subject.of(
                        "Lp of TaylorExp",
                        (r, q) ->
                                norm(
                                        r,
                                        new TaylorExp(Coefficient.inverseRootDimension(), DEGREE),
                                        q)));
    }

    private static double norm(double r, FeatureMap map, double[] q) {
        return new Lp(r)
                .norm(
                        map.queries(Tensor.of(Array.matrix(new double[][] {q})), Pass.evaluation())
                                .value()
                                .toDoubles());
    }

    @Override
    public Cases<Case> cases(Norm norm) {
        return Cases.random(
                        60,
                        Combinators.combine(
                                        Arbitraries.of(1.2, 4.0 / 3, 1.5, 2.0, 3.0, 4.0),
                                        integers().between(1, 2).flatMap(d -> Points.in(1, d, 1)))
                                .as((r, q) -> new Case(r, q[0])))
                .hitting(
                        "two coordinates that are not 0",
                        0.1,
                        c -> c.q.length == 2 && c.q[0] * c.q[1] != 0);
    }

    /// How far from 1 the ratio of the two is; for r = 2 also of the closed form.
    @Override
    public double statistic(Norm norm, Case c) {
        double power = Math.pow(norm.of(c.r, c.q), c.r);
        double off = Math.abs(power / product(c) - 1);
        if (c.r != 2) {
            return off;
        }
        double square = 0;
        for (double v : c.q) {
            square += v * v;
        }
        return Math.max(off, Math.abs(power / Math.exp(square / Math.sqrt(c.q.length)) - 1));
    }

    private static double product(Case c) {
        double product = 1;
        for (double v : c.q) {
            double t = Math.abs(v) * Math.pow(c.q.length, -0.25);
            double sum = 1;
            double term = 1;
            for (int n = 1; n <= 2 * DEGREE; n++) {
                term *= Math.pow(t, c.r) / Math.pow(n, c.r / 2);
                sum += term;
            }
            product *= sum;
        }
        return product;
    }

    /// A feature of degree n takes 3n + 2 roundings and is raised to the power r; 861 of them are
    /// summed; the terms of the product take 5 each, of which there are 80.
    @Override
    public Tolerance<Norm, Case> tolerance() {
        return Tolerance.rounding(
                (norm, c) -> 861 + 4 * (3 * DEGREE + 10) + 5 * 2 * DEGREE * 2,
                (norm, c) -> 1,
                "the roundings of features, of their powers up to the fourth and of a sum of 861; of two series of 80"
                        + " terms; what is cut off is less than one");
    }

    @Override
    public Optional<Picture> picture(Norm norm) {
        double[] size = new double[20];
        double[] found = new double[20];
        double[] said = new double[20];
        for (int i = 0; i < size.length; i++) {
            size[i] = (i + 1) / 20.0;
            Case c = new Case(4.0 / 3, new double[] {size[i], -size[i]});
            found[i] = norm.of(c.r, c.q);
            said[i] = Math.pow(product(c), 1 / c.r);
        }
        return Optional.of(
                new Picture(
                        "Norm of all features of (s, -s) in ℓ^4/3",
                        Picture.Axis.of("s"),
                        Picture.Axis.of("norm"),
                        List.of(
                                Picture.Line.measured("of the features", size, found),
                                Picture.Line.bound("product of two series", size, said))));
    }

    @Override
    public List<Mutant<Norm>> mutants() {
        return List.of(
                Mutant.of(
                        "the norm of the conjugate exponent",
                        "folklore: r = 2 cannot tell",
                        (r, q) ->
                                norm(
                                        r / (r - 1),
                                        new TaylorExp(Coefficient.inverseRootDimension(), DEGREE),
                                        q)),
                Mutant.of(
                        "features of exp(q·k)",
                        "1 for d^-¼: one coordinate cannot tell",
                        (r, q) -> norm(r, new TaylorExp(Coefficient.of(1), DEGREE), q)),
                Mutant.of(
                        "features up to degree 3",
                        "a polynomial taken for the exponential",
                        (r, q) ->
                                norm(r, new TaylorExp(Coefficient.inverseRootDimension(), 3), q)));
    }
}
