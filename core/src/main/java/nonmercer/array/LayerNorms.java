package nonmercer.array;

import nonmercer.parallel.Parallel;

/// Layer norm with gain and bias along the innermost axis, forward and back in one pass over memory
/// each, with x̂ computed again on the way back, which costs less than to keep it: `y = x̂·gain +
/// bias` with `x̂ = (x − mean)/√(variance + ε)` (Ba, Kiros & Hinton 2016).
public final class LayerNorms {
    private static final int BLOCK =
            64; // rows whose gradients of gain and bias are summed at a time

    private LayerNorms() {}

    /// Writes each row's mean and inverse deviation, and `out` = fma(x̂, gain, bias).
    public static void forward(
            Array x, Array gain, Array bias, double epsilon, Saved saved, Array out) {
        Loops loops = check("layerNorm", x, gain, saved, out);
        Chunks.shape("layerNorm", "a bias", gain.shape(), bias);
        Chunks.loops("layerNorm", x, bias);
        int n = x.dim(-1);
        Chunks.rows(
                saved.inverse().size(),
                n,
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        int at = row * n;
                        double mean = loops.mean(x, at, n);
                        double inverse = loops.inverseDeviation(x, at, mean, epsilon, n);
                        loops.put(saved.mean(), row, mean);
                        loops.put(saved.inverse(), row, inverse);
                        loops.standardise(x, at, mean, inverse, gain, bias, out, at, n);
                    }
                });
    }

    /// The pullback at x: `dx = inverse·(h − mean h − x̂·mean(h·x̂))` with h = g·gain, `dgain = Σ
    /// g·x̂`, `dbias = Σ g`, these sums in blocks of 64 rows, each from its first row up, and the
    /// blocks' sums in order.
    public static void gradient(
            Array x, Saved saved, Array gain, Array g, Array dx, Array dgain, Array dbias) {
        Loops loops = check("layerNormGradient", x, gain, saved, dx);
        Chunks.shape("layerNormGradient", "a gradient", x.shape(), g);
        Chunks.shape("layerNormGradient", "a gradient of the gain", gain.shape(), dgain);
        Chunks.shape("layerNormGradient", "a gradient of the bias", gain.shape(), dbias);
        Chunks.loops("layerNormGradient", x, g, dgain, dbias);
        int n = gain.size();
        int rows = saved.inverse().size();
        int blocks = (rows + BLOCK - 1) / BLOCK;
        Memory memory = Memory.of(g, x);
        Array hats = memory.fresh(g.dtype(), Shape.of(blocks, n));
        Array gains = memory.fresh(g.dtype(), Shape.of(blocks, n));
        Array biases = memory.fresh(g.dtype(), Shape.of(blocks, n));
        Parallel.forEach(
                blocks,
                block -> {
                    int sums = block * n;
                    loops.fill(gains, sums, n, 0);
                    loops.fill(biases, sums, n, 0);
                    for (int row = block * BLOCK;
                            row < Math.min(rows, (block + 1) * BLOCK);
                            row++) {
                        int at = row * n;
                        double mean = saved.mean().at(row);
                        double inverse = saved.inverse().at(row);
                        loops.standardiseGradient(
                                x, g, at, mean, inverse, gain, dx, hats, gains, biases, sums, n);
                    }
                });
        Reduce.sum(gains, 0, dgain);
        Reduce.sum(biases, 0, dbias);
    }

    private static Loops check(String operation, Array x, Array gain, Saved saved, Array out) {
        Chunks.shape(operation, "an output", x.shape(), out);
        Chunks.shape(operation, "a gain", Shape.of(x.dim(-1)), gain);
        Chunks.shape(operation, "means", x.shape().without(-1), saved.mean());
        Chunks.shape(operation, "inverse deviations", x.shape().without(-1), saved.inverse());
        return Chunks.loops(operation, x, gain, saved.mean(), saved.inverse(), out);
    }

    /// What forward leaves for the pullback, one number a row each.
    ///
    /// @param inverse 1/√(variance + ε)
    public record Saved(Array mean, Array inverse) {}
}
