package nonmercer.proofs.kernel;

import java.util.List;
import java.util.Optional;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Quadratic;
import nonmercer.kernel.Trait;
import nonmercer.kernel.Traits;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

/// Points and translation lie on a grid, so that `x + t` is exact.
final class StationaryKernelIgnoresTranslation implements KernelLaw<Candidate, double[][]> {
    @Override
    public String id() {
        return "K10";
    }

    @Override
    public String statement() {
        return "for every kernel proved stationary and all x, y, t: k(x + t, y + t) = k(x, y)";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "definition of stationarity");
    }

    @Override
    public String assumes() {
        return "translations of exact numbers: the points are on a grid";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Candidate> subject(Candidate kernel) {
        return kernel.square() && kernel.kernel().traits().proved(Trait.STATIONARY)
                ? Optional.of(kernel)
                : Optional.empty();
    }

    @Override
    public Cases<double[][]> cases(Candidate kernel) {
        return Cases.random(200, kernel.points(3, 3))
                .hitting(
                        "a translation",
                        0.5,
                        x -> Pairing.SQUARED_DISTANCE.at(x[2], new double[x[2].length]) > 0);
    }

    @Override
    public double statistic(Candidate kernel, double[][] x) {
        return Math.abs(
                kernel.kernel().at(plus(x[0], x[2]), plus(x[1], x[2]))
                        - kernel.kernel().at(x[0], x[1]));
    }

    private static double[] plus(double[] x, double[] t) {
        double[] y = x.clone();
        for (int l = 0; l < y.length; l++) {
            y[l] += t[l];
        }
        return y;
    }

    @Override
    public Tolerance<Candidate, double[][]> tolerance() {
        return Tolerance.bound(
                (k, x) ->
                        rounding(k.kernel(), plus(x[0], x[2]), plus(x[1], x[2]))
                                + rounding(k.kernel(), x[0], x[1]),
                "the roundings of the formula in float64, once at each pair of points");
    }

    private static double rounding(Kernel kernel, double[] x, double[] y) {
        return Enclosure.of(kernel, x, y, Tolerance.Rounding.DOUBLE).error();
    }

    @Override
    public List<Mutant<Candidate>> mutants() {
        Gauss gauss = new Gauss();
        Traits stationary = Traits.none().proved(Trait.STATIONARY, "it has a lengthscale");
        return List.of(
                Mutant.of(
                        "a trait by default: stationary because it has a" + " lengthscale",
                        "GPyTorch SphericalLinearKernel",
                        Candidate.of(Made.claiming(new Quadratic(), stationary))),
                Mutant.of(
                        "a bell that widens away from the origin",
                        "Gibbs 1997",
                        Made.of(
                                        "widening",
                                        gauss,
                                        stationary,
                                        (x, y) ->
                                                Math.pow(
                                                        gauss.at(x, y),
                                                        1 / (1 + 0.01 * x[0] * y[0])))
                                .candidate()));
    }
}
