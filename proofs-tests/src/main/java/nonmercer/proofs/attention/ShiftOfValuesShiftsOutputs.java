package nonmercer.proofs.attention;

import java.util.Arrays;
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

final class ShiftOfValuesShiftsOutputs
        implements KernelLaw<Attending, ShiftOfValuesShiftsOutputs.Case> {
    /// A scene and what is added to each value.
    record Case(Scene scene, double shift) {
        Scene shifted() {
            double[][] v = new double[scene.m()][];
            for (int j = 0; j < v.length; j++) {
                v[j] = Arrays.stream(scene.v()[j]).map(x -> x + shift).toArray();
            }
            return new Scene(scene.q(), scene.k(), v);
        }
    }

    @Override
    public String id() {
        return "A11";
    }

    @Override
    public String statement() {
        return "for all v and c: where the weights of a query sum to one, adding c to every value adds c to its output";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "weights that sum to one are an affine combination");
    }

    @Override
    public String assumes() {
        return "weights that sum to one: a kernel whose sums of weights are not 0";
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
                                        Scene.of(attending.kernel(), 4, 6),
                                        Arbitraries.of(-4.0, 1.0, 8.0))
                                .as(Case::new))
                .hitting("several keys", 0.3, c -> c.scene.m() >= 3);
    }

    /// The largest difference, as a multiple of what rounding may do to the row. A row without
    /// weight gives zeros, and says nothing.
    @Override
    public double statistic(Attending attending, Case c) {
        double[][] before = attending.of(c.scene, Mask.none(), DType.FLOAT64);
        double[][] after = attending.of(c.shifted(), Mask.none(), DType.FLOAT64);
        double worst = 0;
        for (int i = 0; i < before.length; i++) {
            double[] expected = Arrays.stream(before[i]).map(x -> x + c.shift).toArray();
            double off = Scene.distance(expected, after[i]);
            double allowed =
                    attending.rounding(c.shifted(), Mask.none(), i, Tolerance.Rounding.DOUBLE)
                            + attending.rounding(c.scene, Mask.none(), i, Tolerance.Rounding.DOUBLE)
                            + 16 * Tolerance.Rounding.DOUBLE;
            if (Double.isFinite(allowed) && !weightless(attending, c.scene, i)) {
                worst = Math.max(worst, off / allowed);
            }
        }
        return worst;
    }

    @Override
    public Tolerance<Attending, Case> tolerance() {
        return Tolerance.bound((a, c) -> 1, PaddedEqTrimmed.ROUNDING);
    }

    @Override
    public List<Mutant<Attending>> mutants() {
        return List.of(
                Mutant.of(
                        "nothing is normalised", "folklore", Attending.wrong(Wrong::notNormalised)),
                Mutant.of(
                        "weights normalised over the queries",
                        "folklore",
                        Attending.wrong(Wrong::normalisedOverQueries)));
    }

    private static boolean weightless(Attending attending, Scene s, int i) {
        double sum = 0;
        for (double[] k : s.k()) {
            sum += attending.kernel().kernel().at(s.q()[i], k);
        }
        return sum == 0;
    }
}
