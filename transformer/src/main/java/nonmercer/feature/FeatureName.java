package nonmercer.feature;

import java.util.Optional;
import nonmercer.array.DType;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.EluPlusOne;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.ReLU;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;

/// The feature maps that have a name, as expressions and commands know them.
public enum FeatureName {
    /// A learned Gaussian a head with full covariance; cosines and sines (Chowdhury et al. 2022).
    GMM_RKS("gmm-rks"),
    /// A learned Gaussian a head with diagonal covariance; positive (Chowdhury et al. 2022).
    GMM_PRF("gmm-prf"),
    /// Fastfood with learned diagonals; cosines and sines (Chowdhury et al. 2022).
    FASTFOOD_RKS("fastfood-rks"),
    /// Fastfood with learned diagonals; positive (Chowdhury et al. 2022).
    FASTFOOD_PRF("fastfood-prf"),
    /// A network from noise to frequencies; cosines and sines (Chowdhury et al. 2022).
    GENERATIVE_RKS("generative-rks"),
    /// A network from noise to frequencies; positive (Chowdhury et al. 2022).
    GENERATIVE_PRF("generative-prf"),
    /// Random Fourier features of the Gaussian kernel and a constant (Rahimi & Recht 2007).
    RFF("rff"),
    /// Positive features of the softmax kernel at independent frequencies.
    PRF("prf"),
    /// The same at orthogonal frequencies (Choromanski et al. 2021).
    FAVOR_PLUS("favor+"),
    /// Optimal positive features at orthogonal frequencies (Likhosherstov et al. 2022), with the
    /// `A` that is best for queries and keys of variance 1: it does not depend on the data, so it
    /// goes with every mask.
    FAVOR_PLUS_PLUS("favor++"),
    /// Pairs `e^±ω·x` of the softmax kernel at frequencies in simplices (Reid et al. 2023).
    SIMPLEX("simplex"),
    /// `φ(x) = elu(x) + 1`, as many as coordinates (Katharopoulos et al. 2020).
    ELU_PLUS_ONE("elu+1"),
    /// `φ(x) = max(x, 0)`, as many as coordinates.
    RELU("relu"),
    /// Softmax of a learned matrix and its negative (Zhang et al. 2024).
    HEDGEHOG("hedgehog");

    private final String text;

    FeatureName(String text) {
        this.text = text;
    }

    /// As it is written in expressions.
    public String text() {
        return text;
    }

    /// For how many heads of `d` coordinates, and at most how many features.
    record Size(int heads, int d, int count, DType dtype) {
        /// Frequencies with two features each, and one feature beside them.
        int pairs() {
            return Math.max(1, (count - 1) / 2);
        }

        /// So many frequencies as whole blocks of Fastfood, at least one.
        int whole(int frequencies) {
            int block = Math.max(1, Integer.highestOneBit(2 * d - 1));
            return Math.max(1, frequencies / block) * block;
        }

        LearnedSpectra spectra(int frequencies) {
            return new LearnedSpectra(heads, d, frequencies, dtype);
        }
    }

    /// The kernel that these features are of; empty where it is learned.
    public Optional<Kernel> kernel() {
        return switch (this) {
            case PRF, FAVOR_PLUS, FAVOR_PLUS_PLUS, SIMPLEX -> Optional.of(new ExpDot());
            case RFF -> Optional.of(new Gauss());
            case ELU_PLUS_ONE -> Optional.of(new EluPlusOne());
            case RELU -> Optional.of(new ReLU());
            default -> Optional.empty();
        };
    }

    /// Whether these are the kernel's own features, with no error.
    public boolean exact() {
        return this == ELU_PLUS_ONE || this == RELU;
    }

    FeatureMap draw(Size size, NoisePolicy policy, RandomStream stream) {
        return switch (this) {
            case ELU_PLUS_ONE -> new EluPlusOne().features();
            case RELU -> new ReLU().features();
            case HEDGEHOG ->
                    Hedgehog.create(
                            size.heads(),
                            size.d(),
                            Math.max(2, size.count() / 2 * 2),
                            size.dtype());
            default -> features(size, stream).draw(stream.at("noise"), policy);
        };
    }

    /// The recipe of the random ones among them.
    private RandomFeatures features(Size size, RandomStream stream) {
        int d = size.d();
        int m = size.count();
        return switch (this) {
            // Both signs of a frequency: an even number of them.
            case GMM_RKS -> size.spectra(Math.max(2, size.pairs() / 2 * 2)).gmmRks(stream);
            case GMM_PRF -> size.spectra(m).gmmPrf(stream);
            case FASTFOOD_RKS -> size.spectra(size.whole(size.pairs())).fastfoodRks(stream);
            case FASTFOOD_PRF -> size.spectra(size.whole(m)).fastfoodPrf(stream);
            case GENERATIVE_RKS -> size.spectra(size.pairs()).generativeRks(stream);
            case GENERATIVE_PRF -> size.spectra(m).generativePrf(stream);
            // exp(−c ‖q − k‖²), c = 1/√d, is exp(−‖x − y‖²/2) at x = √(2c) q.
            case RFF ->
                    RandomFeatures.fourier(d, size.pairs()).with(Coefficient.of(2 / Math.sqrt(d)));
            case PRF ->
                    new RandomFeatures(
                            Gaussian.standard(d), new Component.Positive(Target.SOFTMAX), m);
            case FAVOR_PLUS -> RandomFeatures.favorPlus(d, m);
            case FAVOR_PLUS_PLUS ->
                    new RandomFeatures(Gaussian.standard(d), optimal(d), m)
                            .with(new Coupling.Orthogonal());
            case SIMPLEX ->
                    new RandomFeatures(
                                    Gaussian.standard(d),
                                    new Component.Hyperbolic(Target.SOFTMAX),
                                    Math.max(1, m / 2))
                            .with(new Coupling.Simplex());
            default -> throw new IllegalStateException(text + " features are not random");
        };
    }

    /// The best `A` at `E ‖x + y‖² = 2√d`, that of independent coordinates of variance 1.
    private static Component optimal(int d) {
        return new Component.OptimalPositive(Component.OptimalPositive.best(d, 2 * Math.sqrt(d)));
    }
}
