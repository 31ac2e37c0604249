package nonmercer.proofs.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Warp;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

final class TwoOppositePointsHaveClosedSpectrum
        implements Claim<TwoOppositePointsHaveClosedSpectrum.Eigenvalues, Double> {
    /// The eigenvalues, ascending, of the Gram matrix of `exp(-x y)` on points.
    interface Eigenvalues {
        double[] of(double[][] x);
    }

    @Override
    public String id() {
        return "C9d";
    }

    @Override
    public String statement() {
        return "for all t in (0, 2]: the Gram matrix of exp(-x y) on {t, -t} has the eigenvalues e^(-t²) ± e^(t²),"
                + " one of them negative";
    }

    @Override
    public Source source() {
        return Source.of("this library", "a 2 × 2 matrix with equal diagonal entries");
    }

    @Override
    public String assumes() {
        return "nothing but the two points";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Eigenvalues>> subjects() {
        return List.of(
                Subject.of(
                        "keys mapped by -1",
                        x -> eigenvalues(Towers.of(new double[][] {{-1}}), x)));
    }

    private static double[] eigenvalues(Kernel kernel, double[][] x) {
        return Spectrum.symmetric(Pairs.gram(kernel, x, x));
    }

    @Override
    public Cases<Double> cases(Eigenvalues subject) {
        return Cases.random(
                        60,
                        Arbitraries.integers()
                                .between(1, 2048)
                                .map(i -> i / 1024.0)
                                .edgeCases(e -> e.add(1.0)))
                .hitting("t ≥ 1/2", 0.08, t -> t >= 0.5);
    }

    @Override
    public double statistic(Eigenvalues subject, Double t) {
        double[] e = subject.of(new double[][] {{t}, {-t}});
        double less = Math.exp(-t * t);
        double more = Math.exp(t * t);
        return Math.max(Math.abs(e[0] - (less - more)), Math.abs(e[1] - (less + more)));
    }

    @Override
    public Tolerance<Eigenvalues, Double> tolerance() {
        return Tolerance.bound(
                (s, t) ->
                        Spectrum.rounding(2, 2 * Math.exp(t * t))
                                + 16 * Tolerance.Rounding.DOUBLE * Math.exp(t * t) * (1 + t * t),
                "the backward error of the eigenvalue solver, and 16 roundings of the entries");
    }

    @Override
    public Optional<Picture> picture(Eigenvalues subject) {
        double[] t = Picture.steps(0.05, 1.25, 25);
        return Optional.of(
                new Picture(
                        "Eigenvalues of exp(-xy) on {t, -t}",
                        Picture.Axis.of("t"),
                        Picture.Axis.of("eigenvalue"),
                        List.of(
                                Picture.Line.measured(
                                        "least",
                                        t,
                                        at -> subject.of(new double[][] {{at}, {-at}})[0]),
                                Picture.Line.measured(
                                        "largest",
                                        t,
                                        at -> subject.of(new double[][] {{at}, {-at}})[1]),
                                Picture.Line.bound(
                                        "e^(-t²) - e^(t²)",
                                        t,
                                        at -> Math.exp(-at * at) - Math.exp(at * at)),
                                Picture.Line.bound(
                                        "e^(-t²) + e^(t²)",
                                        t,
                                        at -> Math.exp(-at * at) + Math.exp(at * at)))));
    }

    @Override
    public List<Mutant<Eigenvalues>> mutants() {
        return List.of(
                Mutant.of(
                        "absolute values of the eigenvalues",
                        "folklore",
                        x -> {
                            double[] e = eigenvalues(Towers.of(new double[][] {{-1}}), x);
                            Arrays.setAll(e, i -> Math.abs(e[i]));
                            Arrays.sort(e);
                            return e;
                        }),
                Mutant.of(
                        "the projected query for both arguments",
                        "folklore",
                        x ->
                                eigenvalues(
                                        Towers.of(new double[][] {{-1}}, new double[][] {{-1}}),
                                        x)),
                Mutant.of(
                        "the map of the keys forgotten",
                        "folklore",
                        x ->
                                eigenvalues(
                                        new ExpDot(Coefficient.of(1)).warped(new Warp.Identity()),
                                        x)));
    }
}
