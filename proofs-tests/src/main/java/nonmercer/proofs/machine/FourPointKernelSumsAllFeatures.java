package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Coefficient;
import nonmercer.machine.QuarticSpace;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// What makes p = 4/3 solvable without cutting the features off.
final class FourPointKernelSumsAllFeatures
        implements Claim<FourPointKernelSumsAllFeatures.FourPoints, double[][]> {
    private static final int DEGREE = 20;

    /// `K₄` of the rows.
    interface FourPoints {
        double of(double[][] x);
    }

    @Override
    public String id() {
        return "C18";
    }

    @Override
    public String statement() {
        return "for all x₁, …, x₄: Πₗ ₀F₁(;1; x₁ₗx₂ₗx₃ₗx₄ₗ/d) = Σₐ Φₐ(x₁)Φₐ(x₂)Φₐ(x₃)Φₐ(x₄) over all features of"
                + " exp(x·y/√d)";
    }

    @Override
    public Source source() {
        return Source.of(
                "Fasshauer, Hickernell & Ye 2015",
                "kernels of several points; for exp(x·y/√d) by the series of both sides");
    }

    @Override
    public String assumes() {
        return "the products of four coordinates are at most 16, where both series converge in a few dozen terms";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<FourPoints>> subjects() {
        return List.of(
                Subject.of(
                        "the library", x -> new QuarticSpace().fourPoints(x[0], x[1], x[2], x[3])),
                Subject.of(
                        "the library, another order",
                        x -> new QuarticSpace().fourPoints(x[2], x[0], x[3], x[1])));
    }

    @Override
    public Cases<double[][]> cases(FourPoints k) {
        return Cases.random(80, integers().between(1, 3).flatMap(d -> Points.in(4, d, 1.5)))
                .hitting("d ≥ 2", 0.5, x -> x[0].length >= 2);
    }

    @Override
    public double statistic(FourPoints k, double[][] x) {
        double[][] phi = features(x);
        double sum = 0;
        for (int a = 0; a < phi[0].length; a++) {
            sum += phi[0][a] * phi[1][a] * phi[2][a] * phi[3][a];
        }
        return Math.abs(k.of(x) - sum);
    }

    private static double[][] features(double[][] x) {
        Array phi =
                new TaylorExp(Coefficient.inverseRootDimension(), DEGREE)
                        .queries(Tensor.of(Array.matrix(x)), Pass.evaluation())
                        .value();
        double[][] rows = new double[4][phi.dim(1)];
        for (int i = 0; i < 4; i++) {
            for (int a = 0; a < rows[i].length; a++) {
                rows[i][a] = phi.get(i, a);
            }
        }
        return rows;
    }

    @Override
    public Tolerance<FourPoints, double[][]> tolerance() {
        return Tolerance.truncation(
                (k, x) -> {
                    double magnitude = 1;
                    double t = 0;
                    for (int l = 0; l < x[0].length; l++) {
                        double product = Math.abs(x[0][l] * x[1][l] * x[2][l] * x[3][l]);
                        t += Math.sqrt(product / x[0].length);
                        magnitude *= Math.exp(2 * Math.sqrt(product / x[0].length));
                    }
                    // Σ_{|a|=n} Π tₗ^{2aₗ}/(aₗ!)² ≤ (Σ tₗ)^{2n}/n!² · d^n; the tail is below twice
                    // its first term.
                    double tail = 2;
                    for (int n = 1; n <= DEGREE + 1; n++) {
                        tail *= x[0].length * t * t / ((double) n * n);
                    }
                    return tail
                            + Tolerance.Rounding.gamma(8 * DEGREE + 60, 0x1p-53) * magnitude * 2;
                },
                "the features above degree 20, and the roundings of both series");
    }

    private static double[] positive(double[] x) {
        return Arrays.stream(x).map(Math::abs).toArray();
    }

    /// One coordinate: `I₀(2√s)` above 0, `J₀(2√-s)` below.
    @Override
    public Optional<Picture> picture(FourPoints k) {
        double[] t = Picture.steps(-3, 0.1, 63);
        return Optional.of(
                new Picture(
                        "K₄(t, 2, 2, 2): a Bessel function",
                        Picture.Axis.of("t"),
                        Picture.Axis.of("K₄"),
                        List.of(
                                Picture.Line.measured(
                                        "kernel of four points", t, at -> k.of(four(at))),
                                Picture.Line.bound(
                                        "features up to degree 20", t, at -> products(four(at))))));
    }

    private static double[][] four(double t) {
        return new double[][] {{t}, {2}, {2}, {2}};
    }

    private static double products(double[][] x) {
        double[][] phi = features(x);
        double sum = 0;
        for (int a = 0; a < phi[0].length; a++) {
            sum += phi[0][a] * phi[1][a] * phi[2][a] * phi[3][a];
        }
        return sum;
    }

    @Override
    public List<Mutant<FourPoints>> mutants() {
        return List.of(
                Mutant.of(
                        "a kernel of two points",
                        "folklore",
                        x -> Math.exp(Matrices.dot(x[0], x[1]) / Math.sqrt(x[0].length))),
                Mutant.of(
                        "not symmetric in its four points",
                        "the sign of one point lost: its order matters",
                        x -> new QuarticSpace().fourPoints(positive(x[0]), x[1], x[2], x[3])),
                Mutant.of(
                        "the third point taken twice",
                        "an index mixed up",
                        x -> new QuarticSpace().fourPoints(x[0], x[1], x[2], x[2])),
                Mutant.of(
                        "exponential of the fourfold product",
                        "n! for (n!)²",
                        x -> {
                            double s = 0;
                            for (int l = 0; l < x[0].length; l++) {
                                s += x[0][l] * x[1][l] * x[2][l] * x[3][l] / x[0].length;
                            }
                            return Math.exp(s);
                        }));
    }
}
