package nonmercer.kernel;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// Kernels for tests: those of the catalogue, some a user could write, and what the algebra makes
/// of them.
public final class Kernels {
    private Kernels() {}

    /// `1 / (1 + c ‖q - k‖²)`.
    public record Cauchy(Coefficient scale) implements Profile {
        @Override
        public double at(double[] q, double[] k) {
            return 1 / (1 + scale.value(q.length) * Pairing.SQUARED_DISTANCE.at(q, k));
        }

        @Override
        public Pairing pairing() {
            return Pairing.SQUARED_DISTANCE;
        }

        @Override
        public Expression profile(Expression s) {
            return s.times(scale).plus(1).reciprocal();
        }

        @Override
        public Traits traits() {
            return Traits.none().proved(Trait.SYMMETRIC, "a function of the distance");
        }
    }

    /// 1 everywhere.
    public record One() implements Profile {
        @Override
        public double at(double[] q, double[] k) {
            return 1;
        }

        @Override
        public Pairing pairing() {
            return Pairing.DOT;
        }

        @Override
        public Expression profile(Expression s) {
            return Expression.constant(1);
        }

        @Override
        public Traits traits() {
            return Traits.none();
        }
    }

    /// `q·k`, which takes negative values.
    public record Plain() implements Profile {
        @Override
        public double at(double[] q, double[] k) {
            return Pairing.DOT.at(q, k);
        }

        @Override
        public Pairing pairing() {
            return Pairing.DOT;
        }

        @Override
        public Expression profile(Expression s) {
            return s;
        }

        @Override
        public Traits traits() {
            return Traits.none()
                    .refuted(
                            Trait.NON_NEGATIVE,
                            "k(1, -1) = -1",
                            new double[] {1},
                            new double[] {-1});
        }
    }

    /// `1 + q·k` by its features `(1, x)`.
    public record Affine() implements Featured {
        @Override
        public double at(double[] q, double[] k) {
            return 1 + Pairing.DOT.at(q, k);
        }

        @Override
        public FeatureMap features() {
            return new FeatureMap() {
                @Override
                public int dimension(int d) {
                    return d + 1;
                }

                @Override
                public Tensor queries(Tensor q, Pass pass) {
                    Tensor one = Tensor.of(Array.full(q.dtype(), Shape.of(1), 1));
                    return Tensor.concat(-1, List.of(one.broadcastTo(q.shape().with(-1, 1)), q));
                }

                @Override
                public Tensor keys(Tensor k, Pass pass) {
                    return queries(k, pass);
                }
            };
        }

        @Override
        public String formula() {
            return "1 + q·k";
        }

        @Override
        public Traits traits() {
            return Traits.none();
        }
    }

    /// The kernels of the catalogue that attention takes: those that are not known to take negative
    /// values.
    public static Stream<Kernel> attended() {
        return Catalogue.kernels().values().stream()
                .filter(k -> !(k.traits().of(Trait.NON_NEGATIVE) instanceof Evidence.Refuted));
    }

    /// Those of them that have a derivative, not 0 everywhere, at almost all points: not the
    /// constant, and none that reads negative coordinates as 0.
    public static Stream<Kernel> differentiable() {
        return attended().filter(k -> !(k instanceof Constant) && !clipped(k));
    }

    /// Points where a kernel has derivatives: coordinates that are positive for one that reads
    /// negative ones as 0, where its pairings are tied and its sums are 0.
    public static Array smooth(Kernel kernel, Array x) {
        return clipped(kernel) ? Tensor.of(x).abs().value() : x;
    }

    private static boolean clipped(Kernel kernel) {
        return kernel instanceof Intersection
                || kernel instanceof Chi2
                || kernel instanceof ReLU
                || kernel instanceof Cosformer;
    }

    /// Fixed, by dimension and trained.
    public static Arbitrary<Coefficient> coefficients() {
        return Arbitraries.oneOf(
                Arbitraries.doubles().between(0.25, 2).ofScale(2).map(Coefficient::of),
                Arbitraries.just(Coefficient.inverseRootDimension()),
                Arbitraries.doubles()
                        .between(0.25, 2)
                        .ofScale(2)
                        .map(c -> Coefficient.trained(c, DType.FLOAT64)));
    }

    /// Kernels of one pairing and one profile.
    public static Arbitrary<Kernel> profiles() {
        return Arbitraries.oneOf(
                coefficients().map(ExpDot::new),
                coefficients().map(Gauss::new),
                coefficients().map(ExpIntersection::new),
                Combinators.combine(coefficients(), Arbitraries.of(0.0, 0.5, 1.0))
                        .as(Quadratic::new),
                coefficients().map(Distance::new),
                coefficients().map(Cauchy::new),
                Combinators.combine(coefficients(), Arbitraries.of(Laplace.Norm.values()))
                        .as(Laplace::new),
                Combinators.combine(Arbitraries.of(0, 1, 2), coefficients()).as(Matern::new),
                Combinators.combine(coefficients(), coefficients()).as(RationalQuadratic::new),
                coefficients().map(c -> new Polynomial(4, c, 0.5)),
                Arbitraries.just(new One()));
    }

    /// The same, and sums, products, multiples and stretched ones of them.
    public static Arbitrary<Kernel> any() {
        return any(2);
    }

    private static Arbitrary<Kernel> any(int depth) {
        if (depth == 0) {
            return profiles();
        }
        Arbitrary<Kernel> below = any(depth - 1);
        return Arbitraries.frequencyOf(
                Tuple.of(3, profiles()),
                Tuple.of(1, Combinators.combine(below, below).as(Kernel::plus)),
                Tuple.of(1, Combinators.combine(below, below).as(Kernel::times)),
                Tuple.of(1, Combinators.combine(coefficients(), below).as((c, k) -> k.scaled(c))),
                Tuple.of(1, Combinators.combine(below, Arbitraries.of(2.0, 3.0)).as(Kernel::power)),
                Tuple.of(1, Combinators.combine(below, coefficients()).as(Kernel::decay)),
                Tuple.of(
                        1,
                        Combinators.combine(below, coefficients(), coefficients())
                                .as((k, f, g) ->
                                        k.warped(new Warp.Stretch(f), new Warp.Stretch(g)))));
    }
}
