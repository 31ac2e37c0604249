package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Evidence;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Fastfood;

/// The fast law, as it is projected with: two Hadamard transforms, never stored.
final class EveryRowOfFastfoodIsNormal implements Claim<Rows, Long> {
    private static final int D = 8;
    private static final int BLOCKS = 60_000;

    @Override
    public String id() {
        return "P11a";
    }

    @Override
    public String statement() {
        return "for every row V of d^-½ S H G P H B and every v: V·v/‖v‖ ~ N(0, 1)";
    }

    @Override
    public Source source() {
        return Source.of("Le, Sarlós & Smola 2013", "Lemma 7: given B and P, each row is normal");
    }

    @Override
    public String assumes() {
        return "d a power of two; B, P and G independent";
    }

    @Override
    public Cost cost() {
        return Cost.SECONDS;
    }

    @Override
    public Kind kind() {
        return Kind.STATISTICAL;
    }

    @Override
    public Evidence evidence() {
        return Evidence.BUDGETED;
    }

    @Override
    public double falseAlarm() {
        return 3 * D * Deviation.ALPHA;
    }

    @Override
    public List<Subject<Rows>> subjects() {
        return List.of(Subject.of("law Fastfood", EveryRowOfFastfoodIsNormal::draw));
    }

    private static double[][] draw(int m, int d, RandomStream stream) {
        return Estimates.frequencies(Fastfood.drawn(d), new Coupling.Fastfood(), m, stream);
    }

    @Override
    public Cases<Long> cases(Rows rows) {
        return Cases.random(1, GaussAt.drawn(Random::nextLong));
    }

    /// Along `e₁`, `e₁ + e₂` and a random direction, for each row of the block.
    @Override
    public double statistic(Rows rows, Long seed) {
        double[][] all = rows.draw(D * BLOCKS, D, RandomStream.of(seed));
        double[][] directions = {
            {1, 0, 0, 0, 0, 0, 0, 0},
            {1, 1, 0, 0, 0, 0, 0, 0},
            GaussAt.gaussian(new Random(seed), D)
        };
        double worst = 0;
        for (double[] v : directions) {
            GaussAt.scale(v, 1 / Math.sqrt(GaussAt.square(v)));
            for (int j = 0; j < D; j++) {
                double[] sample = new double[BLOCKS];
                for (int i = 0; i < BLOCKS; i++) {
                    sample[i] = GaussAt.dot(all[i * D + j], v);
                }
                worst = Math.max(worst, Deviation.fromNormal(sample));
            }
        }
        return worst;
    }

    @Override
    public Tolerance<Rows, Long> tolerance() {
        return Tolerance.bound(
                (rows, seed) -> Deviation.dkw(BLOCKS),
                "the inequality of Dvoretzky, Kiefer & Wolfowitz with Massart's constant, for 60,000 blocks");
    }

    @Override
    public Optional<Picture> picture(Rows rows) {
        double[][] all = rows.draw(D * 10_000, D, RandomStream.of(1));
        double[] sample = new double[10_000];
        Arrays.setAll(sample, i -> (all[i * D][0] + all[i * D][1]) / Math.sqrt(2));
        return Curves.density(
                "the first row of 10,000 blocks, along e₁ + e₂",
                "N(0, 1)",
                4,
                sample,
                Curves::normal);
    }

    @Override
    public List<Mutant<Rows>> mutants() {
        return List.of(
                Mutant.of(
                        "without d^-½",
                        "two Hadamard matrices that are not normalised, one factor forgotten",
                        (m, d, s) -> {
                            double[][] rows = draw(m, d, s);
                            for (double[] row : rows) {
                                GaussAt.scale(row, Math.sqrt(d));
                            }
                            return rows;
                        }),
                Mutant.of(
                        "diagonals from N(0, 1/d)",
                        "cs1160701/OnLearningTheKernel, FastFood as it starts: E‖ω‖² = 1/d²",
                        (m, d, s) ->
                                Estimates.rows(
                                        Fastfood.trainedFromSmall(d, m, DType.FLOAT64, s)
                                                .frequencies(
                                                        Fastfood.drawn(d)
                                                                .noise(
                                                                        new Coupling.Fastfood(),
                                                                        m,
                                                                        s),
                                                        DType.FLOAT64,
                                                        Pass.evaluation())
                                                .dense())));
    }
}
