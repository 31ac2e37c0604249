package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
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
import nonmercer.spectral.Noise;
import nonmercer.spectral.Numbers;

/// How the rows of a block of Fastfood depend on each other, seen in the variance of their mean: an
/// exact sum over signs and half subsets for unit lengths, and for drawn lengths the ratio to
/// independent frequencies, which depends on the direction.
final class FastfoodHasItsOwnVariance
        implements Claim<FastfoodHasItsOwnVariance.Sampler, FastfoodHasItsOwnVariance.Case> {
    /// Drawn lengths, or unit ones; `v`; the variance it should have.
    record Case(int d, boolean lengths, double[] v, double variance) {
        int replicates() {
            return d == 8 ? 30_000 : 8_000;
        }
    }

    /// `blocks` blocks of `d` rows.
    interface Sampler {
        double[][] draw(int d, int blocks, boolean lengths, RandomStream stream);
    }

    @Override
    public String id() {
        return "P11";
    }

    @Override
    public String statement() {
        return "for d = 8 and unit lengths: Var mean cos(Vⱼ·v) = (1 - e^-a²)²/2d + (d - 1)/d e^-a² E[cosh c - 1], a = ‖v‖, c the difference of ‖HBv/√d‖² on a random half of the coordinates and the rest; for d = 32, drawn lengths, v = (1, …, 1) a/√d, a = 1.5: 1.69 times that of independent frequencies";
    }

    @Override
    public Source source() {
        return Source.of(
                "Le, Sarlós & Smola 2013", "Theorem 9, with the exact variance for its bound");
    }

    @Override
    public String assumes() {
        return "d = 8 or 32, a power of two; lengths as said";
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
        return Evidence.PINNED;
    }

    @Override
    public double falseAlarm() {
        return tolerance().falseAlarm(5);
    }

    @Override
    public List<Subject<Sampler>> subjects() {
        return List.of(Subject.of("Fastfood", FastfoodHasItsOwnVariance::draw));
    }

    private static double[][] draw(int d, int blocks, boolean lengths, RandomStream stream) {
        Fastfood law = law(d, blocks, lengths);
        return Estimates.frequencies(law, new Coupling.Fastfood(), blocks * d, stream);
    }

    private static Fastfood law(int d, int blocks, boolean lengths) {
        Array ones = Array.full(DType.FLOAT64, Shape.of(blocks, d), 1);
        return lengths
                ? Fastfood.drawn(d)
                : new Fastfood(
                        d, Optional.of(Numbers.fixed(ones)), Optional.empty(), Optional.empty());
    }

    @Override
    public Cases<Case> cases(Sampler sampler) {
        return Cases.all(
                unit(1.5 / Math.sqrt(2), 1.5 / Math.sqrt(2), 0, 0, 0, 0, 0, 0),
                ones(1.5, 1.69),
                unit(0.7, 0, 0, 0, 0, 0, 0, 0),
                unit(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5));
    }

    private static Case unit(double... v) {
        return new Case(v.length, false, v, exact(v));
    }

    private static Case ones(double a, double ratio) {
        int d = 32;
        double[] v = new double[d];
        Arrays.fill(v, a / Math.sqrt(d));
        return new Case(d, true, v, ratio * Math.pow(-Math.expm1(-a * a), 2) / (2 * d));
    }

    /// By enumeration of all signs and half subsets.
    private static double exact(double... v) {
        int d = v.length;
        double square = GaussAt.square(v);
        double sum = 0;
        long count = 0;
        for (int signs = 0; signs < 1 << d; signs++) {
            double[] u = new double[d];
            for (int i = 0; i < d; i++) {
                for (int l = 0; l < d; l++) {
                    int sign = (signs >> l & 1) ^ (Integer.bitCount(i & l) & 1);
                    u[i] += (sign == 1 ? -v[l] : v[l]) / Math.sqrt(d);
                }
            }
            for (int half = 0; half < 1 << d; half++) {
                if (Integer.bitCount(half) == d / 2) {
                    double c = 0;
                    for (int i = 0; i < d; i++) {
                        c += ((half >> i & 1) == 1 ? 1 : -1) * u[i] * u[i];
                    }
                    sum += Math.cosh(c) - 1;
                    count++;
                }
            }
        }
        return Math.pow(-Math.expm1(-square), 2) / (2 * d)
                + (d - 1.0) / d * Math.exp(-square) * sum / count;
    }

    @Override
    public double statistic(Sampler sampler, Case c) {
        int replicates = c.replicates();
        double[][] rows = sampler.draw(c.d, replicates, c.lengths, RandomStream.of(c.d));
        double mean = Math.exp(-GaussAt.square(c.v) / 2);
        double sum = 0;
        for (int i = 0; i < replicates; i++) {
            double k = 0;
            for (int j = 0; j < c.d; j++) {
                k += Math.cos(GaussAt.dot(rows[i * c.d + j], c.v)) / c.d;
            }
            sum += (k - mean) * (k - mean);
        }
        return Math.abs(sum / replicates / c.variance - 1);
    }

    /// The kurtosis of a mean of eight waves or more is at most 2.9, but for short `v`, where all
    /// waves fall together from 1, at most 6.
    @Override
    public Tolerance<Sampler, Case> tolerance() {
        return Tolerance.standardErrors(
                6.5,
                (sampler, c) -> Math.sqrt((GaussAt.square(c.v) > 1 ? 1.9 : 5) / c.replicates()),
                "of a ratio of variances over 30,000 replicates, 8,000 for d = 32, with a kurtosis of at most 2.9, or 6 where ‖v‖ < 1");
    }

    @Override
    public Optional<Picture> picture(Sampler sampler) {
        int blocks = 6000;
        double[][] rows = sampler.draw(8, blocks, false, RandomStream.of(1));
        double[] length = Curves.range(0.25, 3, 12);
        return Curves.of(
                "unit lengths, d = 8, v along e₁ + e₂: 6000 blocks",
                "‖v‖",
                "variance of the mean of eight waves",
                Curves.measured(
                        "of the code",
                        length,
                        a -> {
                            double sum = 0;
                            for (int i = 0; i < blocks; i++) {
                                double k = 0;
                                for (int j = 0; j < 8; j++) {
                                    double[] row = rows[i * 8 + j];
                                    k += Math.cos((row[0] + row[1]) * a / Math.sqrt(2)) / 8;
                                }
                                sum += Math.pow(k - Math.exp(-a * a / 2), 2) / blocks;
                            }
                            return sum;
                        }),
                Curves.bound(
                        "the exact variance",
                        length,
                        a -> exact(a / Math.sqrt(2), a / Math.sqrt(2), 0, 0, 0, 0, 0, 0)),
                Curves.bound(
                        "of independent frequencies",
                        length,
                        a -> Math.pow(-Math.expm1(-a * a), 2) / 16));
    }

    @Override
    public List<Mutant<Sampler>> mutants() {
        return List.of(
                Mutant.of(
                        "no permutation",
                        "P = I: every row is still normal, their dependence is another",
                        (d, blocks, lengths, s) -> {
                            Fastfood law = law(d, blocks, lengths);
                            Noise.Diagonals n =
                                    (Noise.Diagonals)
                                            law.noise(new Coupling.Fastfood(), blocks * d, s);
                            Noise plain =
                                    new Noise.Diagonals(
                                            n.s(),
                                            n.g(),
                                            n.b(),
                                            IntStream.range(0, blocks * d).boxed().toList());
                            return Estimates.rows(
                                    law.frequencies(plain, DType.FLOAT64, Pass.evaluation())
                                            .dense());
                        }),
                Mutant.of(
                        "lengths not drawn",
                        "S = I: all rows of a block are as long as G",
                        (d, blocks, lengths, s) -> draw(d, blocks, false, s)));
    }
}
