package nonmercer.lanes;

/// Runs in a JVM of its own ([GateTest]): uses both types' loops and says which were chosen and
/// why.
final class Describe {
    private Describe() {}

    /// Prints `bits N`, `reason …`, `remedy …`, and a sum.
    public static void main(String[] arguments) {
        System.out.println("bits " + Lanes.bits());
        System.out.println("vector " + Lanes.vector());
        System.out.println("reason " + Lanes.reason());
        System.out.println("remedy " + Lanes.remedy().orElse("none"));
        double[] x = {1, 2, 3};
        float[] y = {1, 2, 3};
        Lanes.doubles().unary(Unary.EXP, x, 0, x, 0, 3);
        Lanes.floats().unary(Unary.EXP, y, 0, y, 0, 3);
        System.out.println(
                "sums " + Lanes.doubles().sum(x, 0, 3) + " " + Lanes.floats().sum(y, 0, 3));
    }
}
