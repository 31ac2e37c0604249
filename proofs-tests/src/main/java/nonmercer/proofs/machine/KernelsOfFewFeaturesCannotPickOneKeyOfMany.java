package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.FeatureDimension;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Quadratic;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Why infinitely many features matter at a fixed head dimension: a theorem about how sharp
/// attention can be.
final class KernelsOfFewFeaturesCannotPickOneKeyOfMany
        implements Claim<
                KernelsOfFewFeaturesCannotPickOneKeyOfMany.Floor,
                KernelsOfFewFeaturesCannotPickOneKeyOfMany.Case> {
    /// A lower bound of `‖α - I‖` that a kernel with D features is said to obey.
    interface Floor {
        double of(int n, int features);
    }

    /// A kernel, its number of features, and tokens.
    record Case(Kernel kernel, int features, double[][] x) {}

    @Override
    public String id() {
        return "C12";
    }

    @Override
    public String statement() {
        return "for all n tokens and any kernel with D features: row-normalised weights α have ‖α - I‖ ≥ √(n - D) in the Frobenius norm; while the softmax kernel of n tokens on a circle of radius R has ‖α - I‖ ≤ 2(n-1)√n exp(-R²(1 - cos(2π/n))/√2)";
    }

    @Override
    public Source source() {
        return Source.of(
                "Eckart & Young 1936",
                "the identity has n singular values 1, α has D; the bound for the circle by the two neighbours");
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Floor>> subjects() {
        return List.of(
                Subject.of("√(n - D)", (n, features) -> Math.sqrt(Math.max(0, n - features))));
    }

    @Override
    public Cases<Case> cases(Floor floor) {
        return Cases.random(
                        80,
                        integers()
                                .between(4, 24)
                                .flatMap(n ->
                                        Points.in(n, 2, 3)
                                                .map(x ->
                                                        new Case(new Quadratic(), features(2), x))))
                .hitting("n > D", 0.5, c -> c.x.length > c.features);
    }

    /// What the quadratic kernel says of itself: six in the plane.
    private static int features(int d) {
        return new Quadratic().traits().features() instanceof FeatureDimension.Finite f
                ? Math.toIntExact(f.count().applyAsLong(d))
                : 0;
    }

    /// How far the weights of the quadratic kernel are below the floor, and those of the softmax
    /// kernel on a circle above their bound.
    @Override
    public double statistic(Floor floor, Case c) {
        int n = c.x.length;
        double worst = floor.of(n, c.features) - distance(Pairs.gram(c.kernel, c.x, c.x));
        double radius = 6;
        double[][] circle = new double[n][];
        for (int i = 0; i < n; i++) {
            double angle = 2 * Math.PI * i / n;
            circle[i] = new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
        }
        double bound =
                2
                        * (n - 1)
                        * Math.sqrt(n)
                        * Math.exp(
                                -radius * radius * (1 - Math.cos(2 * Math.PI / n)) / Math.sqrt(2));
        return Math.max(worst, distance(Pairs.gram(new ExpDot(), circle, circle)) - bound);
    }

    /// `‖α - I‖` of the row-normalised matrix.
    private static double distance(double[][] k) {
        double sum = 0;
        for (int i = 0; i < k.length; i++) {
            double row = 0;
            for (double v : k[i]) {
                row += v;
            }
            for (int j = 0; j < k.length; j++) {
                double v = k[i][j] / row - (i == j ? 1 : 0);
                sum += v * v;
            }
        }
        return Math.sqrt(sum);
    }

    @Override
    public Tolerance<Floor, Case> tolerance() {
        return Tolerance.rounding(
                (floor, c) -> 100 * c.x.length,
                (floor, c) -> 4.0 * c.x.length,
                "rounded weights are off by their roundings, the exponential's argument up to 26 enlarging one, and have"
                        + " a rank of D up to as much");
    }

    @Override
    public List<Mutant<Floor>> mutants() {
        return List.of(
                Mutant.of(
                        "no features subtracted",
                        "√n for √(n - D): a kernel that has no features",
                        (n, features) -> Math.sqrt(n)),
                Mutant.of(
                        "n - D, without the root",
                        "the squared norm for the norm",
                        (n, features) -> n - features));
    }
}
