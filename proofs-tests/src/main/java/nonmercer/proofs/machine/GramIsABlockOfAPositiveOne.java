package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Combinators;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gram;
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

/// Asymmetric in tokens, and yet a corner of a positive kernel of their images: what a Banach space
/// adds is a choice of norm.
final class GramIsABlockOfAPositiveOne implements Claim<GramIsABlockOfAPositiveOne.Stack, Pairs> {
    /// The Gram matrix of points among themselves, the first `queries` of which are queries and the
    /// others keys.
    interface Stack {
        double[][] gram(double[][] points, int queries);
    }

    @Override
    public String id() {
        return "C10b";
    }

    @Override
    public String statement() {
        return "for all queries and keys: the Gram matrix of exp(u·w/√d) over the q and the k together is positive semidefinite, the Gram matrix of attention is its corner bit for bit, and κ(q, k)² ≤ κ(q, q) κ(k, k)";
    }

    @Override
    public Source source() {
        return Source.of(
                "this library",
                "a dilation: the exponential kernel of the images is Mercer's; Cauchy-Schwarz");
    }

    @Override
    public String assumes() {
        return "one temperature for all corners: the same √d";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Stack>> subjects() {
        return List.of(Subject.of("ExpDot", (points, queries) -> gram(points, points)));
    }

    /// As attention makes it.
    private static double[][] gram(double[][] q, double[][] k) {
        Pairs p = new Pairs(q, k);
        Tensor gram =
                Gram.of(
                        new ExpDot(),
                        p.queries(DType.FLOAT64),
                        p.keys(DType.FLOAT64),
                        Pass.evaluation());
        double[][] rows = new double[q.length][k.length];
        for (int i = 0; i < q.length; i++) {
            for (int j = 0; j < k.length; j++) {
                rows[i][j] = gram.value().get(i, j);
            }
        }
        return rows;
    }

    @Override
    public Cases<Pairs> cases(Stack stack) {
        return Cases.random(
                        120,
                        Combinators.combine(
                                        integers().between(1, 3),
                                        integers().between(1, 8),
                                        integers().between(1, 8))
                                .flatAs((d, n, m) ->
                                        Combinators.combine(Points.in(n, d, 2), Points.in(m, d, 2))
                                                .as(Pairs::new)))
                .hitting("more than a pair", 0.6, p -> p.q().length + p.k().length > 2);
    }

    /// How far the least eigenvalue is below 0 or `κ²/(κκ)` above 1; infinite where a corner
    /// differs in a bit.
    @Override
    public double statistic(Stack stack, Pairs p) {
        int n = p.q().length;
        int all = n + p.k().length;
        double[][] points = Arrays.copyOf(p.q(), all);
        System.arraycopy(p.k(), 0, points, n, all - n);
        double[][] gram = stack.gram(points, n);
        double[][] corner = gram(p.q(), p.k());
        double worst = 0;
        for (int i = 0; i < n; i++) {
            for (int j = n; j < all; j++) {
                if (gram[i][j] != corner[i][j - n]) {
                    return Double.POSITIVE_INFINITY;
                }
                double ratio = gram[i][j] * gram[i][j] / (gram[i][i] * gram[j][j]);
                worst = Math.max(worst, (ratio - 1) * Spectrum.frobenius(gram));
            }
        }
        return Math.max(worst, -Spectrum.symmetric(gram)[0]);
    }

    /// Logits are at most 4 d/√d ≤ 7: an entry is off by `8 (1 + 7)` roundings.
    @Override
    public Tolerance<Stack, Pairs> tolerance() {
        return Tolerance.bound(
                (stack, p) -> {
                    int all = p.q().length + p.k().length;
                    double norm = all * Math.exp(7);
                    return Spectrum.rounding(all, norm)
                            + Tolerance.Rounding.gamma(64, Tolerance.Rounding.DOUBLE) * norm;
                },
                "the backward error of the eigenvalue solver, and 64 roundings of an entry of at most e⁷");
    }

    /// Eight queries and eight keys of the plane.
    @Override
    public Optional<Picture> picture(Stack stack) {
        double[][] gram = stack.gram(Points.spread(16, 2, 1.5), 8);
        return Optional.of(
                Picture.spectrum(
                        "Eigenvalues over 8 queries and 8 keys together",
                        Spectrum.symmetric(gram),
                        Spectrum.rounding(16, Spectrum.frobenius(gram))));
    }

    @Override
    public List<Mutant<Stack>> mutants() {
        return List.of(
                Mutant.of(
                        "the corner of other images",
                        "a key's map applied to queries as well",
                        (points, queries) -> scaled(gram(points, points), queries, 1, 1.5)),
                Mutant.of(
                        "no kernel within a domain",
                        "zeros beside the corner: then every matrix would be one",
                        (points, queries) -> scaled(gram(points, points), queries, 0, 1)));
    }

    /// Entries within a domain times a number, and those across domains times another.
    private static double[][] scaled(double[][] gram, int queries, double within, double across) {
        for (int i = 0; i < gram.length; i++) {
            for (int j = 0; j < gram.length; j++) {
                gram[i][j] *= i < queries == j < queries ? within : across;
            }
        }
        return gram;
    }
}
