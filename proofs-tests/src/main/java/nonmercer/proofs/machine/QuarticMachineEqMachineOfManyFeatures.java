package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
import nonmercer.proofs.Picture;
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
    private static final int DEGREE = 14;

    /// The predictions at the data, then at new points.
    interface Machine {
        double[] of(Case c);
    }

    /// Data and responses.
    record Case(double lambda, double[][] x, double[][] responses, double[][] fresh) {
        /// The data, then the new points.
        double[][] asked() {
            double[][] all = Arrays.copyOf(x, x.length + fresh.length);
            System.arraycopy(fresh, 0, all, x.length, fresh.length);
            return all;
        }

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
        return "for all data and λ > 0: the minimiser of ½|z - f(x)|² + λ/2 ‖f‖² in the norm of ℓ^4/3 over all features of exp(x·y/√d), f(x) = Σ cᵢcⱼcₖ K₄(x, xᵢ, xⱼ, xₖ)/N² with N⁴ = Σ cᵢcⱼcₖcₗ K₄, predicts the data and any new point as the minimiser over the features up to degree 14 does";
    }

    @Override
    public Source source() {
        return Source.of(
                "Fasshauer, Hickernell & Ye 2015",
                "support vector machines with kernels of several points, for the exponential");
    }

    @Override
    public String assumes() {
        return "features up to degree 14 stand for all";
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
                .at(Array.matrix(c.asked()));
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
                                                        Points.in(n, d, 1.25),
                                                        Points.in(1, n, 2),
                                                        Points.in(3, d, 1.25))
                                                .as((x, z, y) -> new Case(lambda, x, z, y))))
                .hitting("n ≥ 2, z ≠ 0", 0.5, c -> c.x.length > 1 && Matrices.norm(c.z()) > 0);
    }

    /// The distance of the predictions from those of the machine with features: that at the data
    /// and the worst at a new point, each over its bound.
    @Override
    public double statistic(Machine machine, Case c) {
        double[] expected = fit(c, SpacePair.of(new TaylorExp(DEGREE), 4.0 / 3).queries(), 1);
        double[] got = machine.of(c);
        double sum = 0;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            double off = Math.abs(got[i] - expected[i]);
            if (i < c.x.length) {
                sum += off * off;
            } else {
                worst = Math.max(worst, off);
            }
        }
        return Math.max(Math.sqrt(sum) / (near(c) + 1e-300), worst / (beyond(c) + 1e-300));
    }

    /// The dual `|ξ|²/2 - ξ·z + N²/2λ` is strongly convex in `ξ = z - f(x)`: what is within δ of
    /// its least value is within `√(2δ)` of its minimiser. Cutting off changes `N⁴` by at most
    /// `|ξ|₁⁴` times the tail of K₄, so `N²` by at most the root, and `|ξ| ≤ |z|`.
    private static double near(Case c) {
        double z = Matrices.dot(c.z(), c.z());
        double cut = Math.sqrt(tail(c.x)) * c.x.length * z / (2 * c.lambda);
        return 2 * Math.sqrt(2 * (cut + 2e-12 * z)) + 1e-9 * Math.sqrt(z);
    }

    /// `f = J(h)` with `h = Φᵀξ/λ` in ℓ⁴, where J, the gradient of `½‖h‖₄²`, has the Lipschitz
    /// constant 3; ξ is off by [#near], so h by at most `√n` times that times `φ = maxₓ ‖φ(x)‖₄`,
    /// over λ, and `|f(x) - f'(x)| ≤ φ ‖f - f'‖`. What is cut off of φ(x) meets what is cut off of
    /// h: at most `√tail |ξ|₁/λ` in the product.
    private static double beyond(Case c) {
        double[][] all = c.asked();
        double largest = 0;
        for (double[] x : all) {
            largest = Math.max(largest, Matrices.dot(x, x) / Math.sqrt(x.length));
        }
        double square = Math.exp(largest); // ‖φ(x)‖₂², above ‖φ(x)‖₄²
        int n = c.x.length;
        return 3 * square * Math.sqrt(n) * near(c) / c.lambda
                + Math.sqrt(tail(all)) * Math.sqrt(n) * Matrices.norm(c.z()) / c.lambda;
    }

    @Override
    public Tolerance<Machine, Case> tolerance() {
        return Tolerance.bound(
                (machine, c) -> 1,
                "once each of the bounds: at the data the root of twice what cutting off changes the dual by, √tail(K₄)"
                        + " |ξ|₁²/2λ, and of both solvers' gaps, 10⁻¹² of ½|z|²; at new points three times that, the"
                        + " Lipschitz constant of the duality map of ℓ⁴, times the features' norms, over λ");
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

    /// Four data on the line, λ = 0.1.
    @Override
    public Optional<Picture> picture(Machine machine) {
        double[] t = Picture.steps(-1.5, 1.5, 61);
        double[][] grid = Arrays.stream(t).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
        double[][] x = {{-1.2}, {-0.3}, {0.5}, {1.1}};
        Case c = new Case(0.1, x, new double[][] {{1, -1, 0.5, 1.5}}, grid);
        double[] many = fit(c, SpacePair.of(new TaylorExp(DEGREE), 4.0 / 3).queries(), 1);
        return Optional.of(
                new Picture(
                        "Ridge regression of four data in the norm of p = 4/3",
                        Picture.Axis.of("x"),
                        Picture.Axis.of("f(x)"),
                        List.of(
                                Picture.Line.measured(
                                        "kernel of four points",
                                        t,
                                        beyond(machine.of(c), x.length)),
                                Picture.Line.bound(
                                        "features up to degree 14", t, beyond(many, x.length)))));
    }

    private static double[] beyond(double[] all, int data) {
        return Arrays.copyOfRange(all, data, all.length);
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
