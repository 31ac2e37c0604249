// twin: float
package nonmercer.lanes;

/// What [VectorDoublePeak] is, without vectors.
final class ScalarDoublePeak {
    /// Operations of one step.
    static final int FLOPS = 2 * 8;

    private ScalarDoublePeak() {}

    /// `c = c·x + x`, 8 independent chains of so many steps.
    static double chains(int steps, double x) {
        double c0 = 0;
        double c1 = 1;
        double c2 = 2;
        double c3 = 3;
        double c4 = 4;
        double c5 = 5;
        double c6 = 6;
        double c7 = 7;
        for (int i = 0; i < steps; i++) {
            c0 = Math.fma(c0, x, x);
            c1 = Math.fma(c1, x, x);
            c2 = Math.fma(c2, x, x);
            c3 = Math.fma(c3, x, x);
            c4 = Math.fma(c4, x, x);
            c5 = Math.fma(c5, x, x);
            c6 = Math.fma(c6, x, x);
            c7 = Math.fma(c7, x, x);
        }
        return c0 + c1 + (c2 + c3) + (c4 + c5 + (c6 + c7));
    }
}
