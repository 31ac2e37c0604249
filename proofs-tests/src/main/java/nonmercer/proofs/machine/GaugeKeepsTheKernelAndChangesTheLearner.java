package nonmercer.proofs.machine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.machine.Interpolation;
import nonmercer.machine.SpacePair;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Points;
import nonmercer.proofs.Printed;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The norm is data: it is not implied by the kernel.
final class GaugeKeepsTheKernelAndChangesTheLearner
        implements Claim<
                GaugeKeepsTheKernelAndChangesTheLearner.Learner,
                GaugeKeepsTheKernelAndChangesTheLearner.Case> {
    /// The prediction at the last point of an interpolation of the others, for features `Φ T`.
    interface Learner {
        double at(Case c, double stretch);
    }

    /// Features; the last row is predicted. `T` stretches the first feature.
    record Case(double[][] phi, double[] z) {}

    @Override
    public String id() {
        return "C10";
    }

    @Override
    public String statement() {
        return "for some features and matrices T with Φ Ψᵀ = (Φ T)(Ψ T⁻ᵀ)ᵀ, one kernel, the least-norm interpolants differ by more than 0.01";
    }

    @Override
    public Optional<Printed<?>> printed() {
        return Optional.of(
                Printed.of(
                        "the kernel determines the learner: for all features Φ, all data and all T, features Φ T with the kernel (Φ T)(Ψ T⁻ᵀ)ᵀ = Φ Ψᵀ have the same least-norm interpolant",
                        () ->
                                Cases.random(
                                        100,
                                        Combinators.combine(
                                                        Points.in(3, 3, 2),
                                                        Points.in(1, 2, 2),
                                                        Arbitraries.of(1.0, 2.0, 4.0))
                                                .as((phi, z, stretch) ->
                                                        new Stretched(
                                                                new Case(phi, z[0]), stretch))),
                        c ->
                                solvable(c.of)
                                        ? Math.abs(library(c.of, 1) - library(c.of, c.stretch))
                                        : 0,
                        c -> 0.01,
                        "0.01, where the two data are independent by a determinant of a quarter"));
    }

    /// A case, and the factor of the first feature.
    record Stretched(Case of, double stretch) {}

    /// Whether the Gram matrix of the two data has a determinant of a quarter at least.
    private static boolean solvable(Case c) {
        double[] a = c.phi[0];
        double[] b = c.phi[1];
        double ab = Matrices.dot(a, b);
        return Matrices.dot(a, a) * Matrices.dot(b, b) - ab * ab >= 0.25;
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

    private static double library(Case c, double stretch) {
        double[][] known = Arrays.copyOf(c.phi, 2);
        double[][] asked = {c.phi[2]};
        return new Interpolation(pair(stretch).queries(), Array.matrix(known), c.z)
                .solve()
                .function()
                .at(Array.matrix(asked))[0];
    }

    private static SpacePair pair(double stretch) {
        double[][] t = {{stretch, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        double[][] inverse = {{1 / stretch, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        return SpacePair.of(new Coordinates(Array.matrix(t), Array.matrix(inverse)), 2);
    }

    @Override
    public Cases<Case> cases(Learner learner) {
        return Cases.all(
                new Case(new double[][] {{1, 1, 0}, {0, 1, 1}, {1, 0, 0}}, new double[] {1, -1}),
                new Case(new double[][] {{2, 1, 1}, {1, -1, 0}, {0, 0, 1}}, new double[] {1, 2}));
    }

    /// `0.01` minus the change of the prediction, and by how much the pair's kernel itself changed:
    /// in no bit, stretched by a power of two.
    @Override
    public double statistic(Learner learner, Case c) {
        double change = Math.abs(learner.at(c, 1) - learner.at(c, 4));
        Array points = Array.matrix(c.phi);
        Array before = pair(1).queries().kernel(points, points);
        Array after = pair(4).queries().kernel(points, points);
        double kernel = 0;
        for (int o = 0; o < before.size(); o++) {
            kernel = Math.max(kernel, Math.abs(after.at(o) - before.at(o)));
        }
        return Math.max(0.01 - change, kernel);
    }

    @Override
    public Tolerance<Learner, Case> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Learner>> mutants() {
        return List.of(
                Mutant.of(
                        "a norm computed from the kernel alone",
                        "folklore: the kernel determines the space",
                        (c, stretch) -> library(c, 1)),
                Mutant.of(
                        "the prediction at a datum",
                        "learners compared where all of them interpolate",
                        (c, stretch) ->
                                library(
                                        new Case(
                                                new double[][] {c.phi[0], c.phi[1], c.phi[0]}, c.z),
                                        stretch)));
    }
}
