package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.kernel.Kernel;

/// `f(x) = Σⱼ κ(x, yⱼ) cⱼ`: what least squares and projections leave behind.
///
/// @param kernel the kernel
/// @param centres the `yⱼ`, `[m, d]`
/// @param coefficients `[m, outputs]`
public record KernelModel(Kernel kernel, Array centres, Array coefficients) {
    /// The values at points `[n, d]`, in blocks: `[n, outputs]` in float64. The kernel is evaluated
    /// in the type of points and centres.
    public Array predict(Array points) {
        Dense.checkPoints("the points", points);
        return KernelBlocks.times(kernel, points, centres, coefficients);
    }
}
