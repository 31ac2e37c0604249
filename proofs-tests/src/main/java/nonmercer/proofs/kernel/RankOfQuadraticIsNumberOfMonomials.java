package nonmercer.proofs.kernel;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Quadratic;
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

final class RankOfQuadraticIsNumberOfMonomials
        implements Claim<RankOfQuadraticIsNumberOfMonomials.Power, double[][]> {
    /// A kernel, and whether its monomials are those of degree 2 alone or of degree at most 2.
    record Power(Kernel kernel, boolean homogeneous) {
        int monomials(int d) {
            return homogeneous ? d * (d + 1) / 2 : (d + 1) * (d + 2) / 2;
        }
    }

    @Override
    public String id() {
        return "C13b";
    }

    @Override
    public String statement() {
        return "for n points in general position of ℝᵈ: the Gram matrix of (q·k/√d + 1)² has rank min(n,"
                + " (d+1)(d+2)/2), that of (q·k/√d)²"
                + " rank min(n, d(d+1)/2)";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "independence of monomials on open sets");
    }

    @Override
    public String assumes() {
        return "points in general position of ℝᵈ";
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
    public List<Subject<Power>> subjects() {
        return List.of(
                Subject.of("Quadratic", new Power(new Quadratic(), false)),
                Subject.of("Quadratic, homogeneous", new Power(Quadratic.homogeneous(), true)));
    }

    @Override
    public Cases<double[][]> cases(Power power) {
        return Cases.random(
                        80,
                        Combinators.combine(integers().between(1, 28), Arbitraries.of(1, 2, 5))
                                .flatAs((n, d) -> Points.general(n, d, 2)))
                .hitting(
                        "fewer points than monomials",
                        0.1,
                        x -> x.length < power.monomials(x[0].length))
                .hitting(
                        "more points than monomials",
                        0.1,
                        x -> x.length > power.monomials(x[0].length));
    }

    @Override
    public double statistic(Power power, double[][] x) {
        double[][] gram = Pairs.gram(power.kernel, x, x);
        double threshold =
                Pairs.rounding(power.kernel, x, x)
                        + Spectrum.rounding(x.length, Spectrum.frobenius(gram));
        return Math.abs(
                Spectrum.rank(Spectrum.singular(gram), threshold)
                        - Math.min(x.length, power.monomials(x[0].length)));
    }

    @Override
    public Tolerance<Power, double[][]> tolerance() {
        return Tolerance.exact();
    }

    /// Up to 24 points of ℝ³.
    @Override
    public Optional<Picture> picture(Power power) {
        double[] n = new double[24];
        double[] rank = new double[24];
        double[] said = new double[24];
        for (int i = 0; i < n.length; i++) {
            double[][] x = Points.spread(i + 1, 3, 2);
            double[][] gram = Pairs.gram(power.kernel, x, x);
            n[i] = x.length;
            rank[i] =
                    Spectrum.rank(
                            Spectrum.singular(gram),
                            Pairs.rounding(power.kernel, x, x)
                                    + Spectrum.rounding(x.length, Spectrum.frobenius(gram)));
            said[i] = Math.min(x.length, power.monomials(3));
        }
        return Optional.of(
                new Picture(
                        "Rank of the Gram matrix of n points in three coordinates",
                        Picture.Axis.of("points n"),
                        Picture.Axis.of("rank"),
                        List.of(
                                Picture.Line.measured("rank", n, rank),
                                Picture.Line.bound("min(n, monomials)", n, said))));
    }

    @Override
    public List<Mutant<Power>> mutants() {
        return List.of(
                Mutant.of(
                        "offset forgotten", "folklore", new Power(Quadratic.homogeneous(), false)),
                Mutant.of(
                        "offset where there should be none",
                        "folklore",
                        new Power(new Quadratic(), true)),
                Mutant.of("an exponential", "folklore", new Power(new ExpDot(), false)));
    }
}
