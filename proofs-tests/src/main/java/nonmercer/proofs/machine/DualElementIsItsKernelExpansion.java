package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.machine.DualElement;
import nonmercer.machine.SpacePair;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The dual element needs values of the kernel alone, with the data's points in the first place.
final class DualElementIsItsKernelExpansion
        implements Claim<
                DualElementIsItsKernelExpansion.Values, DualElementIsItsKernelExpansion.Case> {
    /// `h(y)` at each of the points.
    interface Values {
        double[] at(Case c);
    }

    /// `φ(x) = x S`, `ψ(y) = y T`, coefficients at points, and points to evaluate at.
    record Case(double[][] s, double[][] t, double[][] x, double[][] c, double[][] y) {
        Coordinates map() {
            return new Coordinates(Array.matrix(s), Array.matrix(t));
        }
    }

    @Override
    public String id() {
        return "C17";
    }

    @Override
    public String statement() {
        return "for all features φ, ψ and all coefficients: the dual element of Σ cᵢ κ(xᵢ, ·) is y ↦ ⟨Σ cᵢ φ(xᵢ),"
                + " ψ(y)⟩, whatever p";
    }

    @Override
    public Source source() {
        return Source.of("Wright & Gonzalez 2021", "Theorem 1, the expansion of ι(f*)");
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Values>> subjects() {
        return List.of(
                Subject.of("p = 1.5", c -> library(c, 1.5)),
                Subject.of("p = 3", c -> library(c, 3)));
    }

    private static double[] library(Case c, double p) {
        return DualElement.of(SpacePair.of(c.map(), p).queries(), Array.matrix(c.x), c.c[0])
                .at(Array.matrix(c.y));
    }

    @Override
    public Cases<Case> cases(Values values) {
        return Cases.random(
                        120,
                        Combinators.combine(
                                        integers().between(1, 4),
                                        integers().between(1, 6),
                                        integers().between(1, 6))
                                .flatAs((d, n, m) ->
                                        Combinators.combine(
                                                        Points.in(d, d, 2),
                                                        Points.in(d, d, 2),
                                                        Points.in(n, d, 2),
                                                        Points.in(1, n, 2),
                                                        Points.in(m, d, 2))
                                                .as(Case::new)))
                .hitting("d ≥ 2, S ≠ T", 0.5, c -> c.s.length > 1 && !Arrays.deepEquals(c.s, c.t));
    }

    @Override
    public double statistic(Values values, Case c) {
        double[] h = Matrices.transposedTimes(Matrices.times(c.x, c.s), c.c[0]);
        double[] expected = Matrices.times(Matrices.times(c.y, c.t), h);
        double[] got = values.at(c);
        double worst = 0;
        for (int j = 0; j < expected.length; j++) {
            worst = Math.max(worst, Math.abs(expected[j] - got[j]));
        }
        return worst;
    }

    @Override
    public Tolerance<Values, Case> tolerance() {
        return Tolerance.rounding(
                (values, c) -> 2 * (3 * c.s.length + c.x.length + 4),
                (values, c) -> {
                    double most = 0;
                    for (double[] y : c.y) {
                        most = Math.max(most, Matrices.norm(y));
                    }
                    return most
                            * Spectrum.frobenius(c.t)
                            * Spectrum.frobenius(c.s)
                            * Spectrum.frobenius(c.x)
                            * Matrices.norm(c.c[0]);
                },
                "the roundings of sums over coordinates and points, both ways, of products bounded by the norms");
    }

    @Override
    public List<Mutant<Values>> mutants() {
        return List.of(
                Mutant.of(
                        "κ(y, xᵢ) for κ(xᵢ, y)",
                        "folklore",
                        c ->
                                DualElement.of(
                                                SpacePair.of(c.map(), 1.5).keys(),
                                                Array.matrix(c.x),
                                                c.c[0])
                                        .at(Array.matrix(c.y))),
                Mutant.of(
                        "the function in the place of its dual",
                        "folklore",
                        c ->
                                DualElement.of(
                                                SpacePair.of(c.map(), 1.5).queries(),
                                                Array.matrix(c.x),
                                                c.c[0])
                                        .function()
                                        .at(Array.matrix(c.y))));
    }
}
