package nonmercer.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// The errors that [Unary] states, in units in the last place of the result.
final class AccuracyTest {
    /// The bound of each function, for both types.
    private static final Map<Unary, Double> BOUNDS =
            new EnumMap<>(
                    Map.ofEntries(
                            Map.entry(Unary.EXP, 1.1),
                            Map.entry(Unary.EXPM1, 2.0),
                            Map.entry(Unary.LOG, 1.0),
                            Map.entry(Unary.LOG1P, 2.0),
                            Map.entry(Unary.TANH, 3.0),
                            Map.entry(Unary.ERF, 2.0),
                            Map.entry(Unary.SIGMOID, 3.0),
                            Map.entry(Unary.SIN, 2.0),
                            Map.entry(Unary.COS, 2.0),
                            Map.entry(Unary.SOFTPLUS, 3.0),
                            Map.entry(Unary.ELU, 2.0),
                            Map.entry(Unary.ACOS, 2.0)));

    /// float64 against 60-digit series, at arguments of every magnitude that does not overflow.
    @Test
    void float64StaysWithinItsBounds() {
        BOUNDS.forEach((f, bound) -> {
            Random random = new Random(f.name().hashCode());
            double worst = 0;
            double at = 0;
            for (int i = 0; i < 1500; i++) {
                double x = argument(f, random);
                double y = Lanes.doubles().one(f, x);
                double error = Exact.error(y, Exact.value(f, x), Math.ulp(y));
                if (error > worst) {
                    worst = error;
                    at = x;
                }
            }
            double where = at;
            double most = worst;
            assertTrue(most <= bound, () -> "f64 " + f + ": " + most + " ulp at " + where);
        });
    }

    private static double argument(Unary f, Random random) {
        double x =
                Math.scalb(1 + random.nextDouble(), random.nextInt(-30, 7))
                        * (random.nextBoolean() ? 1 : -1);
        return switch (f) {
            case LOG -> random.nextBoolean() ? 0.5 + 1.5 * random.nextDouble() : Math.abs(x);
            case LOG1P -> x <= -1 ? -x : x;
            case ERF, TANH -> x / 16;
            case ACOS -> x / 64; // half of them in [-1, 1] of every magnitude, few beyond
            default -> x;
        };
    }

