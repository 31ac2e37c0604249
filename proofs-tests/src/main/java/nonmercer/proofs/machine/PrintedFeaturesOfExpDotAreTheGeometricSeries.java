package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Coefficient;
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

/// Features with the printed coefficients are those of another kernel. This claim is the negation
/// of the printed proposition.
final class PrintedFeaturesOfExpDotAreTheGeometricSeries
        implements Claim<PrintedFeaturesOfExpDotAreTheGeometricSeries.Limit, double[][]> {
    private static final int DEGREE = 24;

    /// What the sum of the features' products is said to be.
    interface Limit {
        double of(double dot, int d);
    }

    @Override
    public String id() {
        return "E1";
    }

    @Override
    public String statement() {
        return "for all q, k with |q·k| < 1: the features √(n!/a!) qᵃ/d^¼ printed for exp(q·k/√d) have the products 1/(√d (1 - q·k))";
    }

    @Override
    public Optional<Printed<?>> printed() {
        return Optional.of(
                Printed.of(
                        "for all q, k: the features √(n!/a!) qᵃ/d^¼ have the products exp(q·k/√d)",
                        () -> cases(subjects().getFirst().code()),
                        x ->
                                Math.abs(
                                        printedProducts(x)
                                                - Math.exp(
                                                        Matrices.dot(x[0], x[1])
                                                                / Math.sqrt(x[0].length))),
                        PrintedFeaturesOfExpDotAreTheGeometricSeries::rest,
                        "the terms above the degree 24, and roundings"));
    }

    @Override
    public Source source() {
        return Source.of(
                "Wright & Gonzalez 2021",
                "Proposition 1, coefficients as transcribed, refuted; the multinomial theorem");
    }

    @Override
    public String assumes() {
        return "|q·k| < 1, where the geometric series converges; the sum up to degree 24, its remainder in the bound";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Limit>> subjects() {
        return List.of(Subject.of("geometric series", (s, d) -> 1 / (Math.sqrt(d) * (1 - s))));
    }

    @Override
    public Cases<double[][]> cases(Limit limit) {
        return Cases.random(100, integers().between(1, 3).flatMap(d -> Points.in(2, d, 0.45)))
                .hitting("q·k above 0.01", 0.3, x -> Math.abs(Matrices.dot(x[0], x[1])) > 0.01);
    }

    /// The corrected features, degree by degree, with the printed coefficients restored: times n!.
    private static double printedProducts(double[][] x) {
        int d = x[0].length;
        var phi =
                new TaylorExp(Coefficient.of(1), DEGREE)
                        .queries(Tensor.of(Array.matrix(x)), Pass.evaluation())
                        .value();
        double sum = 0;
        double factorial = 1;
        int from = 0;
        for (int n = 0; n <= DEGREE; n++) {
            factorial *= Math.max(1, n);
            int to = new TaylorExp(Coefficient.of(1), n).dimension(d);
            double products = 0;
            for (int a = from; a < to; a++) {
                products += phi.get(0, a) * phi.get(1, a);
            }
            sum += factorial * products;
            from = to;
        }
        return sum / Math.sqrt(d);
    }

    @Override
    public double statistic(Limit limit, double[][] x) {
        return Math.abs(printedProducts(x) - limit.of(Matrices.dot(x[0], x[1]), x[0].length));
    }

    /// `n!` times the products of degree n is at most `sⁿ`, `s = Σ |qₗ kₗ|`; a feature of degree n
    /// takes 2n roundings.
    private static double rest(double[][] x) {
        double s = 0;
        for (int l = 0; l < x[0].length; l++) {
            s += Math.abs(x[0][l] * x[1][l]);
        }
        double roundings = 6 * DEGREE + 400;
        return (Math.pow(s, DEGREE + 1) + Tolerance.Rounding.gamma(roundings, 0x1p-53)) / (1 - s);
    }

    @Override
    public Tolerance<Limit, double[][]> tolerance() {
        return Tolerance.truncation(
                (limit, x) -> rest(x),
                "the geometric series above the degree, and the roundings of features, of sums of up to 325 products and"
                        + " of the terms");
    }

    /// Two coordinates, of which the second is 0.
    @Override
    public Optional<Picture> picture(Limit limit) {
        double[] s = Picture.steps(-0.7, 0.7, 29);
        return Optional.of(
                new Picture(
                        "Products of the printed features, d = 2",
                        Picture.Axis.of("q·k"),
                        Picture.Axis.of("sum of the products"),
                        List.of(
                                Picture.Line.measured(
                                        "printed features",
                                        s,
                                        v -> {
                                            double root = Math.sqrt(Math.abs(v));
                                            double[] q = {root, 0};
                                            double[] k = {Math.copySign(root, v), 0};
                                            return printedProducts(new double[][] {q, k});
                                        }),
                                Picture.Line.bound("said to be", s, v -> limit.of(v, 2)),
                                Picture.Line.bound(
                                        "exp(q·k/√2)", s, v -> Math.exp(v / Math.sqrt(2))))));
    }

    @Override
    public List<Mutant<Limit>> mutants() {
        return List.of(
                Mutant.of(
                        "the exponential of the printed proposition",
                        "Wright & Gonzalez 2021, Proposition 1 as transcribed",
                        (s, d) -> Math.exp(s / Math.sqrt(d))),
                Mutant.of(
                        "1/(1 - q·k)",
                        "d^¼ on each side forgotten: one dimension cannot tell",
                        (s, d) -> 1 / (1 - s)));
    }
}
