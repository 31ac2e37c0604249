package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.kernel.Featured;
import nonmercer.kernel.Traits;
import nonmercer.machine.KernelSvd;
import nonmercer.machine.PrimalAttention;
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

/// The identity behind Primal-Attention's regulariser, and its lack of a bound.
final class PrimalAttentionObjectiveVanishesAtSingularVectors
        implements Claim<
                PrimalAttentionObjectiveVanishesAtSingularVectors.Weights,
                PrimalAttentionObjectiveVanishesAtSingularVectors.Case> {
    private static final double LEAST = 0.05; // of the singular values

    /// `Wₑ` and `Wᵣ`.
    record Pair(Array we, Array wr) {}

    /// Weights made of the singular vectors.
    interface Weights {
        Pair of(Case c, KernelSvd svd);
    }

    /// The features of queries and keys.
    record Case(double[][] phi, double[][] psi) {}

    @Override
    public String id() {
        return "C23";
    }

    @Override
    public String statement() {
        return "for all features Φ, Ψ with Φ Ψᵀ = U Σ Vᵀ: J(Ψᵀ V, Φᵀ U) = 0 with Λ = Σ⁻¹, for all singular pairs at once; with the first two pairs exchanged, which are orthonormal as well, J = (σ₁ - σ₂)²(σ₁ + σ₂)/σ₁σ₂; and J(c Ψᵀ V, 0) = ½ c² tr Σ = J(0, c Φᵀ U), so J has no upper bound";
    }

    @Override
    public Source source() {
        return Source.of(
                "Chen, Tao, Tonin & Suykens 2023 (Primal-Attention)",
                "Lemma 4.2; Tao et al. 2024 on the bound");
    }

    @Override
    public String assumes() {
        return "distinct singular values that are not 0";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Weights>> subjects() {
        return List.of(
                Subject.of(
                        "singular vectors",
                        (c, svd) ->
                                new Pair(weights(c.psi, svd.right()), weights(c.phi, svd.left()))));
    }

    /// `Φᵀ U`.
    private static Array weights(double[][] features, Array vectors) {
        double[][] out = new double[features[0].length][vectors.dim(1)];
        for (int i = 0; i < features.length; i++) {
            for (int n = 0; n < out.length; n++) {
                for (int k = 0; k < out[n].length; k++) {
                    out[n][k] += features[i][n] * vectors.get(i, k);
                }
            }
        }
        return Array.matrix(out);
    }

    @Override
    public Cases<Case> cases(Weights w) {
        return Cases.random(
                        80,
                        Combinators.combine(
                                        integers().between(2, 6),
                                        integers().between(2, 6),
                                        integers().between(2, 6))
                                .flatAs((n, m, d) ->
                                        Combinators.combine(
                                                        Points.in(n, d, 1.5), Points.in(m, d, 1.5))
                                                .as(Case::new)))
                .hitting(
                        "three coordinates and points or more",
                        0.4,
                        c -> c.phi.length > 2 && c.psi.length > 2 && c.phi[0].length > 2);
    }

    /// The largest difference from the four values.
    @Override
    public double statistic(Weights weights, Case c) {
        double[] sigma = Spectrum.singular(Matrices.times(c.phi, Matrices.transposed(c.psi)));
        int rank = Spectrum.rank(sigma, LEAST);
        if (rank == 0) {
            return SILENT;
        }
        Coordinates map = new Coordinates(Array.matrix(c.phi), Array.matrix(c.psi));
        KernelSvd svd =
                KernelSvd.of(
                        new Inner(map),
                        Coordinates.identity(c.phi.length),
                        Coordinates.identity(c.psi.length),
                        rank);
        double[] inverse = new double[rank];
        double trace = 0;
        for (int k = 0; k < rank; k++) {
            inverse[k] = 1 / svd.values().at(k);
            trace += sigma[k];
        }
        PrimalAttention j = new PrimalAttention(Array.matrix(c.phi), Array.matrix(c.psi), inverse);
        Pair at = weights.of(c, svd);
        Array none = Array.zeros(at.wr.dtype(), at.wr.shape());
        Array thrice = Array.matrix(scaled(Matrices.rows(at.we), 3));
        double worst = Math.abs(j.objective(at.we, at.wr));
        worst = Math.max(worst, Math.abs(j.objective(thrice, none) - 4.5 * trace));
        worst = Math.max(worst, Math.abs(j.objective(none, at.wr) - trace / 2));
        if (rank > 1) {
            double expected =
                    Math.pow(sigma[0] - sigma[1], 2)
                            * (sigma[0] + sigma[1])
                            / (sigma[0] * sigma[1]);
            double got = j.objective(exchanged(at.we), exchanged(at.wr));
            worst = Math.max(worst, Math.abs(got - expected));
        }
        return worst;
    }

    /// The first two columns exchanged.
    private static Array exchanged(Array w) {
        double[][] rows = Matrices.rows(w);
        for (double[] row : rows) {
            double first = row[0];
            row[0] = row[1];
            row[1] = first;
        }
        return Array.matrix(rows);
    }

    /// The columns in reverse order.
    private static Array reversed(Array w) {
        double[][] rows = Matrices.rows(w);
        for (double[] row : rows) {
            double[] old = row.clone();
            for (int k = 0; k < row.length; k++) {
                row[k] = old[row.length - 1 - k];
            }
        }
        return Array.matrix(rows);
    }

    private static double[][] scaled(double[][] a, double s) {
        return Matrices.sum(a, s - 1, a);
    }

    /// `⟨φ(x), ψ(y)⟩`.
    private record Inner(Coordinates features) implements Featured {
        @Override
        public double at(double[] q, double[] k) {
            double[] s = new double[features.onQueries().dim(1)];
            for (int n = 0; n < s.length; n++) {
                double a = 0;
                double b = 0;
                for (int i = 0; i < q.length; i++) {
                    a += q[i] * features.onQueries().get(i, n);
                }
                for (int i = 0; i < k.length; i++) {
                    b += k[i] * features.onKeys().get(i, n);
                }
                s[n] = a * b;
            }
            double sum = 0;
            for (double v : s) {
                sum += v;
            }
            return sum;
        }

        @Override
        public Traits traits() {
            return Traits.none();
        }

        @Override
        public String formula() {
            return "φ(q)·ψ(k)";
        }
    }

    @Override
    public Tolerance<Weights, Case> tolerance() {
        return Tolerance.bound(
                (weights, c) -> {
                    double f = Spectrum.frobenius(c.phi);
                    double g = Spectrum.frobenius(c.psi);
                    int n = c.phi.length + c.psi.length + c.phi[0].length;
                    // Each of the three terms is a sum of products; Λ ≤ 20 enlarges them, thrice
                    // the weights ninefold. Vectors are off by rounding over the gaps, which the
                    // sums over all do not see.
                    return 64 * n * Tolerance.Rounding.DOUBLE * (1 + 20 * f * f * g * g) * 90;
                },
                "the roundings of three sums of products of norm ‖Φ‖‖Ψ‖, the first two times Λ ≤ 20, of weights up to three times as large");
    }

    /// Five queries and keys, three features: `½(s - 1)² tr Σ` for `J(s Wₑ, Wᵣ)`.
    @Override
    public Optional<Picture> picture(Weights weights) {
        double[][] all = Points.spread(10, 3, 1.5);
        Case c = new Case(Arrays.copyOf(all, 5), Arrays.copyOfRange(all, 5, 10));
        Array queries = Coordinates.identity(5);
        Coordinates map = new Coordinates(Array.matrix(c.phi), Array.matrix(c.psi));
        KernelSvd svd = KernelSvd.of(new Inner(map), queries, queries, 3);
        double[] sigma = svd.values().toDoubles();
        double trace = Arrays.stream(sigma).sum();
        double[] inverse = Arrays.stream(sigma).map(v -> 1 / v).toArray();
        PrimalAttention j = new PrimalAttention(Array.matrix(c.phi), Array.matrix(c.psi), inverse);
        Pair at = weights.of(c, svd);
        double[] s = Picture.steps(-1, 3, 41);
        return Optional.of(
                new Picture(
                        "Primal-Attention's objective near singular vectors",
                        Picture.Axis.of("factor s of one side"),
                        Picture.Axis.of("J(s Wₑ, Wᵣ)"),
                        List.of(
                                Picture.Line.measured(
                                        "objective",
                                        s,
                                        by ->
                                                j.objective(
                                                        Array.matrix(
                                                                scaled(Matrices.rows(at.we), by)),
                                                        at.wr)),
                                Picture.Line.bound(
                                        "½(s - 1)² tr Σ",
                                        s,
                                        by -> (by - 1) * (by - 1) * trace / 2))));
    }

    @Override
    public List<Mutant<Weights>> mutants() {
        return List.of(
                Mutant.of(
                        "singular pairs mixed up",
                        "right vectors in ascending order, left ones in descending",
                        (c, svd) ->
                                new Pair(
                                        weights(c.psi, reversed(svd.right())),
                                        weights(c.phi, svd.left()))),
                Mutant.of(
                        "one side halved",
                        "a scale that only both sides may share",
                        (c, svd) ->
                                new Pair(
                                        weights(c.psi, svd.right()),
                                        weights(scaled(c.phi, 0.5), svd.left()))),
                Mutant.of(
                        "both sides twice as large",
                        "vectors that are not normalised: J is a quadratic form, zero there too",
                        (c, svd) ->
                                new Pair(
                                        weights(scaled(c.psi, 2), svd.right()),
                                        weights(scaled(c.phi, 2), svd.left()))),
                Mutant.of(
                        "one side with the other sign",
                        "singular vectors known up to a sign each, not up to one of the pair",
                        (c, svd) ->
                                new Pair(
                                        weights(c.psi, svd.right()),
                                        weights(scaled(c.phi, -1), svd.left()))));
    }
}
