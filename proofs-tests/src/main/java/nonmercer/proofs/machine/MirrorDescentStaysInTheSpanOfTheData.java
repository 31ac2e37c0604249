package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.machine.MirrorDescent;
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

/// Step by step the dual iterate is an expansion, so that what it converges to is the interpolant
/// of least norm.
final class MirrorDescentStaysInTheSpanOfTheData
        implements Claim<
                MirrorDescentStaysInTheSpanOfTheData.Dual,
                MirrorDescentStaysInTheSpanOfTheData.Case> {
    /// `J(v)` after so many steps.
    interface Dual {
        double[] after(Case c);
    }

    /// Features of the data, values, the exponent and the number of steps.
    record Case(double p, int steps, double[][] phi, double[][] responses) {
        double[] z() {
            return responses[0];
        }
    }

    @Override
    public String id() {
        return "C16b";
    }

    @Override
    public String statement() {
        return "for all data, 1 < p ≤ 2 and every step t: mirror descent from 0, J(vₜ₊₁) = J(vₜ) - η Φᵀ(Φ vₜ - z), has J(vₜ) = Σ cᵢ Φ(xᵢ) with the coefficients cₜ₊₁ = cₜ + η (z - f(x))";
    }

    @Override
    public Source source() {
        return Source.of(
                "Kumar, Belkin & Pandit 2025",
                "mirror descent on reproducing kernel Banach spaces");
    }

    @Override
    public String assumes() {
        return "1 < p ≤ 2, a step below the inverse of the largest eigenvalue, start at 0";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Dual>> subjects() {
        return List.of(Subject.of("the library", c -> library(c, c.p, c.steps)));
    }

    private static double[] library(Case c, double p, int steps) {
        int d = c.phi[0].length;
        return new MirrorDescent(
                        SpacePair.of(Coordinates.plain(d), p).queries(), Array.matrix(c.phi), c.z())
                .run(0, steps)
                .function()
                .dual()
                .at(Coordinates.identity(d));
    }

    @Override
    public Cases<Case> cases(Dual dual) {
        return Cases.random(
                        80,
                        Combinators.combine(
                                        Arbitraries.of(1.3, 1.5, 2.0),
                                        integers().between(1, 12),
                                        integers().between(1, 4),
                                        integers().between(2, 8))
                                .flatAs((p, steps, n, d) ->
                                        Combinators.combine(
                                                        Points.in(n, d, 1.5), Points.in(1, n, 2))
                                                .as((phi, z) -> new Case(p, steps, phi, z))))
                .hitting("p ≠ 2, several steps", 0.3, c -> c.p != 2 && c.steps > 2);
    }

    /// The same descent in the coefficients `v`.
    @Override
    public double statistic(Dual dual, Case c) {
        int d = c.phi[0].length;
        double q = c.p / (c.p - 1);
        double largest = Math.pow(Spectrum.singular(c.phi)[0], 2);
        if (largest < 0.01) {
            return SILENT;
        }
        double[] j = new double[d];
        for (int t = 0; t < c.steps; t++) {
            double[] r = Matrices.times(c.phi, Matrices.duality(j, q));
            for (int i = 0; i < r.length; i++) {
                r[i] = (c.z()[i] - r[i]) / ((q - 1) * largest);
            }
            double[] by = Matrices.transposedTimes(c.phi, r);
            for (int n = 0; n < d; n++) {
                j[n] += by[n];
            }
        }
        double[] got = dual.after(c);
        double worst = 0;
        for (int n = 0; n < d; n++) {
            worst = Math.max(worst, Math.abs(got[n] - j[n]));
        }
        return worst;
    }

    /// A step moves two duals apart by at most `1 + η σ₁ L`, the duality map's Lipschitz constant
    /// `L` being at most `q - 1` times a power of d: at most 4 here.
    @Override
    public Tolerance<Dual, Case> tolerance() {
        return Tolerance.bound(
                (dual, c) -> {
                    double size = 1 + Spectrum.frobenius(c.phi);
                    double each = 64 * (c.phi.length + c.phi[0].length) * Tolerance.Rounding.DOUBLE;
                    return each
                            * size
                            * size
                            * (1 + Matrices.norm(c.z()))
                            * 100
                            * Math.pow(4, c.steps);
                },
                "the roundings of each step, which the following steps enlarge at most fourfold each");
    }

    /// Two data in four features, p = 1.5.
    @Override
    public Optional<Picture> picture(Dual dual) {
        double[][] phi = {{1, 0.5, -1, 0.25}, {0.5, -1.5, 0.25, 1}};
        double[][] z = {{1, -2}};
        double[] t = Picture.steps(1, 60, 60);
        return Optional.of(
                new Picture(
                        "Mirror descent, p = 1.5: each dual iterate is an expansion",
                        Picture.Axis.of("step"),
                        Picture.Axis.powers("size"),
                        List.of(
                                Picture.Line.measured(
                                        "misfit",
                                        t,
                                        at -> missed(dual, new Case(1.5, (int) at, phi, z))),
                                Picture.Line.measured(
                                        "J(v) outside of the span",
                                        t,
                                        at -> outside(dual, new Case(1.5, (int) at, phi, z))),
                                Picture.Line.bound("rounding", t, at -> 1e-15))));
    }

    private static double missed(Dual dual, Case c) {
        double[] v = Matrices.duality(dual.after(c), c.p / (c.p - 1));
        double[] f = Matrices.times(c.phi, v);
        return Math.hypot(f[0] - c.z()[0], f[1] - c.z()[1]);
    }

    /// Of a combination of two rows, by the normal equations.
    private static double outside(Dual dual, Case c) {
        double[] j = dual.after(c);
        double[][] gram = Matrices.times(c.phi, Matrices.transposed(c.phi));
        double[] by = Matrices.times(c.phi, j);
        double determinant = gram[0][0] * gram[1][1] - gram[0][1] * gram[1][0];
        double[] along = {
            (gram[1][1] * by[0] - gram[0][1] * by[1]) / determinant,
            (gram[0][0] * by[1] - gram[1][0] * by[0]) / determinant
        };
        double[] in = Matrices.transposedTimes(c.phi, along);
        double[] out = j.clone();
        for (int l = 0; l < out.length; l++) {
            out[l] -= in[l];
        }
        return Math.max(1e-17, Matrices.norm(out) / Math.max(1e-300, Matrices.norm(j)));
    }

    @Override
    public List<Mutant<Dual>> mutants() {
        return List.of(
                Mutant.of(
                        "plain gradient descent",
                        "the identity for the mirror map",
                        c -> library(c, 2, c.steps)),
                Mutant.of("one step too few", "folklore", c -> library(c, c.p, c.steps - 1)));
    }
}
