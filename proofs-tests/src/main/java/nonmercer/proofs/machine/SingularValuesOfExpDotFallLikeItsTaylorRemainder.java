package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Distance;
import nonmercer.kernel.ExpDot;
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

/// Infinite rank, and yet a fast decay: why few features go a long way.
final class SingularValuesOfExpDotFallLikeItsTaylorRemainder
        implements Claim<
                SingularValuesOfExpDotFallLikeItsTaylorRemainder.Entry,
                SingularValuesOfExpDotFallLikeItsTaylorRemainder.Case> {
    /// The kernel.
    interface Entry {
        double of(double[] q, double[] k);
    }

    /// Queries and keys.
    record Case(double[][] q, double[][] k) {}

    @Override
    public String id() {
        return "C5";
    }

    @Override
    public String statement() {
        return "for all n queries, m keys in ℝᵈ and all degrees p: the singular value of exp(q·k/√d) after the first C(d+p, p) is at most ‖K - K_p‖, with K_p of the Taylor features, and that at most √(nm) r^(p+1) eʳ/(p+1)!, r = max |q·k|/√d; so no more than C(d+p, p) singular values exceed n 2⁻⁵² σ₁ for the first p whose bound is below that";
    }

    @Override
    public Source source() {
        return Source.of(
                "Eckart & Young 1936",
                "the Taylor polynomial has rank C(d+p, p); Lagrange's remainder");
    }

    @Override
    public String assumes() {
        return "singular values of the computed matrix: those of the exact one are within n m roundings of its norm";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Entry>> subjects() {
        return List.of(Subject.of("ExpDot", (q, k) -> new ExpDot().at(q, k)));
    }

    @Override
    public Cases<Case> cases(Entry entry) {
        return Cases.random(
                        60,
                        Combinators.combine(
                                        integers().between(1, 3),
                                        integers().between(8, 24),
                                        integers().between(8, 24))
                                .flatAs((d, n, m) ->
                                        Combinators.combine(Points.in(n, d, 1), Points.in(m, d, 1))
                                                .as(Case::new)))
                .hitting("d ≥ 2", 0.5, c -> c.q[0].length > 1);
    }

    /// The largest excess of a singular value over its bound, relative to the first.
    @Override
    public double statistic(Entry entry, Case c) {
        int n = c.q.length;
        int m = c.k.length;
        int d = c.q[0].length;
        double[][] gram = new double[n][m];
        double r = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                gram[i][j] = entry.of(c.q[i], c.k[j]);
                r = Math.max(r, Math.abs(Matrices.dot(c.q[i], c.k[j])) / Math.sqrt(d));
            }
        }
        double[] sigma = Spectrum.singular(gram);
        double numeric = 0x1p-52 * Math.max(n, m) * sigma[0];
        double worst = Double.NEGATIVE_INFINITY;
        for (int p = 0; p < 20; p++) {
            TaylorExp taylor = new TaylorExp(p);
            int after = taylor.dimension(d);
            double bound = Math.sqrt((double) n * m) * taylor.remainder(r);
            if (after >= sigma.length) {
                break;
            }
            double rest = Spectrum.singular(Matrices.sum(gram, -1, polynomial(taylor, c)))[0];
            worst = Math.max(worst, Math.max(sigma[after] - rest, rest - bound) / sigma[0]);
            if (bound < numeric) {
                return Spectrum.rank(sigma, 2 * numeric) > after ? 1 : worst;
            }
        }
        return worst;
    }

    /// The Taylor polynomial's matrix, by the library's features.
    private static double[][] polynomial(TaylorExp taylor, Case c) {
        Tensor q = taylor.queries(Tensor.of(Array.matrix(c.q)), Pass.evaluation());
        Tensor k = taylor.keys(Tensor.of(Array.matrix(c.k)), Pass.evaluation());
        return Matrices.times(
                Matrices.rows(q.value()), Matrices.transposed(Matrices.rows(k.value())));
    }

    @Override
    public Tolerance<Entry, Case> tolerance() {
        return Tolerance.bound(
                (entry, c) ->
                        Pairs.rounding(new ExpDot(), c.q, c.k)
                                + 2 * Spectrum.rounding(c.q.length + c.k.length, c.q.length * 30.0),
                "the roundings of the entries (Weyl), and those of the singular value solver twice, the first singular value being at"
                        + " least 1");
    }

    /// 24 queries and keys in the plane.
    @Override
    public Optional<Picture> picture(Entry entry) {
        double[][] q = Points.spread(24, 2, 0.4);
        double[][] k = Points.spread(48, 2, 0.4);
        double[][] gram = new double[q.length][q.length];
        double r = 0;
        for (int i = 0; i < q.length; i++) {
            for (int j = 0; j < q.length; j++) {
                gram[i][j] = entry.of(q[i], k[q.length + j]);
                r = Math.max(r, Math.abs(Matrices.dot(q[i], k[q.length + j])) / Math.sqrt(2));
            }
        }
        double[] sigma = Spectrum.singular(gram);
        double[] place = new double[sigma.length];
        double[] bound = new double[sigma.length];
        int p = 0;
        for (int i = 0; i < sigma.length; i++) {
            place[i] = i + 1;
            p = i >= new TaylorExp(p + 1).dimension(2) ? p + 1 : p;
            bound[i] = i == 0 ? Double.NaN : q.length * new TaylorExp(p).remainder(r);
        }
        return Optional.of(
                new Picture(
                        "Singular values of 24 queries and keys in the plane",
                        Picture.Axis.of("singular value"),
                        Picture.Axis.powers("size"),
                        List.of(
                                Picture.Line.measured("of the matrix", place, sigma),
                                Picture.Line.bound(
                                        "Taylor's remainder, a step a degree", place, bound))));
    }

    @Override
    public List<Mutant<Entry>> mutants() {
        return List.of(
                Mutant.of(
                        "a distance, whose singular values fall slowly",
                        "any kernel that is no power series of q·k",
                        (q, k) -> new Distance().at(q, k) + 1),
                Mutant.of(
                        "1 for 1/√d",
                        "√d forgotten: one dimension cannot tell",
                        (q, k) -> Math.exp(Matrices.dot(q, k))),
                Mutant.of(
                        "the scale 8 for 1/√d",
                        "√d, and more, forgotten",
                        (q, k) -> Math.exp(8 * Matrices.dot(q, k))));
    }
}
