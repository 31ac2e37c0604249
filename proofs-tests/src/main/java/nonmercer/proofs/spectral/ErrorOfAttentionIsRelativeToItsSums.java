package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nonmercer.attention.LinearAttention;
import nonmercer.attention.Mask;
import nonmercer.feature.Component;
import nonmercer.feature.Preconditioner;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.FeatureMap;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;

/// An approximated kernel is as good for attention as its error is small beside the sum of a row,
/// not as it is small.
final class ErrorOfAttentionIsRelativeToItsSums
        implements Claim<
                ErrorOfAttentionIsRelativeToItsSums.Evaluation,
                ErrorOfAttentionIsRelativeToItsSums.Case> {
    private static final int D = 4;
    private static final int E = 2;
    private static final ExpDot KERNEL = new ExpDot(Coefficient.of(1));

    /// Points, values, how many frequencies, and their seed.
    record Case(double[][] q, double[][] k, double[][] v, int m, long seed) {
        FeatureMap map() {
            return new RandomFeatures(
                            Gaussian.standard(D),
                            new Coupling.Orthogonal(),
                            new Component.Positive(Target.SOFTMAX),
                            Preconditioner.NONE,
                            Estimates.PLAIN,
                            m)
                    .draw(RandomStream.of(seed));
        }
    }

    /// Attention through features.
    interface Evaluation {
        double[][] of(FeatureMap map, Case c);
    }

    @Override
    public String id() {
        return "L10";
    }

    @Override
    public String statement() {
        return "for all points, values v and positive features with the products k̂ for the kernel exp(q·k): attention through them is off by at most (max v - min v) Σⱼ |k̂ⱼ - exp(q·kⱼ)|/Σⱼ k̂ⱼ in each coordinate, whatever the size of the kernel";
    }

    @Override
    public Source source() {
        return Source.of(
                "this library",
                "Σ kⱼ (vⱼ - out) = 0, so that the difference is Σ (k̂ⱼ - kⱼ)(vⱼ - out)/Σ k̂ⱼ; for Performer, Skyformer and their like");
    }

    @Override
    public String assumes() {
        return "kernel and features above 0, so that out is between the least and the greatest value";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Evaluation>> subjects() {
        return List.of(Subject.of("LinearAttention", ErrorOfAttentionIsRelativeToItsSums::linear));
    }

    private static double[][] linear(FeatureMap map, Case c) {
        return Attends.apply(LinearAttention.of(map), c.q, c.k, c.v, Mask.none());
    }

    @Override
    public Cases<Case> cases(Evaluation evaluation) {
        return Cases.random(80, GaussAt.drawn(ErrorOfAttentionIsRelativeToItsSums::random))
                .hitting("errors below a tenth of the sum", 0.1, c -> share(c) < 0.1)
                .hitting("errors above a third of the sum", 0.1, c -> share(c) > 1.0 / 3)
                .hitting("equal values", 0.05, c -> Arrays.equals(c.v[0], c.v[1]));
    }

    private static Case random(Random r) {
        int n = 2 + r.nextInt(30);
        double size = r.nextInt(2) == 0 ? 0.8 : 0.3;
        double[][] q = new double[4][];
        double[][] k = new double[n][];
        double[][] v = new double[n][];
        Arrays.setAll(q, i -> GaussAt.gaussian(r, D));
        Arrays.setAll(k, i -> GaussAt.gaussian(r, D));
        Arrays.setAll(v, i -> GaussAt.gaussian(r, E));
        Arrays.stream(q).forEach(x -> GaussAt.scale(x, size));
        Arrays.stream(k).forEach(x -> GaussAt.scale(x, size));
        if (r.nextInt(4) == 0) {
            Arrays.fill(v, v[0]);
        }
        return new Case(q, k, v, r.nextBoolean() ? 16 : 1024, r.nextLong());
    }

    /// The greatest `Σ |k̂ - k|/Σ k̂` of a query.
    private static double share(Case c) {
        return Arrays.stream(shares(c)).max().orElse(0);
    }

    private static double[] shares(Case c) {
        double[][] features = Estimates.gram(c.map(), c.q, c.k);
        double[][] kernel = new Pairs(c.q, c.k).gram(KERNEL);
        double[] shares = new double[c.q.length];
        for (int i = 0; i < shares.length; i++) {
            double off = 0;
            double sum = 0;
            for (int j = 0; j < c.k.length; j++) {
                off += Math.abs(features[i][j] - kernel[i][j]);
                sum += features[i][j];
            }
            shares[i] = off / sum;
        }
        return shares;
    }

    /// The greatest difference from attention by the definition, over its bound with what rounding
    /// adds: all weights and sums are of terms above 0.
    @Override
    public double statistic(Evaluation evaluation, Case c) {
        double[] shares = shares(c);
        double[][] got = evaluation.of(c.map(), c);
        double[][] kernel = new Pairs(c.q, c.k).gram(KERNEL);
        double worst = 0;
        for (int l = 0; l < E; l++) {
            int at = l;
            double low = Arrays.stream(c.v).mapToDouble(x -> x[at]).min().orElseThrow();
            double high = Arrays.stream(c.v).mapToDouble(x -> x[at]).max().orElseThrow();
            double largest = Math.max(Math.abs(low), Math.abs(high));
            for (int i = 0; i < got.length; i++) {
                double sum = 0;
                double weighted = 0;
                for (int j = 0; j < c.k.length; j++) {
                    sum += kernel[i][j];
                    weighted += kernel[i][j] * c.v[j][l];
                }
                double rounding =
                        Tolerance.Rounding.gamma(
                                        4 * (c.k.length + 2 * c.m + 200), Tolerance.Rounding.DOUBLE)
                                * largest
                                * (1 + shares[i]);
                double bound = (high - low) * shares[i] + rounding;
                worst = Math.max(worst, Math.abs(got[i][l] - weighted / sum) / bound);
            }
        }
        return worst;
    }

    @Override
    public Tolerance<Evaluation, Case> tolerance() {
        return Tolerance.bound(
                (evaluation, c) -> 1,
                "once the bound of the statement, and 4 (N + 2m + 200) roundings of sums of terms above 0, whose exponents"
                        + " are below 100");
    }

    /// One case, its values moved by 5, with more and more frequencies.
    @Override
    public Optional<Picture> picture(Evaluation evaluation) {
        Case c = random(new Random(4));
        for (double[] v : c.v) {
            Arrays.setAll(v, l -> v[l] + 5);
        }
        int[] counts = {4, 16, 64, 256, 1024, 4096};
        double[] m = new double[counts.length];
        double[] off = new double[counts.length];
        double[] bound = new double[counts.length];
        double[][] kernel = new Pairs(c.q, c.k).gram(KERNEL);
        for (int i = 0; i < counts.length; i++) {
            Case more = new Case(c.q, c.k, c.v, counts[i], c.seed);
            double sum = Arrays.stream(kernel[0]).sum();
            double out = 0;
            for (int j = 0; j < c.k.length; j++) {
                out += kernel[0][j] * c.v[j][0] / sum;
            }
            double low = Arrays.stream(c.v).mapToDouble(x -> x[0]).min().orElseThrow();
            double high = Arrays.stream(c.v).mapToDouble(x -> x[0]).max().orElseThrow();
            m[i] = counts[i];
            off[i] = Math.abs(evaluation.of(more.map(), more)[0][0] - out);
            bound[i] = (high - low) * shares(more)[0];
        }
        return Optional.of(
                new Picture(
                        "Error of one output through m frequencies",
                        Picture.Axis.powers("frequencies m"),
                        Picture.Axis.powers("error"),
                        List.of(
                                Picture.Line.measured("error", m, off),
                                Picture.Line.bound("bound", m, bound))));
    }

    @Override
    public List<Mutant<Evaluation>> mutants() {
        return List.of(
                Mutant.of(
                        "the exact kernel's sums for a divisor",
                        "an unbiased numerator over a known normaliser: equal values do not stay",
                        (map, c) -> {
                            double[][] out = linear(map, c);
                            double[][] features = Estimates.gram(map, c.q, c.k);
                            double[][] kernel = new Pairs(c.q, c.k).gram(KERNEL);
                            for (int i = 0; i < out.length; i++) {
                                GaussAt.scale(
                                        out[i],
                                        Arrays.stream(features[i]).sum()
                                                / Arrays.stream(kernel[i]).sum());
                            }
                            return out;
                        }),
                Mutant.of(
                        "a number added to the divisor",
                        "the stabiliser of public code, not small beside small sums",
                        (map, c) -> {
                            double[][] out = linear(map, c);
                            double[][] features = Estimates.gram(map, c.q, c.k);
                            for (int i = 0; i < out.length; i++) {
                                double sum = Arrays.stream(features[i]).sum();
                                GaussAt.scale(out[i], sum / (sum + 1e-3));
                            }
                            return out;
                        }));
    }
}
