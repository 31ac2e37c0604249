package nonmercer.proofs.spectral;

import java.util.List;
import java.util.Optional;
import nonmercer.feature.Component;
import nonmercer.feature.Preconditioner;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.FeatureMap;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;

/// The scale of the features, to the last bits: no average over frequencies resolves `m` from `m -
/// 1`.
final class PositiveFeaturesOfZeroHaveDotOne
        implements Claim<PositiveFeaturesOfZeroHaveDotOne.Features, Integer> {
    private static final int D = 3;

    /// A map with `m` frequencies in 3 coordinates.
    interface Features {
        FeatureMap map(int m);
    }

    @Override
    public String id() {
        return "P3b";
    }

    @Override
    public String statement() {
        return "for every number and draw of frequencies: ⟨φ(0), φ(0)⟩ = 1";
    }

    @Override
    public Source source() {
        return Source.of("Choromanski et al. 2021", "equation 5: exp(ω·0) = 1");
    }

    @Override
    public String assumes() {
        return "nothing of the law: any frequencies";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Features>> subjects() {
        return List.of(
                Subject.of("positive", m -> features(new Component.Positive(Target.GAUSSIAN), m)),
                Subject.of("FAVOR+", m -> features(new Component.Positive(Target.SOFTMAX), m)),
                Subject.of(
                        "hyperbolic", m -> features(new Component.Hyperbolic(Target.GAUSSIAN), m)),
                Subject.of(
                        "trigonometric",
                        m -> features(new Component.Trigonometric(Target.GAUSSIAN, 0), m)));
    }

    private static FeatureMap features(Component component, int m) {
        return new RandomFeatures(
                        Gaussian.standard(D),
                        new Coupling.Orthogonal(),
                        component,
                        Preconditioner.NONE,
                        Estimates.PLAIN,
                        m)
                .draw(RandomStream.of(m));
    }

    @Override
    public Cases<Integer> cases(Features features) {
        return Cases.random(40, GaussAt.drawn(r -> 2 + r.nextInt(399)))
                .hitting("m ≥ 100", 0.3, m -> m >= 100);
    }

    @Override
    public double statistic(Features features, Integer m) {
        double[] origin = new double[D];
        return Math.abs(GaussAt.estimate(features.map(m), origin, origin) - 1);
    }

    @Override
    public Tolerance<Features, Integer> tolerance() {
        return Tolerance.rounding(
                (features, m) -> 2 * m + 2 * Math.log(m) + 8,
                (features, m) -> 1,
                "a sum of m or 2m products, and e^(-ln(m)/2), whose exponent is rounded, twice");
    }

    @Override
    public Optional<Picture> picture(Features features) {
        double[] m = {2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64};
        double[] origin = new double[D];
        double least = Tolerance.Rounding.DOUBLE / 2;
        return Optional.of(
                new Picture(
                        "features of zero: how far ⟨φ(0), φ(0)⟩ is from 1",
                        Picture.Axis.powers("frequencies"),
                        Picture.Axis.powers("distance"),
                        List.of(
                                Curves.measured(
                                        "of the code, 2⁻⁵⁴ for 0",
                                        m,
                                        n ->
                                                Math.abs(
                                                                GaussAt.estimate(
                                                                                features.map(
                                                                                        (int) n),
                                                                                origin,
                                                                                origin)
                                                                        - 1)
                                                        + least),
                                Curves.bound(
                                        "the bound",
                                        m,
                                        n -> tolerance().bound(features, (int) n)))));
    }

    @Override
    public List<Mutant<Features>> mutants() {
        return List.of(
                Mutant.of(
                        "divided by √(m - 1)",
                        "cs1160701/OnLearningTheKernel, Generative-PRF: n_dims - 1",
                        m ->
                                new Estimates.Changed(
                                        features(new Component.Positive(Target.GAUSSIAN), m),
                                        x -> x.scale(Math.sqrt(m / (m - 1.0))))),
                Mutant.of(
                        "an ε a feature",
                        "Performer, kernel_epsilon = 1e-4",
                        m ->
                                new Estimates.Changed(
                                        features(new Component.Positive(Target.SOFTMAX), m),
                                        x -> x.plus(1e-4 / Math.sqrt(m)))));
    }
}
