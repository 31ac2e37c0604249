package nonmercer.feature;

import nonmercer.spectral.SpectralLaw;

/// `P(sup |k̂ − k| ≥ ε) ≤ 2⁸ (σ D/ε)² exp(−m ε²/(4(d + 2)))`: how likely, at most, the estimate of
/// a stationary kernel by `m` independent paired waves is off by `ε` anywhere on a set of diameter
/// `D`, with `σ² = E‖ω‖²` (Rahimi & Recht 2007, Claim 1).
///
/// A bound for every set and law, and so a loose one: it asks for ten times as many frequencies as
/// are needed in two coordinates.
///
/// @param sigma `σ`
/// @param dimension `d`
/// @param diameter `D`
public record UniformBound(double sigma, int dimension, double diameter) {
    /// For the law of a head.
    ///
    /// @throws IllegalArgumentException if its second moments are infinite or not known
    public static UniformBound of(SpectralLaw law, int head, double diameter) {
        double[][] moments =
                law.secondMoments(head)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "a uniform bound needs E|ω|², which is infinite or not known of "
                                                + law.formula()));
        double trace = 0;
        for (int l = 0; l < moments.length; l++) {
            trace += moments[l][l];
        }
        return new UniformBound(Math.sqrt(trace), moments.length, diameter);
    }

    /// The bound on the probability for `m` frequencies; at most 1.
    public double probability(double m, double epsilon) {
        double ratio = sigma * diameter / epsilon;
        double exponent = m * epsilon * epsilon / (4 * (dimension + 2));
        return Math.min(1, Math.exp(Math.log(256) + 2 * Math.log(ratio) - exponent));
    }

    /// The least `m` whose bound is at most `delta`.
    public int frequencies(double epsilon, double delta) {
        double ratio = sigma * diameter / epsilon;
        double log = Math.log(256) + 2 * Math.log(ratio) - Math.log(delta);
        return (int) Math.ceil(Math.max(0, log) * 4 * (dimension + 2) / (epsilon * epsilon));
    }
}
