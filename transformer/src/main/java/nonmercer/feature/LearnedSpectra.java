package nonmercer.feature;

import nonmercer.array.DType;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Fastfood;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.Generator;
import nonmercer.spectral.SpectralLaw;

/// The six learned feature maps of Chowdhury et al. 2022, "On Learning the Transformer Kernel",
/// under their names: laws {GMM, Fastfood, generator} × features {RKS, PRF}, started as released.
///
/// RKS features have the constant feature 1, without which the normaliser can vanish. All kernels
/// are those of the paper without the factor 2 of the released GMM-RKS code.
///
/// @param heads how many heads have a law of their own, where laws differ by head (GMM)
/// @param dimension `d`, the coordinates of a head
/// @param frequencies `m`; an RKS map has `2m + 1` features, a PRF map `m`
public record LearnedSpectra(int heads, int dimension, int frequencies, DType dtype) {
    /// A Gaussian a head with full covariance, both signs of the mean; trigonometric. As released
    /// it starts with frequencies near zero.
    public RandomFeatures gmmRks(RandomStream stream) {
        return waves(Gaussian.trainedFull(heads, dimension, dtype, stream).paired());
    }

    /// A Gaussian a head with diagonal covariance; positive.
    ///
    /// In expectation its attention is softmax attention with a learned diagonal metric `S` and a
    /// bias for each key, `softmax_j(q'Sk + μ·k + k'Sk/2 − ‖k‖²)`: not a stationary kernel.
    public RandomFeatures gmmPrf(RandomStream stream) {
        return positive(Gaussian.trainedDiagonal(heads, dimension, dtype, stream));
    }

    /// Fastfood with trained diagonals; trigonometric.
    public RandomFeatures fastfoodRks(RandomStream stream) {
        return waves(Fastfood.trainedFromSmall(dimension, frequencies, dtype, stream));
    }

    /// Fastfood with trained diagonals; positive.
    public RandomFeatures fastfoodPrf(RandomStream stream) {
        return positive(Fastfood.trainedFromSmall(dimension, frequencies, dtype, stream));
    }

    /// A network from noise to frequencies, `d → 4d → d`; trigonometric.
    public RandomFeatures generativeRks(RandomStream stream) {
        return waves(Generator.create(stream, dtype, dimension, 4 * dimension, dimension));
    }

    /// A network from noise to frequencies, `d → 4d → d`; positive.
    public RandomFeatures generativePrf(RandomStream stream) {
        return positive(Generator.create(stream, dtype, dimension, 4 * dimension, dimension));
    }

    private RandomFeatures waves(SpectralLaw law) {
        return of(law, new Component.Trigonometric(Target.GAUSSIAN, 1));
    }

    private RandomFeatures positive(SpectralLaw law) {
        return of(law, new Component.Positive(Target.GAUSSIAN));
    }

    private RandomFeatures of(SpectralLaw law, Component component) {
        RandomFeatures f = new RandomFeatures(law, component, frequencies);
        return law instanceof Fastfood ? f.with(new Coupling.Fastfood()) : f;
    }
}
