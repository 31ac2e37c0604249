package nonmercer.proofs.kernel;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.kernel.ArcCosine;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Quadratic;
import nonmercer.kernel.Trait;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Tolerance;

/// The Gram matrix of `kʳ`, scaled to a unit diagonal: its entries are `(k(x, y)/√(k(x, x) k(y,
/// y)))ʳ`.
final class PowersOfInfinitelyDivisibleKernelAreDefinite
        implements KernelLaw<Candidate, PowersOfInfinitelyDivisibleKernelAreDefinite.Case> {
    /// Points and an exponent.
    record Case(double[][] x, double r) {}

    @Override
    public String id() {
        return "K16";
    }

    @Override
    public String statement() {
        return "for every kernel proved infinitely divisible, all r > 0 and all finite sets of points: no eigenvalue"
                + " of the Gram matrix of kʳ is negative";
    }

    @Override
    public Source source() {
        return Source.of(
                "Horn 1969, The theory of infinitely divisible matrices and kernels", "section 1");
    }

    @Override
    public String assumes() {
        return "the power kʳ is computed as exp(r ln k) of a positive value";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Candidate> subject(Candidate kernel) {
        return kernel.square() && kernel.kernel().traits().proved(Trait.INFINITELY_DIVISIBLE)
                ? Optional.of(kernel)
                : Optional.empty();
    }

    @Override
    public Cases<Case> cases(Candidate kernel) {
        return Cases.random(
                        80,
                        Combinators.combine(
                                        kernel.points(1, 20),
                                        Arbitraries.of(0.05, 0.3, 0.5, 1.5, 3.0))
                                .as(Case::new))
                .hitting("a root", 0.3, c -> c.r < 1)
                .hitting(
                        "d ≥ 2, n ≥ 8",
                        kernel.openShare(0.2),
                        c -> c.x[0].length >= 2 && c.x.length >= 8);
    }

    @Override
    public double statistic(Candidate kernel, Case c) {
        int n = c.x.length;
        double[][] gram = Pairs.gram(kernel.kernel(), c.x, c.x);
        double[][] power = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                power[i][j] = Math.pow(unit(gram, i, j), c.r);
            }
        }
        return -Spectrum.symmetric(power)[0];
    }

    private static double unit(double[][] gram, int i, int j) {
        double diagonal = Math.sqrt(gram[i][i]) * Math.sqrt(gram[j][j]);
        return diagonal > 0 ? (gram[i][j] + gram[j][i]) / 2 / diagonal : 0;
    }

    @Override
    public Tolerance<Candidate, Case> tolerance() {
        return Tolerance.bound(
                (k, c) -> {
                    int n = c.x.length;
                    double entries = 0;
                    for (double[] x : c.x) {
                        for (double[] y : c.x) {
                            double e = off(k.kernel(), x, y, c.r);
                            entries += e * e;
                        }
                    }
                    return Math.sqrt(entries) + Spectrum.rounding(n, n);
                },
                "the Frobenius norm of what the entries are off by (Weyl): with relative errors e of k and of the"
                        + " diagonal, and 8 roundings, (1 + e)ʳ - 1 times an entry of at most 1; and the backward"
                        + " error of the eigenvalue solver");
    }

    private static double off(Kernel kernel, double[] x, double[] y, double r) {
        double unit = Tolerance.Rounding.DOUBLE;
        Enclosure mixed = Enclosure.of(kernel, x, y, unit);
        Enclosure left = Enclosure.of(kernel, x, x, unit);
        Enclosure right = Enclosure.of(kernel, y, y, unit);
        double relative = 8 * unit + relative(mixed) + relative(left) + relative(right);
        double entry = mixed.value() / Math.sqrt(left.value() * right.value());
        // An entry that is lost in rounding altogether is off by what it may be.
        return Double.isNaN(relative) || Double.isInfinite(relative) || relative > 0.5
                ? 1
                : Math.min(1, Math.pow(entry, r)) * Math.expm1(2 * r * relative + 8 * unit);
    }

    private static double relative(Enclosure e) {
        return e.error() / Math.abs(e.value());
    }

    /// 10 points.
    @Override
    public Optional<Picture> picture(Candidate kernel) {
        int d = kernel.widths().map(Candidate.Widths::queries).orElse(2);
        double[][] x = Points.spread(10, Math.min(d, 8), 2);
        double[] r = Picture.steps(0.05, 3, 60);
        return Optional.of(
                new Picture(
                        "Least eigenvalue of kʳ with a unit diagonal, 10 points",
                        Picture.Axis.of("power r"),
                        Picture.Axis.of("least eigenvalue"),
                        List.of(
                                Picture.Line.measured(
                                        "least eigenvalue",
                                        r,
                                        at -> -statistic(kernel, new Case(x, at))),
                                Picture.Line.bound("0", r, at -> 0))));
    }

    @Override
    public List<Mutant<Candidate>> mutants() {
        return List.of(
                Mutant.of(
                        "a quadratic kernel said to be infinitely divisible",
                        "folklore",
                        claiming(new Quadratic())),
                Mutant.of(
                        "a positive definite kernel with zeros said to be infinitely divisible",
                        "folklore",
                        claiming(new ArcCosine(0))));
    }

    private static Candidate claiming(Kernel kernel) {
        return Candidate.of(kernel.name(), kernel, List.of());
    }
}
