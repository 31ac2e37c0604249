package nonmercer.proofs.attention;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.linalg.Decompositions;
import nonmercer.linalg.Eigenvalues;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Self-attention with `q = k`: the matrix of weights `D⁻¹K` is similar to `D^{-1/2} K D^{-1/2}`,
/// which is positive semidefinite for a positive definite kernel, and its rows sum to 1. With
/// different projections of queries and keys the eigenvalues leave the interval, and the real line.
final class TiedWeightsHaveRealSpectrum implements Claim<Attending, double[][]> {
    @Override
    public String id() {
        return "C11b";
    }

    @Override
    public String statement() {
        return "for a positive definite kernel and all points x: the eigenvalues of the weights of self-attention"
                + " with q = k = x are real, in [0, 1]";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "a stochastic matrix similar to a positive semidefinite one");
    }

    @Override
    public String assumes() {
        return "queries, keys and points are the same; a positive definite kernel with positive values";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Attending>> subjects() {
        return List.of(
                Subject.of("ExpDot", new Attending(Candidate.of(new ExpDot()), Attending::attend)),
                Subject.of("Gauss", new Attending(Candidate.of(new Gauss()), Attending::attend)));
    }

    @Override
    public Cases<double[][]> cases(Attending attending) {
        return Cases.random(
                        100,
                        Combinators.combine(integers().between(1, 12), integers().between(1, 4))
                                .flatAs((n, d) -> Points.in(n, d, 1.5)))
                .hitting("n ≥ 3, d ≥ 2", 0.3, x -> x.length >= 3 && x[0].length >= 2);
    }

    @Override
    public double statistic(Attending attending, double[][] x) {
        double[][] weights = attending.of(new Scene(x, x, x).weights(), Mask.none(), DType.FLOAT64);
        Eigenvalues e = Decompositions.eigenvalues(Array.matrix(weights));
        double worst = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            double re = e.real().at(i);
            worst = Math.max(worst, Math.max(Math.abs(e.imaginary().at(i)), Math.max(-re, re - 1)));
        }
        return worst;
    }

    /// The eigenvectors of `D⁻¹K` are those of a symmetric matrix times `D^{-1/2}`: their condition
    /// number is `√(max D/min D)`.
    @Override
    public Tolerance<Attending, double[][]> tolerance() {
        return Tolerance.bound(
                (attending, x) -> {
                    double most = 0;
                    double least = Double.POSITIVE_INFINITY;
                    double off = 0;
                    for (int i = 0; i < x.length; i++) {
                        double sum = 0;
                        double error = 0;
                        for (double[] y : x) {
                            Enclosure k =
                                    Enclosure.of(
                                            attending.kernel().kernel(),
                                            x[i],
                                            y,
                                            Tolerance.Rounding.DOUBLE);
                            sum += k.value();
                            error += k.error();
                        }
                        most = Math.max(most, sum);
                        least = Math.min(least, sum);
                        double gamma =
                                Tolerance.Rounding.gamma(
                                        2 * x.length + 40, Tolerance.Rounding.DOUBLE);
                        off += Math.pow(2 * error / sum + gamma, 2);
                    }
                    double moved =
                            Math.sqrt(off) + Spectrum.rounding(x.length, Math.sqrt(x.length));
                    return Math.sqrt(most / least) * moved;
                },
                "Bauer-Fike: the condition √(max D/min D) of the eigenvectors, times the Frobenius norm of the"
                        + " roundings of the weights and the"
                        + " backward error of the eigenvalue solver");
    }

    /// 14 points of the plane.
    @Override
    public Optional<Picture> picture(Attending attending) {
        double[][] x = Points.spread(14, 2, 1.5);
        double[][] weights = attending.of(new Scene(x, x, x).weights(), Mask.none(), DType.FLOAT64);
        Eigenvalues e = Decompositions.eigenvalues(Array.matrix(weights));
        double[] real = e.real().toDoubles();
        double[] imaginary = e.imaginary().toDoubles();
        Arrays.sort(real);
        Arrays.sort(imaginary);
        double[] place = Picture.steps(1, x.length, x.length);
        return Optional.of(
                new Picture(
                        "Eigenvalues of the weights of 14 points in the plane",
                        Picture.Axis.of("eigenvalues in order"),
                        Picture.Axis.of("part of the eigenvalue"),
                        List.of(
                                Picture.Line.measured("real parts", place, real),
                                Picture.Line.measured("imaginary parts", place, imaginary),
                                Picture.Line.bound("0", place, at -> 0),
                                Picture.Line.bound("1", place, at -> 1))));
    }

    @Override
    public List<Mutant<Attending>> mutants() {
        return List.of(
                Mutant.of(
                        "keys turned in the plane of two coordinates",
                        "folklore: untied projections",
                        Attending.wrong((kernel, q, k, v, mask) -> {
                            if (k.dim(3) < 2) {
                                return Attending.attend(kernel, q, k, v, mask);
                            }
                            var first = k.slice(3, 0, 1);
                            var second = k.slice(3, 1, 2);
                            var rest = k.slice(3, 2, k.dim(3));
                            return Attending.attend(
                                    kernel,
                                    q,
                                    Tensor.concat(3, List.of(second.neg(), first, rest)),
                                    v,
                                    mask);
                        })),
                Mutant.of(
                        "sign of the keys",
                        "folklore: untied projections",
                        Attending.wrong((kernel, q, k, v, mask) ->
                                Attending.attend(kernel, q, k.neg(), v, mask))));
    }
}
