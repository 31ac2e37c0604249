package nonmercer.proofs.kernel;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.kernel.Distance;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Traits;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// An eigenvalue counts as zero when rounding could have made it of zero; random distinct points
/// keep all of them away.
final class InertiaOfDistanceIsOnePositive implements Claim<Kernel, double[][]> {
    @Override
    public String id() {
        return "C13";
    }

    @Override
    public String statement() {
        return "for all n ≥ 2 distinct points: the Gram matrix of the distance has one positive and n - 1 negative"
                + " eigenvalues, none is zero";
    }

    @Override
    public Source source() {
        return Source.of("Micchelli 1986", "Theorem 2.3; Schoenberg 1938 for the signs");
    }

    @Override
    public String assumes() {
        return "distinct points: no two closer than a share of the cube";
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
    public List<Subject<Kernel>> subjects() {
        return List.of(Subject.of("Distance", new Distance()));
    }

    @Override
    public Cases<double[][]> cases(Kernel kernel) {
        return Cases.random(
                        120,
                        Combinators.combine(integers().between(2, 25), Arbitraries.of(1, 2, 5))
                                .flatAs((n, d) -> Points.general(n, d, 2)))
                .hitting("n ≥ 10", 0.3, x -> x.length >= 10)
                .hitting("d ≥ 2", 0.4, x -> x[0].length >= 2);
    }

    /// How many eigenvalues have the wrong sign or none.
    @Override
    public double statistic(Kernel kernel, double[][] x) {
        double[][] gram = Pairs.gram(kernel, x, x);
        double threshold =
                Pairs.rounding(kernel, x, x)
                        + Spectrum.rounding(x.length, Spectrum.frobenius(gram));
        int wrong = 0;
        double[] e = Spectrum.symmetric(gram);
        for (int i = 0; i < e.length; i++) {
            boolean last = i == e.length - 1;
            wrong += (last ? e[i] > threshold : e[i] < -threshold) ? 0 : 1;
        }
        return wrong;
    }

    @Override
    public Tolerance<Kernel, double[][]> tolerance() {
        return Tolerance.exact();
    }

    /// 20 points of the plane.
    @Override
    public Optional<Picture> picture(Kernel kernel) {
        double[][] x = Points.spread(20, 2, 2);
        double[][] gram = Pairs.gram(kernel, x, x);
        return Optional.of(
                Picture.spectrum(
                        "Eigenvalues of the Gram matrix of 20 points in the plane",
                        Spectrum.symmetric(gram),
                        Pairs.rounding(kernel, x, x)
                                + Spectrum.rounding(x.length, Spectrum.frobenius(gram))));
    }

    @Override
    public List<Mutant<Kernel>> mutants() {
        return List.of(
                Mutant.of(
                        "squared distance: rank at most d + 2",
                        "folklore",
                        Made.of("squared", Pairing.SQUARED_DISTANCE, s -> s, Traits.none())),
                Mutant.of(
                        "sign of the distance",
                        "folklore",
                        Made.of(
                                "minus",
                                Pairing.SQUARED_DISTANCE,
                                s -> s.sqrt().negated(),
                                Traits.none())),
                Mutant.of("exponential of minus the distance squared", "folklore", new Gauss()));
    }
}
