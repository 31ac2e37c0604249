package nonmercer.proofs;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleBiFunction;
import net.jqwik.api.Arbitraries;

/// A small claim to judge the runner by: `f(n) = n` for all n in 0 … 1000.
record Small(
        Cases<Integer> all,
        ToDoubleBiFunction<IntUnaryOperator, Integer> measure,
        Tolerance<IntUnaryOperator, Integer> tolerance,
        List<Mutant<IntUnaryOperator>> mutants)
        implements Claim<IntUnaryOperator, Integer> {
    static Cases<Integer> random(int count) {
        return Cases.random(count, Arbitraries.integers().between(0, 1000));
    }

    static Small identity(Cases<Integer> cases) {
        return new Small(
                cases,
                (f, n) -> Math.abs(f.applyAsInt(n) - n),
                Tolerance.exact(),
                List.of(Mutant.of("off by one from 100 on", "folklore", n -> n < 100 ? n : n + 1)));
    }

    Small measured(ToDoubleBiFunction<IntUnaryOperator, Integer> other) {
        return new Small(all, other, tolerance, mutants);
    }

    Small within(Tolerance<IntUnaryOperator, Integer> other) {
        return new Small(all, measure, other, mutants);
    }

    @Override
    public String id() {
        return "T1";
    }

    @Override
    public String statement() {
        return "for all n in 0 … 1000: f(n) = n";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "identity");
    }

    @Override
    public String assumes() {
        return "nothing";
    }

    @Override
    public Kind kind() {
        return Kind.EXACT;
    }

    @Override
    public List<Subject<IntUnaryOperator>> subjects() {
        return List.of(Subject.of("identity", n -> n));
    }

    @Override
    public Cases<Integer> cases(IntUnaryOperator subject) {
        return all;
    }

    @Override
    public double statistic(IntUnaryOperator subject, Integer n) {
        return measure.applyAsDouble(subject, n);
    }
}
