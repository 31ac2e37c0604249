package nonmercer.proofs.kernel;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.FeatureDimension;
import nonmercer.kernel.Quadratic;
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

/// The statistic counts singular values that are on the wrong side of what rounding can do: any
/// number of them refutes.
final class RankOfGramIsFeatureDimension implements KernelLaw<Candidate, Pairs> {
    private static final int MOST = 40;

    @Override
    public String id() {
        return "K13";
    }

    @Override
    public String statement() {
        return "for every kernel with D features: all Gram matrices have rank at most D, and of D + 5 queries and"
                + " keys in general"
                + " position exactly D where D is said to be exact";
    }

    @Override
    public Source source() {
        return Source.of(
                "folklore",
                "rank factorisation; a polynomial that is not zero vanishes almost nowhere");
    }

    @Override
    public String assumes() {
        return "points in general position; a singular value below a share of the first one counts as 0";
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
    public Optional<Candidate> subject(Candidate kernel) {
        return kernel.kernel().traits().features() instanceof FeatureDimension.Finite
                ? Optional.of(kernel)
                : Optional.empty();
    }

    private static FeatureDimension.Finite dimension(Candidate kernel) {
        return (FeatureDimension.Finite) kernel.kernel().traits().features();
    }

    @Override
    public Cases<Pairs> cases(Candidate kernel) {
        FeatureDimension.Finite dimension = dimension(kernel);
        Arbitrary<Integer> widths =
                Arbitraries.integers()
                        .between(1, 4)
                        .filter(d -> dimension.count().applyAsLong(d) <= MOST);
        Arbitrary<Candidate.Widths> both =
                kernel.widths()
                        .<Arbitrary<Candidate.Widths>>map(Arbitraries::just)
                        .orElse(widths.map(d -> new Candidate.Widths(d, d)));
        return Cases.random(
                30,
                both.flatMap(w -> {
                    int n = (int) dimension.count().applyAsLong(w.queries()) + 5;
                    return Combinators.combine(
                                    Points.general(n, w.queries(), 2),
                                    Points.general(n, w.keys(), 2))
                            .as(Pairs::new);
                }));
    }

    @Override
    public double statistic(Candidate kernel, Pairs c) {
        double[][] gram = c.gram(kernel.kernel());
        double threshold =
                Pairs.rounding(kernel.kernel(), c.q(), c.k())
                        + Spectrum.rounding(c.q().length, Spectrum.frobenius(gram));
        int rank = Spectrum.rank(Spectrum.singular(gram), threshold);
        long features = dimension(kernel).count().applyAsLong(c.q()[0].length);
        return dimension(kernel).exact() ? Math.abs(rank - features) : Math.max(0, rank - features);
    }

    @Override
    public Tolerance<Candidate, Pairs> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Candidate>> mutants() {
        return List.of(
                Mutant.of(
                        "a quadratic with an offset said to be homogeneous",
                        "folklore",
                        Candidate.of(
                                Made.claiming(new Quadratic(), Quadratic.homogeneous().traits()))),
                Mutant.of(
                        "a homogeneous quadratic said to have an offset",
                        "folklore",
                        Candidate.of(
                                Made.claiming(Quadratic.homogeneous(), new Quadratic().traits()))),
                Mutant.of(
                        "an infinite kernel said to have three features",
                        "folklore",
                        Candidate.of(
                                Made.claiming(
                                        new ExpDot(),
                                        Traits.none()
                                                .features(
                                                        new FeatureDimension.Finite(
                                                                d -> 3, "3", false, "claimed"))))));
    }
}
