package nonmercer.proofs.attention;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.DType;
import nonmercer.attention.Mask;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Cost;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

final class RowsSumToOneOrZero implements KernelLaw<Attending, RowsSumToOneOrZero.Case> {
    /// A scene, and which keys are seen: all, those not ahead, or the first few.
    record Case(Scene scene, String seen, int length) {
        Mask mask() {
            return switch (seen) {
                case "past" -> Mask.causal();
                case "first" -> Mask.lengths(Math.min(length, scene.m()));
                default -> Mask.none();
            };
        }
    }

    @Override
    public String id() {
        return "A1";
    }

    @Override
    public String statement() {
        return "for all queries, keys and masks: the weights of a query sum to 1, or are all 0";
    }

    @Override
    public Source source() {
        return Source.of(
                "Vaswani et al. 2017",
                "eq. 1; Wright & Gonzalez 2021, section 5 for other kernels");
    }

    @Override
    public String assumes() {
        return "finite points and values; a query whose weights sum to 0 by the kernel's definition counts as one that sees nothing";
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
    public Optional<Attending> subject(Candidate kernel) {
        return Attending.of(kernel);
    }

    @Override
    public Cases<Case> cases(Attending attending) {
        return Cases.random(
                        100,
                        Combinators.combine(
                                        Scene.of(attending.kernel(), 5, 6),
                                        Arbitraries.of("all", "past", "first"),
                                        integers().between(0, 6))
                                .as(Case::new))
                .hitting("causal", 0.1, c -> c.seen.equals("past"))
                .hitting("several keys", 0.3, c -> c.scene.m() >= 3);
    }

    @Override
    public double statistic(Attending attending, Case c) {
        double worst = 0;
        for (double[] row : attending.of(c.scene.weights(), c.mask(), DType.FLOAT64)) {
            double sum = 0;
            double sizes = 0;
            for (double w : row) {
                sum += w;
                sizes += Math.abs(w);
            }
            worst = sizes == 0 ? worst : Math.max(worst, Math.abs(sum - 1) / sizes);
        }
        return worst;
    }

    @Override
    public Tolerance<Attending, Case> tolerance() {
        return Tolerance.rounding(
                (a, c) -> 2 * c.scene.m() + 4,
                (a, c) -> 1,
                "γ of 2m + 4 roundings: two sums of m weights, a quotient, an exponential's shift; relative to the"
                        + " sum of the sizes");
    }

    @Override
    public List<Mutant<Attending>> mutants() {
        return List.of(
                Mutant.of(
                        "weights normalised over the queries",
                        "folklore",
                        Attending.wrong(Wrong::normalisedOverQueries)),
                Mutant.of(
                        "weights not normalised",
                        "folklore",
                        Attending.wrong(Wrong::notNormalised)),
                Mutant.of(
                        "0/0 in a row that sees nothing",
                        "folklore",
                        Attending.wrong(Wrong::dividedByZero)));
    }
}
