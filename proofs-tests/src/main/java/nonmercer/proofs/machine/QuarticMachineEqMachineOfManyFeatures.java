package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.ExpDot;
import nonmercer.machine.Loss;
import nonmercer.machine.Objective;
import nonmercer.machine.QuarticSpace;
import nonmercer.machine.RegularisationNetwork;
import nonmercer.machine.Space;
import nonmercer.machine.SpacePair;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Ridge regression with p = 4/3 in all of infinitely many features, by the kernel of four points,
/// against the same in features that are written down.
final class QuarticMachineEqMachineOfManyFeatures
        implements Claim<
                QuarticMachineEqMachineOfManyFeatures.Machine,
                QuarticMachineEqMachineOfManyFeatures.Case> {
    private static final int DEGREE = 10;

    /// The predictions at the data.
    interface Machine {
        double[] of(Case c);
    }

    /// Data and responses.
    record Case(double lambda, double[][] x, double[][] responses) {
        double[] z() {
            return responses[0];
        }
    }

    @Override
    public String id() {
        return "C18b";
    }

    @Override
    public String statement() {
        return "for all data and λ > 0: the minimiser of ½|z - f(x)|² + λ/2 ‖f‖² in the norm of ℓ^4/3 over all features of exp(x·y/√d), f(x) = Σ cᵢcⱼcₖ K₄(x, xᵢ, xⱼ, xₖ)/N² with N⁴ = Σ cᵢcⱼcₖcₗ K₄, predicts the data as the minimiser over the features up to degree 10 does";
    }

    @Override
    public Source source() {
        return Source.of(
                "Fasshauer, Hickernell & Ye 2015",
                "support vector machines with kernels of several points, for the exponential");
    }

    @Override
    public String assumes() {
        return "features up to degree 10 stand for all";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Machine>> subjects() {
        return List.of(Subject.of("four points", c -> fit(c, new QuarticSpace(), 1)));
    }

    /// The predictions with this space, the coefficients' penalty times a number.
    private static double[] fit(Case c, Space space, double scale) {
        return new RegularisationNetwork(space, Array.matrix(c.x), c.z())
                .solve(Objective.of(Loss.squared(), c.lambda * scale))
                .function()
                .at(Array.matrix(c.x));
    }

    @Override
    public Cases<Case> cases(Machine machine) {
        return Cases.random(
                        30,
                        Combinators.combine(
                                        Arbitraries.of(0.1, 0.5, 2.0),
                                        integers().between(1, 2),
                                        integers().between(1, 5))
                                .flatAs((lambda, d, n) ->
                                        Combinators.combine(
                                                        Points.in(n, d, 1.25), Points.in(1, n, 2))
                                                .as((x, z) -> new Case(lambda, x, z))))
                .hitting("n ≥ 2, z ≠ 0", 0.5, c -> c.x.length > 1 && Matrices.norm(c.z()) > 0);
    }

    /// The distance of the predictions from those of the machine with features.
    @Override
    public double statistic(Machine machine, Case c) {
        double[] expected = fit(c, SpacePair.of(new TaylorExp(DEGREE), 4.0 / 3).queries(), 1);
        double[] got = machine.of(c);
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            sum += Math.pow(got[i] - expected[i], 2);
        }
        return Math.sqrt(sum);
    }

    /// The dual `|ξ|²/2 - ξ·z + N²/2λ` is strongly convex in `ξ = z - f(x)`: what is within δ of
    /// its least value is within `√(2δ)` of its minimiser. Cutting off changes `N⁴` by at most
    /// `|ξ|₁⁴` times the tail of K₄, so `N²` by at most the root, and `|ξ| ≤ |z|`.
    @Override
    public Tolerance<Machine, Case> tolerance() {
        return Tolerance.truncation(
                (machine, c) -> {
                    double z = Matrices.dot(c.z(), c.z());
                    double cut = Math.sqrt(tail(c.x)) * c.x.length * z / (2 * c.lambda);
                    return 2 * Math.sqrt(2 * (cut + 2e-12 * z)) + 1e-9 * Math.sqrt(z);
                },
                "the root of twice what cutting off changes the dual by, √tail(K₄) |ξ|₁²/2λ, and of both solvers' gaps, 10⁻¹²"
                        + " of ½|z|²");
    }

    /// Twice the first term left out of `Σ (d t²)ⁿ/n!²`, as `Σ_{|a|=n} Π tₗ^{2aₗ}/aₗ!² ≤ dⁿ (Σ
    /// tₗ)²ⁿ/n!²` with `Σ tₗ` at most `Σ xₗ²/√d` of the largest point.
    private static double tail(double[][] x) {
        double t = 0;
        for (double[] point : x) {
            t = Math.max(t, Matrices.dot(point, point) / Math.sqrt(point.length));
        }
        double tail = 2;
        for (int n = 1; n <= DEGREE + 1; n++) {
            tail *= x[0].length * t * t / ((double) n * n);
        }
        return tail;
    }

    @Override
    public List<Mutant<Machine>> mutants() {
        return List.of(
                Mutant.of(
                        "a kernel of two points for that of four",
                        "the Hilbert space of the same features: p = 2",
                        c -> fit(c, SpacePair.of(new ExpDot()).queries(), 1)),
                Mutant.of(
                        "λ for λ/2",
                        "a factor that moves between penalty and derivative",
                        c -> fit(c, new QuarticSpace(), 2)),
                Mutant.of(
                        "the conjugate exponent",
                        "p = 4, the norm of the dual",
                        c -> fit(c, SpacePair.of(new TaylorExp(DEGREE), 4).queries(), 1)));
    }
}