    /// Every 4099th float of all, against double arithmetic, whose own error is 2⁻²⁹ of a float's
    /// ulp.
    @Test
    void float32StaysWithinItsBoundsOverTheWholeLine() {
        BOUNDS.forEach((f, bound) -> {
            DoubleUnaryOperator exact = exact(f);
            Worst worst = new Worst();
            float[] x = new float[4096];
            int count = 0;
            for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += 4099) {
                float v = Float.intBitsToFloat((int) bits);
                if (!Float.isNaN(v)
                        && !(f == Unary.LOG && v <= 0)
                        && !(f == Unary.LOG1P && v <= -1)
                        && !((f == Unary.SIN || f == Unary.COS) && Float.isInfinite(v))) {
                    x[count++] = v;
                }
                if (count == x.length) {
                    worst.measure(f, exact, x, count);
                    count = 0;
                }
            }
            worst.measure(f, exact, x, count);
            assertTrue(worst.error <= bound, () -> worst.of(f));
        });
    }

    /// The absolute errors, over every 4099th float.
    @Test
    void float32GeluAndItsSlopesStayWithinTheirBounds() {
        Map<Unary, Double> bounds =
                Map.of(
                        Unary.GELU, 2.0,
                        Unary.GELU_TANH, 2.0,
                        Unary.GELU_SLOPE, 2.0,
                        Unary.GELU_TANH_SLOPE, 2.0);
        bounds.forEach((f, bound) -> {
            FloatSweep.Worst worst = FloatSweep.overAll(f, 4099);
            assertTrue(
                    worst.error <= bound,
                    () -> "f32 " + f + ": " + worst.error + " " + FloatSweep.unit(f));
            assertTrue(worst.floats > 500_000, () -> f + ": " + worst.floats + " floats");
        });
    }

    /// Every float of the binades where the polynomials work hardest: exp in ±[½, 2), log in [½,
    /// 2), tanh and erf in [¼, 2).
    @Test
    void float32StaysWithinItsBoundsAtEveryFloatOfTheHardRanges() {
        everyFloat(Unary.EXP, 0.5f, 2);
        everyFloat(Unary.EXP, -0.5f, -2);
        everyFloat(Unary.LOG, 0.5f, 2);
        everyFloat(Unary.TANH, 0.25f, 2);
        everyFloat(Unary.ERF, 0.25f, 4);
        everyFloat(Unary.ACOS, 0.25f, 1);
        everyFloat(Unary.ACOS, -0.25f, -1);
    }

    private static void everyFloat(Unary f, float from, float to) {
        DoubleUnaryOperator exact = exact(f);
        Worst worst = new Worst();
        float[] x = new float[4096];
        int last = Float.floatToRawIntBits(to);
        for (int bits = Float.floatToRawIntBits(from); bits < last; bits += x.length) {
            for (int i = 0; i < x.length; i++) {
                x[i] = Float.intBitsToFloat(bits + i);
            }
            worst.measure(f, exact, x, x.length);
        }
        assertTrue(worst.error <= BOUNDS.getOrDefault(f, 0.0), () -> worst.of(f));
    }

    private static final class Worst {
        double error;
        float at;

        String of(Unary f) {
            return "f32 " + f + ": " + error + " ulp at " + at;
        }

        void measure(Unary f, DoubleUnaryOperator exact, float[] x, int n) {
            float[] y = new float[n];
            Lanes.floats().unary(f, x, 0, y, 0, n);
            for (int i = 0; i < n; i++) {
                double e = exact.applyAsDouble(x[i]);
                if (y[i] != (float) e) {
                    double ulp = Math.min(Math.ulp((float) e), 0x1p104); // MAX_VALUE's, before ∞
                    double distance = Math.abs(y[i] - e) / ulp;
                    if (!(distance <= error)) {
                        error = distance;
                        at = x[i];
                    }
                }
            }
        }
    }

    /// The function in double arithmetic: the platform's where it has one, else the float64 loop,
    /// measured above.
    private static DoubleUnaryOperator exact(Unary f) {
        return switch (f) {
            case EXP -> Math::exp;
            case EXPM1 -> Math::expm1;
            case LOG -> Math::log;
            case LOG1P -> Math::log1p;
            case TANH -> Math::tanh;
            case SIN -> Math::sin;
            case COS -> Math::cos;
            case ACOS -> x -> Math.acos(Math.clamp(x, -1, 1));
            default -> x -> Lanes.doubles().one(f, x);
        };
    }

    /// Beside the multiples of a quarter turn the reduced argument is small, and what the reduction
    /// loses is large. In float32 all multiples up to the limit; in float64 those of a million that
    /// come closest.
    @Test
    void sineAndCosineHoldBesideTheMultiplesOfAQuarterTurn() {
        for (int k = 1; k < 20_000; k++) {
            float x = (float) (k * (Math.PI / 2));
            for (Unary f : new Unary[] {Unary.SIN, Unary.COS}) {
                double exact = exact(f).applyAsDouble(x);
                double error = Math.abs(Lanes.floats().one(f, x) - exact) / Math.ulp((float) exact);
                assertTrue(error <= 2, () -> "f32 " + f + ": " + error + " ulp at " + x);
            }
        }
        int close = 0;
        for (int k = 600_000_001; k < 601_000_000; k += 2) {
            double x = k * (Math.PI / 2);
            double rest = Math.fma(-k, Math.PI / 2, x) - k * 6.123233995736766e-17;
            if (Math.abs(rest) < 0x1p-38) {
                close++;
                double y = Lanes.doubles().one(Unary.COS, x);
                double error = Exact.error(y, Exact.value(Unary.COS, x), Math.ulp(y));
                assertTrue(error <= 2, () -> "f64 COS: " + error + " ulp at " + x);
            }
        }
        assertTrue(close > 10, "close multiples: " + close);
    }

    /// GELU: 2 ulp of x, in absolute terms.
    @Test
    void geluErrsByTwoUlpOfItsArgument() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            double x = argument(Unary.GELU, random);
            BigDecimal exact = Exact.value(Unary.GELU, x);
            double error = Exact.error(Lanes.doubles().one(Unary.GELU, x), exact, Math.ulp(x));
            assertTrue(error <= 2, () -> "f64 GELU: " + error + " ulp of " + x);
            float narrow = (float) x;
            double y = Lanes.doubles().one(Unary.GELU, narrow);
            double apart = Math.abs(Lanes.floats().one(Unary.GELU, narrow) - y) / Math.ulp(narrow);
            assertTrue(apart <= 2, () -> "f32 GELU: " + apart + " ulp of " + narrow);
        }
    }

    /// The slopes against central differences of the float64 functions: error h²/6·|f‴| + 3u|f|/h <
    /// 1e-9 at h = 1e-5.
    @Test
    void slopesAreDerivatives() {
        double h = 1e-5;
        for (double x = -6; x < 6; x += 0.037) {
            DoubleLanes lanes = Lanes.doubles();
            double gelu = (lanes.one(Unary.GELU, x + h) - lanes.one(Unary.GELU, x - h)) / (2 * h);
            assertEquals(gelu, lanes.one(Unary.GELU_SLOPE, x), 1e-9);
            double tanh =
                    (lanes.one(Unary.GELU_TANH, x + h) - lanes.one(Unary.GELU_TANH, x - h))
                            / (2 * h);
            assertEquals(tanh, lanes.one(Unary.GELU_TANH_SLOPE, x), 1e-9);
        }
    }

    @Test
    void theEndsAreWhatTheDocsSay() {
        double infinity = Double.POSITIVE_INFINITY;
        DoubleLanes lanes = Lanes.doubles();
        FloatLanes floats = Lanes.floats();
        assertEquals(0.0, lanes.one(Unary.EXP, -infinity));
        assertEquals(0.0f, floats.one(Unary.EXP, Float.NEGATIVE_INFINITY));
        assertEquals(infinity, lanes.one(Unary.EXP, infinity));
        assertEquals(infinity, lanes.one(Unary.EXP, 709.79));
        assertEquals(Double.MIN_VALUE, lanes.one(Unary.EXP, -745.1));
        assertEquals(Float.MIN_VALUE, floats.one(Unary.EXP, -103.9f));
        assertEquals(0.0, lanes.one(Unary.EXP, -745.2));
        assertEquals(0.0f, floats.one(Unary.EXP, -103.98f));
        assertEquals(Float.POSITIVE_INFINITY, floats.one(Unary.EXP, 88.73f));
        assertEquals(1.0, lanes.one(Unary.EXP, -0.0));
        assertEquals(-infinity, lanes.one(Unary.LOG, 0.0));
        assertEquals(-infinity, lanes.one(Unary.LOG, -0.0));
        assertEquals(Double.NaN, lanes.one(Unary.LOG, -1e-300));
        assertEquals(infinity, lanes.one(Unary.LOG, infinity));
        assertEquals(-744.4400719213812, lanes.one(Unary.LOG, Double.MIN_VALUE));
        assertEquals(0.0, lanes.one(Unary.LOG, 1.0));
        assertEquals(-infinity, lanes.one(Unary.LOG1P, -1.0));
        assertEquals(Double.NaN, lanes.one(Unary.LOG1P, -1.1));
        assertEquals(-0.0, lanes.one(Unary.LOG1P, -0.0));
        assertEquals(-0.0, lanes.one(Unary.EXPM1, -0.0));
        assertEquals(-1.0, lanes.one(Unary.EXPM1, -infinity));
        assertEquals(-0.0, lanes.one(Unary.TANH, -0.0));
        assertEquals(-1.0, lanes.one(Unary.TANH, -infinity));
        assertEquals(1.0, lanes.one(Unary.ERF, infinity));
        assertEquals(Double.MIN_VALUE, lanes.one(Unary.TANH, Double.MIN_VALUE));
        assertEquals(Double.NaN, lanes.one(Unary.SIN, infinity));
        assertEquals(Math.sin(1e22), lanes.one(Unary.SIN, 1e22));
        assertEquals(1.0, lanes.one(Unary.SIGMOID, infinity));
        assertEquals(0.0, lanes.one(Unary.SIGMOID, -infinity));
        assertEquals(infinity, lanes.one(Unary.SOFTPLUS, infinity));
        for (Unary f : Unary.values()) {
            double expected = f == Unary.STEP ? 0 : Double.NaN;
            assertEquals(expected, lanes.one(f, Double.NaN), f.name());
            assertEquals((float) expected, floats.one(f, Float.NaN), f.name());
        }
    }
}
