package nonmercer.proofs.spectral;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.feature.UniformBound;
import nonmercer.kernel.FeatureMap;
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
import nonmercer.spectral.Gaussian;

/// The size that the greatest error really has, where the bound of P10 is loose: of order `m^-½`,
/// with a constant that a limit theorem gives and that is near 1.2 in the square `[-2, 2]²`.
final class UniformErrorFallsWithTheRoot
        implements Claim<UniformErrorFallsWithTheRoot.Features, Integer> {
    private static final int SIDE = 41;

    /// A map with `m` frequencies in two coordinates.
    interface Features {
        FeatureMap map(int m);
    }

    @Override
    public String id() {
        return "P10a";
    }

    @Override
    public String statement() {
        return "for m = 64, 256, …, 4096 waves of the Gaussian kernel: √m times the greatest error on a grid of differences in [-2, 2]² is between ¼ and 4";
    }

    @Override
    public Source source() {
        return Source.of("Sriperumbudur & Szabó 2015", "Theorem 1: the rate m^-½ on compact sets");
    }

    @Override
    public String assumes() {
        return "differences in [-2, 2]²; a grid whose cells are finer than the kernel's slope";
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

    /// The error is the greatest of some hundred nearly normal numbers of variance at most ½: above
    /// 4 with probability `200 e^-16`; below ¼ only if all of them are; 24 seeds gave 0.49 to 1.92.
    @Override
    public double falseAlarm() {
        return 1e-3;
    }

    @Override
    public List<Subject<Features>> subjects() {
        return List.of(Subject.of("RandomFeatures", UniformErrorFallsWithTheRoot::map));
    }

    private static FeatureMap map(int m) {
        return CosinesAverageToTheTransform.trigonometric(Gaussian.standard(2), m)
                .with(Estimates.PLAIN)
                .draw(RandomStream.of(m));
    }

    @Override
    public Cases<Integer> cases(Features features) {
        return Cases.all(64, 256, 1024, 4096);
    }

    /// `√m sup/4`, or its inverse's share of ¼.
    @Override
    public double statistic(Features features, Integer m) {
        double scaled = Math.sqrt(m) * sup(features.map(m));
        return Math.max(scaled / 4, 0.25 / scaled);
    }

    private static double sup(FeatureMap map) {
        double sup = 0;
        for (int i = 0; i <= SIDE / 2; i++) {
            double[][] points = new double[SIDE][2];
            for (int j = 0; j < SIDE; j++) {
                points[j][0] = (i - SIDE / 2) * 0.1;
                points[j][1] = (j - SIDE / 2) * 0.1;
            }
            double[][] k = Estimates.gram(map, points, new double[1][2]);
            for (int j = 0; j < SIDE; j++) {
                double right = Math.exp(-GaussAt.square(points[j]) / 2);
                sup = Math.max(sup, Math.abs(k[j][0] - right));
            }
        }
        return sup;
    }

    @Override
    public Tolerance<Features, Integer> tolerance() {
        return Tolerance.bound(
                (features, m) -> 1,
                "the larger of √m sup over 4 and ¼ over √m sup, which 24 seeds put between 0.49 and 1.92");
    }

    @Override
    public Optional<Picture> picture(Features features) {
        List<Integer> counts = List.of(64, 256, 1024, 4096);
        double[] m = counts.stream().mapToDouble(c -> c).toArray();
        List<Picture.Line> lines = new ArrayList<>();
        lines.add(
                Picture.Line.measured(
                        "measured",
                        m,
                        counts.stream().mapToDouble(c -> sup(features.map(c))).toArray()));
        UniformBound bound = UniformBound.of(Gaussian.standard(2), 0, 2 * Math.sqrt(2));
        lines.add(
                Picture.Line.bound(
                        "1.3 m^-½", m, Arrays.stream(m).map(c -> 1.3 / Math.sqrt(c)).toArray()));
        lines.add(
                Picture.Line.bound(
                        "the bound of P10 at even odds",
                        m,
                        Arrays.stream(m).map(c -> even(bound, c)).toArray()));
        return Optional.of(
                new Picture(
                        "greatest error in [-2, 2]²",
                        Picture.Axis.powers("frequencies"),
                        Picture.Axis.powers("error"),
                        lines));
    }

    /// The error that the bound allows with probability ½.
    private static double even(UniformBound bound, double m) {
        double low = 1e-3;
        double high = 1e3;
        for (int i = 0; i < 60; i++) {
            double mid = Math.sqrt(low * high);
            if (bound.probability(m, mid) > 0.5) {
                low = mid;
            } else {
                high = mid;
            }
        }
        return high;
    }

    @Override
    public List<Mutant<Features>> mutants() {
        return List.of(
                Mutant.of(
                        "sixteen frequencies, whatever m",
                        "a pool of frequencies that does not grow",
                        m -> map(16)),
                Mutant.of(
                        "another kernel in the limit",
                        "√2 times the frequencies: an error that does not fall",
                        m -> new Estimates.Before(map(m), x -> x.scale(Math.sqrt(2)))));
    }
}
