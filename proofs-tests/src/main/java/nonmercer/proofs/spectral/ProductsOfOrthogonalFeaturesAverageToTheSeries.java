package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Evidence;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;

/// Why orthogonal positive features are better: the mean product of two of a block is a series that
/// is below the square of their mean. What follows from the series is P7a. At `d = 4`, `z = 1.2 e₁`
/// it is 3.711, against 4.221; a mean of so few blocks would not tell the estimates' variances
/// apart, but it tells the products.
final class ProductsOfOrthogonalFeaturesAverageToTheSeries implements Claim<Rows, Long> {
    private static final int D = 4;
    private static final int BLOCKS = 150_000;
    private static final double Z = 1.44;

    @Override
    public String id() {
        return "P7";
    }

    @Override
    public String statement() {
        return "for all i ≠ j in a block of orthogonal frequencies and every z: E exp((ωᵢ + ωⱼ)·z) = ₁F₁(d; d/2; ‖z‖²/2)";
    }

    @Override
    public Source source() {
        return Source.of(
                "Choromanski et al. 2021",
                "Theorem 2; the series by uniform directions and χ_d lengths");
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
        return (D - 1) * Deviation.ALPHA;
    }

    @Override
    public List<Subject<Rows>> subjects() {
        return List.of(Subject.of("Orthogonal", Rows.of(new Coupling.Orthogonal())));
    }

    @Override
    public Cases<Long> cases(Rows rows) {
        return Cases.random(1, GaussAt.drawn(Random::nextLong));
    }

    /// `₁F₁(d; d/2; x/2)` in so many terms.
    static double series(int d, double x) {
        double term = 1;
        double sum = 1;
        for (int k = 0; k < 400; k++) {
            term *= (d + k) / (d / 2.0 + k) * (x / 2) / (k + 1);
            sum += term;
        }
        return sum;
    }

    /// Of the pairs `(1, j)`, those which wrong samplers get wrong: the greatest difference over
    /// its own bound.
    @Override
    public double statistic(Rows rows, Long seed) {
        double[][] all = rows.draw(D * BLOCKS, D, RandomStream.of(seed));
        double[] first = new double[BLOCKS];
        Arrays.setAll(first, i -> Math.exp(1.2 * all[i * D][0]));
        double worst =
                Math.abs(series(D, Z) - new Coupling.Orthogonal().pair(1, D, Z).orElseThrow())
                        / Estimates.DERIVED;
        for (int j = 1; j < D; j++) {
            double[] product = new double[BLOCKS];
            for (int i = 0; i < BLOCKS; i++) {
                product[i] = first[i] * Math.exp(1.2 * all[i * D + j][0]);
            }
            worst =
                    Math.max(
                            worst,
                            Math.abs(Deviation.catoniMean(product, variance()) - series(D, Z))
                                    / Deviation.catoni(variance(), BLOCKS));
        }
        return worst;
    }

    /// Of a product: the series at `2z`, less the squared mean; `8.943²`.
    private static double variance() {
        return series(D, 4 * Z) - series(D, Z) * series(D, Z);
    }

    @Override
    public Tolerance<Rows, Long> tolerance() {
        return Tolerance.bound(
                (rows, seed) -> 1,
                "the greatest difference over its own bound: Catoni's for products of variance 8.943², less than a third of the distance to e^‖z‖², and 1e-12 for the library's series");
    }

    @Override
    public List<Mutant<Rows>> mutants() {
        return List.of(
                Mutant.of(
                        "independent directions", "folklore", Rows.of(new Coupling.Independent())),
                Mutant.of(
                        "one length for a block",
                        "a chi number drawn once",
                        Rows.blocks((a, s) -> {
                            double length = Rows.chi(D, s);
                            return Rows.scaled(Rows.signed(a), i -> length);
                        })),
                Mutant.of(
                        "all lengths √d",
                        "Performer with scaling = 1",
                        Rows.blocks((a, s) -> Rows.scaled(Rows.signed(a), i -> Math.sqrt(D)))),
                Mutant.of(
                        "directions from a factorisation without sign correction",
                        "lucidrains/performer-pytorch; google-research/long-range-arena",
                        Rows.blocks((a, s) -> Rows.scaled(Rows.unsigned(a), i -> Rows.chi(D, s)))),
                Mutant.of(
                        "lengths of the vectors that were made orthogonal",
                        "idiap/fast-transformers: 4.28 at the pair (1, 2), for 3.711",
                        Rows.blocks(
                                (a, s) -> Rows.scaled(Rows.signed(a), i -> Rows.across(a, i)))));
    }
}
