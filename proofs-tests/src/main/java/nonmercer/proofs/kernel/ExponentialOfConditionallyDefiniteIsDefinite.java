package nonmercer.proofs.kernel;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.kernel.Pairing;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Scaled to a unit diagonal: the entries are `exp(s (ψ(x, y) - ψ(x, x)/2 - ψ(y, y)/2))`, at most 1
/// for every such ψ.
final class ExponentialOfConditionallyDefiniteIsDefinite
        implements Claim<
                ExponentialOfConditionallyDefiniteIsDefinite.Form,
                ExponentialOfConditionallyDefiniteIsDefinite.Case> {
    /// `ψ(x, y)`.
    interface Form {
        double at(double[] x, double[] y);
    }

    /// A factor and points.
    record Case(double s, double[][] x) {}

    @Override
    public String id() {
        return "C13e";
    }

    @Override
    public String statement() {
        return "for ψ conditionally positive definite, all s > 0 and all finite sets of points: no eigenvalue of the"
                + " Gram matrix of exp(s ψ) is"
                + " negative; and only for such ψ";
    }

    @Override
    public Source source() {
        return Source.of(
                "Schoenberg 1938, Metric spaces and positive definite functions", "Theorem 2");
    }

    @Override
    public String assumes() {
        return "ψ is conditionally positive definite, proved case by case (K15)";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Form>> subjects() {
        return List.of(
                Subject.of("q·k", Pairing.DOT::at),
                Subject.of("-‖q-k‖", (x, y) -> -distance(x, y)),
                Subject.of("-‖q-k‖²", (x, y) -> -Pairing.SQUARED_DISTANCE.at(x, y)),
                Subject.of("-‖q-k‖₁", (x, y) -> -Pairing.L1_DISTANCE.at(x, y)),
                Subject.of("Σ min", Pairing.SUM_OF_MINIMA::at));
    }

    private static double distance(double[] x, double[] y) {
        return Math.sqrt(Pairing.SQUARED_DISTANCE.at(x, y));
    }

    @Override
    public Cases<Case> cases(Form form) {
        return Cases.random(
                        120,
                        Combinators.combine(
                                        integers().between(2, 25),
                                        integers().between(1, 5),
                                        Arbitraries.of(0.01, 0.1, 1.0, 10.0))
                                .flatAs((n, d, s) -> Points.in(n, d, 2).map(x -> new Case(s, x))))
                .hitting("d ≥ 2, n ≥ 8", 0.3, c -> c.x[0].length >= 2 && c.x.length >= 8)
                .hitting("s = 1/100", 0.1, c -> c.s == 0.01)
                .hitting("s = 10", 0.1, c -> c.s == 10);
    }

    @Override
    public double statistic(Form form, Case c) {
        int n = c.x.length;
        double[][] gram = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double centred =
                        form.at(c.x[i], c.x[j])
                                - form.at(c.x[i], c.x[i]) / 2
                                - form.at(c.x[j], c.x[j]) / 2;
                gram[i][j] = Math.exp(c.s * centred);
            }
        }
        return -Spectrum.symmetric(gram)[0];
    }

    /// The exponent is the sum of three terms of at most `5 · 16` in size for five coordinates in
    /// [-2, 2].
    @Override
    public Tolerance<Form, Case> tolerance() {
        return Tolerance.bound(
                (f, c) -> {
                    int n = c.x.length;
                    double entry =
                            Tolerance.Rounding.gamma(16, Tolerance.Rounding.DOUBLE)
                                    * (1 + c.s * 80);
                    return n * entry + Spectrum.rounding(n, n);
                },
                "n times the roundings of an entry: 16 of an exponent of size s · 80, which the exponential makes"
                        + " relative, entries being at"
                        + " most 1; and the backward error of the eigenvalue solver for a matrix of norm at most n");
    }

    /// 16 points of the plane.
    @Override
    public Optional<Picture> picture(Form form) {
        double[][] x = Points.spread(16, 2, 2);
        double[] exponent = Picture.steps(-2, 0, 21);
        double[] s = Arrays.stream(exponent).map(e -> Math.pow(10, e)).toArray();
        return Optional.of(
                new Picture(
                        "Least eigenvalue of exp(s ψ), 16 points in the plane",
                        Picture.Axis.powers("s"),
                        Picture.Axis.of("least eigenvalue"),
                        List.of(
                                Picture.Line.measured(
                                        "least eigenvalue",
                                        s,
                                        by -> -statistic(form, new Case(by, x))),
                                Picture.Line.bound("0", s, by -> 0))));
    }

    @Override
    public List<Mutant<Form>> mutants() {
        return List.of(
                Mutant.of("+‖q-k‖: the sign of the distance", "folklore", (x, y) -> distance(x, y)),
                Mutant.of(
                        "max for min",
                        "folklore",
                        (x, y) -> Pairing.SUM_OF_MINIMA.at(x, y) + Pairing.L1_DISTANCE.at(x, y)),
                Mutant.of(
                        "-‖q-k‖³: the power beyond 2",
                        "Schoenberg 1938",
                        (x, y) -> -Math.pow(distance(x, y), 3)));
    }
}
