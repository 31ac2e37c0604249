package nonmercer.lanes;

import java.util.Random;

/// Numbers to test loops with.
final class Samples {
    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        1.0,
        -1.0,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        0.5,
        2.0,
        709.78,
        709.79,
        -745.13,
        -745.14,
        88.72,
        88.73,
        -103.97,
        -103.98,
        1e-310,
        1e-40,
        -1e-40,
        1e10,
        1e300,
        -87.4
    };

    private Samples() {}

    /// Gaussian numbers of several magnitudes.
    static double[] doubles(long seed, int n) {
        Random random = new Random(seed);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextGaussian() * Math.pow(10, random.nextInt(4) - 2);
        }
        return x;
    }

    /// The same with every third a special value or any bit pattern at all.
    static double[] wildDoubles(long seed, int n) {
        double[] x = doubles(seed, n);
        Random random = new Random(~seed);
        for (int i = 0; i < n; i++) {
            switch (random.nextInt(6)) {
                case 0 -> x[i] = SPECIAL[random.nextInt(SPECIAL.length)];
                case 1 -> x[i] = Double.longBitsToDouble(random.nextLong());
                default -> {}
            }
        }
        return x;
    }

    static float[] floats(long seed, int n) {
        return narrow(doubles(seed, n));
    }

    static float[] wildFloats(long seed, int n) {
        float[] x = narrow(wildDoubles(seed, n));
        Random random = new Random(seed + 1);
        for (int i = 0; i < n; i++) {
            if (random.nextInt(6) == 0) {
                x[i] = Float.intBitsToFloat(random.nextInt());
            }
        }
        return x;
    }

    private static float[] narrow(double[] x) {
        float[] f = new float[x.length];
        for (int i = 0; i < f.length; i++) {
            f[i] = (float) x[i];
        }
        return f;
    }
}
