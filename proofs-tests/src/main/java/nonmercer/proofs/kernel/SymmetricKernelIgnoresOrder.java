package nonmercer.proofs.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Trait;
import nonmercer.kernel.Traits;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

final class SymmetricKernelIgnoresOrder implements KernelLaw<Candidate, double[][]> {
    @Override
    public String id() {
        return "K8";
    }

    @Override
    public String statement() {
        return "for every kernel proved symmetric and all x, y: k(x, y) = k(y, x)";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "definition of symmetry");
    }

    @Override
    public String assumes() {
        return "the evidence says that the kernel is symmetric by proof";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Candidate> subject(Candidate kernel) {
        return kernel.square() && kernel.kernel().traits().proved(Trait.SYMMETRIC)
                ? Optional.of(kernel)
                : Optional.empty();
    }

    @Override
    public Cases<double[][]> cases(Candidate kernel) {
        return Cases.random(200, kernel.points(2, 2))
                .hitting("two points", 0.5, x -> !Arrays.equals(x[0], x[1]));
    }

    @Override
    public double statistic(Candidate kernel, double[][] x) {
        return Math.abs(kernel.kernel().at(x[0], x[1]) - kernel.kernel().at(x[1], x[0]));
    }

    @Override
    public Tolerance<Candidate, double[][]> tolerance() {
        return Tolerance.bound(
                (k, x) -> rounding(k.kernel(), x[0], x[1]) + rounding(k.kernel(), x[1], x[0]),
                "the roundings of the formula in float64, once for each order");
    }

    private static double rounding(Kernel kernel, double[] x, double[] y) {
        return Enclosure.of(kernel, x, y, Tolerance.Rounding.DOUBLE).error();
    }

    @Override
    public List<Mutant<Candidate>> mutants() {
        ExpDot dot = new ExpDot();
        Traits symmetric = Traits.none().proved(Trait.SYMMETRIC, "claimed");
        return List.of(
                Mutant.of(
                        "untied maps of queries and keys, said to be symmetric",
                        "folklore",
                        Made.of("untied", dot, symmetric, (q, k) -> dot.at(q, turned(k)))
                                .candidate()),
                Mutant.of(
                        "divided by the size of the key",
                        "normalised on one side only, and said to be symmetric",
                        Made.of("one-sided", dot, symmetric, (q, k) -> dot.at(q, k) / dot.at(k, k))
                                .candidate()));
    }

    /// The first coordinate doubled.
    private static double[] turned(double[] x) {
        double[] y = x.clone();
        y[0] = 2 * y[0] + 1;
        return y;
    }
}
