package nonmercer.feature;

import java.util.Optional;
import java.util.OptionalDouble;
import nonmercer.spectral.Atoms;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.GaussianPairs;
import nonmercer.spectral.Mixture;
import nonmercer.spectral.PairLaw;
import nonmercer.spectral.SpectralLaw;

/// Mean and variance of `⟨φ(x), φ(y)⟩` at two scaled points, from the law, the coupling and the
/// component; `δ = x − y`, `z = x + y`.
///
/// With one frequency the estimate is `g` times a number of mean `μ` and second moment `σ`: `cos
/// ω·δ` has `E cos² = (1 + χ(2δ))/2`, `e^(ω·z)` has `M(2z)`, `cosh ω·z` has `(1 + E cosh 2ω·z)/2`.
/// With `m` frequencies, of which `D` ordered pairs depend on each other with mean product `p`, the
/// variance is `g² ((σ − μ²)/m + D/m² (p − μ²))`. The components of a mixture add their variances
/// times `π²`.
///
/// @param factor `g`
/// @param constant what is added to every estimate
/// @param log `ln μ` for positive features, else 0: `μ`, `σ` and `p` are kept divided by `e^log`,
///   `e^2log`, so that nothing overflows
record Moments(
        RandomFeatures features,
        int head,
        double[] at,
        double factor,
        double constant,
        OptionalDouble log) {
    static Moments of(RandomFeatures f, int head, double[] q, double[] k) {
        double root = Math.sqrt(f.scale().value(q.length));
        double[] x = scaled(q, root);
        double[] y = scaled(k, root);
        return ofScaled(f, head, x, y);
    }

    /// At points to which `√c` was applied.
    static Moments ofScaled(RandomFeatures f, int head, double[] x, double[] y) {
        f.law().check(x);
        f.law().check(y);
        double squares = square(x) + square(y);
        double[] at = new double[x.length];
        if (f.component() instanceof Component.Trigonometric(Target target, double s)) {
            for (int l = 0; l < at.length; l++) {
                at[l] = x[l] - y[l];
            }
            double g = target == Target.SOFTMAX ? Math.exp(squares / 2) : 1;
            return new Moments(f, head, at, g, s * s, OptionalDouble.of(0));
        }
        for (int l = 0; l < at.length; l++) {
            at[l] = x[l] + y[l];
        }
        double h = f.component().target() == Target.SOFTMAX ? squares / 2 : squares;
        boolean symmetric = f.component() instanceof Component.Hyperbolic;
        OptionalDouble log = symmetric ? logCosh(f.law(), head, at) : f.law().logMgf(head, at);
        return new Moments(f, head, at, Math.exp(-h), 0, log);
    }

    private static double[] scaled(double[] x, double by) {
        double[] y = x.clone();
        for (int l = 0; l < y.length; l++) {
            y[l] *= by;
        }
        return y;
    }

    private static double square(double... x) {
        double sum = 0;
        for (double a : x) {
            sum += a * a;
        }
        return sum;
    }

    private boolean waves() {
        return features.component() instanceof Component.Trigonometric;
    }

    /// The mean.
    OptionalDouble expected() {
        OptionalDouble mean = mean(features.law());
        return mean.isPresent()
                ? OptionalDouble.of(
                        factor * mean.getAsDouble() * Math.exp(log.orElse(0)) + constant)
                : mean;
    }

    /// The variance.
    OptionalDouble variance() {
        OptionalDouble v = variance(features.law(), features.frequencies());
        return v.isPresent()
                ? OptionalDouble.of(factor * factor * v.getAsDouble() * Math.exp(2 * log.orElse(0)))
                : v;
    }

    /// The variance over the squared mean.
    OptionalDouble relativeVariance() {
        OptionalDouble v = variance(features.law(), features.frequencies());
        OptionalDouble mean = mean(features.law());
        if (v.isEmpty() || mean.isEmpty()) {
            return OptionalDouble.empty();
        }
        double k = mean.getAsDouble() + (constant == 0 ? 0 : constant / factor); // g may vanish
        return OptionalDouble.of(v.getAsDouble() / (k * k));
    }

    /// `μ` under a law.
    private OptionalDouble mean(SpectralLaw law) {
        if (waves()) {
            return law.characteristic(head, at);
        }
        if (log.isEmpty()) {
            return log;
        }
        OptionalDouble own =
                features.component() instanceof Component.Hyperbolic
                        ? logCosh(law, head, at)
                        : law.logMgf(head, at);
        return own.isPresent()
                ? OptionalDouble.of(Math.exp(own.getAsDouble() - log.getAsDouble()))
                : own;
    }

    private OptionalDouble variance(SpectralLaw law, int m) {
        if (features.fitsData() && features.preconditioner() != Preconditioner.NONE) {
            return OptionalDouble.empty(); // see Resolution, which has the data
        }
        if (law instanceof Atoms || features.coupling() instanceof Coupling.GaussHermite) {
            return OptionalDouble.of(0);
        }
        if (law instanceof Mixture mixture) {
            double[] w = mixture.weights(head);
            int[] shares = mixture.shares(m);
            double sum = 0;
            for (int c = 0; c < w.length; c++) {
                OptionalDouble v = variance(mixture.components().get(c), shares[c]);
                if (v.isEmpty()) {
                    return v;
                }
                sum += w[c] * w[c] * v.getAsDouble();
            }
            return OptionalDouble.of(sum);
        }
        OptionalDouble mean = mean(law);
        OptionalDouble second = second(law);
        if (mean.isEmpty() || second.isEmpty()) {
            return OptionalDouble.empty();
        }
        double square = mean.getAsDouble() * mean.getAsDouble();
        double own = (second.getAsDouble() - square) / m;
        Optional<PairLaw> pairs = law.pairs(features.coupling());
        if (features.coupling() instanceof Coupling.Independent
                && !(law instanceof GaussianPairs)) {
            return OptionalDouble.of(Math.max(0, own));
        }
        if (pairs.isEmpty()) {
            return OptionalDouble.empty();
        }
        OptionalDouble product = product(pairs.get());
        if (product.isEmpty() || !Double.isFinite(product.getAsDouble())) {
            return OptionalDouble.empty();
        }
        double dependent = pairs.get().dependent(m) / ((double) m * m);
        return OptionalDouble.of(Math.max(0, own + dependent * (product.getAsDouble() - square)));
    }

    /// `σ` under a law.
    private OptionalDouble second(SpectralLaw law) {
        double[] twice = scaled(at, 2);
        return switch (features.component()) {
            case Component.Trigonometric t -> {
                OptionalDouble c = law.characteristic(head, twice);
                yield c.isPresent() ? OptionalDouble.of((1 + c.getAsDouble()) / 2) : c;
            }
            case Component.Positive p -> over(law.logMgf(head, twice));
            case Component.Hyperbolic h -> {
                OptionalDouble c = over(logCosh(law, head, twice));
                double one = Math.exp(-2 * log.orElse(0));
                yield c.isPresent() ? OptionalDouble.of((one + c.getAsDouble()) / 2) : c;
            }
            case Component.OptimalPositive o -> {
                double z = square(at);
                int d = at.length;
                double a = o.adaptive() ? Component.OptimalPositive.best(d, z) : o.a();
                double rho = 1 / (1 - 8 * a);
                yield OptionalDouble.of(
                        Math.exp(d * Math.log((rho + 1) / 2) - d / 2.0 * Math.log(rho) + rho * z));
            }
        };
    }

    private OptionalDouble over(OptionalDouble logSecond) {
        return logSecond.isPresent()
                ? OptionalDouble.of(Math.exp(logSecond.getAsDouble() - 2 * log.orElse(0)))
                : logSecond;
    }

    /// `p`: the mean product of two that depend on each other.
    ///
    /// For optimal positive features at orthogonal frequencies with independent lengths it does not
    /// depend on `A`: the weights `e^(2A‖ω‖²)` only rescale the two chi-squared lengths.
    private OptionalDouble product(PairLaw pairs) {
        double scale = Math.exp(-2 * log.orElse(0));
        double[] minus = scaled(at, -1);
        return switch (features.component()) {
            case Component.Trigonometric t ->
                    mean(1, pairs.cos(head, 1, at), pairs.cos(head, -1, at));
            case Component.Positive p -> mean(scale, pairs.exp(head, 1, at));
            case Component.Hyperbolic h ->
                    mean(
                            scale,
                            pairs.exp(head, 1, at),
                            pairs.exp(head, 1, minus),
                            pairs.exp(head, -1, at),
                            pairs.exp(head, -1, minus));
            case Component.OptimalPositive o ->
                    features.coupling() instanceof Coupling.Orthogonal
                            ? mean(scale, pairs.exp(head, 1, at))
                            : OptionalDouble.empty();
        };
    }

    private static OptionalDouble mean(double scale, OptionalDouble... all) {
        double sum = 0;
        for (OptionalDouble x : all) {
            if (x.isEmpty()) {
                return x;
            }
            sum += x.getAsDouble() / all.length;
        }
        return OptionalDouble.of(scale * sum);
    }

    /// `ln E cosh(ω·z)`.
    private static OptionalDouble logCosh(SpectralLaw law, int head, double... z) {
        OptionalDouble a = law.logMgf(head, z);
        OptionalDouble b = law.logMgf(head, scaled(z, -1));
        if (a.isEmpty() || b.isEmpty()) {
            return OptionalDouble.empty();
        }
        double most = Math.max(a.getAsDouble(), b.getAsDouble());
        double least = Math.min(a.getAsDouble(), b.getAsDouble());
        return OptionalDouble.of(
                Double.isInfinite(most)
                        ? most
                        : most + Math.log1p(Math.exp(least - most)) - Math.log(2));
    }
}
