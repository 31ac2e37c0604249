package nonmercer.feature;

import java.util.Optional;
import java.util.OptionalDouble;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.FeatureMap;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Fastfood;
import nonmercer.spectral.Frequencies;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.Noise;
import nonmercer.spectral.SpectralLaw;

/// Random features: a law of frequencies × a coupling of their noise × what a feature makes of a
/// frequency × a preconditioner. Queries and keys are scaled first: `x = √c q`, `y = √c k`.
///
/// This is the recipe; [#draw] makes a [FeatureMap] of it. From the recipe follow the expected
/// kernel, the variance of an estimate, its range, whether attention's normaliser can vanish, and
/// how sharp attention can be: [#expected], [#variance], [#sharpnessCap], [#describe].
///
/// @param scale `c`; `1/√d` gives the scale of the Transformer
/// @param frequencies `m`
public record RandomFeatures(
        SpectralLaw law,
        Coupling coupling,
        Component component,
        Preconditioner preconditioner,
        Coefficient scale,
        int frequencies) {
    /// Refuses what does not go together.
    public RandomFeatures {
        if (frequencies < 1) {
            throw new IllegalArgumentException(
                    "a random feature map has at least one frequency, got " + frequencies);
        }
        boolean softmax = component.target() == Target.SOFTMAX && standard(law);
        if (preconditioner != Preconditioner.NONE && !softmax) {
            throw new IllegalArgumentException(
                    "the preconditioner "
                            + preconditioner
                            + " keeps exp(x·y) as it is, not the kernel of "
                            + law.formula()
                            + " with target "
                            + component.target()
                            + "; use N(0, I) and the target SOFTMAX, or no preconditioner");
        }
        if (component instanceof Component.OptimalPositive && !standard(law)) {
            throw new IllegalArgumentException(
                    "optimal positive features need ω ~ N(0, I), got " + law.formula());
        }
    }

    /// These features of a law, independent and as they are, at the Transformer's scale.
    public RandomFeatures(SpectralLaw law, Component component, int frequencies) {
        this(
                law,
                law instanceof Fastfood ? new Coupling.Fastfood() : new Coupling.Independent(),
                component,
                Preconditioner.NONE,
                Coefficient.inverseRootDimension(),
                frequencies);
    }

    /// Random Fourier features of the Gaussian kernel (Rahimi & Recht 2007), with a constant
    /// feature 1 that keeps attention's normaliser from turning negative.
    public static RandomFeatures fourier(int d, int m) {
        return new RandomFeatures(
                Gaussian.standard(d), new Component.Trigonometric(Target.GAUSSIAN, 1), m);
    }

    /// FAVOR+: positive features of the softmax kernel at orthogonal frequencies (Choromanski et
    /// al. 2021).
    public static RandomFeatures favorPlus(int d, int m) {
        return new RandomFeatures(Gaussian.standard(d), new Component.Positive(Target.SOFTMAX), m)
                .with(new Coupling.Orthogonal());
    }

    /// FAVOR++: optimal positive features at orthogonal frequencies (Likhosherstov et al. 2022).
    public static RandomFeatures favorPlusPlus(int d, int m) {
        return new RandomFeatures(Gaussian.standard(d), new Component.OptimalPositive(), m)
                .with(new Coupling.Orthogonal());
    }

    /// These features with another coupling.
    public RandomFeatures with(Coupling other) {
        return new RandomFeatures(law, other, component, preconditioner, scale, frequencies);
    }

    /// These features with another preconditioner.
    public RandomFeatures with(Preconditioner other) {
        return new RandomFeatures(law, coupling, component, other, scale, frequencies);
    }

    /// These features at another scale.
    public RandomFeatures with(Coefficient other) {
        return new RandomFeatures(law, coupling, component, preconditioner, other, frequencies);
    }

    /// The recipe of a map that was drawn of one.
    public static Optional<RandomFeatures> of(FeatureMap map) {
        return switch (map) {
            case Drawn d -> Optional.of(d.features());
            case DrawnPositive d -> Optional.of(d.features());
            case Untrained u -> of(u.map());
            default -> Optional.empty();
        };
    }

    /// Whether each frequency is `N(0, I)`, for all heads and for ever.
    static boolean standard(SpectralLaw law) {
        return law instanceof Gaussian g && g.isStandard()
                || law instanceof Fastfood f && f.parameters().isEmpty() && f.s().isEmpty();
    }

    /// The number of features.
    public int dimension() {
        return component.features(frequencies);
    }

    /// The map with the noise of this stream, for ever. The same stream gives the same map.
    public FeatureMap draw(RandomStream stream) {
        return draw(stream, NoisePolicy.FROZEN);
    }

    /// The map with the noise of this stream, and in training the noise that the policy asks for.
    public FeatureMap draw(RandomStream stream, NoisePolicy policy) {
        Noise noise = law.noise(coupling, frequencies, stream);
        String name = "features/" + Long.toHexString(stream.at("name").nextLong());
        return component.positive()
                ? new DrawnPositive(this, noise, policy, name)
                : new Drawn(this, noise, policy, name);
    }

    /// The frequencies for one pass.
    Frequencies frequencies(Noise frozen, NoisePolicy policy, String name, DType dtype, Pass pass) {
        Optional<RandomStream> fresh =
                switch (policy) {
                    case FROZEN -> Optional.empty();
                    case PER_STEP -> pass.step();
                    case PER_EPOCH -> pass.epoch();
                };
        Noise noise =
                fresh.isPresent() ? law.noise(coupling, frequencies, fresh.get().at(name)) : frozen;
        return law.frequencies(noise, dtype, pass);
    }

    /// Whether the map needs all queries and keys before it can say a feature of one.
    boolean fitsData() {
        return preconditioner != Preconditioner.NONE
                || component instanceof Component.OptimalPositive o && o.adaptive();
    }

    /// Why attention's normaliser can vanish or change its sign; empty if it is positive.
    public Optional<String> normaliserRisk() {
        if (!(component instanceof Component.Trigonometric t)) {
            return Optional.empty();
        }
        if (t.target() == Target.SOFTMAX) {
            return Optional.of(
                    "trigonometric features of the softmax kernel can be negative without bound; use"
                            + " positive features");
        }
        double c = t.constant() * t.constant();
        return c >= 1
                ? Optional.empty()
                : Optional.of(
                        "an estimate by trigonometric features lies in ["
                                + (c - 1)
                                + ", "
                                + (c + 1)
                                + "]; a constant feature of at least 1 keeps it from being"
                                + " negative");
    }

    /// `E ⟨φ(q), φ(k)⟩` for a head, where the law's transform is known.
    public OptionalDouble expected(int head, double[] q, double[] k) {
        return Moments.of(this, head, q, k).expected();
    }

    /// `Var ⟨φ(q), φ(k)⟩` for a head, where a formula is known; 0 where nothing is random.
    public OptionalDouble variance(int head, double[] q, double[] k) {
        return Moments.of(this, head, q, k).variance();
    }

    /// `Var ⟨φ(q), φ(k)⟩ / (E ⟨φ(q), φ(k)⟩)²`.
    public OptionalDouble relativeVariance(int head, double[] q, double[] k) {
        return Moments.of(this, head, q, k).relativeVariance();
    }

    /// Where estimates lie: `{least, greatest}`.
    public double[] range() {
        if (component instanceof Component.Trigonometric t) {
            double c = t.constant() * t.constant();
            return t.target() == Target.GAUSSIAN
                    ? new double[] {c - 1, c + 1}
                    : new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
        }
        return new double[] {0, Double.POSITIVE_INFINITY};
    }

    /// The largest weight that attention with these features can give to one of `keys` keys, where
    /// the estimates of the others are not below `least` (0 if the kernel is nowhere negative and
    /// well resolved, −1 without any assumption); 1 if nothing caps it.
    ///
    /// For trigonometric features with a constant `c = s²`: `(1 + c)/((1 + c) + (keys − 1)(least +
    /// c))`, about `(1 + c)/(c · keys)`.
    public double sharpnessCap(int keys, double least) {
        if (!(component instanceof Component.Trigonometric t) || t.target() == Target.SOFTMAX) {
            return 1;
        }
        double c = t.constant() * t.constant();
        double others = (keys - 1) * (least + c);
        return others <= 0 ? 1 : (1 + c) / (1 + c + others);
    }

    /// What is derived of these features, in lines.
    public String describe() {
        return Description.of(this);
    }
}
