package nonmercer.proofs.kernel;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.jqwik.api.Combinators;
import nonmercer.kernel.Kernel;
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

/// One direction of: `exp(xᵀ A y)` is positive definite if and only if `A` is symmetric positive
/// semidefinite.
final class GramOfTiedTowersIsPositiveSemidefinite
        implements Claim<UnaryOperator<double[][]>, GramOfTiedTowersIsPositiveSemidefinite.Case> {
    /// The matrix `B` of the queries, and points. A subject makes the keys' matrix of it.
    record Case(double[][] b, double[][] x) {
        Kernel kernel(UnaryOperator<double[][]> keys) {
            return Towers.of(b, keys.apply(b));
        }
    }

    @Override
    public String id() {
        return "C9";
    }

    @Override
    public String statement() {
        return "for all B and all finite sets of points: with A = B Bᵀ no eigenvalue of the Gram matrix of exp(xᵀ A"
                + " y) is negative";
    }

    @Override
    public Source source() {
        return Source.of(
                "Schur 1911",
                "products of positive semidefinite matrices, term by term of the exponential series");
    }

    @Override
    public String assumes() {
        return "the form A = B Bᵀ is positive semidefinite up to rounding";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<UnaryOperator<double[][]>>> subjects() {
        return List.of(Subject.of("tied weights", UnaryOperator.identity()));
    }

    @Override
    public Cases<Case> cases(UnaryOperator<double[][]> keys) {
        return Cases.random(
                        120,
                        Combinators.combine(integers().between(1, 4), integers().between(2, 20))
                                .flatAs((d, n) ->
                                        Combinators.combine(
                                                        Points.in(d, d, 0.7), Points.in(n, d, 1.5))
                                                .as(Case::new)))
                .hitting("d ≥ 2, n ≥ 8", 0.3, c -> c.b.length >= 2 && c.x.length >= 8);
    }

    @Override
    public double statistic(UnaryOperator<double[][]> keys, Case c) {
        double[][] gram = Pairs.gram(c.kernel(keys), c.x, c.x);
        return -Spectrum.symmetric(Towers.symmetrised(gram))[0];
    }

    @Override
    public Tolerance<UnaryOperator<double[][]>, Case> tolerance() {
        return Tolerance.bound(
                (keys, c) -> {
                    Kernel kernel = c.kernel(UnaryOperator.identity());
                    return Pairs.rounding(kernel, c.x, c.x)
                            + Spectrum.rounding(
                                    c.x.length, Spectrum.frobenius(Pairs.gram(kernel, c.x, c.x)));
                },
                "the Frobenius norm of the roundings of the entries (Weyl), and the backward error of the eigenvalue"
                        + " solver");
    }

    /// 16 points of the plane.
    @Override
    public Optional<Picture> picture(UnaryOperator<double[][]> keys) {
        Case c = new Case(new double[][] {{0.9, 0.5}, {-0.4, 0.7}}, Points.spread(16, 2, 1.5));
        double[][] gram = Towers.symmetrised(Pairs.gram(c.kernel(keys), c.x, c.x));
        return Optional.of(
                Picture.spectrum(
                        "Eigenvalues of the symmetric part, 16 points",
                        Spectrum.symmetric(gram),
                        tolerance().bound(keys, c)));
    }

    @Override
    public List<Mutant<UnaryOperator<double[][]>>> mutants() {
        return List.of(
                Mutant.of("matrix of the keys transposed", "folklore", Towers::transposed),
                Mutant.of("sign of the keys", "folklore", b -> scaled(b, -1)));
    }

    private static double[][] scaled(double[][] b, double s) {
        double[][] k = new double[b.length][b.length];
        for (int i = 0; i < b.length; i++) {
            for (int j = 0; j < b.length; j++) {
                k[i][j] = s * b[i][j];
            }
        }
        return k;
    }
}
