// twin: float
package nonmercer.lanes;

/// The definition of [DoubleHadamard], and what runs where the Vector API is missing or slow.
final class ScalarDoubleHadamard implements DoubleHadamard {
    @Override
    public void transform(double[] x, int xo, double[] out, int oo, int n) {
        System.arraycopy(x, xo, out, oo, n);
        for (int h = 1; h < n; h *= 2) {
            for (int i = oo; i < oo + n; i += 2 * h) {
                for (int j = i; j < i + h; j++) {
                    double a = out[j];
                    double b = out[j + h];
                    out[j] = a + b;
                    out[j + h] = a - b;
                }
            }
        }
    }
}
