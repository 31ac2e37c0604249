package nonmercer.proofs.kernel;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Combinators;
import nonmercer.kernel.Expression;
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

/// The exponential repairs it: `exp(Σ min)` is positive definite on all of `ℝᵈ`.
final class SumOfMinimaHasAtMostOneNegativeEigenvalue implements Claim<Kernel, double[][]> {
    @Override
    public String id() {
        return "C13d";
    }

    @Override
    public String statement() {
        return "for all finite sets of points: at most one eigenvalue of the Gram matrix of Σₗ min(xₗ, yₗ) is"
                + " negative, and exactly one"
                + " where some k(x, x) is negative";
    }

    @Override
    public Source source() {
        return Source.of(
                "Schoenberg 1938",
                "conditionally positive definite functions; min(x, y) = (x + y - |x - y|)/2");
    }

    @Override
    public String assumes() {
        return "no assumption on signs; eigenvalues within rounding of 0 count for neither side";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Kernel>> subjects() {
        return List.of(
                Subject.of(
                        "Pairing.SUM_OF_MINIMA",
                        SumOfMinimaIsPositiveSemidefiniteOnOrthant.SUM_OF_MINIMA));
    }

    @Override
    public Cases<double[][]> cases(Kernel kernel) {
        return Cases.random(
                        120,
                        Combinators.combine(integers().between(2, 25), integers().between(1, 5))
                                .flatAs((n, d) -> Points.in(n, d, 2)))
                .hitting(
                        "a negative diagonal entry",
                        0.5,
                        SumOfMinimaHasAtMostOneNegativeEigenvalue::negative);
    }

    private static boolean negative(double[][] x) {
        for (double[] row : x) {
            if (Pairing.SUM_OF_MINIMA.at(row, row) < 0) {
                return true;
            }
        }
        return false;
    }

    /// How many too many, or one too few. A diagonal entry of at most -2⁻¹⁰ puts an eigenvalue
    /// below it (Rayleigh).
    @Override
    public double statistic(Kernel kernel, double[][] x) {
        double[][] gram = Pairs.gram(kernel, x, x);
        double threshold = Spectrum.rounding(x.length, Spectrum.frobenius(gram));
        int below = 0;
        for (double e : Spectrum.symmetric(gram)) {
            below += e < -threshold ? 1 : 0;
        }
        return below > 1 ? below - 1 : negative(x) && below == 0 ? 1 : 0;
    }

    @Override
    public Tolerance<Kernel, double[][]> tolerance() {
        return Tolerance.exact();
    }

    /// 20 points of the plane.
    @Override
    public Optional<Picture> picture(Kernel kernel) {
        double[][] x = Points.spread(20, 2, 2);
        double[][] gram = Pairs.gram(kernel, x, x);
        return Optional.of(
                Picture.spectrum(
                        "Eigenvalues of the Gram matrix of 20 points of either sign",
                        Spectrum.symmetric(gram),
                        Pairs.rounding(kernel, x, x)
                                + Spectrum.rounding(x.length, Spectrum.frobenius(gram))));
    }

    @Override
    public List<Mutant<Kernel>> mutants() {
        return List.of(
                Mutant.of(
                        "max for min",
                        "folklore",
                        SumOfMinimaIsPositiveSemidefiniteOnOrthant.SUM_OF_MAXIMA),
                Mutant.of(
                        "an exponential before its time",
                        "folklore",
                        Made.of("exp", Pairing.SUM_OF_MINIMA, Expression::exp, Traits.none())));
    }
}
