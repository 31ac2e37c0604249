package nonmercer.proofs.kernel;

import java.util.List;
import java.util.Optional;
import nonmercer.kernel.Expression;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Specimen;
import nonmercer.kernel.Traits;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

final class SpecimenIsExact implements KernelLaw<Candidate, Specimen> {
    @Override
    public String id() {
        return "K1";
    }

    @Override
    public String statement() {
        return "for every specimen: the definition k(q, k) has its value, found by hand from the formula";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "the kernel's formula");
    }

    @Override
    public String assumes() {
        return "the values by hand are right";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Candidate> subject(Candidate kernel) {
        return kernel.specimens().isEmpty() ? Optional.empty() : Optional.of(kernel);
    }

    @Override
    public Cases<Specimen> cases(Candidate kernel) {
        return Cases.all(kernel.specimens());
    }

    @Override
    public double statistic(Candidate kernel, Specimen c) {
        return Math.abs(c.kernel().at(c.query(), c.key()) - c.value());
    }

    @Override
    public Tolerance<Candidate, Specimen> tolerance() {
        return Tolerance.bound(
                (k, c) ->
                        Enclosure.of(c.kernel(), c.query(), c.key(), Tolerance.Rounding.DOUBLE)
                                        .error()
                                + Enclosure.ULPS * Tolerance.Rounding.DOUBLE * Math.abs(c.value()),
                "the roundings of the formula in float64, and of the constant written down");
    }

    @Override
    public List<Mutant<Candidate>> mutants() {
        Gauss gauss = new Gauss();
        Made halved =
                new Made(
                        "halved",
                        Pairing.SQUARED_DISTANCE,
                        gauss::profile,
                        (q, k) -> Math.sqrt(gauss.at(q, k)),
                        Traits.none());
        Specimen right =
                Specimen.of(
                        halved, Math.exp(-1), new double[] {1, 0, 0, 1}, new double[] {0, 0, 0, 0});
        Made unscaled =
                new Made(
                        "unscaled",
                        Pairing.DOT,
                        Expression::exp,
                        (q, k) -> Math.exp(Pairing.DOT.at(q, k)),
                        Traits.none());
        Specimen four =
                Specimen.of(unscaled, Math.E, new double[] {1, 1, 0, 0}, new double[] {2, 0, 0, 0});
        return List.of(
                Mutant.of(
                        "exp(-‖q-k‖²/2) for exp(-‖q-k‖²)",
                        "fast-transformers: docstring against code",
                        Candidate.of("halved", halved, List.of(right))),
                Mutant.of(
                        "scale 1/√d left out",
                        "folklore",
                        Candidate.of("unscaled", unscaled, List.of(four))));
    }
}
