package nonmercer.proofs.attention;

import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.attention.Attention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Printed;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Dot-product self-attention is not Lipschitz: its slope grows with the square of its inputs.
final class SlopeOfSelfAttentionHasNoBound
        implements Claim<SlopeOfSelfAttentionHasNoBound.Self, Double> {
    private static final double STEP = 1e-6;

    /// The output of the first of some tokens `[n][1]`.
    interface Self {
        double of(double[][] x);
    }

    @Override
    public String id() {
        return "L8";
    }

    @Override
    public String statement() {
        return "for r = 1, …, 30 and the tokens 0, r, -r of the line: self-attention with q = k = v = x has the slope 2r²/3 + 1/3 in its first token, so no constant bounds it";
    }

    @Override
    public Optional<Printed<?>> printed() {
        return Optional.of(
                Printed.of(
                        "self-attention is Lipschitz: for all tokens x of the line, with q = k = v = x, the slope of the first output in the first token is at most 100, if that is the constant",
                        () -> Cases.random(400, Points.in(3, 1, 30)),
                        x ->
                                Math.abs(
                                                first(moved(x, STEP), moved(x, STEP))
                                                        - first(moved(x, -STEP), moved(x, -STEP)))
                                        / (2 * STEP),
                        x -> 100 + 1e-4,
                        "the constant, and the roundings of outputs below 30 over a step of 10⁻⁶"));
    }

    private static double[][] moved(double[][] x, double step) {
        return new double[][] {{x[0][0] + step}, x[1], x[2]};
    }

    @Override
    public Source source() {
        return Source.of(
                "Kim, Papamakarios & Mnih 2021",
                "Theorem 3.1: the variance of the values under the weights enters the Jacobian");
    }

    @Override
    public String assumes() {
        return "tokens of the line without a bound; on a bounded set self-attention is Lipschitz";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Self>> subjects() {
        return List.of(Subject.of("Attention of ExpDot", x -> first(x, x)));
    }

    private static double first(double[][] queries, double[][] x) {
        Tensor q = Tensor.of(Array.matrix(queries)).reshape(1, 1, queries.length, 1);
        Tensor k = Tensor.of(Array.matrix(x)).reshape(1, 1, x.length, 1);
        return Attention.of(new ExpDot(Coefficient.of(1)))
                .apply(q, k, k, Mask.none(), Pass.evaluation())
                .value()
                .at(0);
    }

    @Override
    public Cases<Double> cases(Self self) {
        return Cases.all(1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0, 30.0);
    }

    /// The relative difference of the central difference quotient from the formula.
    @Override
    public double statistic(Self self, Double r) {
        return Math.abs(slope(self, r) / formula(r) - 1);
    }

    /// At x₁ = 0 all weights are 1/3: `Σ wⱼ xⱼ` moves by its own key's value, 1/3, and by the
    /// query, the variance 2r²/3; the first key's logit moves with the square of x₁ only.
    private static double formula(double r) {
        return 2 * r * r / 3 + 1.0 / 3;
    }

    private static double slope(Self self, double r) {
        return (self.of(new double[][] {{STEP}, {r}, {-r}})
                        - self.of(new double[][] {{-STEP}, {r}, {-r}}))
                / (2 * STEP);
    }

    /// The output is odd in x₁ = h; its third derivative is a fourth cumulant of the values, below
    /// 10 r⁴: `h² r²` of the slope. Rounding: `r u/h` over it.
    @Override
    public Tolerance<Self, Double> tolerance() {
        return Tolerance.bound(
                (self, r) -> 10 * STEP * STEP * r * r + 64 * Tolerance.Rounding.DOUBLE * r / STEP,
                "Taylor's remainder of a central difference with a step of 10⁻⁶, and 64 roundings of an output"
                        + " below r over that step");
    }

    @Override
    public Optional<Picture> picture(Self self) {
        double[] r = {1, 2, 4, 8, 16, 30};
        double[] slope = new double[r.length];
        double[] formula = new double[r.length];
        for (int i = 0; i < r.length; i++) {
            slope[i] = slope(self, r[i]);
            formula[i] = formula(r[i]);
        }
        return Optional.of(
                new Picture(
                        "Slope of self-attention at tokens 0, r, -r",
                        Picture.Axis.powers("r"),
                        Picture.Axis.powers("slope in the first token"),
                        List.of(
                                Picture.Line.measured("difference quotient", r, slope),
                                Picture.Line.bound("2r²/3 + 1/3", r, formula))));
    }

    @Override
    public List<Mutant<Self>> mutants() {
        return List.of(
                Mutant.of(
                        "keys and values that do not know the first token",
                        "cross-attention for self-attention",
                        x -> first(x, new double[][] {{0}, x[1], x[2]})),
                Mutant.of(
                        "queries on the unit ball",
                        "normalised queries: a Lipschitz attention",
                        x -> first(new double[][] {{Math.tanh(x[0][0] / x[1][0])}, {0}, {0}}, x)));
    }
}
