package nonmercer.array;

import nonmercer.lanes.Binary;

/// Operations along the innermost axis, row by row. Each writes the given `out`.
public final class Rows {
    private Rows() {}

    /// out = e^x / Σ e^x. A row that is −∞ everywhere gives zeros: who sees nothing takes nothing.
    /// NaN gives NaN.
    public static void softmax(Array x, Array out) {
        Loops loops = Chunks.loops("softmax", x, out);
        Chunks.shape("softmax", "an output", x.shape(), out);
        int n = x.dim(-1);
        Chunks.rows(
                rows(x),
                n,
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        loops.softmax(x, row * n, out, row * n, n);
                    }
                });
    }

    /// out = y·(g − ⟨g, y⟩), the pullback of softmax at its result `y`.
    public static void softmaxGradient(Array y, Array g, Array out) {
        Loops loops = Chunks.loops("softmaxGradient", y, g, out);
        Chunks.shape("softmaxGradient", "a gradient", y.shape(), g);
        Chunks.shape("softmaxGradient", "an output", y.shape(), out);
        int n = y.dim(-1);
        Chunks.rows(rows(y), n, (from, to) -> loops.softmaxGradient(y, g, out, from, to - from, n));
    }

    /// out = e^(x + h), one `h` a row: `h` has the innermost extent 1.
    public static void expPlus(Array x, Array h, Array out) {
        Loops loops = Chunks.loops("expPlus", x, h, out);
        Chunks.shape("expPlus", "shifts", x.shape().with(-1, 1), h);
        Chunks.shape("expPlus", "an output", x.shape(), out);
        int n = x.dim(-1);
        Chunks.rows(
                rows(x),
                n,
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        loops.expShifted(x, row * n, -h.at(row), out, row * n, n);
                    }
                });
    }

    /// dx = g·y and dh = Σ g·y, the pullback of [#expPlus] at its result `y`.
    public static void expPlusGradient(Array y, Array g, Array dx, Array dh) {
        Loops loops = Chunks.loops("expPlusGradient", y, g, dx, dh);
        Chunks.shape("expPlusGradient", "a gradient", y.shape(), g);
        Chunks.shape("expPlusGradient", "an output", y.shape(), dx);
        Chunks.shape("expPlusGradient", "shifts", y.shape().with(-1, 1), dh);
        int n = y.dim(-1);
        if (n == 0) {
            Elementwise.fill(dh, 0);
        }
        Chunks.rows(
                rows(y),
                n,
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        loops.binary(Binary.MULTIPLY, y, row * n, g, row * n, dx, row * n, n);
                        loops.put(dh, row, loops.sum(dx, row * n, n));
                    }
                });
    }

    /// out = ln Σ e^x, without the innermost axis; −∞ for a row that is −∞ everywhere.
    public static void logSumExp(Array x, Array out) {
        Loops loops = Chunks.loops("logSumExp", x, out);
        Chunks.shape("logSumExp", "an output", x.shape().without(-1), out);
        int n = x.dim(-1);
        Chunks.rows(
                out.size(),
                n,
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        loops.put(out, row, loops.logSumExp(x, row * n, n));
                    }
                });
    }

    /// out = (x − mean)·inverse with inverse = 1/√(variance + ε), the variance over n; `inverse`
    /// has no innermost axis. Ba, Kiros & Hinton 2016, without gain and bias.
    public static void layerNorm(Array x, double epsilon, Array out, Array inverse) {
        Loops loops = normLoops("layerNorm", x, out, inverse);
        int n = x.dim(-1);
        Chunks.rows(
                inverse.size(),
                n,
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        loops.put(
                                inverse,
                                row,
                                loops.layerNorm(x, row * n, epsilon, out, row * n, n));
                    }
                });
    }

    /// out = inverse·(g − mean g − y·mean(g·y)), the pullback of layer norm at its results `y` and
    /// `inverse`.
    public static void layerNormGradient(Array y, Array g, Array inverse, Array out) {
        Loops loops = normLoops("layerNormGradient", y, out, inverse);
        Chunks.shape("layerNormGradient", "a gradient", y.shape(), g);
        Chunks.loops("layerNormGradient", y, g);
        int n = y.dim(-1);
        Chunks.rows(
                inverse.size(),
                n,
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        loops.layerNormGradient(
                                y, row * n, g, row * n, inverse.at(row), out, row * n, n);
                    }
                });
    }

    /// out = x·inverse with inverse = 1/√(mean x² + ε). Zhang & Sennrich 2019, without gain.
    public static void rmsNorm(Array x, double epsilon, Array out, Array inverse) {
        Loops loops = normLoops("rmsNorm", x, out, inverse);
        int n = x.dim(-1);
        Chunks.rows(
                inverse.size(),
                n,
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        loops.put(
                                inverse, row, loops.rmsNorm(x, row * n, epsilon, out, row * n, n));
                    }
                });
    }

    /// out = inverse·(g − y·mean(g·y)), the pullback of RMS norm at its results `y` and `inverse`.
    public static void rmsNormGradient(Array y, Array g, Array inverse, Array out) {
        Loops loops = normLoops("rmsNormGradient", y, out, inverse);
        Chunks.shape("rmsNormGradient", "a gradient", y.shape(), g);
        Chunks.loops("rmsNormGradient", y, g);
        int n = y.dim(-1);
        Chunks.rows(
                inverse.size(),
                n,
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        loops.rmsNormGradient(
                                y, row * n, g, row * n, inverse.at(row), out, row * n, n);
                    }
                });
    }

    private static Loops normLoops(String operation, Array x, Array out, Array inverse) {
        Chunks.shape(operation, "an output", x.shape(), out);
        Chunks.shape(operation, "inverse deviations", x.shape().without(-1), inverse);
        return Chunks.loops(operation, x, out, inverse);
    }

    /// `out = ln Σ e^x − (1 − s)·x[target] − s·mean x`: the cross-entropy of softmax x against the
    /// target, smoothed by s (Szegedy et al. 2016, section 7). One target a row; a negative target
    /// leaves the row out, its loss is 0.
    public static void crossEntropy(Array x, int[] target, double smoothing, Array out) {
        Loops loops = Chunks.loops("crossEntropy", x, out);
        Chunks.shape("crossEntropy", "an output", x.shape().without(-1), out);
        int n = checkTargets("crossEntropy", x, target);
        Chunks.rows(
                out.size(),
                n,
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        loops.put(
                                out,
                                row,
                                target[row] < 0
                                        ? 0
                                        : loops.crossEntropy(
                                                x, row * n, target[row], smoothing, n));
                    }
                });
    }

    /// `out = g·(softmax x − (1 − s)·one-hot(target) − s/n)`, the pullback of [#crossEntropy]; `g`
    /// has no innermost axis.
    public static void crossEntropyGradient(
            Array x, int[] target, double smoothing, Array g, Array out) {
        Loops loops = Chunks.loops("crossEntropyGradient", x, g, out);
        Chunks.shape("crossEntropyGradient", "a gradient", x.shape().without(-1), g);
        Chunks.shape("crossEntropyGradient", "an output", x.shape(), out);
        int n = checkTargets("crossEntropyGradient", x, target);
        Chunks.rows(
                g.size(),
                n,
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        if (target[row] < 0) {
                            loops.fill(out, row * n, n, 0);
                        } else {
                            loops.crossEntropyGradient(
                                    x, row * n, target[row], smoothing, g.at(row), out, row * n, n);
                        }
                    }
                });
    }

    private static int checkTargets(String operation, Array x, int[] target) {
        int n = x.dim(-1);
        if (target.length != rows(x)) {
            throw new IllegalArgumentException(
                    operation
                            + ": expected one target for each row of "
                            + x.shape()
                            + ", got "
                            + target.length);
        }
        for (int i = 0; i < target.length; i++) {
            if (target[i] >= n) {
                throw new IllegalArgumentException(
                        operation
                                + ": target "
                                + target[i]
                                + " of row "
                                + i
                                + " is outside the "
                                + n
                                + " classes of "
                                + x.shape());
            }
        }
        return n;
    }

    private static int rows(Array x) {
        int n = x.dim(-1);
        return n == 0 ? 0 : x.size() / n;
    }
}
