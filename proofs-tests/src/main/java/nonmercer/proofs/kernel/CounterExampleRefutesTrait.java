package nonmercer.proofs.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.kernel.Evidence;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Trait;
import nonmercer.kernel.Traits;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Tolerance;

final class CounterExampleRefutesTrait implements KernelLaw<Candidate, Trait> {
    @Override
    public String id() {
        return "K12";
    }

    @Override
    public String statement() {
        return "for every trait said to be refuted: the witness violates it by more than rounding can";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "one counter-example refutes a universal statement");
    }

    @Override
    public String assumes() {
        return "the enclosure of the violation holds what rounding can do";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Candidate> subject(Candidate kernel) {
        return refuted(kernel.kernel()).isEmpty() ? Optional.empty() : Optional.of(kernel);
    }

    private static List<Trait> refuted(Kernel kernel) {
        return Arrays.stream(Trait.values())
                .filter(t -> kernel.traits().of(t) instanceof Evidence.Refuted)
                .toList();
    }

    private static double[][] witness(Kernel kernel, Trait trait) {
        return kernel.traits().of(trait) instanceof Evidence.Refuted(double[][] w, String reason)
                ? w
                : new double[0][];
    }

    @Override
    public Cases<Trait> cases(Candidate kernel) {
        return Cases.all(refuted(kernel.kernel()));
    }

    @Override
    public double statistic(Candidate kernel, Trait trait) {
        return -trait.violation(kernel.kernel(), witness(kernel.kernel(), trait));
    }

    @Override
    public Tolerance<Candidate, Trait> tolerance() {
        return Tolerance.bound(
                (k, trait) -> -rounding(k.kernel(), trait, witness(k.kernel(), trait)),
                "minus what rounding can make of it: the sum of the roundings of the values compared, or for"
                        + " eigenvalues the Frobenius"
                        + " norm of the roundings of the entries and the solver's backward error; at least the least"
                        + " normal number");
    }

    private static double rounding(Kernel kernel, Trait trait, double[][] w) {
        double sum = Double.MIN_NORMAL;
        double[][] points = w;
        if (trait == Trait.STATIONARY) {
            points = new double[][] {w[0], w[1], plus(w[0], w[2]), plus(w[1], w[2])};
        }
        if (trait == Trait.INFINITELY_DIVISIBLE) {
            double r = w[w.length - 1][0];
            return rounding(
                    kernel.power(r), Trait.POSITIVE_DEFINITE, Arrays.copyOf(w, w.length - 1));
        }
        for (double[] x : points) {
            for (double[] y : points) {
                sum += Enclosure.of(kernel, x, y, Tolerance.Rounding.DOUBLE).error();
            }
        }
        return sum
                + Spectrum.rounding(
                        w.length, Spectrum.frobenius(Pairs.gram(kernel, points, points)));
    }

    private static double[] plus(double[] x, double[] t) {
        double[] y = x.clone();
        for (int l = 0; l < y.length; l++) {
            y[l] += t[l];
        }
        return y;
    }

    @Override
    public List<Mutant<Candidate>> mutants() {
        Traits wrong =
                Traits.none()
                        .refuted(
                                Trait.STATIONARY,
                                "claimed",
                                new double[] {0},
                                new double[] {0},
                                new double[] {1});
        Traits definite =
                Traits.none()
                        .refuted(
                                Trait.POSITIVE_DEFINITE,
                                "claimed",
                                new double[] {0},
                                new double[] {1});
        return List.of(
                Mutant.of(
                        "a stationary kernel said not to be",
                        "folklore",
                        Candidate.of(Made.claiming(new Gauss(), wrong))),
                Mutant.of(
                        "a positive definite kernel said not to be",
                        "folklore",
                        Candidate.of(Made.claiming(new Gauss(), definite))));
    }
}
