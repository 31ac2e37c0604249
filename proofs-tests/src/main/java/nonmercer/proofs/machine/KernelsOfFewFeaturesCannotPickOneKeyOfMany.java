package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.attention.Attention;
import nonmercer.attention.Denominator;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Constant;
import nonmercer.kernel.Distance;
import nonmercer.kernel.EluPlusOne;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.ExpIntersection;
import nonmercer.kernel.FeatureDimension;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Linear;
import nonmercer.kernel.Quadratic;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Why infinitely many features matter at a fixed head dimension: a theorem about how sharp
/// attention can be, of what the library's kernels say of their features and its attention does.
final class KernelsOfFewFeaturesCannotPickOneKeyOfMany
        implements Claim<
                KernelsOfFewFeaturesCannotPickOneKeyOfMany.Head,
                KernelsOfFewFeaturesCannotPickOneKeyOfMany.Case> {
    private static final int D = 2;

    /// n tokens, random ones, and by how much a token's own logit shall exceed the next.
    record Case(double gap, double[][] x) {
        int n() {
            return x.length;
        }
    }

    /// Tokens in the plane, queries and keys in one.
    interface Nodes {
        double[][] of(Case c);
    }

    /// Between what and what `‖α - I‖` must lie.
    interface Range {
        double least(Case c);

        default double most(Case c) {
            return Double.POSITIVE_INFINITY;
        }
    }

    /// Attention with a kernel at its tokens, and what is said of it there.
    record Head(Kernel kernel, Nodes nodes, Range range) {}

    @Override
    public String id() {
        return "C12";
    }

    @Override
    public String statement() {
        return "for all n tokens in the plane, queries = keys: attention α with a kernel of D features has ‖α - I‖ ≥ √(n - D) in the Frobenius norm; on a circle of radius R the softmax kernel and, twice as sharp, Gauss, and exp Σ min on an antichain (i s, -i s), have ‖α - I‖ ≤ 2(n-1)√n exp(-gap), gap = R²(1 - cos(2π/n))/√2 or s; infinitely many features are not enough: a distance has ‖α - I‖ ≥ √n at any distinct tokens and exp Σ min at least ½ on the circle";
    }

    @Override
    public Source source() {
        return Source.of(
                "Eckart & Young 1936",
                "the identity has n singular values 1, α has D; on the circle by the two neighbours, whose logits are"
                        + " less by the gap");
    }

    @Override
    public String assumes() {
        return "queries = keys, distinct tokens; the kernel's number of features D is exact (K13)";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Head>> subjects() {
        Kernel affine = new Linear().plus(new Constant(1));
        return List.of(
                Subject.of(
                        "softmax kernel, circle",
                        sharp(new ExpDot(), KernelsOfFewFeaturesCannotPickOneKeyOfMany::circle, 1)),
                Subject.of(
                        "Gauss, circle",
                        sharp(new Gauss(), KernelsOfFewFeaturesCannotPickOneKeyOfMany::circle, 2)),
                Subject.of(
                        "exp Σ min, antichain",
                        sharp(
                                new ExpIntersection(),
                                KernelsOfFewFeaturesCannotPickOneKeyOfMany::antichain,
                                1)),
                Subject.of("quadratic, any", sharp(new Quadratic(), Case::x, 1)),
                Subject.of(
                        "quadratic, circle",
                        sharp(
                                new Quadratic(),
                                KernelsOfFewFeaturesCannotPickOneKeyOfMany::circle,
                                1)),
                Subject.of("square, any", sharp(Quadratic.homogeneous(), Case::x, 1)),
                Subject.of("elu + 1, any", sharp(new EluPlusOne(), Case::x, 1)),
                Subject.of("linear + 1, unit circle", sharp(affine, c -> circle(c.n(), 1), 1)),
                Subject.of(
                        "distance, any", new Head(new Distance(), Case::x, c -> Math.sqrt(c.n()))),
                Subject.of(
                        "exp Σ min, circle",
                        new Head(
                                new ExpIntersection(),
                                KernelsOfFewFeaturesCannotPickOneKeyOfMany::circle,
                                c -> 0.5)));
    }

    /// What the kernel says of its features, taken at its word: few have a floor, infinitely many
    /// pick the key at these nodes.
    private static Head sharp(Kernel kernel, Nodes nodes, double sharpness) {
        return said(kernel, kernel.traits().features(), nodes, sharpness);
    }

    private static Head said(
            Kernel kernel, FeatureDimension features, Nodes nodes, double sharpness) {
        return new Head(
                kernel,
                nodes,
                switch (features) {
                    case FeatureDimension.Finite f ->
                            c -> Math.sqrt(Math.max(0, c.n() - (int) f.count().applyAsLong(D)));
                    case FeatureDimension.Infinite i -> picks(sharpness);
                    case FeatureDimension.Unknown u ->
                            throw new IllegalStateException(kernel.name() + " says nothing");
                });
    }

    private static Range picks(double sharpness) {
        return new Range() {
            @Override
            public double least(Case c) {
                return 0;
            }

            @Override
            public double most(Case c) {
                return 2 * (c.n() - 1) * Math.sqrt(c.n()) * Math.exp(-sharpness * c.gap);
            }
        };
    }

    /// Its radius gives a token's own logit the gap over its neighbours'.
    private static double[][] circle(Case c) {
        return circle(c.n(), radius(c));
    }

    private static double radius(Case c) {
        return Math.sqrt(Math.sqrt(2) * c.gap / (1 - Math.cos(2 * Math.PI / c.n())));
    }

    private static double[][] circle(int n, double radius) {
        double[][] circle = new double[n][];
        for (int i = 0; i < n; i++) {
            double angle = 2 * Math.PI * i / n;
            circle[i] = new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
        }
        return circle;
    }

    /// `Σ min` of two of them is `-s |i - j|`.
    private static double[][] antichain(Case c) {
        double[][] x = new double[c.n()][];
        for (int i = 0; i < x.length; i++) {
            x[i] = new double[] {i * c.gap, -i * c.gap};
        }
        return x;
    }

    @Override
    public Cases<Case> cases(Head head) {
        return Cases.random(
                        40,
                        Combinators.combine(
                                        Arbitraries.of(0.5, 2.0, 8.0, 22.0, 27.0, 33.0, 40.0),
                                        integers().between(4, 24))
                                .flatAs((gap, n) ->
                                        Points.general(n, D, 3).map(x -> new Case(gap, x))))
                .hitting("n > 6 features", 0.5, c -> c.n() > 6)
                .hitting(
                        "the bound of the circle is below 10⁻⁶", 0.3, c -> picks(1).most(c) < 1e-6);
    }

    /// How far the distance from picking the own key lies outside of its range.
    @Override
    public double statistic(Head head, Case c) {
        double distance = distance(attention(head.kernel, head.nodes.of(c)));
        return Math.max(head.range.least(c) - distance, distance - head.range.most(c));
    }

    /// The library's weights: attention to the unit vectors.
    private static Array attention(Kernel kernel, double[][] x) {
        int n = x.length;
        Tensor points = Tensor.of(Array.matrix(x)).reshape(1, 1, n, D);
        Tensor units = Tensor.of(Coordinates.identity(n)).reshape(1, 1, n, n);
        Attention attention =
                kernel.operands().isEmpty()
                        ? Attention.of(kernel)
                        : Attention.of(kernel, new Denominator.Signed(0));
        return attention
                .apply(points, points, units, Mask.none(), Pass.evaluation())
                .reshape(Shape.of(n, n))
                .value();
    }

    private static double distance(Array alpha) {
        double sum = 0;
        for (int i = 0; i < alpha.dim(0); i++) {
            for (int j = 0; j < alpha.dim(0); j++) {
                double v = alpha.get(i, j) - (i == j ? 1 : 0);
                sum += v * v;
            }
        }
        return Math.sqrt(sum);
    }

    /// Logits are at most four times R²/√2 in size (Gauss: (2R)²/√2), or n times the gap.
    @Override
    public Tolerance<Head, Case> tolerance() {
        return Tolerance.rounding(
                (head, c) -> 100 + 8 * (2 * radius(c) * radius(c) * Math.sqrt(2) + c.n() * c.gap),
                (head, c) -> 4.0 * c.n(),
                "weights of at most 1, off by the roundings of their logits, which exp enlarges, and of their sums; n rows"
                        + " of them, and a rank of D up to as much");
    }

    /// 4 to 24 tokens, with a gap of 22.
    @Override
    public Optional<Picture> picture(Head head) {
        double[] n = new double[21];
        double[] distance = new double[21];
        double[] least = new double[21];
        double[] most = new double[21];
        for (int i = 0; i < n.length; i++) {
            Case c = new Case(22, Points.spread(i + 4, D, 3));
            n[i] = c.n();
            distance[i] = distance(attention(head.kernel, head.nodes.of(c)));
            least[i] = head.range.least(c);
            most[i] = head.range.most(c);
        }
        List<Picture.Line> lines = new ArrayList<>();
        lines.add(Picture.Line.measured("‖α - I‖", n, distance));
        if (most[0] < Double.POSITIVE_INFINITY) {
            lines.add(Picture.Line.bound("at most", n, most));
        } else {
            lines.add(Picture.Line.bound("at least", n, least));
        }
        return Optional.of(
                new Picture(
                        "How far attention is from picking the own key",
                        Picture.Axis.of("tokens n"),
                        Picture.Axis.powers("distance from the identity"),
                        lines));
    }

    @Override
    public List<Mutant<Head>> mutants() {
        return List.of(
                Mutant.of(
                        "a quadratic kernel reported infinite-dimensional",
                        "a trait that is wrong: six features do not pick one key of 24",
                        said(
                                new Quadratic(),
                                new FeatureDimension.Infinite("wrong"),
                                KernelsOfFewFeaturesCannotPickOneKeyOfMany::circle,
                                1)),
                Mutant.of(
                        "the softmax kernel reported to have six features",
                        "its Taylor polynomial taken for it",
                        said(
                                new ExpDot(),
                                new Quadratic().traits().features(),
                                KernelsOfFewFeaturesCannotPickOneKeyOfMany::circle,
                                1)),
                Mutant.of(
                        "a quadratic kernel reported with its square's three features",
                        "d(d+1)/2 for (d+1)(d+2)/2: the offset forgotten",
                        said(
                                new Quadratic(),
                                Quadratic.homogeneous().traits().features(),
                                c -> circle(c.n(), 1.5),
                                1)),
                Mutant.of(
                        "a distance taken for sharp, as its rank is full",
                        "a high rank is necessary, not sufficient",
                        sharp(
                                new Distance(),
                                KernelsOfFewFeaturesCannotPickOneKeyOfMany::circle,
                                1)));
    }
}
