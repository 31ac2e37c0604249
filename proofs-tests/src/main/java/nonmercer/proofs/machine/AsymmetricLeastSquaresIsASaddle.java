package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.kernel.ExpDot;
import nonmercer.machine.AsymmetricLeastSquares;
import nonmercer.machine.Curvature;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The objective that asymmetric least squares is said to minimise has no minimum with few points.
final class AsymmetricLeastSquaresIsASaddle
        implements Claim<
                AsymmetricLeastSquaresIsASaddle.Signs, AsymmetricLeastSquaresIsASaddle.Case> {
    /// The signs found.
    interface Signs {
        Curvature of(Case c);
    }

    /// Features of the points as queries and as keys.
    record Case(double gamma, double[][] s, double[][] t) {}

    @Override
    public String id() {
        return "C21b";
    }

    @Override
    public String statement() {
        return "for all γ and all features of fewer points than features: the second derivative of w·v + γ/2 (|z - Sw|² + |z - Tv|²) has eigenvalues of both signs";
    }

    @Override
    public Source source() {
        return Source.of(
                "He et al. 2023 (AsK-LS)",
                "a null vector of S: the form w·v is unbounded along it");
    }

    @Override
    public String assumes() {
        return "fewer points than features: S and T have a null vector";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Signs>> subjects() {
        return List.of(Subject.of("the library", AsymmetricLeastSquaresIsASaddle::library));
    }

    private static Curvature library(Case c) {
        Coordinates map = new Coordinates(Array.matrix(c.s), Array.matrix(c.t));
        return new AsymmetricLeastSquares(new ExpDot(), c.gamma)
                .curvature(map, Coordinates.identity(c.s.length));
    }

    @Override
    public Cases<Case> cases(Signs signs) {
        return Cases.random(
                60,
                Combinators.combine(
                                Arbitraries.of(0.1, 1.0, 10.0),
                                integers().between(1, 5),
                                integers().between(1, 4))
                        .flatAs((gamma, n, more) ->
                                Combinators.combine(
                                                Points.in(n, n + more, 2),
                                                Points.in(n, n + more, 2))
                                        .as((s, t) -> new Case(gamma, s, t))));
    }

    @Override
    public double statistic(Signs signs, Case c) {
        return signs.of(c).saddle() ? 0 : 1;
    }

    @Override
    public Tolerance<Signs, Case> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Signs>> mutants() {
        return List.of(
                Mutant.of(
                        "norms for the bilinear form: ½|w|² + ½|v|² for w·v",
                        "ridge regression of each side",
                        c -> {
                            int d = c.s[0].length;
                            double[][] h = new double[2 * d][2 * d];
                            for (int i = 0; i < 2 * d; i++) {
                                h[i][i] = 1;
                            }
                            return Curvature.of(Array.matrix(h));
                        }),
                Mutant.of(
                        "more points than features, a large γ",
                        "the case in which it is a minimum",
                        c -> {
                            int d = c.s[0].length;
                            Array all = Coordinates.identity(d);
                            return new AsymmetricLeastSquares(new ExpDot(), 2)
                                    .curvature(Coordinates.plain(d), all);
                        }));
    }
}
