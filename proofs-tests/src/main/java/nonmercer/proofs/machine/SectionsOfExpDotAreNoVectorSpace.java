package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
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

/// The printed space is a set of kernel sections, which is not closed under addition. This claim is
/// the negation.
final class SectionsOfExpDotAreNoVectorSpace
        implements Claim<SectionsOfExpDotAreNoVectorSpace.Sum, double[][]> {
    /// The function that is claimed to be the sum of the sections at `k`, `k'`, at a point `t`.
    interface Sum {
        double at(double[] k, double[] other, double[] t);
    }

    @Override
    public String id() {
        return "E2";
    }

    @Override
    public String statement() {
        return "for all k ≠ k': ln of exp(t·k) + exp(t·k') has along k - k' the second difference 2 ln cosh(|k - k'|²/2) > 0, which is 0 for every multiple of a section";
    }

    @Override
    public Optional<Printed<?>> printed() {
        return Optional.of(
                Printed.of(
                        "{exp(·k) : k in ℝᵈ} is a vector space: for all k, k' the sum exp(·k) + exp(·k') is a multiple of some exp(·k''), so that its logarithm is affine, with second differences of 0",
                        () ->
                                Cases.random(
                                        100,
                                        integers().between(1, 3).flatMap(d -> Points.in(2, d, 1))),
                        k -> Math.abs(second(subjects().getFirst().code(), k)),
                        k ->
                                Tolerance.Rounding.gamma(
                                                40 + 4 * k[0].length, Tolerance.Rounding.DOUBLE)
                                        * 40,
                        "three logarithms of sums of exponentials, their arguments below 12"));
    }

    @Override
    public Source source() {
        return Source.of(
                "Wright & Gonzalez 2021",
                "Proposition 1, the printed B_X, refuted by strict convexity");
    }

    @Override
    public String assumes() {
        return "q and k are points of ℝᵈ: with k in the dual of an infinite space there is more room";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Sum>> subjects() {
        ExpDot kernel = new ExpDot(Coefficient.of(1));
        return List.of(
                Subject.of("ExpDot", (k, other, t) -> kernel.at(t, k) + kernel.at(t, other)));
    }

    @Override
    public Cases<double[][]> cases(Sum sum) {
        return Cases.random(100, integers().between(1, 3).flatMap(d -> Points.in(2, d, 1)))
                .hitting("d ≥ 2", 0.4, x -> x[0].length >= 2);
    }

    /// Silent where the two sections are nearly one.
    @Override
    public double statistic(Sum sum, double[][] k) {
        double square = 0;
        for (int l = 0; l < k[0].length; l++) {
            square += (k[0][l] - k[1][l]) * (k[0][l] - k[1][l]);
        }
        return square < 0.01
                ? SILENT
                : Math.abs(second(sum, k) - 2 * Math.log(Math.cosh(square / 2)));
    }

    /// The second difference of the logarithm at 0 along `k - k'`.
    private static double second(Sum sum, double[][] k) {
        int d = k[0].length;
        double[] along = new double[d];
        double[] back = new double[d];
        for (int l = 0; l < d; l++) {
            along[l] = k[0][l] - k[1][l];
            back[l] = -along[l];
        }
        return Math.log(sum.at(k[0], k[1], along))
                + Math.log(sum.at(k[0], k[1], back))
                - 2 * Math.log(sum.at(k[0], k[1], new double[d]));
    }

    @Override
    public Tolerance<Sum, double[][]> tolerance() {
        return Tolerance.rounding(
                (sum, k) -> 40 + 4 * k[0].length,
                (sum, k) -> 40,
                "three logarithms of sums of exponentials, their arguments below 12 and each rounded d times");
    }

    /// The sections at 1 and at -1.
    @Override
    public Optional<Picture> picture(Sum sum) {
        double[] t = Picture.steps(-2, 2, 41);
        double[] up = {1};
        double[] down = {-1};
        return Optional.of(
                new Picture(
                        "ln of a sum of two sections is no straight line",
                        Picture.Axis.of("t"),
                        Picture.Axis.of("ln of the function"),
                        List.of(
                                Picture.Line.measured(
                                        "the sum",
                                        t,
                                        at -> Math.log(sum.at(up, down, new double[] {at}))),
                                Picture.Line.bound(
                                        "ln (eᵗ + e⁻ᵗ)", t, at -> Math.log(2 * Math.cosh(at))),
                                Picture.Line.bound(
                                        "a multiple of one section", t, at -> Math.log(2)))));
    }

    @Override
    public List<Mutant<Sum>> mutants() {
        return List.of(
                Mutant.of(
                        "twice the section half way",
                        "Wright & Gonzalez 2021, the printed space: a sum of sections taken for a section",
                        (k, other, t) -> {
                            double dot = (Matrices.dot(k, t) + Matrices.dot(other, t)) / 2;
                            return 2 * Math.exp(dot);
                        }),
                Mutant.of(
                        "the larger of the two sections",
                        "the logarithm of a sum of exponentials taken for a maximum",
                        (k, other, t) ->
                                Math.exp(Math.max(Matrices.dot(k, t), Matrices.dot(other, t)))));
    }
}
