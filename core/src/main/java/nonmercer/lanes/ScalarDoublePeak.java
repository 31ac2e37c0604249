// twin: float
package nonmercer.lanes;

/// What [VectorDoublePeak] is, without vectors.
final class ScalarDoublePeak {
    /// Operations of one step.
    static final int FLOPS = 2 * 8;

    private ScalarDoublePeak() {}

    /// `c = x·x + c`, 8 independent chains of so many steps.
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
            c0 = Math.fma(x, x, c0);
            c1 = Math.fma(x, x, c1);
            c2 = Math.fma(x, x, c2);
            c3 = Math.fma(x, x, c3);
            c4 = Math.fma(x, x, c4);
            c5 = Math.fma(x, x, c5);
            c6 = Math.fma(x, x, c6);
            c7 = Math.fma(x, x, c7);
        }
        return c0 + c1 + (c2 + c3) + (c4 + c5 + (c6 + c7));
    }
}
