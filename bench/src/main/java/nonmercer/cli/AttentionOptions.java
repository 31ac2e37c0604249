package nonmercer.cli;

import nonmercer.attention.Attention;
import nonmercer.attention.Evaluation;
import nonmercer.attention.Landmarks;
import nonmercer.feature.FeatureExpression;
import nonmercer.feature.Features;
import nonmercer.io.BadInputException;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Kernel;
import nonmercer.model.Design;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The attention of a model, as the commands that train one model take it.
final class AttentionOptions {
    /// Features of a head, where nothing is said.
    static final int COUNT = 128;

    @Option(
            names = "--kernel",
            paramLabel = "KERNEL",
            description =
                    "The attention kernel, by name or as an expression such as 0.5*gauss(2)+expdot"
                            + " (default: that of the features, else ExpDot).")
    private @Nullable String kernel;

    @Option(
            names = "--features",
            paramLabel = "FEATURES",
            description = {
                "Attention in linear time through these features; default: exact attention. Such as favor+ or"
                        + " \"gmm-prf(fixed, noise=step)\". By name: gmm-rks, gmm-prf, fastfood-rks,"
                        + " fastfood-prf, generative-rks, generative-prf, rff, prf, favor+, favor++,"
                        + " simplex, elu+1, relu, hedgehog; exact is none."
            })
    private @Nullable String features;

    @Option(
            names = "--feature-count",
            paramLabel = "M",
            description = "The most features of a head (default: ${DEFAULT-VALUE}).",
            defaultValue = "" + COUNT)
    private int count = COUNT;

    @Option(
            names = "--landmarks",
            paramLabel = "R",
            description =
                    "Attention in linear time through so many landmarks of a head, means of segments"
                            + " (Nyström), of any kernel without negative values; not where a token must"
                            + " not see later ones.")
    private @Nullable Integer landmarks;

    @Option(
            names = "--landmarks-by",
            description = "Which landmarks: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "SEGMENT_MEANS")
    private Landmarks by = Landmarks.SEGMENT_MEANS;

    /// A design with this attention in the place of its own.
    ///
    /// @throws IllegalArgumentException if there is none such, saying where
    Design in(Design design) {
        Attention exact = Attention.of(kernel == null ? new ExpDot() : KernelOption.of(kernel));
        if (landmarks != null) {
            if (features != null) {
                throw new BadInputException(
                        "--landmarks: attention goes through features or landmarks, not both; leave"
                                + " out --features");
            }
            return design.with(exact.with(new Evaluation.Nystrom(landmarks, by)));
        }
        if (features == null || features.equals("exact")) {
            return design.with(exact);
        }
        return design.with(through(features, count, kernel == null ? null : exact.kernel()));
    }

    /// Attention in linear time through these features.
    ///
    /// @param count how many, where the text does not say
    /// @param kernel that they estimate; null is the one they are made for, else that of softmax
    /// @throws IllegalArgumentException if there are none such, or they are another kernel's
    static Attention through(String features, int count, @Nullable Kernel kernel) {
        Features.Named named = FeatureExpression.parse(features, count);
        Kernel own = kernel == null ? named.kernel().orElse(new ExpDot()) : kernel;
        return Attention.of(own).linear(named);
    }
}
