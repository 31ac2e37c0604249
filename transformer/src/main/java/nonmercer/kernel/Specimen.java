package nonmercer.kernel;

/// An exact value of a kernel: `k(query, key) = value`, from the formula by hand.
public record Specimen(Kernel kernel, double value, double[] query, double[] key) {
    /// A specimen.
    public static Specimen of(Kernel kernel, double value, double[] query, double[] key) {
        return new Specimen(kernel, value, query, key);
    }
}
