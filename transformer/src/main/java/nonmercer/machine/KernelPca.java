package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Trait;
import nonmercer.linalg.Decompositions;
import nonmercer.linalg.SymmetricEigen;

/// Principal components in the feature space of a positive definite kernel: eigenvectors of the
/// centred Gram matrix `(I - 11ᵀ/n) K (I - 11ᵀ/n)`.
///
/// A point's component is `Σᵢ aᵢ k̃(x, xᵢ)` with the kernel centred by the means over the points it
/// was fitted to. Source: Schölkopf, Smola & Müller 1998.
///
/// @param kernel the kernel
/// @param x the points, `[n, d]`
/// @param axes the coefficients `a`, a column an axis of unit length, `[n, components]`
/// @param variances of the components: eigenvalues over n, descending
/// @param means `Σⱼ k(xᵢ, xⱼ)/n`
public record KernelPca(Kernel kernel, Array x, Array axes, double[] variances, double[] means) {
    private static final double SMALLEST = 1e-10; // of the largest eigenvalue
    private static final double ROUNDING = 0x1p-44; // of the trace before centring

    /// The first components.
    ///
    /// @throws IllegalArgumentException if fewer have a variance beyond rounding
    public static KernelPca of(Kernel kernel, Array x, int components) {
        if (!kernel.traits().proved(Trait.POSITIVE_DEFINITE)) {
            throw new IllegalArgumentException(
                    kernel.name()
                            + " is not proved positive definite: its components may have negative variance; use KernelSvd");
        }
        if (components < 0) {
            throw new IllegalArgumentException(
                    "a number of components is at least 0, got " + components);
        }
        int n = x.dim(0);
        double[] k = KernelBlocks.matrix(kernel, x, x).toDoubles();
        double[] means = new double[n];
        double mean = 0;
        double trace = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                means[i] += k[i * n + j] / n;
            }
            mean += means[i] / n;
            trace += k[i * n + i];
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                k[i * n + j] += mean - means[i] - means[j];
            }
        }
        SymmetricEigen e = Decompositions.symmetricEigen(Array.of(Shape.of(n, n), k));
        double smallest = Math.max(SMALLEST * e.values().at(n - 1), ROUNDING * trace);
        int found = 0;
        while (found < components && found < n && e.values().at(n - 1 - found) > smallest) {
            found++;
        }
        if (found < components) {
            throw new IllegalArgumentException(
                    "these points have "
                            + found
                            + " components of positive variance, "
                            + components
                            + " were asked for");
        }
        double[] axes = new double[n * components];
        double[] variances = new double[components];
        for (int c = 0; c < components; c++) {
            variances[c] = e.values().at(n - 1 - c) / n;
            for (int i = 0; i < n; i++) {
                axes[i * components + c] =
                        e.vectors().get(i, n - 1 - c) / Math.sqrt(n * variances[c]);
            }
        }
        return new KernelPca(kernel, x, Array.of(Shape.of(n, components), axes), variances, means);
    }

    /// The components of points `[m, d]`, in blocks: `[m, components]`.
    public Array project(Array points) {
        int components = axes.dim(1);
        // The columns of the axes sum to 0, so a point's own mean drops out.
        double[] out = KernelBlocks.times(kernel, points, x, axes).toDoubles();
        double[] shift = Dense.transposedTimes(axes, means);
        for (int i = 0; i < out.length; i++) {
            out[i] -= shift[i % components];
        }
        return Array.of(Shape.of(out.length / Math.max(1, components), components), out);
    }
}
