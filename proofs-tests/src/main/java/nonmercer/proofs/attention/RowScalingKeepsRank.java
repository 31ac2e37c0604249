package nonmercer.proofs.attention;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import net.jqwik.api.Combinators;
import nonmercer.array.DType;
import nonmercer.attention.Mask;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Quadratic;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Normalisation cannot make up for too few features: the weights of a kernel with D features have
/// rank D.
final class RowScalingKeepsRank implements Claim<Attending, Pairs> {
    @Override
    public String id() {
        return "C11";
    }

    @Override
    public String statement() {
        return "for queries and keys in general position: the row-normalised weights of a quadratic kernel have the"
                + " rank of its Gram matrix,"
                + " (d+1)(d+2)/2";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "multiplication by a regular diagonal matrix");
    }

    @Override
    public String assumes() {
        return "queries and keys in general position; no row sum is 0";
    }

    @Override
    public Kind kind() {
        return Kind.GENERIC;
    }

    /// None in 1,000 seeds: below 3/1,000 with 95 % confidence (the rule of three).
    @Override
    public double falseAlarm() {
        return 3e-3;
    }

    @Override
    public List<Subject<Attending>> subjects() {
        return List.of(
                Subject.of(
                        "Quadratic",
                        new Attending(Candidate.of(new Quadratic()), Attending::attend)));
    }

    @Override
    public Cases<Pairs> cases(Attending attending) {
        return Cases.random(
                40,
                Combinators.combine(integers().between(1, 3), integers().between(0, 6))
                        .flatAs((d, more) -> {
                            int n = (d + 1) * (d + 2) / 2 + more;
                            return Combinators.combine(
                                            Points.general(n, d, 2), Points.general(n, d, 2))
                                    .as(Pairs::new);
                        }));
    }

    @Override
    public double statistic(Attending attending, Pairs c) {
        Scene scene = new Scene(c.q(), c.k(), c.k()).weights();
        double[][] weights = attending.of(scene, Mask.none(), DType.FLOAT64);
        Kernel kernel = new Quadratic();
        int n = c.q().length;
        double off = 0;
        for (double[] q : c.q()) {
            double sum = 0;
            double errors = 0;
            for (double[] k : c.k()) {
                Enclosure e = Enclosure.of(kernel, q, k, Tolerance.Rounding.DOUBLE);
                sum += e.value();
                errors += e.error();
            }
            off +=
                    Math.pow(
                            2 * errors / sum
                                    + Tolerance.Rounding.gamma(
                                            2 * n + 8, Tolerance.Rounding.DOUBLE),
                            2);
        }
        double threshold = Math.sqrt(off) + Spectrum.rounding(n, Spectrum.frobenius(weights));
        int d = c.q()[0].length;
        return Math.abs(
                Spectrum.rank(Spectrum.singular(weights), threshold) - (d + 1) * (d + 2) / 2);
    }

    /// Singular values are counted that exceed what rounding can make of a zero one: the roundings
    /// of the weights, in the Frobenius norm, and the backward error of the decomposition.
    @Override
    public Tolerance<Attending, Pairs> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Attending>> mutants() {
        Candidate quadratic = Candidate.of(new Quadratic());
        return List.of(
                Mutant.of(
                        "softmax of the kernel's values: an exponential in the way",
                        "folklore",
                        new Attending(quadratic, Wrong::softmaxOfKernel)),
                Mutant.of(
                        "offset forgotten",
                        "folklore",
                        new Attending(
                                quadratic,
                                (kernel, q, k, v, mask) ->
                                        Attending.attend(Quadratic.homogeneous(), q, k, v, mask))));
    }
}
