package nonmercer.proofs.op;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.function.Function;
import nonmercer.array.Array;
import nonmercer.array.Elementwise;
import nonmercer.array.Shape;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.OpLaw;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import org.jspecify.annotations.Nullable;

/// A value, not an instruction: the same inputs give the same bits, and keep theirs.
final class OpWritesItsResultAndNothingElse implements OpLaw<Integer> {
    @Override
    public String id() {
        return "O2";
    }

    @Override
    public String statement() {
        return "for every operation and all inputs: the result has the shape that the rule gives and is the same, bit for bit, when asked again, and no bit of an input has changed";
    }

    @Override
    public Source source() {
        return Source.of("this library", "an operation never writes its inputs");
    }

    @Override
    public String assumes() {
        return "inputs that the operation's rule accepts";
    }

    @Override
    public Kind kind() {
        return Kind.EXACT;
    }

    /// Seeds of the uses.
    @Override
    public Cases<Integer> cases(Function<Draw, Specimen> uses) {
        return Cases.random(20, integers().between(0, 1_000_000));
    }

    /// How many of the three fail.
    @Override
    public double statistic(Function<Draw, Specimen> uses, Integer seed) {
        Specimen use = uses.apply(new Draw(RandomStream.of(seed), 5));
        List<Array> before = use.inputs().stream().map(Array::copy).toList();
        Array y = value(use);
        Array again = value(use);
        Shape ruled = use.op().shape(use.inputs().stream().map(Array::shape).toArray(Shape[]::new));
        return (y.shape().equals(ruled) ? 0 : 1)
                + (y.equals(again) ? 0 : 1)
                + (before.equals(use.inputs()) ? 0 : 1);
    }

    private static Array value(Specimen use) {
        return Tensor.apply(use.op(), use.inputs().stream().map(Tensor::of).toArray(Tensor[]::new))
                .value();
    }

    @Override
    public Tolerance<Function<Draw, Specimen>, Integer> tolerance() {
        return Tolerance.exact();
    }

    /// `x`, and what it should not do besides.
    private static final class Wrong implements Op {
        private final boolean counts;
        private int calls;

        Wrong(boolean counts) {
            this.counts = counts;
        }

        @Override
        public Shape shape(Shape... in) {
            return in[0];
        }

        @Override
        public void forward(Forward f) {
            Elementwise.affine(f.in(0), 1, counts ? calls++ : 0, f.out());
            if (!counts) {
                Elementwise.fill(f.in(0), 0);
            }
        }

        @Override
        public @Nullable Tensor[] pullback(Pullback p) {
            return new @Nullable Tensor[] {p.gradient()};
        }

        Specimen use(Draw draw) {
            return draw.of(this, draw.normal(draw.shape(1, 2)));
        }
    }

    @Override
    public List<Mutant<Function<Draw, Specimen>>> mutants() {
        return List.of(
                Mutant.of("a state between calls", "a counter as a field", new Wrong(true)::use),
                Mutant.of("the input zeroed", "an operation in place", new Wrong(false)::use));
    }
}
