package nonmercer.proofs.kernel;

import java.util.List;
import java.util.Optional;
import nonmercer.kernel.Expression;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Quadratic;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

/// `f′(s)` from the symbolic derivative against central differences `D(h) = (f(s+h) - f(s-h))/2h`.
///
/// `D(h) = f′ + a h² + b h⁴ + …`: the differences of `D` at `2h`, `h` and `h/2` together are at
/// least 4 times what `D(h/2)` is off by, whatever `a` and `b` are, also where they cancel in one
/// of them.
final class SlopeIsLimitOfDifferences implements KernelLaw<SlopeIsLimitOfDifferences.Slope, Pairs> {
    private static final double H = 0x1p-10;

    /// A profile of a pairing, and what is said to be its derivative.
    record Slope(Candidate kernel, Pairing pairing, Expression f, Expression slope) {}

    @Override
    public String id() {
        return "K3";
    }

    @Override
    public String statement() {
        return "for all s that are a pairing of points: the derivative of the profile is the limit of its difference"
                + " quotients";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "definition of the derivative");
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
    public Optional<Slope> subject(Candidate kernel) {
        return kernel.kernel() instanceof Profile p
                ? Optional.of(
                        new Slope(
                                kernel,
                                p.pairing(),
                                p.profile(new Expression.Variable()),
                                p.profile(new Expression.Variable()).derivative()))
                : Optional.empty();
    }

    @Override
    public Cases<Pairs> cases(Slope subject) {
        return Cases.random(300, subject.kernel.pairs(1, 1))
                .hitting("d ≥ 2", subject.kernel.openShare(0.3), c -> c.q()[0].length >= 2);
    }

    /// Silent within 16 steps of a pairing of 0, where a root has no derivative.
    @Override
    public double statistic(Slope f, Pairs c) {
        double s = f.pairing.at(c.q()[0], c.k()[0]);
        int d = c.q()[0].length;
        return Math.abs(s) < 16 * H
                ? SILENT
                : Math.abs(f.slope.at(s, d) - quotient(f, s, H / 2, d));
    }

    private static double quotient(Slope f, double s, double h, int d) {
        return (f.f.at(s + h, d) - f.f.at(s - h, d)) / (2 * h);
    }

    @Override
    public Tolerance<Slope, Pairs> tolerance() {
        return Tolerance.bound(
                (f, c) -> {
                    double s = f.pairing.at(c.q()[0], c.k()[0]);
                    int d = c.q()[0].length;
                    double truncation =
                            Math.abs(quotient(f, s, 2 * H, d) - quotient(f, s, H, d))
                                    + Math.abs(quotient(f, s, H, d) - quotient(f, s, H / 2, d));
                    double value = rounded(f.f, s + H, d) + rounded(f.f, s - H, d);
                    return truncation + 3 * value / H + rounding(f.slope, new Enclosure(s, 0), d);
                },
                "|D(2h) - D(h)| + |D(h) - D(h/2)| for the truncation of D(h/2), plus the roundings of"
                        + " six values of f and of their points divided by h, plus those of the derivative");
    }

    /// Of a value at a point that is a rounded sum itself.
    private static double rounded(Expression f, double s, int d) {
        return rounding(f, new Enclosure(s, Tolerance.Rounding.DOUBLE * Math.abs(s)), d);
    }

    private static double rounding(Expression f, Enclosure s, int d) {
        return Enclosure.of(f, s, d, Tolerance.Rounding.DOUBLE).error();
    }

    @Override
    public List<Mutant<Slope>> mutants() {
        Profile quadratic = new Quadratic();
        Expression square = quadratic.profile(new Expression.Variable());
        Profile gauss = new Gauss();
        Expression bell = gauss.profile(new Expression.Variable());
        return List.of(
                Mutant.of(
                        "2.1 for 2.0 in the slope of a square",
                        "ChainRulesTestUtils: the planted error of its index page",
                        new Slope(
                                Candidate.of(quadratic),
                                Pairing.DOT,
                                square,
                                square.derivative().times(2.1 / 2))),
                Mutant.of(
                        "sign of the slope",
                        "folklore",
                        new Slope(
                                Candidate.of(gauss),
                                Pairing.SQUARED_DISTANCE,
                                bell,
                                bell.derivative().negated())),
                Mutant.of(
                        "slope with respect to the logarithm of s",
                        "scikit-learn #8393",
                        new Slope(
                                Candidate.of(gauss),
                                Pairing.SQUARED_DISTANCE,
                                bell,
                                bell.derivative().times(new Expression.Variable()))));
    }
}
