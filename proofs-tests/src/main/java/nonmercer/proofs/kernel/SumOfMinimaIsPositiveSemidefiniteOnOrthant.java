package nonmercer.proofs.kernel;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Combinators;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Traits;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

final class SumOfMinimaIsPositiveSemidefiniteOnOrthant implements Claim<Kernel, double[][]> {
    static final Kernel SUM_OF_MINIMA =
            Made.of("Σ min", Pairing.SUM_OF_MINIMA, s -> s, Traits.none());
    static final Kernel SUM_OF_MAXIMA =
            SUM_OF_MINIMA.plus(Made.of("‖x-y‖₁", Pairing.L1_DISTANCE, s -> s, Traits.none()));

    @Override
    public String id() {
        return "C13c";
    }

    @Override
    public String statement() {
        return "for all finite sets of points with coordinates ≥ 0: no eigenvalue of the Gram matrix of Σₗ min(xₗ,"
                + " yₗ) is negative";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "min(u, v) is the covariance of Brownian motion");
    }

    @Override
    public String assumes() {
        return "coordinates that are not negative";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Kernel>> subjects() {
        return List.of(Subject.of("Pairing.SUM_OF_MINIMA", SUM_OF_MINIMA));
    }

    @Override
    public Cases<double[][]> cases(Kernel kernel) {
        return Cases.random(
                        120,
                        Combinators.combine(integers().between(2, 25), integers().between(1, 5))
                                .flatAs((n, d) -> Points.in(n, d, 2))
                                .map(SumOfMinimaIsPositiveSemidefiniteOnOrthant::folded))
                .hitting("n ≥ 10", 0.3, x -> x.length >= 10);
    }

    /// Absolute values.
    private static double[][] folded(double[][] x) {
        for (double[] row : x) {
            for (int l = 0; l < row.length; l++) {
                row[l] = Math.abs(row[l]);
            }
        }
        return x;
    }

    @Override
    public double statistic(Kernel kernel, double[][] x) {
        return -Spectrum.symmetric(Pairs.gram(kernel, x, x))[0];
    }

    /// Sums of numbers on a grid are exact.
    @Override
    public Tolerance<Kernel, double[][]> tolerance() {
        return Tolerance.bound(
                (k, x) ->
                        Spectrum.rounding(
                                x.length, Spectrum.frobenius(Pairs.gram(SUM_OF_MINIMA, x, x))),
                "the backward error of the eigenvalue solver; the entries are exact");
    }

    /// 20 points of the plane with coordinates above 0.
    @Override
    public Optional<Picture> picture(Kernel kernel) {
        double[][] x = folded(Points.spread(20, 2, 2));
        double[][] gram = Pairs.gram(kernel, x, x);
        return Optional.of(
                Picture.spectrum(
                        "Eigenvalues of 20 points with coordinates above 0",
                        Spectrum.symmetric(gram),
                        Pairs.rounding(kernel, x, x)
                                + Spectrum.rounding(x.length, Spectrum.frobenius(gram))));
    }

    @Override
    public List<Mutant<Kernel>> mutants() {
        return List.of(
                Mutant.of("max for min", "folklore", SUM_OF_MAXIMA),
                Mutant.of(
                        "minimum less a constant",
                        "folklore",
                        Made.of("shifted", Pairing.SUM_OF_MINIMA, s -> s.plus(-1), Traits.none())));
    }
}
