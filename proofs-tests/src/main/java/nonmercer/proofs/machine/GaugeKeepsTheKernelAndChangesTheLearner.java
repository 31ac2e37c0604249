package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.linalg.Decompositions;
import nonmercer.machine.Interpolation;
import nonmercer.machine.SpacePair;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Printed;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The norm is data: it is not implied by the kernel.
final class GaugeKeepsTheKernelAndChangesTheLearner
        implements Claim<
                GaugeKeepsTheKernelAndChangesTheLearner.Learner,
                GaugeKeepsTheKernelAndChangesTheLearner.Case> {
    /// The prediction at the last point of an interpolation of the others, for features `Φ T`.
    interface Learner {
        double at(Case c, double[][] t);
    }

    /// Features, the last row of which is predicted; and a regular matrix.
    record Case(double[][] t, double[][] phi, double[][] responses) {
        double[] z() {
            return responses[0];
        }

        double[][] known() {
            return Arrays.copyOf(phi, phi.length - 1);
        }

        double[] asked() {
            return phi[phi.length - 1];
        }

        Case asking(double[] x) {
            double[][] other = phi.clone();
            other[phi.length - 1] = x;
            return new Case(t, other, responses);
        }

        /// Whether the matrix and, before and after it, the data are far from singular.
        boolean regular() {
            double[] s = Spectrum.singular(t);
            return s[s.length - 1] >= 0.1
                    && least(known()) >= 0.25
                    && least(Matrices.times(known(), t)) >= 0.25;
        }

        private static double least(double[][] rows) {
            double[] s = Spectrum.singular(rows);
            return s[s.length - 1];
        }
    }

    @Override
    public String id() {
        return "C10";
    }

    @Override
    public String statement() {
        return "for all features Φ, Ψ, regular T and data z: Φ T and Ψ T⁻ᵀ have the same kernel, and the least-norm interpolant of the former is φ(x) T Tᵀ Φᵀ (Φ T Tᵀ Φᵀ)⁻¹ z, which for most T is another function than for T = 1: the norm is data, the kernel does not imply it";
    }

    @Override
    public Optional<Printed<?>> printed() {
        return Optional.of(
                Printed.of(
                        "the kernel determines the learner: for all features Φ, all data and all T, features Φ T with the kernel (Φ T)(Ψ T⁻ᵀ)ᵀ = Φ Ψᵀ have the same least-norm interpolant",
                        () -> Cases.random(100, drawn()),
                        c -> Math.abs(library(c, one(c)) - library(c, c.t)),
                        c -> 0.01,
                        "0.01, where data and T are far from singular"));
    }

    private static double[][] one(Case c) {
        return Matrices.rows(Coordinates.identity(c.t.length));
    }

    @Override
    public Source source() {
        return Source.of(
                "Wright & Gonzalez 2021",
                "Definition 2: features are not unique; Heeringa 2026 for the conclusion");
    }

    @Override
    public String assumes() {
        return "features and a regular T; the space's norm is that of the coefficients, ℓ², as the machine takes it";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Learner>> subjects() {
        return List.of(
                Subject.of(
                        "least-norm interpolation",
                        GaugeKeepsTheKernelAndChangesTheLearner::library));
    }

    private static double library(Case c, double[][] t) {
        return new Interpolation(pair(t).queries(), Array.matrix(c.known()), c.z())
                .solve()
                .function()
                .at(Array.matrix(new double[][] {c.asked()}))[0];
    }

    /// The features `φ(x) = x T`, `ψ(y) = y T⁻ᵀ`, with the norm of ℓ².
    private static SpacePair pair(double[][] t) {
        Array matrix = Array.matrix(t);
        Array inverse = Decompositions.solve(matrix, Coordinates.identity(t.length));
        return SpacePair.of(
                new Coordinates(matrix, Array.matrix(Matrices.transposed(Matrices.rows(inverse)))),
                2);
    }

    /// `M Φᵀ (Φ M Φᵀ)⁻¹ z` at the last point, `M = T Tᵀ`.
    private static double closed(Case c, double[][] t) {
        double[][] phi = Matrices.times(c.known(), t);
        double[][] gram = Matrices.times(phi, Matrices.transposed(phi));
        double[] dual = Decompositions.solve(Array.matrix(gram), Array.vector(c.z())).toDoubles();
        return Matrices.dot(
                Matrices.transposedTimes(t, c.asked()), Matrices.transposedTimes(phi, dual));
    }

    private static Arbitrary<Case> drawn() {
        return integers()
                .between(2, 4)
                .flatMap(d ->
                        Combinators.combine(
                                        Points.in(d, d, 2),
                                        Points.in(d, d, 2),
                                        Points.in(1, d - 1, 2))
                                .as(Case::new))
                .filter(Case::regular);
    }

    @Override
    public Cases<Case> cases(Learner learner) {
        return Cases.random(60, drawn())
                .hitting(
                        "interpolants that differ by a hundredth",
                        0.5,
                        c -> Math.abs(closed(c, c.t) - closed(c, one(c))) > 0.01)
                .hitting("T of three and more coordinates", 0.3, c -> c.t.length > 2);
    }

    /// The larger of: the change of the pair's kernel, and the distance of the prediction from the
    /// closed form; each over its bound.
    @Override
    public double statistic(Learner learner, Case c) {
        Array points = Array.matrix(c.phi);
        Array before = pair(one(c)).queries().kernel(points, points);
        Array after = pair(c.t).queries().kernel(points, points);
        double changed = 0;
        for (int o = 0; o < before.size(); o++) {
            changed = Math.max(changed, Math.abs(after.at(o) - before.at(o)));
        }
        double[] s = Spectrum.singular(c.t);
        int d = c.t.length;
        double size = Math.pow(Spectrum.frobenius(c.phi), 2);
        double kernel = Spectrum.rounding(d, s[0] / s[d - 1]) * d * size;
        double off = Math.abs(learner.at(c, c.t) - closed(c, c.t));
        double near = 1e-6 * size * s[0] * s[0] * Matrices.norm(c.z()) / (0.25 * 0.25);
        return Math.max(changed / kernel, off / (near + 1e-300));
    }

    @Override
    public Tolerance<Learner, Case> tolerance() {
        return Tolerance.bound(
                (learner, c) -> 1,
                "once each of the bounds: the roundings of T⁻ᵀ, cond(T) of them, in products of features; and the root,"
                        + " 10⁻⁶, of the solver's gap, 10⁻¹² of ½‖f‖², with ‖f‖ at most |z| over the data's least"
                        + " singular value, ¼");
    }

    /// T stretches the first of two features; the kernel stays.
    @Override
    public Optional<Picture> picture(Learner learner) {
        Case c = new Case(new double[2][2], new double[][] {{1, 1}, {1, 0}}, new double[][] {{1}});
        double[] s = Picture.steps(0.25, 4, 31);
        return Optional.of(
                new Picture(
                        "One kernel, one datum f(1, 1) = 1, many learners",
                        Picture.Axis.of("factor of the first feature"),
                        Picture.Axis.of("prediction at (1, 0)"),
                        List.of(
                                Picture.Line.measured(
                                        "least-norm interpolant",
                                        s,
                                        by -> learner.at(c, new double[][] {{by, 0}, {0, 1}})),
                                Picture.Line.bound(
                                        "s²/(1 + s²)", s, by -> by * by / (1 + by * by)))));
    }

    @Override
    public List<Mutant<Learner>> mutants() {
        return List.of(
                Mutant.of(
                        "a norm computed from the kernel alone",
                        "folklore: the kernel determines the space",
                        (c, t) -> library(c, one(c))),
                Mutant.of(
                        "T⁻ᵀ on the side of the data",
                        "the gauge of the other features",
                        (c, t) ->
                                library(
                                        c,
                                        Matrices.transposed(
                                                Matrices.rows(
                                                        Decompositions.solve(
                                                                Array.matrix(t),
                                                                Coordinates.identity(t.length)))))),
                Mutant.of(
                        "Tᵀ for T",
                        "rows for columns, which a symmetric T forgives",
                        (c, t) -> library(c, Matrices.transposed(t))),
                Mutant.of(
                        "the prediction at a datum",
                        "learners compared where all of them interpolate",
                        (c, t) -> library(c.asking(c.phi[0]), t)));
    }
}
