package nonmercer.lanes;

/// What binary64 has of its own in the polynomials: their degrees and coefficients, the layout of
/// the bits. Twin of `F32`, with the same names.
///
/// The polynomials are minimax fits (weighted least squares with Lawson's reweighting, 40 digits),
/// rounded to the type; the figure beside each is its largest error after rounding.
final class F64 {
    /// Bits of the significand that are stored: the exponent stands above them.
    static final int SIGNIFICAND = 52;

    /// Bytes of a number.
    static final int BYTES = 8;

    /// The exponent's bias.
    static final int BIAS = 1023;

    /// The bits of 1.
    static final long ONE = 0x3ff0000000000000L;

    /// Where the sign bit stands.
    static final int SIGN_SHIFT = 63;

    /// The sign bit.
    static final long SIGN = 0x8000000000000000L;

    /// The stored bits of the significand.
    static final long FRACTION = 0x000fffffffffffffL;

    /// The bits of √½, rounded down to where the sum of a fraction and it carries into the
    /// exponent.
    static final long SQRT_HALF = 0x3fe6a09e667f3bcdL;

    /// The bits of 2^52: an integer below it, added, becomes the fraction.
    static final long INTEGER = 0x4330000000000000L;

    /// 2^52 + bias.
    static final double INTEGER_BIAS = 0x1.00000000003ffp+52;

    /// 1.5·2^52: adding it rounds to an integer, which then stands in the low bits.
    static final double MAGIC = 0x1.8000000000000p+52;

    /// The smallest normal number.
    static final double MIN_NORMAL = 0x1.0000000000000p-1022;

    /// 2^54: makes a denormal number normal.
    static final double SCALE = 0x1.0000000000000p+54;

    /// Its exponent.
    static final double SCALE_EXPONENT = 0x1.b000000000000p+5;

    /// Below this, eˣ − 1 and ln(1 + x) are x.
    static final double TINY = 0x1.0000000000000p-54;

    /// √½.
    static final double SQRT_HALF_VALUE = 0x1.6a09e667f3bcdp-1;

    /// 1/√(2π).
    static final double INVERSE_SQRT_2PI = 0x1.9884533d43651p-2;

    /// √(2/π).
    static final double SQRT_2_OVER_PI = 0x1.9884533d43651p-1;

    /// The cubic coefficient of the tanh form of GELU.
    static final double GELU_CUBIC = 0x1.6e4e26d4801f7p-5;

    /// Three times it.
    static final double GELU_CUBIC_3 = 0x1.12ba9d1f60179p-3;

    /// log₂ e.
    static final double LOG2_E = 0x1.71547652b82fep+0;

    /// ln 2 in two parts.
    static final double LN2_HIGH = 0x1.62e42fefa39efp-1;

    static final double LN2_LOW = 0x1.abc9e3b39803fp-56;

    /// Beyond it eˣ is ∞, below its negative 0.
    static final double EXP_LIMIT = 0x1.7500000000000p+9;

    /// Below its negative eˣ − 1 is −1.
    static final double EXPM1_LIMIT = 0x1.4000000000000p+5;

    /// Beyond it tanh is 1.
    static final double TANH_LIMIT = 0x1.4000000000000p+4;

    /// eʳ = 1 + r + r²·P(r) for |r| ≤ ½ ln 2; error 2^-55.
    static final double EXP_0 = 0x1.0000000000005p-1;

    static final double EXP_1 = 0x1.555555555555bp-3;
    static final double EXP_2 = 0x1.5555555552020p-5;
    static final double EXP_3 = 0x1.111111110eeaep-7;
    static final double EXP_4 = 0x1.6c16c17f6ffe6p-10;
    static final double EXP_5 = 0x1.a01a01b303617p-13;
    static final double EXP_6 = 0x1.a019a5d4292b3p-16;
    static final double EXP_7 = 0x1.71ddf0a1e13d6p-19;
    static final double EXP_8 = 0x1.28a363789ce80p-22;
    static final double EXP_TOP = 0x1.af6bddf15b72bp-26;

    /// ln((1+s)/(1−s)) = 2s + s·z·P(z), z = s², for 1 ± s within √2 of each other; error 2^-58.
    static final double LOG_0 = 0x1.555555555557cp-1;

    static final double LOG_1 = 0x1.99999999855b1p-2;
    static final double LOG_2 = 0x1.2492493e05603p-2;
    static final double LOG_3 = 0x1.c71c54bad1ef5p-3;
    static final double LOG_4 = 0x1.7465c3bb6fa0fp-3;
    static final double LOG_5 = 0x1.39acc2b52999fp-3;
    static final double LOG_TOP = 0x1.2ea1323d447d9p-3;

    /// erf x = x + x·P(x²) for |x| ≤ 1; error 2^-55.
    static final double ERF_0 = 0x1.06eba8214db68p-3;

