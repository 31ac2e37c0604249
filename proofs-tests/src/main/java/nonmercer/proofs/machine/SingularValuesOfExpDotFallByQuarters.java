package nonmercer.proofs.machine;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nonmercer.array.Array;
import nonmercer.kernel.Cauchy;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// The rate at which the singular values of the exponential kernel fall on an interval.
final class SingularValuesOfExpDotFallByQuarters implements Claim<Kernel, Integer> {
    private static final int NODES = 32;
    private static final double[] RATIOS = {
        .3341, .2519, .2567, .2538, .2525, .2517, .2513, .2510, .2508
    };

    @Override
    public String id() {
        return "C5b";
    }

    @Override
    public String statement() {
        return "for the singular values σ₀ > σ₁ > … of exp(xy) on [-1, 1]²: (k+1) σ_{k+1}/σ_k is .3341, .2519, .2567, .2538, .2525, .2517, .2513, .2510, .2508 for k = 0, …, 8, and so within .002 of its limit 1/4 from k = 5 on";
    }

    @Override
    public Source source() {
        return Source.of(
                "Slepian 1983; here by Gauss and Legendre's rule",
                "the operator is that of the prolate functions with an imaginary bandwidth: σ_k ~ C 4⁻ᵏ/k!");
    }

    @Override
    public String assumes() {
        return "32 nodes of Gauss and Legendre, exact for polynomials of degree 63, stand for the integral operator";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Kernel>> subjects() {
        return List.of(Subject.of("ExpDot", new ExpDot(Coefficient.of(1))));
    }

    @Override
    public Cases<Integer> cases(Kernel kernel) {
        return Cases.all(IntStream.range(0, RATIOS.length).boxed().toList());
    }

    /// How far a ratio is from its value, over 10⁻⁴, or from 1/4, over .002.
    @Override
    public double statistic(Kernel kernel, Integer k) {
        double[] sigma = singular(kernel);
        double ratio = (k + 1) * sigma[k + 1] / sigma[k];
        double off = Math.abs(ratio - RATIOS[k]) / 1e-4;
        return k < 5 ? off : Math.max(off, Math.abs(ratio - 0.25) / 0.002);
    }

    /// The singular values of the kernel on `[-1, 1]²`.
    private static double[] singular(Kernel kernel) {
        double[][] rule = rule();
        double[][] x = Matrices.transposed(new double[][] {rule[0]});
        double[][] gram = Matrices.rows(kernel.gram(Array.matrix(x), Array.matrix(x)));
        for (int i = 0; i < NODES; i++) {
            for (int j = 0; j < NODES; j++) {
                gram[i][j] *= Math.sqrt(rule[1][i] * rule[1][j]);
            }
        }
        return Spectrum.singular(gram);
    }

    /// Gauss and Legendre's nodes on `[-1, 1]` and their weights: Newton's steps to the roots of
    /// the polynomial, by its recurrence.
    private static double[][] rule() {
        double[][] rule = new double[2][NODES];
        for (int i = 0; i < NODES; i++) {
            double x = Math.cos(Math.PI * (i + 0.75) / (NODES + 0.5));
            double slope = 1;
            for (int step = 0; step < 20; step++) {
                double before = 1;
                double p = x;
                for (int n = 2; n <= NODES; n++) {
                    double next = ((2 * n - 1) * x * p - (n - 1) * before) / n;
                    before = p;
                    p = next;
                }
                slope = NODES * (x * p - before) / (x * x - 1);
                x -= p / slope;
            }
            rule[0][i] = x;
            rule[1][i] = 2 / ((1 - x * x) * slope * slope);
        }
        return rule;
    }

    @Override
    public Tolerance<Kernel, Integer> tolerance() {
        return Tolerance.bound(
                (kernel, k) -> 1,
                "half a unit of the fourth decimal, and as much for what rounding, 10⁻¹⁵ σ₀, does to σ₉ = 2·10⁻¹¹ σ₀; the rule is"
                        + " exact for polynomials of degree 63");
    }

    @Override
    public Optional<Picture> picture(Kernel kernel) {
        double[] sigma = singular(kernel);
        double[] k = new double[RATIOS.length];
        double[] ratio = new double[RATIOS.length];
        double[] quarter = new double[RATIOS.length];
        for (int i = 0; i < k.length; i++) {
            k[i] = i;
            ratio[i] = (i + 1) * sigma[i + 1] / sigma[i];
            quarter[i] = 0.25;
        }
        return Optional.of(
                new Picture(
                        "How much smaller the next singular value is",
                        Picture.Axis.of("k"),
                        Picture.Axis.of("(k + 1) times the ratio of two"),
                        List.of(
                                Picture.Line.measured("ratio", k, ratio),
                                Picture.Line.bound("1/4", k, quarter))));
    }

    @Override
    public List<Mutant<Kernel>> mutants() {
        return List.of(
                Mutant.of(
                        "exp(-(x - y)²)",
                        "a kernel that is no exp(xy)",
                        new Gauss(Coefficient.of(1))),
                Mutant.of(
                        "exp(xy/√2)",
                        "the scale of another head dimension",
                        new ExpDot(Coefficient.of(Math.sqrt(0.5)))),
                Mutant.of("1/(1 + (x - y)²)", "a kernel of geometric decay", new Cauchy()));
    }
}
