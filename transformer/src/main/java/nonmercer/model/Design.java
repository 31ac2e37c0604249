package nonmercer.model;

import nonmercer.attention.Attention;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Kernel;
import nonmercer.layer.Activation;
import nonmercer.layer.Norm;
import nonmercer.layer.Placement;
import nonmercer.layer.Positions;

/// The choices of a Transformer that are not sizes. The `with` methods change one at a time.
///
/// @param attention the attention and its kernel; every block gets a copy with parameters of its
///   own
/// @param positions how the model knows where a token stands
/// @param norm which normalisation
/// @param placement where it stands
/// @param activation the feed-forward layers' non-linearity
/// @param dropout the probability to drop an element, in `[0, 1)`
public record Design(
        Attention attention,
        Positions.Kind positions,
        Norm.Kind norm,
        Placement placement,
        Activation activation,
        double dropout) {
    /// Refuses a dropout outside `[0, 1)`.
    public Design {
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout must be in [0, 1), got " + dropout);
        }
    }

    /// Attention with this kernel.
    public Design(
            Kernel kernel,
            Positions.Kind positions,
            Norm.Kind norm,
            Placement placement,
            Activation activation,
            double dropout) {
        this(Attention.of(kernel), positions, norm, placement, activation, dropout);
    }

    /// The attention kernel.
    public Kernel kernel() {
        return attention.kernel();
    }

    /// The softmax kernel, sinusoidal positions, layer norm before each part, exact GELU, dropout
    /// 0.1.
    public static Design standard() {
        return new Design(
                new ExpDot(),
                Positions.Kind.SINUSOIDAL,
                Norm.Kind.LAYER,
                Placement.PRE,
                Activation.GELU,
                0.1);
    }

    /// Another kernel.
    public Design with(Kernel other) {
        return with(attention.with(other));
    }

    /// Another attention.
    public Design with(Attention other) {
        return new Design(other, positions, norm, placement, activation, dropout);
    }

    /// Other positions.
    public Design with(Positions.Kind other) {
        return new Design(attention, other, norm, placement, activation, dropout);
    }

    /// Another normalisation.
    public Design with(Norm.Kind other) {
        return new Design(attention, positions, other, placement, activation, dropout);
    }

    /// Another placement.
    public Design with(Placement other) {
        return new Design(attention, positions, norm, other, activation, dropout);
    }

    /// Another non-linearity.
    public Design with(Activation other) {
        return new Design(attention, positions, norm, placement, other, dropout);
    }

    /// Another dropout.
    public Design withDropout(double other) {
        return new Design(attention, positions, norm, placement, activation, other);
    }
}
