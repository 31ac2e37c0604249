package nonmercer.proofs.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import nonmercer.kernel.Expression;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Trait;
import nonmercer.kernel.Traits;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Tolerance;

/// The symmetrised Gram matrix, scaled to a unit diagonal, which keeps the signs of the eigenvalues
/// and gives small points the weight of large ones.
final class GramOfPositiveDefiniteKernelIsPositiveSemidefinite
        implements KernelLaw<Candidate, double[][]> {
    @Override
    public String id() {
        return "K9";
    }

    @Override
    public String statement() {
        return "for every kernel proved positive definite and all finite sets of points: no eigenvalue of the Gram"
                + " matrix is negative";
    }

    @Override
    public Source source() {
        return Source.of("Aronszajn 1950, Theory of reproducing kernels", "section 2");
    }

    @Override
    public String assumes() {
        return "eigenvalues are backward stable (Higham 2002, section 1.5); entries are good to their enclosure";
    }

    @Override
    public Cost cost() {
        return Cost.SECONDS;
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Candidate> subject(Candidate kernel) {
        return kernel.square() && kernel.kernel().traits().proved(Trait.POSITIVE_DEFINITE)
                ? Optional.of(kernel)
                : Optional.empty();
    }

    @Override
    public Cases<double[][]> cases(Candidate kernel) {
        return Cases.random(120, kernel.points(1, 25))
                .hitting("d ≥ 2", kernel.openShare(0.4), x -> x[0].length >= 2)
                .hitting("n ≥ 8", 0.4, x -> x.length >= 8)
                .hitting("repeated points", 0.005, Points::repeats);
    }

    @Override
    public double statistic(Candidate kernel, double[][] x) {
        double[] scale = scale(kernel.kernel(), x);
        double[][] gram = Pairs.gram(kernel.kernel(), x, x);
        double[][] unit = new double[x.length][x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                unit[i][j] = (gram[i][j] + gram[j][i]) / 2 * scale[i] * scale[j];
            }
        }
        return -Spectrum.symmetric(unit)[0];
    }

    /// `1/√k(x, x)` where that is a number.
    private static double[] scale(Kernel kernel, double[][] x) {
        double[] scale = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double diagonal = kernel.at(x[i], x[i]);
            scale[i] = diagonal > 0 ? 1 / Math.sqrt(diagonal) : 1;
        }
        return scale;
    }

    @Override
    public Tolerance<Candidate, double[][]> tolerance() {
        return Tolerance.bound(
                (k, x) -> {
                    double[] scale = scale(k.kernel(), x);
                    double entries = 0;
                    double size = 0;
                    for (int i = 0; i < x.length; i++) {
                        for (int j = 0; j < x.length; j++) {
                            Enclosure e =
                                    Enclosure.of(k.kernel(), x[i], x[j], Tolerance.Rounding.DOUBLE);
                            double error =
                                    (e.error()
                                                    + 8
                                                            * Tolerance.Rounding.DOUBLE
                                                            * Math.abs(e.value()))
                                            * scale[i]
                                            * scale[j];
                            entries += error * error;
                            size += Math.pow(e.value() * scale[i] * scale[j], 2);
                        }
                    }
                    return Math.sqrt(entries) + Spectrum.rounding(x.length, Math.sqrt(size));
                },
                "the Frobenius norm of the roundings of the entries (Weyl), 8 more each for the scaling, and the"
                        + " backward error"
                        + " of the eigenvalue solver");
    }

    /// 16 points of the cube.
    @Override
    public Optional<Picture> picture(Candidate kernel) {
        int d = kernel.widths().map(Candidate.Widths::queries).orElse(2);
        double[][] x = Points.spread(16, Math.min(d, 8), 2);
        double[] scale = scale(kernel.kernel(), x);
        double[][] gram = Pairs.gram(kernel.kernel(), x, x);
        double[][] unit = new double[x.length][x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                unit[i][j] = (gram[i][j] + gram[j][i]) / 2 * scale[i] * scale[j];
            }
        }
        return Optional.of(
                Picture.spectrum(
                        "Eigenvalues with a unit diagonal, 16 points",
                        Spectrum.symmetric(unit),
                        tolerance().bound(kernel, x)));
    }

    @Override
    public List<Mutant<Candidate>> mutants() {
        return List.of(
                mutant(
                        "cosine of a norm",
                        "GPflow #1328",
                        Pairing.SQUARED_DISTANCE,
                        s -> s.sqrt().cos()),
                mutant(
                        "periodic function of a norm",
                        "gpytorch #835",
                        Pairing.SQUARED_DISTANCE,
                        s -> s.sqrt().times(Math.PI / 3).sin().power(2).times(-2).exp()),
                mutant(
                        "exponential of +‖x-y‖",
                        "folklore",
                        Pairing.SQUARED_DISTANCE,
                        s -> s.sqrt().exp()),
                mutant(
                        "exponential of +Σ|xₗ-yₗ|",
                        "folklore",
                        Pairing.L1_DISTANCE,
                        Expression::exp),
                mutant(
                        "sum of minima of signed points, no exponential",
                        "folklore",
                        Pairing.SUM_OF_MINIMA,
                        s -> s));
    }

    private static Mutant<Candidate> mutant(
            String name, String origin, Pairing pairing, UnaryOperator<Expression> shape) {
        Traits definite = Traits.none().proved(Trait.POSITIVE_DEFINITE, "claimed");
        return Mutant.of(name, origin, Made.of(name, pairing, shape, definite).candidate());
    }
}
