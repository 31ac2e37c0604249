package nonmercer.proofs.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Expression;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Profile;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

final class TapeSlopeEqSymbolicSlope implements KernelLaw<TapeSlopeEqSymbolicSlope.Slopes, Pairs> {
    /// The tensor form of a profile of a pairing in `d` coordinates, and its symbolic derivative.
    record Slopes(Candidate kernel, Pairing pairing, Form form, Expression slope) {}

    /// A profile as tensor operations, for `d` coordinates.
    interface Form {
        UnaryOperator<Tensor> at(int d);
    }

    @Override
    public String id() {
        return "K4";
    }

    @Override
    public String statement() {
        return "for all s that are a pairing of points: the tape's gradient of the profile's tensor form is its"
                + " symbolic derivative";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "chain rule, backwards and by symbols");
    }

    @Override
    public String assumes() {
        return "the profile is differentiable at the pairing drawn";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Slopes> subject(Candidate kernel) {
        return kernel.kernel() instanceof Profile p
                ? Optional.of(
                        new Slopes(
                                kernel,
                                p.pairing(),
                                d ->
                                        s ->
                                                p.profile(new Expression.Variable())
                                                        .of(s, d, Pass.evaluation()),
                                p.profile(new Expression.Variable()).derivative()))
                : Optional.empty();
    }

    @Override
    public Cases<Pairs> cases(Slopes subject) {
        return Cases.random(100, subject.kernel.pairs(1, 1))
                .hitting("d ≥ 2", subject.kernel.openShare(0.3), c -> c.q()[0].length >= 2);
    }

    /// Silent at a pairing of 0, where the derivative of a root is taken as 0 and the symbol has
    /// none.
    @Override
    public double statistic(Slopes f, Pairs c) {
        double s = f.pairing.at(c.q()[0], c.k()[0]);
        int d = c.q()[0].length;
        if (s == 0) {
            return SILENT;
        }
        try (Tape tape = Tape.open()) {
            Tensor x = tape.watch(Array.vector(s));
            Tensor y = f.form.at(d).apply(x).sum();
            double slope = y.recorded() ? tape.gradient(y, x).value().at(0) : 0;
            return Math.abs(slope - f.slope.at(s, d));
        }
    }

    @Override
    public Tolerance<Slopes, Pairs> tolerance() {
        return Tolerance.bound(
                (f, c) -> {
                    double s = f.pairing.at(c.q()[0], c.k()[0]);
                    return 2
                            * Enclosure.of(
                                            f.slope,
                                            new Enclosure(s, 0),
                                            c.q()[0].length,
                                            Tolerance.Rounding.DOUBLE)
                                    .error();
                },
                "the roundings of the derivative's formula in float64, once for each way");
    }

    @Override
    public List<Mutant<Slopes>> mutants() {
        Profile dot = new ExpDot();
        Candidate kernel = Candidate.of(dot);
        Expression slope = dot.profile(new Expression.Variable()).derivative();
        return List.of(
                Mutant.of(
                        "half of the graph cut off by a copy",
                        "folklore",
                        new Slopes(
                                kernel,
                                Pairing.DOT,
                                d ->
                                        s -> {
                                            Tensor half = s.scale(0.5 / Math.sqrt(d));
                                            return half.exp().mul(half.detach().exp());
                                        },
                                slope)),
                Mutant.of(
                        "scale 1/√d applied twice",
                        "folklore",
                        new Slopes(kernel, Pairing.DOT, d -> s -> s.scale(1.0 / d).exp(), slope)));
    }
}
