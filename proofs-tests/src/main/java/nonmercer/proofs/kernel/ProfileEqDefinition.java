package nonmercer.proofs.kernel;

import java.util.List;
import java.util.Optional;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Expression;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Traits;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

final class ProfileEqDefinition implements KernelLaw<Candidate, Pairs> {
    @Override
    public String id() {
        return "K2";
    }

    @Override
    public String statement() {
        return "for all q, k: the profile f of the pairing s(q, k), written once as an expression, equals the"
                + " definition k(q, k)";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "two ways to write one formula");
    }

    @Override
    public String assumes() {
        return "the pairing of points is right; each is good to the roundings that its enclosure counts";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Candidate> subject(Candidate kernel) {
        return kernel.kernel() instanceof Profile ? Optional.of(kernel) : Optional.empty();
    }

    @Override
    public Cases<Pairs> cases(Candidate kernel) {
        return Cases.random(300, kernel.pairs(1, 1))
                .hitting("d ≥ 2", kernel.openShare(0.3), c -> c.q()[0].length >= 2);
    }

    @Override
    public double statistic(Candidate kernel, Pairs c) {
        Profile profile = (Profile) kernel.kernel();
        double[] q = c.q()[0];
        double[] k = c.k()[0];
        double s = profile.pairing().at(q, k);
        return Math.abs(
                profile.profile(new Expression.Variable()).at(s, q.length)
                        - kernel.kernel().at(q, k));
    }

    @Override
    public Tolerance<Candidate, Pairs> tolerance() {
        return Tolerance.bound(
                (k, c) ->
                        2
                                * Enclosure.of(
                                                k.kernel(),
                                                c.q()[0],
                                                c.k()[0],
                                                Tolerance.Rounding.DOUBLE)
                                        .error(),
                "the roundings of the formula in float64, once for each way");
    }

    @Override
    public List<Mutant<Candidate>> mutants() {
        ExpDot dot = new ExpDot();
        Gauss gauss = new Gauss();
        return List.of(
                Mutant.of(
                        "scale 1/√d left out of the profile",
                        "folklore",
                        new Made("unscaled", Pairing.DOT, Expression::exp, dot::at, Traits.none())
                                .candidate()),
                Mutant.of(
                        "exp(-s/2) for exp(-s)",
                        "fast-transformers: docstring against code",
                        new Made(
                                        "halved",
                                        Pairing.SQUARED_DISTANCE,
                                        s -> gauss.profile(s).sqrt(),
                                        gauss::at,
                                        Traits.none())
                                .candidate()));
    }
}
