package nonmercer.proofs.feature;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.TaylorExp;
import nonmercer.linalg.Transpose;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Where the projection of the queries is not of full rank, their features do not span: some
/// function is zero on all of them.
final class DeficientProjectionsHaveFewerFeatures
        implements Claim<
                DeficientProjectionsHaveFewerFeatures.Count,
                DeficientProjectionsHaveFewerFeatures.Case> {
    /// How many independent features queries have, by the rank of their projection to ℝᵈ.
    interface Count {
        int of(int rank, int d, int degree);
    }

    /// Tokens in general position, and a map of them to the queries of this rank at most.
    record Case(int degree, double[][] tokens, double[][] map) {
        int rank() {
            return Math.min(map.length, map[0].length);
        }

        int d() {
            return map[0].length;
        }
    }

    @Override
    public String id() {
        return "C4b";
    }

    @Override
    public String statement() {
        return "for all projections of rank ρ < d and almost all tokens: the features of degree at most p of the queries have rank (ρ+p)!/(ρ! p!), less than the (d+p)!/(d! p!) there are";
    }

    @Override
    public Source source() {
        return Source.of(
                "Lin, Zhang & Zhang 2019 (arXiv:1901.01002)",
                "Theorem 2.3, the density condition; monomials of ρ linear forms");
    }

    @Override
    public String assumes() {
        return "points and projections in general position; a singular value below a share of the first one counts as 0";
    }

    @Override
    public Kind kind() {
        return Kind.GENERIC;
    }

    /// As for features of full rank: none in 1,000 seeds.
    @Override
    public double falseAlarm() {
        return 3e-3;
    }

    @Override
    public List<Subject<Count>> subjects() {
        return List.of(
                Subject.of(
                        "as many as in ρ coordinates",
                        (rank, d, p) -> new TaylorExp(p).dimension(rank)));
    }

    @Override
    public Cases<Case> cases(Count count) {
        return Cases.random(
                        40,
                        Combinators.combine(
                                        integers().between(1, 2),
                                        integers().between(1, 2),
                                        integers().between(1, 3))
                                .flatAs((rank, more, p) ->
                                        Combinators.combine(
                                                        Points.general(
                                                                new TaylorExp(p).dimension(rank)
                                                                        + 5,
                                                                rank,
                                                                1.5),
                                                        Points.general(rank, rank + more, 1.5))
                                                .as((x, w) -> new Case(p, x, w))))
                .hitting("rank 2, degree 2 or 3", 0.2, c -> c.rank() == 2 && c.degree > 1);
    }

    /// How far the count is from the number of singular values above 10⁻¹¹ of the largest.
    @Override
    public double statistic(Count count, Case c) {
        Tensor q = Tensor.of(Array.matrix(c.tokens)).matmul(Tensor.of(Array.matrix(c.map)));
        Tensor phi = new TaylorExp(c.degree).queries(q, Pass.evaluation());
        Array gram = phi.matmul(phi, Transpose.TRANSPOSED).value();
        double[][] rows = new double[gram.dim(0)][gram.dim(1)];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = gram.get(i, j);
            }
        }
        double[] sigma = Spectrum.singular(rows);
        return Math.abs(
                Spectrum.rank(sigma, 1e-11 * sigma[0]) - count.of(c.rank(), c.d(), c.degree));
    }

    @Override
    public Tolerance<Count, Case> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Count>> mutants() {
        return List.of(
                Mutant.of(
                        "density taken for granted",
                        "‖f‖ := ‖v‖ for every projection",
                        (rank, d, p) -> new TaylorExp(p).dimension(d)),
                Mutant.of("features of degree p only", "folklore", (rank, d, p) -> p + 1));
    }
}
