package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.linalg.Decompositions;
import nonmercer.machine.DualElement;
import nonmercer.machine.SpacePair;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Where the features of the domain do not span, coefficients are not the function, and its norm is
/// the least of theirs.
final class NormOfDeficientFeaturesIsTheQuotientNorm
        implements Claim<
                NormOfDeficientFeaturesIsTheQuotientNorm.Norm,
                NormOfDeficientFeaturesIsTheQuotientNorm.Case> {
    /// The norm of a function, of its dual element's coefficients and of some coefficients of it.
    interface Norm {
        double of(Case c);
    }

    /// Features `x S` with `S` of rank at most its number of rows, points and coefficients of a
    /// dual element, and a multiple of a null vector.
    record Case(double p, double[][] s, double[][] x, double[][] c, double[][] along) {
        Coordinates map() {
            return new Coordinates(Array.matrix(s), Coordinates.identity(s[0].length));
        }
    }

    @Override
    public String id() {
        return "C4";
    }

    @Override
    public String statement() {
        return "for all projections of less than full rank and all 1 < p < ∞: a function made of a dual element has coefficients v with ‖v‖ ≤ ‖v + w‖ for every w that is zero as a function";
    }

    @Override
    public Source source() {
        return Source.of(
                "Lin, Zhang & Zhang 2019 (arXiv:1901.01002)",
                "Theorem 2.3, the density condition and what replaces it");
    }

    @Override
    public String assumes() {
        return "a linear map from coefficients to functions whose null space the Gram matrix shows: its rank is decided by float64";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Norm>> subjects() {
        return List.of(
                Subject.of("the library", NormOfDeficientFeaturesIsTheQuotientNorm::library));
    }

    private static double library(Case c) {
        return DualElement.of(SpacePair.of(c.map(), c.p).queries(), Array.matrix(c.x), c.c[0])
                .function()
                .norm();
    }

    /// The coefficients `v = J_q(Σ cᵢ Φ(xᵢ))`.
    private static double[] coefficients(Case c) {
        double[] h = Matrices.transposedTimes(Matrices.times(c.x, c.s), c.c[0]);
        return Matrices.duality(h, c.p / (c.p - 1));
    }

    /// A vector `w` with `S w = 0`: the last right singular vector, times the case's multiple.
    private static double[] nothing(Case c) {
        var svd = Decompositions.svd(Array.matrix(square(c.s)));
        int d = c.s[0].length;
        double[] w = new double[d];
        for (int n = 0; n < d; n++) {
            w[n] = c.along[0][0] * svd.v().get(n, d - 1);
        }
        return w;
    }

    /// With rows of zeros below.
    private static double[][] square(double[][] s) {
        double[][] rows = new double[s[0].length][s[0].length];
        for (int i = 0; i < s.length; i++) {
            rows[i] = s[i].clone();
        }
        return rows;
    }

    @Override
    public Cases<Case> cases(Norm norm) {
        return Cases.random(
                        100,
                        Combinators.combine(
                                        Arbitraries.of(1.3, 1.5, 2.0, 3.0),
                                        integers().between(1, 3),
                                        integers().between(1, 3),
                                        integers().between(1, 4))
                                .flatAs((p, rank, more, n) ->
                                        Combinators.combine(
                                                        Points.in(rank, rank + more, 1.5),
                                                        Points.in(n, rank, 1.5),
                                                        Points.in(1, n, 2),
                                                        Points.in(1, 1, 1))
                                                .as((s, x, c, along) ->
                                                        new Case(p, s, x, c, along))))
                .hitting("p ≠ 2, something to add", 0.5, c -> c.p != 2 && c.along[0][0] != 0);
    }

    /// How far the function's norm is above that of other coefficients of it, or from that of its
    /// own.
    @Override
    public double statistic(Norm norm, Case c) {
        double[] v = coefficients(c);
        double[] w = nothing(c);
        double[] other = v.clone();
        for (int n = 0; n < v.length; n++) {
            other[n] += w[n];
        }
        double is = norm.of(c);
        return Math.max(is - Matrices.norm(other, c.p), Math.abs(is - Matrices.norm(v, c.p)));
    }

    @Override
    public Tolerance<Norm, Case> tolerance() {
        return Tolerance.bound(
                (norm, c) -> {
                    double size =
                            Spectrum.frobenius(c.x)
                                    * Spectrum.frobenius(c.s)
                                    * Matrices.norm(c.c[0]);
                    return 400 * c.s[0].length * Tolerance.Rounding.DOUBLE * (1 + size) * 4;
                },
                "roundings of sums over points and features and of their powers; the null vector is one up to the"
                        + " backward error of its singular value decomposition");
    }

    /// One coordinate, two features, p = 1.5.
    @Override
    public Optional<Picture> picture(Norm norm) {
        double[] t = Picture.steps(-1, 1, 41);
        return Optional.of(
                new Picture(
                        "One function, many coefficients, p = 1.5",
                        Picture.Axis.of("multiple of w, which is zero as a function"),
                        Picture.Axis.of("norm"),
                        List.of(
                                Picture.Line.measured("of the function", t, s -> norm.of(along(s))),
                                Picture.Line.bound(
                                        "of the coefficients v + s w",
                                        t,
                                        s -> {
                                            double[] v = coefficients(along(s));
                                            double[] w = nothing(along(s));
                                            double[] sum = {v[0] + w[0], v[1] + w[1]};
                                            return Matrices.norm(sum, 1.5);
                                        }))));
    }

    private static Case along(double s) {
        return new Case(
                1.5,
                new double[][] {{1, 0.5}},
                new double[][] {{1}},
                new double[][] {{1}},
                new double[][] {{s}});
    }

    @Override
    public List<Mutant<Norm>> mutants() {
        return List.of(
                Mutant.of(
                        "the norm of any coefficients of the function",
                        "‖f‖ := ‖v‖ without density",
                        c -> {
                            double[] v = coefficients(c);
                            double[] w = nothing(c);
                            for (int n = 0; n < v.length; n++) {
                                v[n] += w[n];
                            }
                            return Matrices.norm(v, c.p);
                        }),
                Mutant.of(
                        "the norm of ℓ²",
                        "Hilbert's norm for every p",
                        c -> Matrices.norm(coefficients(c))));
    }
}
