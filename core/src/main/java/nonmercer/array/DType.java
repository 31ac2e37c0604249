package nonmercer.array;

/// The type of an array's elements: IEEE 754 binary32 or binary64.
public enum DType {
    /// 32-bit floating point: training and inference.
    FLOAT32(4, 0x1p-24),
    /// 64-bit floating point: theory, gradient checks.
    FLOAT64(8, 0x1p-53);

    private final int bytes;
    private final double unitRoundoff;

    DType(int bytes, double unitRoundoff) {
        this.bytes = bytes;
        this.unitRoundoff = unitRoundoff;
    }

    /// Bytes of one element.
    public int bytes() {
        return bytes;
    }

    /// `u`, the largest relative error of one correctly rounded operation: 2⁻²⁴ or 2⁻⁵³.
    public double unitRoundoff() {
        return unitRoundoff;
    }
}