    static final double ERF_1 = -0x1.812746b0379c2p-2;
    static final double ERF_2 = 0x1.ce2f21a041016p-4;
    static final double ERF_3 = -0x1.b82ce31206241p-6;
    static final double ERF_4 = 0x1.565bccfa99a04p-8;
    static final double ERF_5 = -0x1.c02db072d59b6p-11;
    static final double ERF_6 = 0x1.f9a2bf7162178p-14;
    static final double ERF_7 = -0x1.f4ca947586966p-17;
    static final double ERF_8 = 0x1.b98279da7320dp-20;
    static final double ERF_9 = -0x1.5c16dc21ed838p-23;
    static final double ERF_10 = 0x1.d784679c41c43p-27;
    static final double ERF_TOP = -0x1.acdf81413271ap-31;

    /// Beyond it erf is 1.
    static final double ERFC_LIMIT = 0x1.8000000000000p+2;

    /// −ln(1 − erf x) = P(x − 1), weighted by 1 − erf x; error 2^-58.
    static final double ERFC_0 = 0x1.d97fbf27aa2a1p+0;

    static final double ERFC_1 = 0x1.51c9b0006c23ap+1;
    static final double ERFC_2 = 0x1.afabc11a29220p-1;
    static final double ERFC_3 = 0x1.5477f09c65d94p-5;
    static final double ERFC_4 = -0x1.48c9d3ff74294p-7;
    static final double ERFC_5 = 0x1.033f682fb1584p-9;
    static final double ERFC_6 = -0x1.f1b45554849b9p-13;
    static final double ERFC_7 = -0x1.b8c8555b504ecp-16;
    static final double ERFC_8 = 0x1.c76ff2a01b8b2p-16;
    static final double ERFC_9 = -0x1.41a10699caafbp-17;
    static final double ERFC_10 = 0x1.102517a7aaedep-19;
    static final double ERFC_11 = -0x1.d7e55e7143e76p-24;
    static final double ERFC_12 = -0x1.08c0fd93481a8p-23;
    static final double ERFC_13 = 0x1.21093e1cb3711p-24;
    static final double ERFC_14 = -0x1.75cf6b0ff962cp-26;
    static final double ERFC_15 = 0x1.62f9bc6c2b51cp-28;
    static final double ERFC_16 = -0x1.019ccd3f4962ep-30;
    static final double ERFC_17 = 0x1.1c48a103eebcep-33;
    static final double ERFC_18 = -0x1.cec090b3e8012p-37;
    static final double ERFC_19 = 0x1.05da113d545cap-40;
    static final double ERFC_20 = -0x1.6f8f485c6893ep-45;
    static final double ERFC_TOP = 0x1.e13e3bc87030cp-51;

    /// Up to here π/2 in three parts reduces the argument; beyond, [StrictMath] does the work.
    static final double TRIG_LIMIT = 0x1.0000000000000p+30;

    /// 2/π.
    static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;

    /// π/2 in three parts.
    static final double HALF_PI_HIGH = 0x1.921fb54442d18p+0;

    static final double HALF_PI_MIDDLE = 0x1.1a62633145c07p-54;
    static final double HALF_PI_LOW = -0x1.f1976b8000000p-110;

    /// sin r = r + r·z·P(z), z = r², for |r| ≤ π/4; error 2^-58.
    static final double SIN_0 = -0x1.555555555554cp-3;

    static final double SIN_1 = 0x1.111111110fc08p-7;
    static final double SIN_2 = -0x1.a01a019c6c4dcp-13;
    static final double SIN_3 = 0x1.71de35b9d1359p-19;
    static final double SIN_4 = -0x1.ae5e933465737p-26;
    static final double SIN_TOP = 0x1.5d9e99661732ap-33;

    /// cos r = 1 − z/2 + z²·P(z), z = r², for |r| ≤ π/4; error 2^-64.
    static final double COS_0 = 0x1.5555555555553p-5;

    static final double COS_1 = -0x1.6c16c16c15f29p-10;
    static final double COS_2 = 0x1.a01a019ddfcafp-16;
    static final double COS_3 = -0x1.27e4f8ceccab0p-22;
    static final double COS_4 = 0x1.1eea66695e2d9p-29;
    static final double COS_TOP = -0x1.8fe9534ab237bp-37;

    private F64() {}

    /// A float64 parameter in this type, rounded to nearest.
    static double of(double value) {
        return value;
    }

    /// √x, correctly rounded.
    static double sqrt(double x) {
        return Math.sqrt(x);
    }

    /// sin x of a large argument.
    static double farSin(double x) {
        return StrictMath.sin(x);
    }

    /// cos x of a large argument.
    static double farCos(double x) {
        return StrictMath.cos(x);
    }

    /// The bits of a number.
    static long bits(double x) {
        return Double.doubleToRawLongBits(x);
    }

    /// The number with these bits.
    static double ofBits(long bits) {
        return Double.longBitsToDouble(bits);
    }
}
