package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.machine.SparseLearner;
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

/// The representer theorem at p = 1: not an expansion in the data, but few atoms, and a proof that
/// no others would do better.
final class SparseSolutionsUseAtMostOneAtomADatum
        implements Claim<
                SparseSolutionsUseAtMostOneAtomADatum.Learner,
                SparseSolutionsUseAtMostOneAtomADatum.Case> {
    /// The coefficients.
    interface Learner {
        double[] solve(Case c);
    }

    /// Dictionary, responses, and λ as a share of the least that gives zero.
    record Case(double share, double[][] phi, double[][] responses) {
        double[] z() {
            return responses[0];
        }

        double lambda() {
            double most = 0;
            for (double v : Matrices.transposedTimes(phi, z())) {
                most = Math.max(most, Math.abs(v));
            }
            return Math.max(1e-3, share * most);
        }
    }

    @Override
    public String id() {
        return "C16c";
    }

    @Override
    public String statement() {
        return "for all dictionaries Φ of n rows, z and λ > 0 there is a minimiser of ½|z - Φ v|² + λ‖v‖₁ with at most n atoms, |Φᵀ(z - Φ v)| ≤ λ, and equality with the sign of v on them";
    }

    @Override
    public Source source() {
        return Source.of(
                "Wang & Xu 2021; Wang, Xu & Yan 2023",
                "sparse representer theorems; the subdifferential of the norm");
    }

    @Override
    public String assumes() {
        return "a duality gap below 10⁻¹² of ½|z|²";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Learner>> subjects() {
        return List.of(Subject.of("the library", SparseSolutionsUseAtMostOneAtomADatum::library));
    }

    private static double[] library(Case c) {
        return new SparseLearner(Array.matrix(c.phi)).solve(c.lambda(), c.z()).coefficients();
    }

    @Override
    public Cases<Case> cases(Learner learner) {
        return Cases.random(
                        60,
                        Combinators.combine(
                                        Arbitraries.of(0.05, 0.3, 0.8, 1.1),
                                        integers().between(1, 5),
                                        integers().between(2, 12))
                                .flatAs((share, n, d) ->
                                        Combinators.combine(Points.in(n, d, 2), Points.in(1, n, 2))
                                                .as((phi, z) -> new Case(share, phi, z))))
                .hitting("fewer data than atoms", 0.5, c -> c.phi.length < c.phi[0].length);
    }

    /// The largest violation of the conditions of a minimiser, or how many atoms are too many.
    @Override
    public double statistic(Learner learner, Case c) {
        double[] v = learner.solve(c);
        double[] r = Matrices.times(c.phi, v);
        for (int i = 0; i < r.length; i++) {
            r[i] = c.z()[i] - r[i];
        }
        double[] pull = Matrices.transposedTimes(c.phi, r);
        double worst = 0;
        int atoms = 0;
        for (int a = 0; a < v.length; a++) {
            atoms += v[a] != 0 ? 1 : 0;
            double miss =
                    v[a] == 0
                            ? Math.max(0, Math.abs(pull[a]) - c.lambda())
                            : Math.abs(pull[a] - c.lambda() * Math.signum(v[a]));
            worst = Math.max(worst, miss);
        }
        return Math.max(worst, atoms - c.phi.length);
    }

    /// With the gap g and `ν` the certificate: `½|r - r*|² ≤ g`, so `Φᵀ r` is off by `‖Φ‖ √(2g)`;
    /// an atom of weight w below the bound by e costs `w e ≤ g`, and conditions of both kinds are
    /// continuous in r.
    @Override
    public Tolerance<Learner, Case> tolerance() {
        return Tolerance.bound(
                (learner, c) ->
                        2 * Spectrum.frobenius(c.phi) * Matrices.norm(c.z()) * Math.sqrt(1e-12)
                                + 1e-15,
                "½|r - r*|² is at most the duality gap, brought below 10⁻¹² |z|²/2 and then thinned: ‖Φ‖ √(2 gap), twice");
    }

    /// Five data, twelve atoms.
    @Override
    public Optional<Picture> picture(Learner learner) {
        double[][] phi = Points.spread(5, 8, 2);
        double[][] z = {{1, -2, 1.5, 0.5, -1}};
        double[] share = Picture.steps(0.02, 1.1, 28);
        return Optional.of(
                new Picture(
                        "Atoms of the sparse solution, five data and eight atoms",
                        Picture.Axis.of("λ, of the least that gives zero"),
                        Picture.Axis.of("atoms with a weight"),
                        List.of(
                                Picture.Line.measured(
                                        "atoms",
                                        share,
                                        by ->
                                                Arrays.stream(learner.solve(new Case(by, phi, z)))
                                                        .filter(v -> v != 0)
                                                        .count()),
                                Picture.Line.bound("data", share, by -> 5))));
    }

    @Override
    public List<Mutant<Learner>> mutants() {
        return List.of(
                Mutant.of(
                        "λ halved",
                        "½λ for λ",
                        c ->
                                new SparseLearner(Array.matrix(c.phi))
                                        .solve(c.lambda() / 2, c.z())
                                        .coefficients()),
                Mutant.of(
                        "a small weight on every atom",
                        "ridge regression, which keeps them all",
                        c -> {
                            double[] v = library(c);
                            for (int a = 0; a < v.length; a++) {
                                v[a] += 1e-3;
                            }
                            return v;
                        }));
    }
}
