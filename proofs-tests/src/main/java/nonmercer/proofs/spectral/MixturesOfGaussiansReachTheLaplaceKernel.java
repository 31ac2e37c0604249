package nonmercer.proofs.spectral;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import nonmercer.autodiff.Tensor;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.Mixture;
import nonmercer.spectral.SpectralLaw;

/// Why a mixture of Gaussian laws is enough: the sup error of kernels is at most the distance of
/// laws, and `e^-|t|`, whose law is Cauchy's, is reached by Gaussians at the quantiles of their
/// precision, which is chi-squared with one degree of freedom. One Gaussian a head, as released, is
/// no mixture.
final class MixturesOfGaussiansReachTheLaplaceKernel
        implements Claim<MixturesOfGaussiansReachTheLaplaceKernel.Family, Integer> {
    /// The sup errors for `C = 2, 4, …, 32`, to six places: they halve.
    private static final double[] ERRORS = {0.084926, 0.042419, 0.021199, 0.010597, 0.005298};

    /// A law of `C` components, by its transform; and its density, if it is a law at all.
    interface Family {
        DoubleUnaryOperator transform(int components);

        /// The density at frequencies.
        default Optional<DoubleUnaryOperator> density(int components) {
            return Optional.empty();
        }
    }

    @Override
    public String id() {
        return "P12";
    }

    @Override
    public String statement() {
        return "for C = 2, 4, 8, 16, 32 equally weighted Gaussians with the precisions at the quantiles (c - ½)/C of χ²₁: sup |e^-|t| - k_C(t)| is 0.084926, 0.042419, 0.021199, 0.010597, 0.005298, and at most ‖ρ - ρ_C‖₁";
    }

    @Override
    public Source source() {
        return Source.of(
                "Chowdhury et al. 2022", "universality of Gaussian mixtures; Wilson & Adams 2013");
    }

    @Override
    public String assumes() {
        return "one coordinate; equal weights";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Family>> subjects() {
        return List.of(Subject.of("Mixture", new Gaussians()));
    }

    private record Gaussians() implements Family {
        @Override
        public DoubleUnaryOperator transform(int components) {
            Mixture law = mixture(components);
            return t -> law.characteristic(0, t).orElseThrow();
        }

        @Override
        public Optional<DoubleUnaryOperator> density(int components) {
            double[] all = precisions(components);
            return Optional.of(w -> {
                double sum = 0;
                for (double tau : all) {
                    sum += Math.sqrt(tau / (2 * Math.PI)) * Math.exp(-tau * w * w / 2);
                }
                return sum / components;
            });
        }
    }

    private static Mixture mixture(int components) {
        List<SpectralLaw> laws = new ArrayList<>();
        double[] weights = new double[components];
        for (double tau : precisions(components)) {
            laws.add(Gaussian.isotropic(1, 1 / Math.sqrt(tau)));
        }
        Arrays.fill(weights, 1);
        return Mixture.of(laws, weights);
    }

    /// The quantiles `(c - ½)/C` of χ²₁: squares of normal ones.
    private static double[] precisions(int components) {
        double[] tau = new double[components];
        for (int c = 0; c < components; c++) {
            double p = (c + 0.5) / components;
            double low = 0;
            double high = 10;
            for (int i = 0; i < 80; i++) {
                double mid = (low + high) / 2;
                double inside = Tensor.vector(mid / Math.sqrt(2)).erf().value().at(0);
                low = inside < p ? mid : low;
                high = inside < p ? high : mid;
            }
            tau[c] = low * low;
        }
        return tau;
    }

    @Override
    public Cases<Integer> cases(Family family) {
        return Cases.all(2, 4, 8, 16, 32);
    }

    /// How far the sup error is from its value; infinite where it exceeds the distance of laws.
    @Override
    public double statistic(Family family, Integer components) {
        DoubleUnaryOperator k = family.transform(components);
        double sup = 0;
        double at = 0;
        for (int i = 0; i <= 1000; i++) {
            double t = 40 * Math.pow(i / 1000.0, 3);
            double e = Math.abs(Math.exp(-t) - k.applyAsDouble(t));
            at = e > sup ? t : at;
            sup = Math.max(sup, e);
        }
        double step = 0.05 * Math.cbrt(at * at);
        for (int i = -200; i <= 200; i++) {
            double t = Math.max(0, at + step * i / 200);
            sup = Math.max(sup, Math.abs(Math.exp(-t) - k.applyAsDouble(t)));
        }
        boolean apart = family.density(components).map(f -> distance(f)).orElse(2.0) < sup;
        int index = Integer.numberOfTrailingZeros(components) - 1;
        return apart ? Double.POSITIVE_INFINITY : Math.abs(sup - ERRORS[index]);
    }

    /// `‖ρ - ρ_C‖₁` by the midpoint rule in the angle of Cauchy's law.
    private static double distance(DoubleUnaryOperator density) {
        int n = 4000;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double w = Math.tan(Math.PI / 2 * (i + 0.5) / n);
            double cauchy = 1 / (Math.PI * (1 + w * w));
            sum += Math.abs(1 - density.applyAsDouble(w) / cauchy) / n;
        }
        return sum;
    }

    @Override
    public Tolerance<Family, Integer> tolerance() {
        return Tolerance.truncation(
                (family, c) -> 6e-7,
                "half of the sixth place of the printed error, and 1e-7 for the grid: 2nd differences of the error are below 1, at a spacing below 5e-4 near its greatest value");
    }

    @Override
    public Optional<Picture> picture(Family family) {
        double[] t = new double[200];
        Arrays.setAll(t, i -> 0.02 * i);
        List<Picture.Line> lines = new ArrayList<>();
        lines.add(
                Picture.Line.bound("e^-|t|", t, Arrays.stream(t).map(x -> Math.exp(-x)).toArray()));
        for (int c : new int[] {2, 4, 8}) {
            DoubleUnaryOperator k = family.transform(c);
            lines.add(Picture.Line.measured("C = " + c, t, Arrays.stream(t).map(k).toArray()));
        }
        return Optional.of(
                new Picture(
                        "the kernel of C Gaussians",
                        Picture.Axis.of("t"),
                        Picture.Axis.of("k"),
                        lines));
    }

    @Override
    public List<Mutant<Family>> mutants() {
        return List.of(
                Mutant.of(
                        "weights that do not sum to 1",
                        "1/(C - 1) for 1/C",
                        c -> {
                            DoubleUnaryOperator k = new Gaussians().transform(c);
                            return t -> k.applyAsDouble(t) * c / (c - 1);
                        }),
                Mutant.of(
                        "precisions for standard deviations",
                        "sd = τ for sd = τ^-½",
                        c -> {
                            double[] all = precisions(c);
                            return t ->
                                    Arrays.stream(all)
                                            .map(tau -> Math.exp(-tau * tau * t * t / 2) / c)
                                            .sum();
                        }),
                Mutant.of(
                        "one Gaussian, whatever C",
                        "cs1160701/OnLearningTheKernel, GMM-RKS: the mixture is over the heads only",
                        c -> new Gaussians().transform(1)));
    }
}
