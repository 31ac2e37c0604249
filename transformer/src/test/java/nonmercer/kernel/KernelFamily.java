package nonmercer.kernel;

import java.util.function.Function;
import java.util.stream.Stream;

/// A kernel of one coefficient, which may be trained.
record KernelFamily(String name, Function<Coefficient, Kernel> of) {
    private static final Expression S = new Expression.Variable();

    /// One of each shape: logarithms, values and both, in sums, products, functions and multiples
    /// of each other.
    static Stream<KernelFamily> all() {
        return Stream.of(
                family("c k", new Gauss()::scaled),
                family("c v", c -> new Quadratic().scaled(c)),
                family("log", ExpDot::new),
                family("two logs", c -> new ExpDot(c).plus(new Gauss()).times(new Laplace())),
                family("product of logs", c -> new ExpDot(c).times(new Gauss(c))),
                family("value", c -> new Quadratic(c, 1)),
                family("values", c -> new Quadratic(c, 1).plus(new Distance()).plus(new Chi2())),
                family("product of values", c -> new Quadratic(c, 1).times(new Distance(c))),
                family("log + value", c -> new ExpDot().plus(new Quadratic(c, 1))),
                family("value + log", c -> new Quadratic(c, 1).plus(new ExpDot())),
                family("log · value", c -> new ExpDot(c).times(new Quadratic(c, 1))),
                family(
                        "(log + value) log",
                        c -> new ExpDot(c).plus(new Quadratic()).times(new Gauss())),
                family(
                        "(value + log) value",
                        c -> new Quadratic(c, 1).plus(new Gauss()).times(new Distance())),
                family(
                        "(log value + log) (value + log value)",
                        c ->
                                new Gauss()
                                        .times(new Quadratic())
                                        .plus(new Laplace(c, Laplace.Norm.ONE))
                                        .times(
                                                new Distance()
                                                        .plus(new ExpDot().times(new Chi2())))),
                family(
                        "c (log + value)",
                        c -> new ExpDot().plus(new Quadratic()).scaled(c).plus(new Gauss())),
                family("(log + value)²", c -> new ExpDot(c).plus(new Quadratic()).power(2)),
                family("s e^s", c -> new Linear(c).applied(S.times(S.exp()))),
                family("e^s s c", c -> new Linear().applied(S.exp().times(S).times(c))),
                family("(s e^s)²", c -> new Linear(c).applied(S.times(S.exp()).power(2))),
                family("exponential", c -> new Linear(c).plus(new Chi2()).exponential()),
                family("decay", c -> new Distance().plus(new Chi2()).decay(c)),
                family("decay of a log", c -> new Gauss().decay(c)),
                family("normalised log", c -> new ExpIntersection(c).normalised()),
                family("normalised value", c -> new Quadratic(c, 1).normalised()),
                family("acos", c -> new ArcCosine(1).scaled(c)),
                family("acos 0", c -> new ArcCosine(0).scaled(c)),
                family("tanh", c -> new Sigmoid(c, 0.5)),
                family("cos", c -> new Linear(c).applied(S.cos().times(S.sin()).plus(3))),
                family("reciprocal", Cauchy::new),
                family("cubes", c -> new Distance(c).power(3).plus(new Cauchy(c).power(-3))),
                family("log of a sum", c -> new Quadratic(c, 1).applied(S.plus(1).log())),
                family("matern", c -> new Matern(2, c)),
                family("warped", c -> new Gauss().warped(new Warp.Stretch(c))),
                family("constant", c -> new Constant(2).scaled(c)));
    }

    private static KernelFamily family(String name, Function<Coefficient, Kernel> of) {
        return new KernelFamily(name, of);
    }

    @Override
    public String toString() {
        return name;
    }
}
