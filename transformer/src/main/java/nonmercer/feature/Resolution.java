package nonmercer.feature;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.autodiff.Tensor;

/// Whether features resolve their kernel at given data: the relative standard deviation of an
/// estimate, over pairs of queries and keys of one head.
///
/// The variance of positive features grows with `exp ‖x + y‖²`; at the initial scale of a
/// Transformer with heads of 64 coordinates that is `e¹⁶` a feature, and what the network then
/// attends by is noise, whatever the kernel says.
///
/// @param pairs how many pairs it was taken over
/// @param median of `√Var / |E|`
/// @param worst the greatest
public record Resolution(int pairs, double median, double worst) {
    private static final int MOST = 64;

    /// At queries `[n, d]` and keys `[m, d]`; up to 64 of each, evenly spaced. Empty if no formula
    /// for the variance is known.
    public static Optional<Resolution> of(RandomFeatures features, int head, Array q, Array k) {
        Tensor x = scaled(features, q);
        Tensor y = scaled(features, k);
        RandomFeatures plain = features.with(Preconditioner.NONE);
        if (features.preconditioner() != Preconditioner.NONE) {
            Change change = Change.fit(features, x, y);
            Tensor moved = change.query(x).x();
            y = change.key(y).x();
            x = moved;
        }
        if (features.component() instanceof Component.OptimalPositive o && o.adaptive()) {
            double a = Change.fit(plain, x, y).a().item();
            plain =
                    new RandomFeatures(
                            features.law(),
                            features.coupling(),
                            new Component.OptimalPositive(a),
                            Preconditioner.NONE,
                            features.scale(),
                            features.frequencies());
        }
        int n = Math.min(MOST, q.dim(0));
        int m = Math.min(MOST, k.dim(0));
        double[] all = new double[n * m];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                var relative =
                        Moments.ofScaled(
                                        plain,
                                        head,
                                        row(x.value(), (int) ((long) i * q.dim(0) / n)),
                                        row(y.value(), (int) ((long) j * k.dim(0) / m)))
                                .relativeVariance();
                if (relative.isEmpty()) {
                    return Optional.empty();
                }
                all[i * m + j] = Math.sqrt(relative.getAsDouble());
            }
        }
        Arrays.sort(all);
        return all.length == 0
                ? Optional.empty()
                : Optional.of(new Resolution(all.length, all[all.length / 2], all[all.length - 1]));
    }

    private static Tensor scaled(RandomFeatures features, Array x) {
        return Tensor.of(x.cast(nonmercer.array.DType.FLOAT64))
                .scale(Math.sqrt(features.scale().value(x.dim(-1))));
    }

    private static double[] row(Array x, int i) {
        int d = x.dim(1);
        double[] r = new double[d];
        for (int l = 0; l < d; l++) {
            r[l] = x.get(i, l);
        }
        return r;
    }

    /// Whether half of the estimates are within their own size of the truth.
    public boolean resolves() {
        return median <= 1;
    }

    /// The figures, and a warning where they call for one.
    @Override
    public String toString() {
        String figures =
                String.format(
                        Locale.ROOT,
                        "relative standard deviation of an estimate over %d pairs: median %.3g, worst %.3g",
                        pairs,
                        median,
                        worst);
        return resolves()
                ? figures
                : figures
                        + "; WARNING: these features do not resolve the kernel at this data: use"
                        + " more of them, a preconditioner or optimal positive features, or smaller"
                        + " queries and keys";
    }
}
