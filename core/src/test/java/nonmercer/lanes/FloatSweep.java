package nonmercer.lanes;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The largest error of each float32 function, over all floats or every so many.
///
/// The reference is the float64 loop, whose own error ([AccuracyTest] measures it against 60
/// digits) is a few times 2⁻²⁹ of a float's unit in the last place.
///
/// All floats, about ten seconds a function on two cores:
///
/// ```
/// mvn -q -pl core test-compile
/// java --add-modules jdk.incubator.vector -cp core/target/classes:core/target/test-classes \
///     nonmercer.lanes.FloatSweep 1
/// ```
final class FloatSweep {
    private static final int BLOCK = 4096;

    /// The functions with an error to measure.
    static final List<Unary> FUNCTIONS =
            List.of(
                    Unary.EXP,
                    Unary.EXPM1,
                    Unary.LOG,
                    Unary.LOG1P,
                    Unary.TANH,
                    Unary.ERF,
                    Unary.SIGMOID,
                    Unary.SIN,
                    Unary.COS,
                    Unary.SOFTPLUS,
                    Unary.ELU,
                    Unary.ACOS,
                    Unary.GELU,
                    Unary.GELU_TANH,
                    Unary.GELU_SLOPE,
                    Unary.GELU_TANH_SLOPE);

    /// Prints a line for each function: the error, in the unit of [#unit], and where it is.
    /// Arguments: the step from float to float, and the functions (all if none is named).
    public static void main(String[] arguments) {
        int step = arguments.length == 0 ? 1 : Integer.parseInt(arguments[0]);
        for (Unary f : FUNCTIONS) {
            if (arguments.length < 2 || List.of(arguments).contains(f.name())) {
                Worst worst = overAll(f, step);
                System.out.printf(
                        Locale.ROOT,
                        "%-16s %.4f %s at %s (%s), %d floats%n",
                        f,
                        worst.error,
                        unit(f),
                        worst.at,
                        Float.toHexString(worst.at),
                        worst.floats);
            }
        }
    }

    /// What an error is measured in: the slopes of GELU pass through 0 and GELU shrinks to nothing
    /// at the left, where a relative error says little.
    static String unit(Unary f) {
        return switch (f) {
            case GELU, GELU_TANH -> "ulp of x";
            case GELU_SLOPE, GELU_TANH_SLOPE -> "ulp of 1";
            default -> "ulp";
        };
    }

    /// Over every `step`-th float where the function is finite arithmetic of this library: not
    /// where its argument or result is infinite or NaN, nor where sin and cos are [StrictMath]'s.
    static Worst overAll(Unary f, int step) {
        int parts = 256;
        return IntStream.range(0, parts)
                .parallel()
                .mapToObj(part -> over(f, part * (1L << 24), (part + 1) * (1L << 24), step))
                .reduce(new Worst(), Worst::worse);
    }

    /// Over every float from one bit pattern up to another.
    static Worst between(Unary f, float from, float to) {
        return over(f, Float.floatToRawIntBits(from), Float.floatToRawIntBits(to), 1);
    }

    private static Worst over(Unary f, long from, long to, int step) {
        Worst worst = new Worst();
        float[] x = new float[BLOCK];
        double[] wide = new double[BLOCK];
        float[] y = new float[BLOCK];
        double[] exact = new double[BLOCK];
        int n = 0;
        for (long bits = from + Math.floorMod(-from, (long) step); bits < to; bits += step) {
            float v = Float.intBitsToFloat((int) bits);
            if (counts(f, v)) {
                wide[n] = v;
                x[n++] = v;
            }
            if (n == BLOCK || bits + step >= to) {
                Lanes.floats().unary(f, x, 0, y, 0, n);
                Lanes.doubles().unary(f, wide, 0, exact, 0, n);
                worst.measure(f, x, y, exact, n);
                n = 0;
            }
        }
        return worst;
    }

    private static boolean counts(Unary f, float x) {
        return switch (f) {
            case LOG -> x > 0 && x <= Float.MAX_VALUE;
            case ACOS -> Math.abs(x) <= 1;
            case LOG1P -> x > -1 && x <= Float.MAX_VALUE;
            case SIN, COS -> Math.abs(x) <= F32.TRIG_LIMIT;
            // Beyond, the cube or the square overflows in float32.
            case GELU_TANH, GELU_TANH_SLOPE -> Math.abs(x) <= 1e12f;
            default -> Math.abs(x) <= Float.MAX_VALUE;
        };
    }

    /// The largest error so far.
    static final class Worst {
        double error;
        float at;
        long floats;

        void measure(Unary f, float[] x, float[] y, double[] exact, int n) {
            floats += n;
            for (int i = 0; i < n; i++) {
                double e = exact[i];
                if (y[i] != (float) e) {
                    double ulp =
                            switch (f) {
                                case GELU, GELU_TANH -> Math.ulp(x[i]);
                                case GELU_SLOPE, GELU_TANH_SLOPE -> 0x1p-23;
                                default -> Math.min(Math.ulp((float) e), 0x1p104); // of MAX_VALUE
                            };
                    double distance = Math.abs(y[i] - e) / ulp;
                    if (!(distance <= error)) {
                        error = distance;
                        at = x[i];
                    }
                }
            }
        }

        private static Worst worse(Worst a, Worst b) {
            Worst worst = new Worst();
            Worst more = b.error > a.error || Double.isNaN(b.error) ? b : a;
            worst.error = more.error;
            worst.at = more.at;
            worst.floats = a.floats + b.floats;
            return worst;
        }
    }

    private FloatSweep() {}
}
