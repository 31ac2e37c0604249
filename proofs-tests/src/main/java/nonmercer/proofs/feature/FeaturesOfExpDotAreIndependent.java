package nonmercer.proofs.feature;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.FeatureMap;
import nonmercer.linalg.Transpose;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The cross Gram matrix of `D + 5` points in general position has rank `D` exactly. In float64 the
/// least of the `D` singular values stands clear of rounding for `D ≤ 35` and `p ≤ 7` (in one
/// dimension it has sunk to 2e-12 at `p = 9`).
final class FeaturesOfExpDotAreIndependent implements Claim<IntFunction<FeatureMap>, Degree> {
    @Override
    public String id() {
        return "C3";
    }

    @Override
    public String statement() {
        return "for all d, p and almost all points: the Gram matrix of the features of degree at most p has rank"
                + " (d+p)!/(d! p!)";
    }

    @Override
    public Source source() {
        return Source.of(
                "Wright & Gonzalez 2021",
                "section 3; monomials are linearly independent on open sets");
    }

    @Override
    public String assumes() {
        return "points in general position: drawn, and never simplified; a singular value below a share of the first one counts as 0";
    }

    @Override
    public Kind kind() {
        return Kind.GENERIC;
    }

    /// None in 1,000 seeds: below 3/1,000 with 95 % confidence (the rule of three).
    @Override
    public double falseAlarm() {
        return 3e-3;
    }

    @Override
    public List<Subject<IntFunction<FeatureMap>>> subjects() {
        return List.of(Subject.of("TaylorExp", TaylorExp::new));
    }

    @Override
    public Cases<Degree> cases(IntFunction<FeatureMap> features) {
        return Cases.random(
                        60,
                        Combinators.combine(integers().between(0, 7), integers().between(1, 4))
                                .filter((p, d) -> new TaylorExp(p).dimension(d) <= 35)
                                .flatAs((p, d) -> {
                                    int n = new TaylorExp(p).dimension(d) + 5;
                                    return Combinators.combine(
                                                    Points.general(n, d, 1.5),
                                                    Points.general(n, d, 1.5))
                                            .as((q, k) -> new Degree(p, new Pairs(q, k)));
                                }))
                .hitting("d ≥ 2, p ≥ 2", 0.2, c -> c.d() >= 2 && c.p() >= 2);
    }

    /// Singular values at least 1e-12 of the largest are counted: those of independent features are
    /// above 5e-9 of it, what rounding makes of a zero one is below 1e-13.
    @Override
    public double statistic(IntFunction<FeatureMap> features, Degree c) {
        FeatureMap phi = features.apply(c.p());
        Array gram =
                phi.queries(c.points().queries(DType.FLOAT64), Pass.evaluation())
                        .matmul(
                                phi.keys(c.points().keys(DType.FLOAT64), Pass.evaluation()),
                                Transpose.TRANSPOSED)
                        .value();
        double[][] rows = new double[gram.dim(0)][gram.dim(1)];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = gram.get(i, j);
            }
        }
        double[] sigma = Spectrum.singular(rows);
        return Math.abs(
                Spectrum.rank(sigma, 1e-12 * sigma[0]) - new TaylorExp(c.p()).dimension(c.d()));
    }

    @Override
    public Tolerance<IntFunction<FeatureMap>, Degree> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<IntFunction<FeatureMap>>> mutants() {
        return List.of(
                Mutant.of(
                        "homogeneous features: of degree p only",
                        "folklore",
                        p ->
                                Monomials.of(
                                        p, a -> Monomials.degree(a) == p ? Monomials.right(a) : 0)),
                Mutant.of(
                        "a feature twice, another not at all",
                        "folklore",
                        p -> {
                            Monomials.Order twice =
                                    all ->
                                            all.size() < 2
                                                    ? all
                                                    : Stream.concat(
                                                                    all
                                                                            .subList(
                                                                                    0,
                                                                                    all.size() - 1)
                                                                            .stream(),
                                                                    all.subList(0, 1).stream())
                                                            .toList();
                            return new Monomials(p, Monomials::right, twice, twice);
                        }));
    }
}
