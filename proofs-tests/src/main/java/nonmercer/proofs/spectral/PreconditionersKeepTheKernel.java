package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.Component;
import nonmercer.feature.Preconditioner;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.FeatureMap;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;

/// Centring and rescaling leave `exp(x·y)` as it is. Seen without noise: on the nodes of a
/// quadrature positive features give their kernel.
final class PreconditionersKeepTheKernel
        implements Claim<PreconditionersKeepTheKernel.Features, PreconditionersKeepTheKernel.Case> {
    private static final int NODES = 32;
    private static final int D = 2;

    /// Queries and keys.
    record Case(double[][] q, double[][] k) {}

    /// A map, fitted or not to queries and keys.
    interface Features {
        FeatureMap map(Case c);
    }

    @Override
    public String id() {
        return "P17a";
    }

    @Override
    public String statement() {
        return "for all queries and keys with means b and c: exp((q - b)·(k - c)) e^(c·q + b·k - b·c) = exp(q·k), and exp(Ψq·Ψ⁻¹k) = exp(q·k)";
    }

    @Override
    public Source source() {
        return Source.of(
                "Likhosherstov et al. 2023", "section 3, for Ψ; bilinearity, for the means");
    }

    @Override
    public String assumes() {
        return "positive diagonal Ψ; means over the keys and queries given";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Features>> subjects() {
        return Arrays.stream(Preconditioner.values())
                .map(p -> Subject.<Features>of(p.name(), c -> map(p)))
                .toList();
    }

    private static FeatureMap map(Preconditioner p) {
        return new RandomFeatures(
                        Gaussian.standard(D),
                        new Coupling.GaussHermite(NODES),
                        new Component.Positive(Target.SOFTMAX),
                        p,
                        Estimates.PLAIN,
                        NODES * NODES)
                .draw(RandomStream.of(1));
    }

    @Override
    public Cases<Case> cases(Features features) {
        return Cases.random(
                        40, GaussAt.drawn(r -> new Case(points(r, 0.5, 0.2), points(r, -0.3, 0.6))))
                .hitting(
                        "coordinates of different size",
                        0.9,
                        c -> Math.abs(c.q[0][0]) != Math.abs(c.k[0][0]));
    }

    private static double[][] points(Random r, double mean, double sd) {
        double[][] x = new double[6][D];
        for (double[] row : x) {
            Arrays.setAll(row, l -> mean * (l + 1) + sd * r.nextGaussian());
        }
        return x;
    }

    /// The greatest relative error.
    @Override
    public double statistic(Features features, Case c) {
        double[][] gram = Estimates.gram(features.map(c), c.q, c.k);
        double worst = 0;
        for (int i = 0; i < gram.length; i++) {
            for (int j = 0; j < gram[i].length; j++) {
                double exact = Math.exp(GaussAt.dot(c.q[i], c.k[j]));
                worst = Math.max(worst, Math.abs(gram[i][j] / exact - 1));
            }
        }
        return worst;
    }

    /// A quadrature of 32 nodes is exact up to degree 63 in each coordinate: of `exp(ω z)` it
    /// leaves `32! z⁶⁴/64!`, below 1e-20 for `|z| ≤ 5`.
    @Override
    public Tolerance<Features, Case> tolerance() {
        return Tolerance.rounding(
                (features, c) -> NODES * NODES + 400,
                (features, c) -> 8,
                "a sum of 1024 positive products, whose logarithms are below 100 and rounded four times");
    }

    @Override
    public List<Mutant<Features>> mutants() {
        return List.of(
                Mutant.of(
                        "Ψ for the queries only",
                        "Ψq, and k as it is",
                        c -> new Sides(x -> x.mul(psi(c)), x -> x)),
                Mutant.of(
                        "without the factor e^(b·k)",
                        "centred points, and nothing for it",
                        c -> new Sides(x -> x.sub(mean(c.q)), x -> x.sub(mean(c.k)))),
                Mutant.of(
                        "Ψ twice",
                        "Ψk for Ψ⁻¹k",
                        c -> new Sides(x -> x.mul(psi(c)), x -> x.mul(psi(c)))));
    }

    private static Tensor mean(double[]... rows) {
        double[] mean = new double[D];
        for (double[] row : rows) {
            Arrays.setAll(mean, l -> mean[l] + row[l] / rows.length);
        }
        return Tensor.vector(mean);
    }

    private static Tensor psi(Case c) {
        double[] psi = new double[D];
        Arrays.setAll(
                psi,
                l -> {
                    double q = Arrays.stream(c.q).mapToDouble(x -> x[l] * x[l]).sum();
                    double k = Arrays.stream(c.k).mapToDouble(x -> x[l] * x[l]).sum();
                    return Math.pow(k / q, 0.25);
                });
        return Tensor.vector(psi);
    }

    /// Queries and keys changed each in their own way.
    private record Sides(UnaryOperator<Tensor> query, UnaryOperator<Tensor> key)
            implements FeatureMap {
        @Override
        public int dimension(int d) {
            return NODES * NODES;
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return map(Preconditioner.NONE).queries(query.apply(q), pass);
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return map(Preconditioner.NONE).keys(key.apply(k), pass);
        }
    }
}
