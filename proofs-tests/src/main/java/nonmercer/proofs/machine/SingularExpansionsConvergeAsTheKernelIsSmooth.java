package nonmercer.proofs.machine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import nonmercer.array.Array;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Kernel;
import nonmercer.machine.KernelSvd;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Singular value expansions: uniform and super-exponential for exp(ts), only in the mean for a
/// step.
final class SingularExpansionsConvergeAsTheKernelIsSmooth
        implements Claim<SingularExpansionsConvergeAsTheKernelIsSmooth.Expansion, Integer> {
    private static final int GRID = 160;

    /// The expansion of a kernel with so many of its singular pairs, at the nodes.
    interface Expansion {
        double[][] of(IntFunction<KernelSvd> pairs, int terms);
    }

    @Override
    public String id() {
        return "L3";
    }

    @Override
    public String statement() {
        return "for n = 2, …, 10 terms on a grid of [-1, 1]²: the expansion of exp(ts) is off by at most 2 e/2ⁿ n! everywhere; that of the step 1 for t > s, else 0, by 1/(π√n) in the mean up to a tenth, but by at least 0.3 at the jump, whatever n";
    }

    @Override
    public Source source() {
        return Source.of(
                "Jeong & Townsend 2025",
                "expansions of continuous indefinite kernels; for the step, the singular values 2/((2l - 1)π/2) of integration");
    }

    @Override
    public String assumes() {
        return "a grid of [-1, 1]² stands for the square; the singular values of the grid's matrix, weighted, for those of the operator";
    }

    @Override
    public Cost cost() {
        return Cost.SECONDS;
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Expansion>> subjects() {
        return List.of(Subject.of("KernelSvd", (pairs, terms) -> sum(pairs.apply(terms))));
    }

    /// `e(x) v(y)`, summed over the pairs.
    private static double[][] sum(KernelSvd svd) {
        double[][] e = Matrices.rows(svd.queries(svd.x()));
        return Matrices.times(e, Matrices.transposed(Matrices.rows(svd.right())));
    }

    @Override
    public Cases<Integer> cases(Expansion expansion) {
        return Cases.all(2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    private static double at(int i) {
        return (2.0 * i + 1) / GRID - 1;
    }

    private static final Kernel EXP = new ExpDot(Coefficient.of(1));
    private static final Array LINE = line();
    private static final Kernel STEP = new Table(step());
    private static final Map<List<Object>, KernelSvd> KNOWN = new ConcurrentHashMap<>();
    private static final Array UNITS = Coordinates.identity(GRID);

    private static Array line() {
        double[][] t = new double[GRID][];
        for (int i = 0; i < GRID; i++) {
            t[i] = new double[] {at(i)};
        }
        return Array.matrix(t);
    }

    /// 1 for t > s, a half on the diagonal.
    private static Array step() {
        double[][] f = new double[GRID][GRID];
        for (int i = 0; i < GRID; i++) {
            for (int j = 0; j < GRID; j++) {
                f[i][j] = i > j ? 1 : i == j ? 0.5 : 0;
            }
        }
        return Array.matrix(f);
    }

    /// The largest error, and its root mean square.
    private static double[] errors(Expansion expansion, boolean step, int terms) {
        Kernel kernel = step ? STEP : EXP;
        Array nodes = step ? UNITS : LINE;
        double[][] f = Matrices.rows(kernel.gram(nodes, nodes));
        double[][] near =
                expansion.of(
                        n ->
                                KNOWN.computeIfAbsent(
                                        List.of(step, n),
                                        key -> KernelSvd.of(kernel, nodes, nodes, n)),
                        terms);
        double most = 0;
        double squares = 0;
        for (int i = 0; i < GRID; i++) {
            for (int j = 0; j < GRID; j++) {
                double e = Math.abs(f[i][j] - near[i][j]);
                most = Math.max(most, e);
                squares += e * e;
            }
        }
        return new double[] {most, Math.sqrt(squares) / GRID};
    }

    /// The root of what is left of `Σ σ²`, `σₗ = 2/((2l - 1)π)` in units of the side: `4/π² Σ_{l>n}
    /// 1/(2l - 1)² = 1/(π² n)` to first order.
    private static double mean(int n) {
        return 1 / (Math.PI * Math.sqrt(n));
    }

    /// `2 e/2ⁿ n!`.
    private static double remainder(int n) {
        double bound = 2 * Math.E;
        for (int i = 1; i <= n; i++) {
            bound /= 2 * i;
        }
        return bound;
    }

    @Override
    public double statistic(Expansion expansion, Integer n) {
        double[] smooth = errors(expansion, false, n);
        double[] step = errors(expansion, true, n);
        double uniform = smooth[0] / (remainder(n) + 1e-12);
        double rate = Math.abs(step[1] / mean(n) - 1) / 0.1;
        return Math.max(Math.max(uniform, rate), 0.3 / step[0]);
    }

    @Override
    public Tolerance<Expansion, Integer> tolerance() {
        return Tolerance.bound(
                (expansion, n) -> 1,
                "once each of the bounds: the singular values of exp(ts) after n fall below Chebyshev's remainder"
                        + " e/2ⁿ⁻¹ n!, twice which is left for the sup norm of the vectors; on 160 points the step's"
                        + " sum of squares ends at 160 terms, by less than a tenth of the root for n ≤ 10; beside the"
                        + " jump a sum of n smooth terms passes from near 0 to near 1");
    }

    @Override
    public Optional<Picture> picture(Expansion expansion) {
        double[] n = {2, 3, 4, 5, 6, 7, 8, 9, 10};
        double[] exp = new double[n.length];
        double[] step = new double[n.length];
        double[] jump = new double[n.length];
        double[] bound = new double[n.length];
        double[] half = new double[n.length];
        for (int i = 0; i < n.length; i++) {
            exp[i] = errors(expansion, false, (int) n[i])[0];
            double[] e = errors(expansion, true, (int) n[i]);
            step[i] = e[1];
            jump[i] = e[0];
            bound[i] = remainder((int) n[i]);
            half[i] = mean((int) n[i]);
        }
        return Optional.of(
                new Picture(
                        "Singular value expansions",
                        Picture.Axis.of("terms n"),
                        Picture.Axis.powers("error"),
                        List.of(
                                Picture.Line.measured("exp(ts)", n, exp),
                                Picture.Line.bound("2e/2ⁿ n!", n, bound),
                                Picture.Line.measured("step", n, step),
                                Picture.Line.bound("1/(π√n)", n, half),
                                Picture.Line.measured("its largest", n, jump))));
    }

    @Override
    public List<Mutant<Expansion>> mutants() {
        return List.of(
                Mutant.of(
                        "one term too few",
                        "off by one",
                        (pairs, terms) -> sum(pairs.apply(terms - 1))),
                Mutant.of(
                        "queries on the left singular vectors",
                        "U for V: symmetric habits, which exp(ts) forgives",
                        (pairs, terms) -> {
                            KernelSvd svd = pairs.apply(terms);
                            return Matrices.times(
                                    Matrices.rows(svd.keys(svd.x())),
                                    Matrices.transposed(Matrices.rows(svd.right())));
                        }),
                Mutant.of(
                        "every term of the grid",
                        "an expansion that was not cut",
                        (pairs, terms) -> sum(pairs.apply(GRID))));
    }
}
