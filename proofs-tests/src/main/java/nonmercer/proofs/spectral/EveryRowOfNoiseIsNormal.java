package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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

/// The law of each row of a block, by itself: pooled over the rows a wrong one is diluted. Tests
/// the distribution, not a mean with heavy tails; positive features are unbiased if and only if it
/// holds.
final class EveryRowOfNoiseIsNormal implements Claim<Rows, Long> {
    private static final int D = 4;
    private static final int BLOCKS = 100_000;

    /// Six coordinates: in Fastfood they are cut off from the 8 rows of a power of two.
    private static final int OTHER = 6;

    private static final int MOST = 8;
    private static final int FEWER = 20_000;

    @Override
    public String id() {
        return "P3a";
    }

    @Override
    public String statement() {
        return "for every row ω of a block and every z: ω·z/‖z‖ ~ N(0, 1), and ‖ω‖² ~ χ²_d";
    }

    @Override
    public Source source() {
        return Source.of(
                "Choromanski et al. 2021", "section 3.3: orthogonal features stay unbiased");
    }

    @Override
    public String assumes() {
        return "a source of uniform numbers whose 2⁻⁵³ grid the test cannot see";
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
        return 5 * 5 * (D + MOST) * Deviation.ALPHA;
    }

    @Override
    public List<Subject<Rows>> subjects() {
        return List.of(
                Subject.of("independent", Rows.of(new Coupling.Independent())),
                Subject.of("orthogonal", Rows.of(new Coupling.Orthogonal())),
                Subject.of("simplex", Rows.of(new Coupling.Simplex())),
                Subject.of("Fastfood", Rows.of(new Coupling.Fastfood())),
                Subject.of("lattice", EveryRowOfNoiseIsNormal::lattice));
    }

    /// A lattice is one block, shifted by one number: one row in `D` of each.
    private static double[][] lattice(int m, int d, RandomStream stream) {
        double[][] rows = new double[m][];
        for (int i = 0; i < m; i++) {
            if (i % d == 0) {
                double[][] block = Rows.of(new Coupling.Lattice()).draw(d, d, stream.at(i));
                System.arraycopy(block, 0, rows, i, d);
            }
        }
        return rows;
    }

    /// A case is the seed of all rows.
    @Override
    public Cases<Long> cases(Rows rows) {
        return Cases.random(1, GaussAt.drawn(Random::nextLong));
    }

    /// The greatest distance over its bound: in four coordinates, and in six, which Fastfood cuts
    /// off from eight.
    @Override
    public double statistic(Rows rows, Long seed) {
        RandomStream stream = RandomStream.of(seed);
        double[] any = GaussAt.gaussian(new Random(seed), OTHER);
        double worst =
                distance(rows.draw(D * BLOCKS, D, stream), D, Arrays.copyOf(any, D))
                        / Deviation.dkw(BLOCKS);
        if (worst > 1) {
            return worst;
        }
        int block = rows.block(OTHER);
        double[][] other = rows.draw(block * FEWER, OTHER, stream.at("other"));
        return Math.max(worst, distance(other, block, any) / Deviation.dkw(FEWER));
    }

    /// Over the rows of a block of so many, along `e₁`, `±(1, …, 1)` and a direction that is drawn,
    /// and in length.
    private static double distance(double[][] all, int block, double... any) {
        int d = any.length;
        int n = all.length / block;
        double length = Math.sqrt(GaussAt.square(any));
        double worst = 0;
        for (int index = 0; index < block; index++) {
            double[][] samples = new double[5][n];
            for (int i = 0; i < n; i++) {
                double[] row = all[i * block + index];
                double sum = Arrays.stream(row).sum() / Math.sqrt(d);
                samples[0][i] = row[0];
                samples[1][i] = sum;
                samples[2][i] = -sum;
                samples[3][i] = GaussAt.dot(row, any) / length;
                samples[4][i] = GaussAt.square(row);
            }
            worst = Math.max(worst, Deviation.fromChiSquared(d, samples[4]));
            for (int k = 0; k < 4; k++) {
                worst = Math.max(worst, Deviation.fromNormal(samples[k]));
            }
        }
        return worst;
    }

    @Override
    public Tolerance<Rows, Long> tolerance() {
        return Tolerance.bound(
                (rows, c) -> 1,
                "the distance over the inequality of Dvoretzky, Kiefer & Wolfowitz with Massart's constant, for 100,000 blocks, and a fifth as many in six coordinates");
    }

    @Override
    public Optional<Picture> picture(Rows rows) {
        double[][] all = rows.draw(D * FEWER, D, RandomStream.of(1));
        double[] sample = new double[FEWER];
        Arrays.setAll(sample, i -> all[i * D][0]);
        return Curves.density(
                "the first row of 20,000 blocks, along e₁", "N(0, 1)", 4, sample, Curves::normal);
    }

    @Override
    public List<Mutant<Rows>> mutants() {
        return List.of(
                Mutant.of(
                        "directions from a factorisation without sign correction",
                        "lucidrains/performer-pytorch; google-research/long-range-arena: Q₁₁ < 0 always",
                        Rows.blocks((a, s) ->
                                Rows.scaled(Rows.unsigned(a), i -> Rows.chi(a.length, s)))),
                Mutant.of(
                        "lengths of the vectors that were made orthogonal",
                        "idiap/fast-transformers, orthogonal_random_matrix_: E ω₁₁² = 1.25 at d = 4",
                        Rows.blocks((a, s) -> Rows.scaled(Rows.signed(a), i -> Rows.across(a, i)))),
                Mutant.of(
                        "all lengths √d",
                        "Performer with scaling = 1",
                        Rows.blocks(
                                (a, s) -> Rows.scaled(Rows.signed(a), i -> Math.sqrt(a.length)))));
    }
}
