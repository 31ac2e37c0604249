package nonmercer.array;

import nonmercer.lanes.Binary;
import nonmercer.parallel.Parallel;

/// Layer norm with gain and bias along the innermost axis, forward and back in one pass over memory
/// each: `y = x̂·gain + bias` with `x̂ = (x − mean)/√(variance + ε)` (Ba, Kiros & Hinton 2016).
public final class LayerNorms {
    private static final int BLOCK =
            64; // rows whose gradients of gain and bias are summed at a time

    private LayerNorms() {}

    /// Writes `normalised` = x̂, `inverse` = 1/√(variance + ε), which has no innermost axis, and
    /// `out` = fma(x̂, gain, bias).
    public static void forward(
            Array x, Array gain, Array bias, double epsilon, Saved saved, Array out) {
        Loops loops = check("layerNorm", x, gain, saved, out);
        Chunks.shape("layerNorm", "a bias", gain.shape(), bias);
        Chunks.loops("layerNorm", x, bias);
        Array hat = saved.normalised();
        int n = x.dim(-1);
        Chunks.rows(
                saved.inverse().size(),
                n,
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        int at = row * n;
                        double inverse = loops.layerNorm(x, at, epsilon, hat, at, n);
                        loops.put(saved.inverse(), row, inverse);
                        loops.copy(bias, 0, out, at, n);
                        loops.addProduct(hat, at, gain, 0, out, at, n);
                    }
                });
    }

    /// The pullback: `dx = inverse·(h − mean h − x̂·mean(h·x̂))` with h = g·gain, `dgain = Σ g·x̂`,
    /// `dbias = Σ g`, these sums in blocks of 64 rows, each from its first row up, and the blocks'
    /// sums in order.
    public static void gradient(
            Saved saved, Array gain, Array g, Array dx, Array dgain, Array dbias) {
        Loops loops = check("layerNormGradient", g, gain, saved, dx);
        Chunks.shape("layerNormGradient", "a gradient of the gain", gain.shape(), dgain);
        Chunks.shape("layerNormGradient", "a gradient of the bias", gain.shape(), dbias);
        Chunks.loops("layerNormGradient", g, dgain, dbias);
        Array hat = saved.normalised();
        int n = gain.size();
        int rows = saved.inverse().size();
        int blocks = (rows + BLOCK - 1) / BLOCK;
        Memory memory = Memory.of(g, hat);
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
                        loops.addProduct(g, at, hat, at, gains, sums, n);
                        loops.binary(Binary.ADD, biases, sums, g, at, biases, sums, n);
                        loops.binary(Binary.MULTIPLY, g, at, gain, 0, dx, at, n);
                        double inverse = saved.inverse().at(row);
                        loops.layerNormGradient(hat, at, dx, at, inverse, dx, at, n);
                    }
                });
        Reduce.sum(gains, 0, dgain);
        Reduce.sum(biases, 0, dbias);
    }

    private static Loops check(String operation, Array x, Array gain, Saved saved, Array out) {
        Chunks.shape(operation, "an output", x.shape(), out);
        Chunks.shape(operation, "a gain", Shape.of(x.dim(-1)), gain);
        Chunks.shape(operation, "normalised rows", x.shape(), saved.normalised());
        Chunks.shape(operation, "inverse deviations", x.shape().without(-1), saved.inverse());
        return Chunks.loops(operation, x, gain, saved.normalised(), saved.inverse(), out);
    }

    /// What forward leaves for the pullback.
    ///
    /// @param normalised x̂
    /// @param inverse 1/√(variance + ε), one a row
    public record Saved(Array normalised, Array inverse) {}
}
