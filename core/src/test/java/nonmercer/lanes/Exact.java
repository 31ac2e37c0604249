package nonmercer.lanes;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/// The elementary functions of one number to about 40 digits, by series: what the polynomials are
/// measured against.
final class Exact {
    static final MathContext DIGITS = new MathContext(60, RoundingMode.HALF_EVEN);

    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal PI = machin();
    private static final BigDecimal LN_2 = lnNear(TWO);

    private Exact() {}

    /// f(x) for the functions that have an exact twin here.
    static BigDecimal value(Unary f, double x) {
        BigDecimal v = new BigDecimal(x);
        return switch (f) {
            case EXP -> exp(v);
            case EXPM1 -> expm1(v);
            case LOG -> ln(v);
            case LOG1P -> ln(BigDecimal.ONE.add(v));
            case TANH -> {
                BigDecimal e = expm1(v.multiply(TWO));
                yield e.divide(e.add(TWO), DIGITS);
            }
            case ERF -> erf(v);
            case SIGMOID -> BigDecimal.ONE.divide(BigDecimal.ONE.add(exp(v.negate())), DIGITS);
            case SIN -> sin(v);
            case COS -> sin(v.add(PI.divide(TWO, DIGITS)));
            case GELU ->
                    v.multiply(BigDecimal.ONE.add(erf(v.divide(TWO.sqrt(DIGITS), DIGITS))))
                            .divide(TWO, DIGITS);
            case SOFTPLUS -> ln(BigDecimal.ONE.add(exp(v)));
            case ELU -> v.signum() > 0 ? v : expm1(v);
            case ACOS -> acos(v);
            default -> throw new IllegalArgumentException(f + " has no exact twin");
        };
    }

    /// The distance of a computed value from the exact one in units in the last place, which are
    /// `ulp` wide.
    static double error(double computed, BigDecimal exact, double ulp) {
        return new BigDecimal(computed)
                .subtract(exact)
                .abs()
                .divide(new BigDecimal(ulp), DIGITS)
                .doubleValue();
    }

    private static BigDecimal exp(BigDecimal x) {
        return x.signum() < 0
                ? BigDecimal.ONE.divide(exp(x.negate()), DIGITS)
                : BigDecimal.ONE.add(expm1(x));
    }

