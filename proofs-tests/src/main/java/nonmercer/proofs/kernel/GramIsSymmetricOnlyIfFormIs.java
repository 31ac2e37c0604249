package nonmercer.proofs.kernel;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.kernel.Kernel;
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

/// A statement and its converse: where the form is symmetric the statistic is the Gram matrix's
/// asymmetry, which must be rounding; where it is not, minus the asymmetry, which must be more than
/// rounding.
final class GramIsSymmetricOnlyIfFormIs
        implements Claim<Function<double[][], Kernel>, GramIsSymmetricOnlyIfFormIs.Case> {
    /// A form and points in general position.
    record Case(double[][] a, double[][] x) {
        boolean symmetric() {
            return Arrays.deepEquals(a, Towers.transposed(a));
        }
    }

    @Override
    public String id() {
        return "C9e";
    }

    @Override
    public String statement() {
        return "for all A and points in general position: the Gram matrix of exp(xᵀ A y) is symmetric if and only if"
                + " A is";
    }

    @Override
    public Source source() {
        return Source.of("this library", "xᵀ (A - Aᵀ) y vanishes on an open set only if A = Aᵀ");
    }

    @Override
    public String assumes() {
        return "points in general position, and a form whose two halves differ by more than rounding";
    }

    @Override
    public Kind kind() {
        return Kind.GENERIC;
    }

    /// None in 1,000 seeds: below 3/1,000 with 95 % confidence (the rule of three).
    @Override
    public double falseAlarm() {
        return 3e-3;
    }

    @Override
    public List<Subject<Function<double[][], Kernel>>> subjects() {
        return List.of(Subject.of("towers", Towers::of));
    }

    @Override
    public Cases<Case> cases(Function<double[][], Kernel> subject) {
        return Cases.random(
                        100,
                        Combinators.combine(integers().between(2, 4), Arbitraries.of(true, false))
                                .flatAs((d, symmetric) ->
                                        Combinators.combine(
                                                        Points.in(d, d, 0.7),
                                                        Points.general(2 * d, d, 1.5))
                                                .as((a, x) ->
                                                        new Case(
                                                                symmetric
                                                                        ? Towers.symmetrised(a)
                                                                        : a,
                                                                x))))
                .hitting("symmetric", 0.25, Case::symmetric)
                .hitting("not symmetric", 0.25, c -> !c.symmetric());
    }

    @Override
    public double statistic(Function<double[][], Kernel> subject, Case c) {
        double[][] gram = Pairs.gram(subject.apply(c.a), c.x, c.x);
        double[][] odd = new double[gram.length][gram.length];
        for (int i = 0; i < gram.length; i++) {
            for (int j = 0; j < gram.length; j++) {
                odd[i][j] = gram[i][j] - gram[j][i];
            }
        }
        return c.symmetric() ? Spectrum.frobenius(odd) : -Spectrum.frobenius(odd);
    }

    @Override
    public Tolerance<Function<double[][], Kernel>, Case> tolerance() {
        return Tolerance.bound(
                (subject, c) -> (c.symmetric() ? 2 : -2) * Pairs.rounding(Towers.of(c.a), c.x, c.x),
                "twice the Frobenius norm of the roundings of the entries: at most that where A is symmetric, more"
                        + " where it is not");
    }

    @Override
    public List<Mutant<Function<double[][], Kernel>>> mutants() {
        return List.of(
                Mutant.of(
                        "kernel silently symmetrised",
                        "folklore",
                        a -> Towers.of(Towers.symmetrised(a))),
                Mutant.of(
                        "the projected query for both arguments",
                        "folklore",
                        a -> Towers.of(a, a)));
    }
}
