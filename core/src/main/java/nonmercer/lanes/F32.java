package nonmercer.lanes;

/// What binary32 has of its own in the polynomials: their degrees and coefficients, the layout of
/// the bits. Twin of `F64`, with the same names.
///
/// The polynomials are minimax fits (weighted least squares with Lawson's reweighting, 40 digits),
/// rounded to the type; the figure beside each is its largest error after rounding. The even and
/// the odd coefficients of a long one are two chains, evaluated side by side; TOP and NEXT begin
/// them.
final class F32 {
    /// Bits of the significand that are stored: the exponent stands above them.
    static final int SIGNIFICAND = 23;

    /// Bytes of a number.
    static final int BYTES = 4;

    /// The exponent's bias.
    static final int BIAS = 127;

    /// The bits of 1.
    static final int ONE = 0x3f800000;

    /// Where the sign bit stands.
    static final int SIGN_SHIFT = 31;

    /// The sign bit.
    static final int SIGN = 0x80000000;

    /// The stored bits of the significand.
    static final int FRACTION = 0x007fffff;

    /// The bits of √½, rounded down to where the sum of a fraction and it carries into the
    /// exponent.
    static final int SQRT_HALF = 0x3f3504f3;

    /// The bits of 2^23: an integer below it, added, becomes the fraction.
    static final int INTEGER = 0x4b000000;

    /// 2^23 + bias.
    static final float INTEGER_BIAS = 0x1.0000fep+23f;

    /// 1.5·2^23: adding it rounds to an integer, which then stands in the low bits.
    static final float MAGIC = 0x1.8p+23f;

    /// 1.5·2^23 + bias: then the biased exponent of a power of two stands there.
    static final float BIASED_MAGIC = 0x1.8000fep+23f;

    /// The smallest normal number.
    static final float MIN_NORMAL = 0x1.0p-126f;

    /// 2^25: makes a denormal number normal.
    static final float SCALE = 0x1.0p+25f;

    /// Its exponent.
    static final float SCALE_EXPONENT = 0x1.9p+4f;

    /// ln of the smallest normal number, rounded towards 0.
    static final float DECAY_LIMIT = -0x1.5d589ep+6f;

    /// Below this, eˣ − 1 and ln(1 + x) are x.
    static final float TINY = 0x1.0p-25f;

    /// √½.
    static final float SQRT_HALF_VALUE = 0x1.6a09e6p-1f;

    /// 1/√(2π).
    static final float INVERSE_SQRT_2PI = 0x1.988454p-2f;

    /// √(2/π).
    static final float SQRT_2_OVER_PI = 0x1.988454p-1f;

    /// The cubic coefficient of the tanh form of GELU.
    static final float GELU_CUBIC = 0x1.6e4e26p-5f;

    /// Three times it.
    static final float GELU_CUBIC_3 = 0x1.12ba9ep-3f;

    /// log₂ e.
    static final float LOG2_E = 0x1.715476p+0f;

    /// ln 2 in two parts.
    static final float LN2_HIGH = 0x1.62e43p-1f;

    static final float LN2_LOW = -0x1.05c61p-29f;

    /// Beyond it eˣ is ∞, below its negative 0.
    static final float EXP_LIMIT = 0x1.ap+6f;

    /// Added to the exponent of eˣ while it may be too small for a normal number.
    static final float RAISE = 0x1.0p+6f;

    /// 2 to the −RAISE.
    static final float LOWER = 0x1.0p-64f;

    /// Beyond it eˣ − 1 is ∞, up to it half of eˣ is finite.
    static final float EXPM1_TOP = 0x1.64p+6f;

    /// Below its negative eˣ − 1 is −1.
    static final float EXPM1_LIMIT = 0x1.4p+4f;

    /// Beyond it tanh is 1.
    static final float TANH_LIMIT = 0x1.4p+3f;

    /// eʳ = 1 + r + r²·P(r) for |r| ≤ ½ ln 2; error 2^-26.
    static final float EXP_0 = 0x1.0p-1f;

    static final float EXP_1 = 0x1.5554aep-3f;
    static final float EXP_2 = 0x1.5554fp-5f;
    static final float EXP_NEXT = 0x1.12291ap-7f;
    static final float EXP_TOP = 0x1.6d443ap-10f;

    /// ln((1+s)/(1−s)) = 2s + s·z·P(z), z = s², for 1 ± s within √2 of each other; error 2^-34.
    static final float LOG_0 = 0x1.555556p-1f;

    static final float LOG_1 = 0x1.9998bap-2f;
    static final float LOG_NEXT = 0x1.24a284p-2f;
    static final float LOG_TOP = 0x1.d42c52p-3f;

    /// Up to here erf is near 0: (erf x)/x is a polynomial in x².
    static final float ERF_SPLIT = 1.25f;

    /// The middle of the squares up to there.
    static final float ERF_CENTRE = 0.78125f;

    /// erf x = x + x·P(x² − ERF_CENTRE) for |x| ≤ 1.25; error 2^-27.
    static final float ERF_0 = -0x1.b91652p-4f;

    static final float ERF_1 = -0x1.ec7108p-3f;
    static final float ERF_2 = 0x1.0c5b92p-4f;
    static final float ERF_3 = -0x1.e44d2p-7f;
    static final float ERF_4 = 0x1.6be17ep-9f;
    static final float ERF_5 = -0x1.d123cp-12f;
    static final float ERF_NEXT = 0x1.08142ep-14f;
    static final float ERF_TOP = -0x1.058ae2p-17f;

    /// Beyond it erf is 1.
    static final float ERFC_LIMIT = 3.9375f;

    /// The middle of what lies between.
    static final float ERFC_CENTRE = 2.59375f;