    /// Taylor's series at x/2ᵏ, then k times e²ʸ − 1 = m(m + 2) with m = eʸ − 1: no digit is lost
    /// near 0.
    private static BigDecimal expm1(BigDecimal x) {
        int halvings = x.signum() == 0 ? 0 : Math.max(0, x.precision() - x.scale() + 2) * 4;
        BigDecimal y = x.divide(TWO.pow(halvings), DIGITS);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal term = y;
        for (int k = 2; term.signum() != 0 && magnitude(term) > magnitude(y) - 62; k++) {
            sum = sum.add(term, DIGITS);
            term = term.multiply(y).divide(BigDecimal.valueOf(k), DIGITS);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum.add(TWO), DIGITS);
        }
        return sum;
    }

    private static int magnitude(BigDecimal x) {
        return x.precision() - x.scale();
    }

    /// ln x = e·ln 2 + ln m with m near 1.
    private static BigDecimal ln(BigDecimal x) {
        int e = Math.getExponent(x.doubleValue());
        if (Math.abs(e) <= 1) {
            return lnNear(x);
        }
        BigDecimal m = e > 0 ? x.divide(TWO.pow(e), DIGITS) : x.multiply(TWO.pow(-e), DIGITS);
        return LN_2.multiply(BigDecimal.valueOf(e)).add(lnNear(m), DIGITS);
    }

    /// 2·artanh((x − 1)/(x + 1)), by its series.
    private static BigDecimal lnNear(BigDecimal x) {
        BigDecimal s = x.subtract(BigDecimal.ONE).divide(x.add(BigDecimal.ONE), DIGITS);
        BigDecimal z = s.multiply(s, DIGITS);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = s;
        for (int k = 1; power.signum() != 0 && magnitude(power) > magnitude(s) - 62; k += 2) {
            sum = sum.add(power.divide(BigDecimal.valueOf(k), DIGITS), DIGITS);
            power = power.multiply(z, DIGITS);
        }
        return sum.multiply(TWO);
    }

    /// 2/√π·Σ (−1)ᵏ x²ᵏ⁺¹/(k!(2k+1)), with digits enough for the cancellation up to |x| = 6.
    private static BigDecimal erf(BigDecimal x) {
        if (x.abs().compareTo(BigDecimal.valueOf(7)) > 0) {
            return BigDecimal.valueOf(x.signum());
        }
        MathContext more = new MathContext(100);
        BigDecimal z = x.multiply(x).negate();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal term = x;
        for (int k = 1; term.signum() != 0 && magnitude(term) > magnitude(x) - 62; k++) {
            sum = sum.add(term.divide(BigDecimal.valueOf(2L * k - 1), more), more);
            term = term.multiply(z, more).divide(BigDecimal.valueOf(k), more);
        }
        return sum.multiply(TWO).divide(PI.sqrt(DIGITS), DIGITS);
    }

    private static BigDecimal sin(BigDecimal x) {
        BigDecimal turns =
                x.divide(PI.multiply(TWO), new MathContext(90)).setScale(0, RoundingMode.HALF_EVEN);
        BigDecimal y = x.subtract(turns.multiply(TWO).multiply(PI));
        BigDecimal z = y.multiply(y, DIGITS).negate();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal term = y;
        for (int k = 2; term.signum() != 0 && magnitude(term) > -62; k += 2) {
            sum = sum.add(term);
            term = term.multiply(z, DIGITS).divide(BigDecimal.valueOf((long) k * (k + 1)), DIGITS);
        }
        return sum;
    }

    /// π/2 − arcsin x, or by halves of the angle where |x| is large.
    private static BigDecimal acos(BigDecimal argument) {
        BigDecimal x = argument.min(BigDecimal.ONE).max(BigDecimal.ONE.negate());
        if (x.abs().compareTo(new BigDecimal("0.5")) <= 0) {
            return PI.divide(TWO, DIGITS).subtract(arcsin(x));
        }
        BigDecimal half = BigDecimal.ONE.subtract(x.abs()).divide(TWO, DIGITS);
        BigDecimal near = arcsin(half.sqrt(DIGITS)).multiply(TWO);
        return x.signum() > 0 ? near : PI.subtract(near);
    }

    /// Σ (2k)!/(4ᵏ k!²) x²ᵏ⁺¹/(2k + 1), for |x| ≤ ½.
    private static BigDecimal arcsin(BigDecimal x) {
        BigDecimal z = x.multiply(x, DIGITS);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal term = x;
        for (int k = 0; term.signum() != 0 && magnitude(term) > magnitude(x) - 62; k++) {
            sum = sum.add(term.divide(BigDecimal.valueOf(2L * k + 1), DIGITS), DIGITS);
            term =
                    term.multiply(z, DIGITS)
                            .multiply(BigDecimal.valueOf(2L * k + 1))
                            .divide(BigDecimal.valueOf(2L * k + 2), DIGITS);
        }
        return sum;
    }

    /// π = 16·arctan(1/5) − 4·arctan(1/239), to 100 digits.
    private static BigDecimal machin() {
        return arctanOfInverse(5)
                .multiply(BigDecimal.valueOf(16))
                .subtract(arctanOfInverse(239).multiply(BigDecimal.valueOf(4)));
    }

    private static BigDecimal arctanOfInverse(int n) {
        BigInteger one = BigInteger.TEN.pow(110);
        BigInteger sum = BigInteger.ZERO;
        BigInteger power = one.divide(BigInteger.valueOf(n));
        for (int k = 1; power.signum() != 0; k += 2) {
            BigInteger term = power.divide(BigInteger.valueOf(k));
            sum = k % 4 == 1 ? sum.add(term) : sum.subtract(term);
            power = power.divide(BigInteger.valueOf((long) n * n));
        }
        return new BigDecimal(sum, 110).setScale(100, RoundingMode.HALF_EVEN);
    }
}
