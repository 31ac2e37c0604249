package nonmercer.proofs.op;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.function.Function;
import nonmercer.array.Elementwise;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Unary;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.OpLaw;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import org.jspecify.annotations.Nullable;

/// The chain rule as it was written, against the definition.
final class GradientOfOpIsLimitOfDifferences implements OpLaw<Integer> {
    @Override
    public String id() {
        return "O1";
    }

    @Override
    public String statement() {
        return "for every operation and all inputs off its kinks: first and second derivatives by its pullback are limits of difference quotients";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "definition of the derivative; Richardson 1911 for the step");
    }

    @Override
    public String assumes() {
        return "inputs off the operation's kinks; a step for which half of the digits are left";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    /// Seeds of the uses.
    @Override
    public Cases<Integer> cases(Function<Draw, Specimen> uses) {
        return Cases.random(10, integers().between(0, 1_000_000));
    }

    /// The slope's distance from the difference quotient, in tolerances, in both orders; silent
    /// where a kink is too near for one.
    @Override
    public double statistic(Function<Draw, Specimen> uses, Integer seed) {
        Specimen use = uses.apply(new Draw(RandomStream.of(seed), 4));
        return Math.max(off(use, 1, seed), off(use, 2, seed));
    }

    private static double off(Specimen use, int order, int seed) {
        GradCheck.Result r = GradCheck.of(use).order(order).seed(seed).check();
        return switch (r.outcome()) {
            case PASSED -> r.worstRatio();
            case INCONCLUSIVE -> SILENT;
            case FAILED -> Math.max(r.worstRatio(), Math.nextUp(1.0));
        };
    }

    @Override
    public Tolerance<Function<Draw, Specimen>, Integer> tolerance() {
        return Tolerance.bound(
                (uses, c) -> 1,
                "once the rounding of both slopes, by a first-order error analysis of the graph, and the term that"
                        + " Richardson's formula removes");
    }

    /// `x²` with a slope that may be wrong.
    private record Square(double slope, boolean silent) implements Op {
        @Override
        public Shape shape(Shape... in) {
            return in[0];
        }

        @Override
        public void forward(Forward f) {
            Elementwise.unary(Unary.SQUARE, f.in(0), f.out());
        }

        @Override
        public @Nullable Tensor[] pullback(Pullback p) {
            Tensor x = silent ? p.in(0).abs() : p.in(0);
            return new @Nullable Tensor[] {p.gradient().mul(x.scale(slope))};
        }

        @Override
        public int keeps() {
            return FIRST;
        }

        Specimen use(Draw draw) {
            return draw.of(this, draw.normal(draw.shape(1, 2)));
        }
    }

    @Override
    public List<Mutant<Function<Draw, Specimen>>> mutants() {
        return List.of(
                Mutant.of("2.1 x for 2 x", "ChainRulesTestUtils", new Square(2.1, false)::use),
                Mutant.of("2|x| for 2 x", "a sign lost", new Square(2, true)::use),
                Mutant.of("no slope", "a graph cut by a copy", new Square(0, false)::use));
    }
}