    /// 1 − erf x = P(x − ERFC_CENTRE) between 1.25 and the limit; error 2^-27.
    static final float ERFC_0 = 0x1.003604p-12f;

    static final float ERFC_1 = -0x1.6235ccp-10f;
    static final float ERFC_2 = 0x1.cb61c4p-9f;
    static final float ERFC_3 = -0x1.6fa746p-8f;
    static final float ERFC_4 = 0x1.9029fp-8f;
    static final float ERFC_5 = -0x1.30db08p-8f;
    static final float ERFC_6 = 0x1.3a3b06p-9f;
    static final float ERFC_7 = -0x1.5fc88ep-11f;
    static final float ERFC_8 = -0x1.64323ap-14f;
    static final float ERFC_9 = 0x1.80483ap-13f;
    static final float ERFC_10 = -0x1.397706p-14f;
    static final float ERFC_11 = 0x1.d0cda4p-20f;
    static final float ERFC_NEXT = 0x1.1af038p-17f;
    static final float ERFC_TOP = -0x1.161146p-19f;

    /// Up to here the normal distribution function less ½, over x, is a polynomial in x².
    static final float NORMAL_SPLIT = 1.75f;

    /// The middle of the squares up to there.
    static final float NORMAL_CENTRE = 1.53125f;

    /// Φ(x) = ½ + x·P(x² − NORMAL_CENTRE) for |x| ≤ 1.75; error 2^-25.
    static final float NORMAL_0 = 0x1.446aeep-2f;

    static final float NORMAL_1 = -0x1.5f307cp-5f;
    static final float NORMAL_2 = 0x1.7f8f2ep-8f;
    static final float NORMAL_3 = -0x1.5a8674p-11f;
    static final float NORMAL_4 = 0x1.03e182p-14f;
    static final float NORMAL_5 = -0x1.487dbp-18f;
    static final float NORMAL_NEXT = 0x1.b26c82p-22f;
    static final float NORMAL_TOP = -0x1.8d388cp-25f;

    /// Beyond it Φ is 1, below its negative 0.
    static final float TAIL_LIMIT = 5.5f;

    /// The middle of what lies between.
    static final float TAIL_CENTRE = 3.625f;

    /// Φ(−x) = P(x − TAIL_CENTRE) between 1.75 and the limit; error 2^-28.
    static final float TAIL_0 = 0x1.2efec6p-13f;

    static final float TAIL_1 = -0x1.251bd8p-11f;
    static final float TAIL_2 = 0x1.09a3dep-10f;
    static final float TAIL_3 = -0x1.288cf8p-10f;
    static final float TAIL_4 = 0x1.c0daep-11f;
    static final float TAIL_5 = -0x1.d8ebbep-12f;
    static final float TAIL_6 = 0x1.4cbaf8p-13f;
    static final float TAIL_7 = -0x1.de54e2p-16f;
    static final float TAIL_8 = -0x1.23a3dep-18f;
    static final float TAIL_9 = 0x1.33762cp-18f;
    static final float TAIL_10 = -0x1.37f7b6p-20f;
    static final float TAIL_11 = -0x1.93b1dcp-26f;
    static final float TAIL_NEXT = 0x1.33b454p-24f;
    static final float TAIL_TOP = -0x1.731a72p-27f;

    /// Up to here π/2 in three parts reduces the argument; beyond, [StrictMath] does the work.
    static final float TRIG_LIMIT = 0x1.0p+15f;

    /// 2/π.
    static final float TWO_OVER_PI = 0x1.45f306p-1f;

    /// π/2 in three parts.
    static final float HALF_PI_HIGH = 0x1.921fb6p+0f;

    static final float HALF_PI_MIDDLE = -0x1.777a5cp-25f;
    static final float HALF_PI_LOW = -0x1.ee59dap-50f;

    /// sin r = r + r·z·P(z), z = r², for |r| ≤ π/4; error 2^-28.
    static final float SIN_0 = -0x1.555544p-3f;

    static final float SIN_1 = 0x1.1106bcp-7f;
    static final float SIN_TOP = -0x1.991644p-13f;

    /// cos r = 1 − z/2 + z²·P(z), z = r², for |r| ≤ π/4; error 2^-33.
    static final float COS_0 = 0x1.55554ep-5f;

    static final float COS_1 = -0x1.6c0e2ep-10f;
    static final float COS_TOP = 0x1.9a669ep-16f;

    /// π/2 in two parts.
    static final float ACOS_HIGH = 0x1.921fb6p0f;

    static final float ACOS_LOW = -0x1.777a5cp-25f;

    /// (asin s/s − 1)/z in z = s², s ≤ ½; error of the arc 2^-28.
    static final float ASIN_0 = 0x1.555554p-3f;

    static final float ASIN_1 = 0x1.33343p-4f;
    static final float ASIN_2 = 0x1.6d5bbap-5f;
    static final float ASIN_3 = 0x1.fd8da2p-6f;
    static final float ASIN_4 = 0x1.18f91ep-6f;
    static final float ASIN_TOP = 0x1.13fed4p-5f;

    private F32() {}

    /// A float64 parameter in this type, rounded to nearest.
    static float of(double value) {
        return (float) value;
    }

    /// √x, correctly rounded.
    static float sqrt(float x) {
        return (float) Math.sqrt(x);
    }

    /// sin x of a large argument.
    static float farSin(float x) {
        return (float) StrictMath.sin(x);
    }

    /// cos x of a large argument.
    static float farCos(float x) {
        return (float) StrictMath.cos(x);
    }

    /// The bits of a number.
    static int bits(float x) {
        return Float.floatToRawIntBits(x);
    }

    /// The number with these bits.
    static float ofBits(int bits) {
        return Float.intBitsToFloat(bits);
    }
}
