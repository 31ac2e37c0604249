package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.linalg.Decompositions;
import nonmercer.machine.PairwiseRidge;
import nonmercer.machine.Responses;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The closed form by two eigendecompositions against the normal equations of all pairs.
final class PairwiseRidgeSolvesTheKroneckerSystem
        implements Claim<
                PairwiseRidgeSolvesTheKroneckerSystem.Machine,
                PairwiseRidgeSolvesTheKroneckerSystem.Case> {
    /// The weights.
    interface Machine {
        double[][] solve(Case c);
    }

    /// Data and responses `[n][m]`.
    record Case(double lambda, double[][] x, double[][] y, double[][] z) {
        double[][] k() {
            return Pairs.gram(new Gauss(), x, x);
        }

        double[][] l() {
            return Pairs.gram(new ExpDot(), y, y);
        }
    }

    @Override
    public String id() {
        return "C20";
    }

    @Override
    public String statement() {
        return "for all points, responses Z and λ > 0: the weights A of the pairwise ridge solve K A L + λ A = Z";
    }

    @Override
    public Source source() {
        return Source.of(
                "Abernethy, Bach, Evgeniou & Vert 2009", "section 3; vec(K A L) = (K ⊗ L) vec A");
    }

    @Override
    public String assumes() {
        return "positive semidefinite K and L, λ > 0";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Machine>> subjects() {
        return List.of(
                Subject.of("closed form", c -> library(c, new Gauss(), c.z)),
                Subject.of("conjugate gradients", c -> iterative(c)));
    }

    private static double[][] library(Case c, Kernel k, double[][] z) {
        return Matrices.rows(
                new PairwiseRidge(k, new ExpDot(), c.lambda)
                        .solve(Array.matrix(c.x), Array.matrix(c.y), Responses.all(Array.matrix(z)))
                        .weights());
    }

    private static double[][] iterative(Case c) {
        int n = c.x.length;
        int m = c.y.length;
        int[] row = new int[n * m];
        int[] column = new int[n * m];
        double[] value = new double[n * m];
        for (int o = 0; o < n * m; o++) { // column by column, which is no complete table
            row[o] = o % n;
            column[o] = o / n;
            value[o] = c.z[o % n][o / n];
        }
        return Matrices.rows(
                new PairwiseRidge(new Gauss(), new ExpDot(), c.lambda)
                        .solve(
                                Array.matrix(c.x),
                                Array.matrix(c.y),
                                Responses.observed(n, m, row, column, value))
                        .weights());
    }

    @Override
    public Cases<Case> cases(Machine machine) {
        return Cases.random(
                        60,
                        Combinators.combine(
                                        Arbitraries.of(0.05, 0.5),
                                        integers().between(1, 7),
                                        integers().between(1, 7))
                                .flatAs((lambda, n, m) ->
                                        Combinators.combine(
                                                        Points.in(n, 2, 1.5),
                                                        Points.in(m, 3, 1.5),
                                                        Points.in(n, m, 2))
                                                .as((x, y, z) -> new Case(lambda, x, y, z))))
                .hitting("n, m ≥ 2", 0.5, c -> c.x.length > 1 && c.y.length > 1);
    }

    @Override
    public double statistic(Machine machine, Case c) {
        double[][] a = machine.solve(c);
        double[][] kal = Matrices.times(Matrices.times(c.k(), a), c.l());
        double sum = 0;
        for (int i = 0; i < kal.length; i++) {
            for (int j = 0; j < kal[i].length; j++) {
                double r = kal[i][j] + c.lambda * a[i][j] - c.z[i][j];
                sum += r * r;
            }
        }
        return Math.sqrt(sum);
    }

    @Override
    public Tolerance<Machine, Case> tolerance() {
        return Tolerance.bound(
                (machine, c) -> {
                    double norm = Spectrum.frobenius(c.k()) * Spectrum.frobenius(c.l());
                    int n = c.x.length + c.y.length;
                    double rounding = 64 * n * Tolerance.Rounding.DOUBLE * (1 + norm / c.lambda);
                    return Spectrum.frobenius(c.z) * (1e-9 + 4 * rounding);
                },
                "conjugate gradients stop at 10⁻¹⁰ |Z|, ten times which their recurrence may drift; the backward"
                        + " error of two eigendecompositions, times |A| ≤ |Z|/λ");
    }

    @Override
    public List<Mutant<Machine>> mutants() {
        return List.of(
                Mutant.of(
                        "K + L for the product",
                        "a sum of kernels: K A + A L + λ A = Z, pairs that only add up",
                        PairwiseRidgeSolvesTheKroneckerSystem::sum),
                Mutant.of(
                        "another kernel of the queries",
                        "the two kernels mixed up",
                        c -> library(c, new ExpDot(), c.z)),
                Mutant.of(
                        "transposed Z",
                        "zⱼᵢ for zᵢⱼ: as good for as many queries as keys, read in the other order for others",
                        c -> library(c, new Gauss(), transposed(c.z))),
                Mutant.of(
                        "rows of Z in reverse order",
                        "responses that do not go with their queries",
                        c -> {
                            double[][] z = c.z.clone();
                            Collections.reverse(Arrays.asList(z));
                            return library(c, new Gauss(), z);
                        }));
    }

    /// The weights for `(K ⊕ L + λ) vec A = vec Z`, by the eigenvectors of both.
    private static double[][] sum(Case c) {
        var k = Decompositions.symmetricEigen(Array.matrix(c.k()));
        var l = Decompositions.symmetricEigen(Array.matrix(c.l()));
        double[][] u = Matrices.rows(k.vectors());
        double[][] v = Matrices.rows(l.vectors());
        double[][] turned = Matrices.times(Matrices.times(Matrices.transposed(u), c.z), v);
        for (int i = 0; i < turned.length; i++) {
            for (int j = 0; j < turned[i].length; j++) {
                turned[i][j] /= k.values().at(i) + l.values().at(j) + c.lambda;
            }
        }
        return Matrices.times(Matrices.times(u, turned), Matrices.transposed(v));
    }

    /// `Zᵀ`, its numbers read into the shape of `Z`.
    private static double[][] transposed(double[][] z) {
        double[][] t = new double[z.length][z[0].length];
        for (int o = 0; o < z.length * z[0].length; o++) {
            t[o / z[0].length][o % z[0].length] = z[o % z.length][o / z.length];
        }
        return t;
    }
}
