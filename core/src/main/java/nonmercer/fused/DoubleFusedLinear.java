// twin: float
package nonmercer.fused;

/// Attention through features on raw storage.
final class DoubleFusedLinear {
    private static final ThreadLocal<DoubleFeatureTile> TILES =
            ThreadLocal.withInitial(DoubleFeatureTile::new);
    private static final ThreadLocal<DoubleScratch> SCRATCH =
            ThreadLocal.withInitial(DoubleScratch::new);

    private DoubleFusedLinear() {}

    /// @param in queries, keys, values, frequencies, constants
    static void forward(LinearExtent x, double[][] in, double[] out, double[] kept) {
        DoubleScratch scratch = SCRATCH.get();
        scratch.reset();
        DoubleSpectra spectra = new DoubleSpectra(x, in[3], in[4], scratch);
        DoubleLinearForward.offsets(x, in[1], kept);
        if (x.causal()) {
            new DoubleCausalForward(spectra, in[0], in[1], in[2], kept, out).run(TILES);
        } else {
            new DoubleLinearForward(x, spectra, in[1], in[2], kept, scratch).run(in[0], out, TILES);
        }
    }

    /// @param to where the gradients of what is in `in` go; without room for those of frequencies
    ///   and constants they are not computed
    static void backward(
            LinearExtent x,
            double[][] in,
            double[] out,
            double[] kept,
            double[] gradient,
            double[][] to) {
        DoubleScratch scratch = SCRATCH.get();
        scratch.reset();
        DoubleSpectra spectra = new DoubleSpectra(x, in[3], in[4], scratch);
        int each =
                x.causal()
                        ? 1
                        : LinearExtent.segments(x.x().n()) + LinearExtent.segments(x.x().m());
        DoubleLinearGradients gradients =
                new DoubleLinearGradients(spectra, out, gradient, kept, to, each, scratch);
        if (x.causal()) {
            new DoubleCausalBackward(spectra, gradients, in[0], in[1], in[2], kept).run(TILES);
        } else {
            new DoubleLinearBackward(x, spectra, gradients, kept, scratch)
                    .run(in[0], in[1], in[2], TILES);
        }
        gradients.finish(to[3], to[4], TILES);
    }
}
