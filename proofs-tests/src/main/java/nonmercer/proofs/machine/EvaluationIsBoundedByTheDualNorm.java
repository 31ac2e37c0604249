package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.machine.Lp;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Point evaluation is continuous, and how continuous: Hölder's inequality with its case of
/// equality.
final class EvaluationIsBoundedByTheDualNorm
        implements Claim<
                EvaluationIsBoundedByTheDualNorm.Norms, EvaluationIsBoundedByTheDualNorm.Case> {
    /// The two norms and the duality map of the features.
    interface Norms {
        double norm(double p, double[] v);

        double dual(double p, double[] phi);

        double[] duality(double p, double[] phi);
    }

    /// Features and coefficients.
    record Case(double p, double[][] phi, double[][] v) {}

    @Override
    public String id() {
        return "C8";
    }

    @Override
    public String statement() {
        return "for all features and 1 < p < ∞: |⟨Φ(x), v⟩| ≤ ‖Φ(x)‖_q ‖v‖_p, 1/p + 1/q = 1, with equality at v = J_q(Φ(x)); and J_p(J_q(h)) = h";
    }

    @Override
    public Source source() {
        return Source.of(
                "Lin, Zhang & Zhang 2019 (arXiv:1901.01002)", "Theorem 2.3 with Example 3.9");
    }

    @Override
    public String assumes() {
        return "1 < p < ∞ and 1/p + 1/q = 1; powers of floating-point numbers good to a few roundings";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Norms>> subjects() {
        return List.of(
                Subject.of(
                        "Lp",
                        of(
                                (p, v) -> new Lp(p).norm(v),
                                (p, v) -> new Lp(p).conjugate().norm(v),
                                (p, v) -> new Lp(p).conjugate().duality(v))));
    }

    private interface Norm {
        double of(double p, double[] v);
    }

    private interface Map {
        double[] of(double p, double[] v);
    }

    private static Norms of(Norm norm, Norm dual, Map duality) {
        return new Norms() {
            @Override
            public double norm(double p, double[] v) {
                return norm.of(p, v);
            }

            @Override
            public double dual(double p, double[] phi) {
                return dual.of(p, phi);
            }

            @Override
            public double[] duality(double p, double[] phi) {
                return duality.of(p, phi);
            }
        };
    }

    @Override
    public Cases<Case> cases(Norms norms) {
        return Cases.random(
                        200,
                        Combinators.combine(
                                        Arbitraries.of(1.2, 1.5, 2.0, 3.0, 4.0),
                                        integers().between(1, 12))
                                .flatAs((p, d) ->
                                        Combinators.combine(Points.in(1, d, 2), Points.in(1, d, 2))
                                                .as((phi, v) -> new Case(p, phi, v))))
                .hitting("p ≠ 2, d ≥ 2", 0.5, c -> c.p != 2 && c.v[0].length > 1);
    }

    @Override
    public double statistic(Norms norms, Case c) {
        double[] phi = c.phi[0];
        double[] v = c.v[0];
        double bound = norms.dual(c.p, phi) * norms.norm(c.p, v);
        double worst = Math.abs(Matrices.dot(phi, v)) - bound;
        double[] extreme = norms.duality(c.p, phi);
        double equal = norms.dual(c.p, phi) * norms.norm(c.p, extreme);
        worst = Math.max(worst, Math.abs(Matrices.dot(phi, extreme) - equal));
        double[] back = Matrices.duality(extreme, c.p);
        for (int n = 0; n < back.length; n++) {
            worst = Math.max(worst, Math.abs(back[n] - phi[n]));
        }
        return worst;
    }

    @Override
    public Tolerance<Norms, Case> tolerance() {
        return Tolerance.rounding(
                (norms, c) -> 40 * (c.phi[0].length + 6),
                (norms, c) ->
                        (1 + Matrices.norm(c.phi[0]))
                                * (1 + Matrices.norm(c.phi[0]) + Matrices.norm(c.v[0]))
                                * 4,
                "sums of d powers, each power's exponent up to 5 enlarging a rounding; ten such operations in a row");
    }

    /// Two features, p = 1.5.
    @Override
    public Optional<Picture> picture(Norms norms) {
        double p = 1.5;
        double[] phi = {2, 1};
        double[] angle = Picture.steps(-90, 90, 61);
        return Optional.of(
                new Picture(
                        "Evaluation at Φ(x) = (2, 1), p = 1.5, and its bound",
                        Picture.Axis.of("direction of v in degrees"),
                        Picture.Axis.of("size"),
                        List.of(
                                Picture.Line.measured(
                                        "‖Φ(x)‖_q ‖v‖_p",
                                        angle,
                                        a -> norms.dual(p, phi) * norms.norm(p, turned(a))),
                                Picture.Line.bound(
                                        "|⟨Φ(x), v⟩|",
                                        angle,
                                        a -> Math.abs(Matrices.dot(phi, turned(a)))))));
    }

    private static double[] turned(double degrees) {
        double a = Math.toRadians(degrees);
        return new double[] {Math.cos(a), Math.sin(a)};
    }

    @Override
    public List<Mutant<Norms>> mutants() {
        return List.of(
                Mutant.of(
                        "the same exponent on both sides",
                        "folklore; for p < 2 the inequality survives it, the equality does not",
                        of(
                                (p, v) -> new Lp(p).norm(v),
                                (p, v) -> new Lp(p).norm(v),
                                (p, v) -> new Lp(p).conjugate().duality(v))),
                Mutant.of(
                        "the exponents exchanged",
                        "folklore",
                        of(
                                (p, v) -> new Lp(p).conjugate().norm(v),
                                (p, v) -> new Lp(p).norm(v),
                                (p, v) -> new Lp(p).conjugate().duality(v))),
                Mutant.of(
                        "duality map without the factor of the norm",
                        "folklore: sign(v)|v|^(p-1)",
                        of(
                                (p, v) -> new Lp(p).norm(v),
                                (p, v) -> new Lp(p).conjugate().norm(v),
                                (p, v) -> {
                                    double[] j = v.clone();
                                    double q = p / (p - 1);
                                    for (int n = 0; n < j.length; n++) {
                                        j[n] = Math.signum(v[n]) * Math.pow(Math.abs(v[n]), q - 1);
                                    }
                                    return j;
                                })));
    }
}
