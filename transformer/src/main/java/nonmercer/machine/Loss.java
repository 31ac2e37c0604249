package nonmercer.machine;

import nonmercer.autodiff.Tensor;

/// `L(z, t)`: what predicting `t` costs where the response is `z`; convex in `t`.
///
/// A solver works in the dual, so a loss comes with its conjugate `L*(z, s) = supₜ s t - L(z, t)`
/// in `s`, and the two must obey Fenchel and Young: `L(z, t) + L*(z, s) ≥ s t`, with equality where
/// `s` is a slope of `L` at `t`. [#gap] is the difference; a solution's duality gap is its sum.
public interface Loss {
    /// `L(z, t)`.
    double value(double z, double t);

    /// A slope of `L` at `t`: its derivative where it has one.
    double slope(double z, double t);

    /// `L*(z, s)`; infinite where no slope is `s`.
    double conjugate(double z, double s);

    /// The derivative of `L*` in `s`: the `t` where the slope of `L` is `s`.
    double conjugateSlope(double z, double s);

    /// The second derivative of `L*` in `s`, at least 0.
    double conjugateCurvature(double z, double s);

    /// The least slope of `L`, `-∞` where there is none.
    double leastSlope(double z);

    /// The largest slope of `L`, `∞` where there is none.
    double largestSlope(double z);

    /// Whether `L` is strictly convex in `t`, so that all minimisers predict the same.
    boolean strictlyConvex();

    /// `L(zᵢ, tᵢ)` as a tensor, to train by gradient with the same loss.
    Tensor values(Tensor z, Tensor t);

    /// `L(z, t) + L*(z, s) - s t ≥ 0`.
    default double gap(double z, double t, double s) {
        return value(z, t) + conjugate(z, s) - s * t;
    }

    /// `½(z - t)²`.
    static Loss squared() {
        return Losses.SQUARED;
    }

    /// `ln(1 + exp(-z t))`, `z = ±1`.
    static Loss logistic() {
        return Losses.LOGISTIC;
    }

    /// `max(0, 1 - z t)`, `z = ±1`.
    static Loss hinge() {
        return Losses.HINGE;
    }
}
