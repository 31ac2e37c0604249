package nonmercer.proofs.kernel;

import java.util.List;
import java.util.Optional;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Quadratic;
import nonmercer.kernel.SquaredDistance;
import nonmercer.kernel.Trait;
import nonmercer.kernel.Traits;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Tolerance;

/// The symmetrised Gram matrix between two projections `I - 11ᵀ/n`, which make the coefficients of
/// a quadratic form sum to 0. Kernels that are positive definite altogether have a law of their
/// own.
final class CentredGramOfConditionallyDefiniteKernelHasOneSign
        implements KernelLaw<CentredGramOfConditionallyDefiniteKernelHasOneSign.Sided, double[][]> {
    /// A kernel, and 1 or -1 for the sign that its centred Gram matrices are said to have.
    record Sided(Candidate kernel, int sign) {}

    @Override
    public String id() {
        return "K15";
    }

    @Override
    public String statement() {
        return "for every kernel proved conditionally positive (negative) definite, all finite sets of points and"
                + " all c with Σ cᵢ = 0: Σᵢⱼ cᵢ cⱼ k(xᵢ, xⱼ) is not negative (positive)";
    }

    @Override
    public Source source() {
        return Source.of(
                "Schoenberg 1938, Metric spaces and positive definite functions", "Theorem 2");
    }

    @Override
    public String assumes() {
        return "c sums to 0 up to rounding, which is part of the bound";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Sided> subject(Candidate kernel) {
        Traits t = kernel.kernel().traits();
        if (!kernel.square() || t.proved(Trait.POSITIVE_DEFINITE)) {
            return Optional.empty();
        }
        return t.proved(Trait.CONDITIONALLY_POSITIVE_DEFINITE)
                ? Optional.of(new Sided(kernel, 1))
                : t.proved(Trait.CONDITIONALLY_NEGATIVE_DEFINITE)
                        ? Optional.of(new Sided(kernel, -1))
                        : Optional.empty();
    }

    @Override
    public Cases<double[][]> cases(Sided subject) {
        return Cases.random(120, subject.kernel.points(2, 25))
                .hitting("d ≥ 2", subject.kernel.openShare(0.4), x -> x[0].length >= 2)
                .hitting("n ≥ 8", 0.4, x -> x.length >= 8)
                .hitting("repeated points", 0.005, Points::repeats);
    }

    @Override
    public double statistic(Sided subject, double[][] x) {
        int n = x.length;
        double[][] gram = Pairs.gram(subject.kernel.kernel(), x, x);
        double[] means = new double[n];
        double mean = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                means[i] += (gram[i][j] + gram[j][i]) / (2 * n);
            }
            mean += means[i] / n;
        }
        double[][] centred = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double entry = (gram[i][j] + gram[j][i]) / 2 - means[i] - means[j] + mean;
                centred[i][j] = subject.sign * entry;
            }
        }
        return -Spectrum.symmetric(centred)[0];
    }

    @Override
    public Tolerance<Sided, double[][]> tolerance() {
        return Tolerance.bound(
                (s, x) -> {
                    Kernel k = s.kernel.kernel();
                    int n = x.length;
                    double size = Spectrum.frobenius(Pairs.gram(k, x, x));
                    return Pairs.rounding(k, x, x)
                            + 4 * Tolerance.Rounding.gamma(n + 4, Tolerance.Rounding.DOUBLE) * size
                            + Spectrum.rounding(n, size);
                },
                "the Frobenius norm of the roundings of the entries (Weyl; a projection makes no norm larger),"
                        + " n + 4 of the means in each of four terms, and the backward error of the eigenvalue"
                        + " solver");
    }

    @Override
    public List<Mutant<Sided>> mutants() {
        return List.of(
                Mutant.of(
                        "the sign of a squared distance",
                        "folklore",
                        new Sided(Candidate.of(new SquaredDistance()), 1)),
                Mutant.of(
                        "‖x-y‖³: a power beyond 2",
                        "Schoenberg 1938",
                        new Sided(
                                Made.of(
                                                "cube",
                                                Pairing.SQUARED_DISTANCE,
                                                s -> s.sqrt().power(3),
                                                Traits.none())
                                        .candidate(),
                                -1)),
                Mutant.of(
                        "maxima for minima",
                        "folklore",
                        new Sided(
                                Candidate.of(
                                        SumOfMinimaIsPositiveSemidefiniteOnOrthant.SUM_OF_MAXIMA),
                                1)),
                Mutant.of(
                        "a quadratic said to be conditionally negative",
                        "folklore",
                        new Sided(Candidate.of(new Quadratic()), -1)));
    }
}
